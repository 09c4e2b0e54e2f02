"""Terms, term groups and ``unless_near`` as they stand in a rule file."""

from __future__ import annotations

import re

from rules.fold import comparable, prepare
from rules.reading import Reader
from rules.regex import check_regex
from rules.rule import UnlessNear
from rules.terms import Lists, Operator, Term, UnknownListError, did_you_mean, expand, read_term
from rules.yaml12 import Mapping, Node, Scalar, Sequence

_GROUP = re.compile(r"[^\W\d][\w-]{0,63}")
_RESERVED = frozenset({"AND", "OR", "NOT", "IN", "OF", "EXCEPT", "SCORE"})
_OPERATORS = ("word", "substring", "macro", "regex")
_OPTIONS = ("case", "sense")


def read_groups(reader: Reader, node: Node, lists: Lists) -> dict[str, tuple[Term, ...]]:
    """Return the term groups of ``terms:``."""
    groups: dict[str, tuple[Term, ...]] = {}
    for key, value in reader.pairs(node, "terms"):
        if not _GROUP.fullmatch(key.value) or key.value in _RESERVED:
            reader.fail(key, f"{key.value!r} is no name for a term group", "use letters, digits, _ and -")
        terms = read_terms(reader, value, lists)
        if not terms and isinstance(value, Scalar | Sequence):
            reader.fail(key, f"the term group {key.value!r} is empty")
        groups[key.value] = terms
    return groups


def read_terms(reader: Reader, node: Node, lists: Lists) -> tuple[Term, ...]:
    """Return the terms of a list, with macros expanded and doubles left out."""
    terms: dict[Term, None] = {}
    entries = [(item, term) for item in reader.items(node) for term in _entry(reader, item, lists)]
    prepare(term.text for _, term in entries)
    for item, term in entries:
        if term.operator != "regex" and not comparable(term.text):
            reader.fail(item, f"{term.text!r} has no letter or digit to look for")
        terms[term] = None
    return tuple(terms)


def read_unless_near(reader: Reader, node: Node, lists: Lists) -> tuple[UnlessNear, ...]:
    """Return the ``unless_near`` entries; bare terms count for the same sentence."""
    entries: list[UnlessNear] = []
    bare = [item for item in reader.items(node) if not _is_entry(item)]
    if bare:
        entries.append(UnlessNear(terms=tuple(t for item in bare for t in read_terms(reader, item, lists))))
    for item in reader.items(node):
        if isinstance(item, Mapping) and _is_entry(item):
            entries.append(_unless_near(reader, item, lists))
    return tuple(entries)


def _is_entry(node: Node) -> bool:
    return isinstance(node, Mapping) and any(key.value in ("terms", "within", "of") for key, _ in node.pairs)


def _unless_near(reader: Reader, node: Mapping, lists: Lists) -> UnlessNear:
    pairs = {key.value: value for key, value in node.pairs}
    for key, value in pairs.items():
        if key not in ("terms", "within", "of"):
            reader.fail(value, f"{key!r} is no key of unless_near", "it has terms:, within: and of:")
    if "terms" not in pairs:
        reader.fail(node, "unless_near needs terms:")
    words = None
    within = pairs.get("within")
    if within is not None and getattr(within, "value", "") != "sentence":
        words = reader.convert(within, "distance", _words, "write a number of words, or sentence")
    return UnlessNear(
        terms=read_terms(reader, pairs["terms"], lists) if "terms" in pairs else (),
        words=words,
        groups=reader.strings(pairs["of"], "of") if "of" in pairs else (),
    )


def _words(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text):
        raise ValueError(text)
    return int(text)


def _entry(reader: Reader, node: Node, lists: Lists) -> tuple[Term, ...]:
    if isinstance(node, Scalar):
        return _scalar(reader, node, node.value.strip(), Term(""), lists)
    if isinstance(node, Mapping):
        return _mapping(reader, node, lists)
    reader.fail(node, "a term is a string, or a mapping such as {word: US, case: exact}")
    return ()


def _mapping(reader: Reader, node: Mapping, lists: Lists) -> tuple[Term, ...]:
    pairs = {key.value: value for key, value in node.pairs}
    for key, _ in node.pairs:
        if key.value not in _OPERATORS and key.value not in _OPTIONS:
            reader.fail(
                key, f"{key.value!r} is no key of a term", did_you_mean(key.value, _OPERATORS + _OPTIONS)
            )
    named = [operator for operator in _OPERATORS if operator in pairs]
    if len(named) != 1:
        reader.fail(node, "a term has exactly one of " + ", ".join(_OPERATORS))
        return ()
    exact = "case" in pairs and reader.one_of(pairs["case"], "case", ("exact", "any")) == "exact"
    sense = reader.string(pairs["sense"], "sense") if "sense" in pairs else ""
    options = Term("", exact=exact, sense=sense)
    operator, value = named[0], pairs[named[0]]
    found: list[Term] = []
    for item in reader.scalars(value, operator):
        text = item.value.strip().removeprefix("@") if operator == "macro" else item.value.strip()
        found += _operated(reader, item, operator, text, options, lists)
    return tuple(found)


def _operated(
    reader: Reader, node: Scalar, operator: str, text: str, options: Term, lists: Lists
) -> tuple[Term, ...]:
    if operator == "macro":
        return _scalar(reader, node, "@" + text, options, lists)
    if operator == "regex":
        problem = check_regex(text)
        if problem:
            reader.fail(node, problem)
            return ()
        return (options._replace(text=text, operator="regex"),)
    terms = _scalar(reader, node, text, options, None)
    kind: Operator = "substring" if operator == "substring" else "word"
    return tuple(term._replace(operator=kind) for term in terms)


def _scalar(reader: Reader, node: Scalar, text: str, options: Term, lists: Lists | None) -> tuple[Term, ...]:
    """Return the terms of one string; without ``lists`` an ``@`` is part of the text."""
    try:
        if lists is not None and text.startswith("@"):
            return expand(text[1:], lists, template=options)
        term = read_term(text)
    except UnknownListError as error:
        reader.missing(node, str(error), error.hint)
        return ()
    except ValueError as error:
        reader.fail(node, str(error))
        return ()
    if options.exact or options.sense:
        term = term._replace(exact=options.exact, sense=options.sense)
    return (term,)
