"""A term that another of its group already finds."""

from __future__ import annotations

from collections.abc import Iterator

from rules.fold import comparable
from rules.lint.issue import Issue, groups_of
from rules.rule import Rule
from rules.terms import Term


def check(rule: Rule) -> Iterator[Issue]:
    """Yield terms that fold to the same text, or that a wildcard of the group covers.

    What a list holds besides is no mistake of the author, who does not see it: lists grow.
    """
    for group, terms in groups_of(rule):
        plain = [term for term in terms if term.operator == "word" and not term.exact]
        seen: dict[tuple[str, bool, bool], Term] = {}
        open_ended = {comparable(term.text): term for term in plain if term.open_end and not term.open_start}
        for term in plain:
            text = comparable(term.text)
            key = (text, term.open_start, term.open_end)
            other = seen.setdefault(key, term)
            if other is term:
                other = _covering(text, term, open_ended) or term
            if other is not term and not (term.macro or other.macro):
                problem = f"{term.label!r} in {group!r} is already found by {other.label!r}"
                yield Issue("duplicate-term", rule.id, rule.place, problem, "leave one out")


def _covering(text: str, term: Term, open_ended: dict[str, Term]) -> Term | None:
    for size in range(1, len(text) + 1):
        other = open_ended.get(text[:size])
        if other is not None and other is not term:
            return other
    return None
