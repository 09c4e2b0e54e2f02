"""A rule that wakes people and has no case of its own."""

from __future__ import annotations

from collections.abc import Iterator

from rules.lint.issue import Issue
from rules.rule import Rule
from state.records import Severity


def check(rule: Rule) -> Iterator[Issue]:
    """Yield rules at severity high or above without a case that must match and one that must not."""
    kinds = {case.expects for case in rule.tests}
    missing = [kind for kind in ("match", "no_match") if kind not in kinds]
    if rule.severity >= Severity.HIGH and missing and rule.status != "retired":
        problem = f"severity {rule.severity.label} and no test of the kind {' or '.join(missing)}"
        yield Issue("untested", rule.id, rule.place, problem, "add a text to tests: for each")
