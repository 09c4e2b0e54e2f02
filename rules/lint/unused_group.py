"""A term group that no condition names."""

from __future__ import annotations

from collections.abc import Iterator

from rules.condition import Leaf, walk
from rules.lint.issue import Issue
from rules.rule import Rule


def check(rule: Rule) -> Iterator[Issue]:
    """Yield groups of ``terms:`` that neither the condition nor ``unless_near`` uses."""
    used = {node.name for node in walk(rule.when) if isinstance(node, Leaf)}
    for group in rule.terms:
        if group not in used:
            problem = f"the term group {group!r} is never used"
            yield Issue("unused-group", rule.id, rule.place, problem, "name it in when:, or take it out")
