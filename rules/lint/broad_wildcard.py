"""A wildcard after so few letters that it finds much else: ``def*``."""

from __future__ import annotations

from collections.abc import Iterator

from rules.fold import comparable
from rules.lint.issue import Issue, groups_of
from rules.rule import Rule

_FEW = 4


def check(rule: Rule) -> Iterator[Issue]:
    """Yield single words of fewer than four letters with a wildcard."""
    for group, terms in groups_of(rule):
        for term in terms:
            text = comparable(term.text) if term.operator == "word" else ""
            if (term.open_end or term.open_start) and text.isascii() and len(text) < _FEW and " " not in text:
                yield Issue(
                    "broad-wildcard",
                    rule.id,
                    rule.place,
                    f"{term.label!r} in {group!r} finds every word with these {len(text)} letters",
                    "see what it finds with: tocsin rules try FILE ARTICLE",
                )
