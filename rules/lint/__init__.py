"""Checks that tell an author what a rule does and was probably not meant to do; one check per file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rules.compile import Ruleset
from rules.lint import (
    acronym_word,
    broad_wildcard,
    common_anchor,
    document_not,
    duplicate_term,
    hidden_boolean,
    leading_wildcard,
    missing_language,
    short_unspaced,
    smart_quotes,
    unreachable,
    untested,
    unused_group,
)
from rules.lint.issue import Issue
from rules.rule import Rule

__all__ = ["CHECKS", "Issue", "check"]

CHECKS: tuple[Callable[[Rule], Iterator[Issue]], ...] = (
    acronym_word.check,
    broad_wildcard.check,
    document_not.check,
    duplicate_term.check,
    hidden_boolean.check,
    leading_wildcard.check,
    missing_language.check,
    short_unspaced.check,
    smart_quotes.check,
    unreachable.check,
    untested.check,
    unused_group.check,
)


def check(ruleset: Ruleset, only: Iterable[str] | None = None) -> list[Issue]:
    """Return what the checks find, by rule id.

    Args:
        ruleset: The rules.
        only: Ids of the rules to look at; None: all.
    """
    chosen = ruleset.rules.keys() if only is None else set(only)
    issues = [
        issue
        for id_, rule in sorted(ruleset.rules.items())
        if id_ in chosen
        for each in CHECKS
        for issue in each(rule)
    ]
    issues += [issue for issue in common_anchor.check(ruleset) if issue.rule in chosen]
    return list(dict.fromkeys(issues))
