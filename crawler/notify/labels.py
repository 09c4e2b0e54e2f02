"""The one catalogue of words on screen: messages, terminal, dashboard, feeds and exports use it.

Codes stay in JSON; people see labels.  The words themselves are data
(``labels.toml``); what a language lacks is shown in English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from state.records import Claim, NoticeKind, Severity

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language; BCP 47, without a region."""

    language: str
    _own: Mapping[str, Any]
    _fallback: Mapping[str, Any]

    def text(self, key: str, /, **values: object) -> str:
        """Return a sentence of the ``text`` table with its blanks filled."""
        return self.word("text", key, **values)

    def word(self, table: str, key: str, /, **values: object) -> str:
        """Return an entry of any table.

        Raises:
            KeyError: No language has it.
        """
        found = _entry(self._own, table, key)
        if found is None:
            found = _entry(self._fallback, table, key)
        if found is None:
            raise KeyError(f"{table}.{key}")
        return found.format_map(values) if values else found

    def has(self, table: str, key: str) -> bool:
        """Tell whether any language has this entry."""
        return (_entry(self._own, table, key) or _entry(self._fallback, table, key)) is not None

    def claim(self, claim: Claim | None, *, who: str | None = None, date: str | None = None) -> str:
        """Return what stands before every name: the claim, and whose it is.

        Args:
            claim: None for rules that ask for words alone.
            who: The outlet of a reported event, else whoever says, asks or orders it.
            date: Of a planned event, as the article writes it.
        """
        code = claim.value if claim else "words"
        known = date if claim == Claim.PLANNED else who
        if known and self.has("claim_by", code):
            return self.word("claim_by", code, who=who or "", date=date or "")
        return self.word("claim", code)

    def severity(self, severity: Severity) -> str:
        """Return CRITICAL, HIGH, MEDIUM or LOW."""
        return self.word("severity", severity.label)

    def notice(self, kind: NoticeKind) -> str:
        """Return the word that a notice begins with; empty for the first."""
        return self.word("notice", kind.value)

    def language_name(self, tag: str | None) -> str:
        """Return the name of a language by its BCP 47 tag; the tag if we have no name."""
        if not tag:
            return ""
        base = tag.split("-")[0].lower()
        return self.word("language", base) if self.has("language", base) else tag


@cache
def labels(language: str) -> Labels:
    """Return the words of a language; an unknown one is all fallback."""
    tables = _tables()
    return Labels(language, tables.get(language.split("-")[0].lower(), {}), tables[FALLBACK])


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("labels.toml").read_text(encoding="utf-8"))


def _entry(tables: Mapping[str, Any], table: str, key: str) -> str | None:
    found: Any = tables
    for part in table.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else None
