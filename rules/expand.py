"""What a rule or term stands for: lists and inflections written out, and the strings that are really sought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rules.asking import Asking
from rules.compile import compile_rules
from rules.condition import AnyOf, Leaf, walk
from rules.evaluate import OneOf, Terms
from rules.needles import Needle, needles
from rules.regex import required_literals
from rules.rule import DEFAULT_FIELDS, Rule
from rules.terms import Lists, Term, expand, read_term
from state.article import Article
from state.errors import Place
from state.records import Severity

#: So many different spellings of one term are told apart; more are counted together.
MOST_SPELLINGS = 500
_MORE = "…"


@dataclass(frozen=True, slots=True)
class Expanded:
    """One term of a group; ``sought`` are the strings it is looked for as, ``*`` where a word may go on.

    ``group`` is ``except`` or ``unless_near`` for what sets finds aside.
    """

    group: str
    term: Term
    sought: tuple[str, ...]


@dataclass(slots=True)
class Spellings:
    """In how many articles a term stands, and in how many each of its spellings, as published."""

    articles: int = 0
    each: Counter[str] = field(default_factory=Counter)


def expand_rule(rule: Rule) -> list[Expanded]:
    """Return every term of a rule, group by group, those of its condition first."""
    groups: dict[str, tuple[Term, ...]] = {}
    for node in walk(rule.when):
        if isinstance(node, Leaf):
            groups.setdefault(node.name, node.terms)
    found = [one for name, terms in groups.items() for one in _expanded(name, terms)]
    found += _expanded("except", rule.exceptions)
    return found + [one for entry in rule.unless_near for one in _expanded("unless_near", entry.terms)]


def expand_text(text: str, lists: Lists) -> list[Expanded]:
    """Return what a list (``@kh_parties``) or a single term (``defect*``) stands for.

    Raises:
        UnknownListError: There is no such list.
        ValueError: It is no term.
    """
    if text.startswith("@"):
        return _expanded(text, expand(text[1:], lists))
    return _expanded(text, (read_term(text),))


def _expanded(group: str, terms: Iterable[Term]) -> list[Expanded]:
    return [Expanded(group, term, _sought(term)) for term in terms]


def _sought(term: Term) -> tuple[str, ...]:
    if term.operator == "regex":
        return tuple(f"*{literal}*" for literal in sorted(required_literals(term.text)))
    return tuple(dict.fromkeys(map(_shown, needles(term))))


def _shown(needle: Needle) -> str:
    left = "*" if needle.grows_left else ""
    right = "*" if needle.grows_right else ""
    return f"{left}{needle.text.strip()}{right}"


def spellings(
    found: Iterable[Expanded], articles: Iterable[Article], *, most: int = MOST_SPELLINGS
) -> Mapping[Term, Spellings]:
    """Return what each term hits in some articles.

    Memory is bounded: of one term ``most`` are told apart, further ones count as "…".
    """
    terms = list(dict.fromkeys(one.term for one in found))
    engine = compile_rules([_any_of(terms)]).engine
    [prepared] = engine.prepared
    counted = {term: Spellings() for term in terms}
    for article in articles:
        view = Asking(article, engine).view(prepared, comments=True)
        for term, part in zip(terms, _leaves(prepared.root), strict=True):
            quotes = {view.haystack.span(hit.start, hit.end).quote for hit in view.hits(part)}
            if quotes:
                _count(counted[term], quotes, most)
    return counted


def _count(counted: Spellings, quotes: Iterable[str], most: int) -> None:
    counted.articles += 1
    for quote in quotes:
        known = quote in counted.each or len(counted.each) < most
        counted.each[quote if known else _MORE] += 1


def _any_of(terms: Iterable[Term]) -> Rule:
    """Return a rule that finds any of the terms; each is a leaf of its own."""
    leaves = tuple(Leaf(str(number), (term,)) for number, term in enumerate(terms))
    return Rule(
        id="expand",
        title="expand",
        severity=Severity.LOW,
        when=AnyOf(leaves),
        written="",
        place=Place("expand"),
        fields={**DEFAULT_FIELDS, "comment": 1},
    )


def _leaves(root: object) -> Iterator[Terms]:
    parts = root.parts if isinstance(root, OneOf) else (root,)
    yield from (part for part in parts if isinstance(part, Terms))
