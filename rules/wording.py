"""A condition put back into words: as ``when:``, as one query line, and as a paragraph anybody can read."""

from __future__ import annotations

from rules.condition import All, AnyOf, AtLeast, Leaf, Near, Node, Not, Scoped, Score, Within
from rules.rule import Rule, UnlessNear
from rules.terms import Term

_BINDS = {AnyOf: 0, Within: 1, All: 2, Not: 3, Near: 4}
_SHOWN = 6
_FIELDS = {
    "title": "the headline",
    "subtitle": "the subtitle",
    "body": "the text",
    "caption": "a caption",
    "comment": "readers' comments",
}


def as_when(node: Node, *, spelt_out: bool = False) -> str:
    """Return a condition as an author would write it.

    Args:
        node: A resolved condition.
        spelt_out: Whether term groups are replaced by their terms, which gives
            a ``query:`` that needs no groups.
    """
    match node:
        case Leaf():
            return _leaf(node, spelt_out)
        case All(parts):
            return " AND ".join(_inner(part, All, spelt_out) for part in parts)
        case AnyOf(parts):
            return " OR ".join(_inner(part, AnyOf, spelt_out) for part in parts)
        case Not(part):
            return "NOT " + _inner(part, Not, spelt_out)
        case Near(left, right, words, ordered):
            operator = "BEFORE" if ordered else "NEAR"
            right_text = as_when(right, spelt_out=spelt_out)
            grouped = isinstance(right, Near | AnyOf) and not right_text.startswith("(")
            return f"{_inner(left, Near, spelt_out)} {operator}/{words} {f'({right_text})' if grouped else right_text}"
        case Within(part, unit):
            return f"{_inner(part, Within, spelt_out)} IN {unit}"
        case AtLeast(count, parts):
            return f"{count} OF ({', '.join(as_when(part, spelt_out=spelt_out) for part in parts)})"
        case Scoped(field, part):
            return f"{field}:({as_when(part, spelt_out=spelt_out)})"
        case Score(threshold, weights):
            entries = (f"{as_when(part, spelt_out=spelt_out)}^{weight:g}" for part, weight in weights)
            return f"SCORE>={threshold:g} ({', '.join(entries)})"
        case _:
            return node.text


def in_words(rule: Rule) -> str:
    """Return what a rule watches for as a paragraph without operators."""
    severity = rule.severity.label
    sentences = [
        f"{rule.title} ({rule.id}) rings with severity {severity} when an article has {words(rule.when)}."
    ]
    if rule.exceptions:
        sentences.append(f"Words that are part of {_terms(rule.exceptions, 'or')} do not count.")
    sentences += [_unless(entry) for entry in rule.unless_near]
    sentences.append(_reads(rule))
    if rule.events:
        sentences.append(
            f"The article is then read for who did what to whom ({_listed(list(rule.events), 'or')})."
        )
    sentences += [
        f"If it is only {claim.value.replace('_', ' ')}, "
        + (f"the severity is {severity.label}." if severity else "nobody is told.")
        for claim, severity in rule.claims.items()
    ]
    sentences += [f"Known false alarms: {text.rstrip('.')}." for text in rule.false_positives]
    return " ".join(sentences)


def _reads(rule: Rule) -> str:
    counted = [_FIELDS[field] for field, weight in rule.fields.items() if weight > 0]
    reads = f"It reads {_listed(counted, 'and')}"
    if rule.fields.get("comment"):
        return reads + "."
    return reads + "; what stands only in readers' comments never wakes anybody."


def words(node: Node) -> str:
    """Return a condition as a phrase: "one of … within 15 words of one of …"."""
    match node:
        case Leaf(terms=terms):
            return _terms(terms, "or")
        case All(parts):
            return "; and ".join(map(words, parts))
        case AnyOf(parts) if all(isinstance(part, Leaf) for part in parts):
            return _terms(
                tuple(term for part in parts if isinstance(part, Leaf) for term in part.terms), "or"
            )
        case AnyOf(parts):
            return "; or ".join(map(words, parts))
        case Not(part):
            return f"nowhere {words(part)}"
        case Near(left, right, count, ordered):
            link = (
                f"and after it, fewer than {count} words on," if ordered else f"fewer than {count} words from"
            )
            return f"{words(left)} {link} {words(right)}"
        case Within(part, unit):
            return f"in one {unit}: {words(part)}"
        case AtLeast(count, parts):
            return f"at least {count} of these: {'; '.join(map(words, parts))}"
        case Scoped(field, part):
            return f"in {_FIELDS[field]}: {words(part)}"
        case Score(threshold, weights):
            entries = "; ".join(f"{words(part)} ({weight:+g})" for part, weight in weights)
            return f"enough of these to reach {threshold:g} points: {entries}"
        case _:
            return node.text


def _inner(part: Node, around: type[Node], spelt_out: bool) -> str:
    text = as_when(part, spelt_out=spelt_out)
    looser = _BINDS.get(type(part), 9) < _BINDS[around] or (type(part) is Within and around is Within)
    return f"({text})" if looser else text


def _leaf(leaf: Leaf, spelt_out: bool) -> str:
    single = len(leaf.terms) == 1 and leaf.terms[0].label == leaf.name
    if not spelt_out and not single:
        return leaf.name
    texts = [_quoted(term) for term in leaf.terms]
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"


def _quoted(term: Term) -> str:
    return term.label if term.operator == "regex" else f'"{term.label}"'


def _terms(terms: tuple[Term, ...], joint: str) -> str:
    labels = [f"“{term.label}”" + (f" ({term.sense})" if term.sense else "") for term in terms]
    if len(labels) > _SHOWN:
        labels = [*labels[: _SHOWN - 1], f"{len(labels) - _SHOWN + 1} more"]
    return _listed(labels, joint)


def _listed(parts: list[str], joint: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def _unless(entry: UnlessNear) -> str:
    distance = "in the same sentence" if entry.words is None else f"within {entry.words} words"
    groups = f" for {_listed(list(entry.groups), 'and')}" if entry.groups else ""
    return f"Words do not count{groups} when {_terms(entry.terms, 'or')} stands {distance}."
