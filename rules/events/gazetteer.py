"""Which names are known parties, courts and commissions, and when an abbreviation may be read as one.

An abbreviation names two or more parties so often (CPP, PPP, DP) that it is
linked only beside a word of the party's country, after the long name in the
same article, or where the article names no other country at all and only one
party has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.fold import comparable
from rules.packs import data


@dataclass(frozen=True, slots=True)
class Entity:
    """One party or institution.

    ``generic`` marks a name that other countries' parties share.
    """

    id: str
    country: str
    type: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    abbreviations: tuple[str, ...]
    generic: bool
    status: str
    by_language: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name under which an entity is published."""

    text: str
    entity: Entity
    #: ``name`` (long), ``short`` or ``abbreviation``.
    how: str


def plain(name: str) -> str:
    """Return a name as compared: lower case, straight apostrophes, single spaces, no leading article."""
    if not name.isascii() and any(ord(char) > 0x2FF for char in name.replace("’", "")):
        return comparable(name)
    low = " ".join(name.replace("’", "'").lower().split())
    return low[4:] if low.startswith("the ") else low


@cache
def entities() -> tuple[Entity, ...]:
    """Return the gazetteer: what is shipped, and what the user added."""
    return tuple(map(_entity, data.entities()))


def _entity(row: Mapping[str, Any]) -> Entity:
    by_language = tuple((language, tuple(names)) for language, names in row["names"].items())
    return Entity(
        id=row["id"],
        country=row["country"],
        type=row["type"],
        names=tuple(name for _, names in by_language for name in names),
        short=tuple(row.get("short", ())),
        abbreviations=tuple(row.get("abbreviations", ())),
        generic=row.get("generic") == "true",
        status=row["status"],
        by_language=by_language,
    )


@cache
def aliases() -> dict[str, tuple[Alias, ...]]:
    """Return every alias by its plain form."""
    found: dict[str, list[Alias]] = {}
    for entity in entities():
        for how, names in (
            ("name", entity.names),
            ("short", entity.short),
            ("abbreviation", entity.abbreviations),
        ):
            for name in names:
                found.setdefault(plain(name), []).append(Alias(name, entity, how))
    return {name: tuple(rows) for name, rows in found.items()}


@cache
def _cues() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows: dict[str, list[str]] = data.read("gazetteer", "countries.yaml")
    return tuple((country, tuple(words)) for country, words in rows.items())


def countries(text: str) -> dict[str, int]:
    """Return the countries that a text names, each with how often."""
    found: dict[str, int] = {}
    padded = f" {text} "
    for country, cues in _cues():
        count = sum(_occurrences(padded, cue) for cue in cues)
        if count:
            found[country] = count
    return found


def _occurrences(text: str, cue: str) -> int:
    count, at = 0, text.find(cue)
    while at >= 0 and count < 50:
        before, after = text[at - 1 : at], text[at + len(cue) : at + len(cue) + 1]
        if not cue.isascii() or not (before.isalnum() or after.isalnum()):
            count += 1
        at = text.find(cue, at + len(cue))
    return count


class Linker:
    """Links names to entities within one article."""

    def __init__(self, text: str) -> None:
        self.countries = countries(text)
        self.seen: set[str] = set()
        self._text = text.replace("’", "'")

    def link(self, name: str | None) -> str | None:
        """Return the id of the entity that a published name means here, or None."""
        if not name:
            return None
        rows = aliases().get(plain(name), ())
        return self._choose(rows) if rows else None

    def _choose(self, rows: Iterable[Alias]) -> str | None:
        fitting = [row for row in rows if self._fits(row)]
        here = [row for row in fitting if row.entity.country in self.countries]
        ids = {row.entity.id for row in here} or {row.entity.id for row in fitting}
        if len(ids) > 1 and here:
            return max(here, key=lambda row: self.countries[row.entity.country]).entity.id
        return ids.pop() if len(ids) == 1 else None

    def _fits(self, row: Alias) -> bool:
        entity = row.entity
        if entity.country in self.countries:
            return True
        if row.how != "abbreviation" and not entity.generic:
            return True
        if any(name in self._text for name in entity.names if not entity.generic):
            return True
        return not self.countries


@cache
def country_names() -> frozenset[str]:
    """Return the words that place a text in a country."""
    return frozenset(word for _, words in _cues() for word in words)
