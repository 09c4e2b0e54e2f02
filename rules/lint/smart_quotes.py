"""Quotation marks that a word processor put around a term or into a condition."""

from __future__ import annotations

from collections.abc import Iterator

from rules.lint.issue import Issue, groups_of
from rules.rule import Rule

_SMART = "“”„‟«»"


def check(rule: Rule) -> Iterator[Issue]:
    """Yield terms wrapped in quotation marks and conditions that use curly ones; both work."""
    for group, terms in groups_of(rule):
        for term in terms:
            if term.text[:1] in _SMART and term.text[-1:] in _SMART and term.operator != "regex":
                problem = f"the quotation marks around {term.label} in {group!r} are not looked for"
                yield Issue("smart-quotes", rule.id, rule.place, problem, "leave them out")
    if any(mark in rule.written for mark in _SMART):
        problem = "the condition has a word processor's quotation marks; they are read as plain ones"
        yield Issue("smart-quotes", rule.id, rule.place, problem, 'write "…"')
