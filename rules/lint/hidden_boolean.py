"""A term that reads like logic: ``CNRP OR CPP`` in a list is sought as a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.lint.issue import Issue, groups_of
from rules.rule import Rule

_OPERATOR = re.compile(r"(^|\s)(AND|OR|NOT|EXCEPT|(NEAR|BEFORE)/\d+)(\s|$)")
_TRUTH = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def check(rule: Rule) -> Iterator[Issue]:
    """Yield terms that hold an operator, or that other programs read as true, false or nothing."""
    for group, terms in groups_of(rule):
        for term in terms:
            if term.operator == "regex" or term.macro:
                continue
            if _OPERATOR.search(term.text):
                problem = f"{term.label!r} in {group!r} is sought as a phrase, operators and all"
                yield Issue(
                    "hidden-boolean",
                    rule.id,
                    rule.place,
                    problem,
                    "write one term per line, and logic in when:",
                )
            elif term.text.lower() in _TRUTH:
                problem = f"{term.label!r} in {group!r} is sought as a word; other programs read it as a truth value"
                yield Issue(
                    "hidden-boolean", rule.id, rule.place, problem, f'put it in quotes: "{term.text}"'
                )
