"""An acronym that is also a common word: ``US`` finds "us"."""

from __future__ import annotations

from collections.abc import Iterator

from rules.fold import comparable
from rules.lint.issue import Issue, groups_of
from rules.rarity import shipped_shares
from rules.rule import Rule

_COMMON = 0.2


def check(rule: Rule) -> Iterator[Issue]:
    """Yield acronyms without ``case: exact`` that the author wrote and that are common words in lower case."""
    for group, terms in groups_of(rule):
        for term in terms:
            common = shipped_shares().get(comparable(term.text), 0) >= _COMMON
            written = term.operator == "word" and not term.exact and not term.macro
            if common and written and term.text.isupper():
                yield Issue(
                    "acronym-word",
                    rule.id,
                    rule.place,
                    f"{term.label!r} in {group!r} also finds {term.text.lower()!r}",
                    f"write {{word: {term.label}, case: exact}}",
                )
