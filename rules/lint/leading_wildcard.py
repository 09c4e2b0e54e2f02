"""A wildcard at a term's beginning, which finds the ends of unrelated words."""

from __future__ import annotations

from collections.abc import Iterator

from rules.lint.issue import Issue, groups_of
from rules.rule import Rule


def check(rule: Rule) -> Iterator[Issue]:
    """Yield terms that begin with ``*``."""
    for group, terms in groups_of(rule):
        for term in terms:
            if term.open_start:
                problem = f"{term.label!r} in {group!r} finds every word that ends so"
                yield Issue("leading-wildcard", rule.id, rule.place, problem, "list the words you mean")
