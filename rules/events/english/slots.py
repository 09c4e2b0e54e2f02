"""What a sentence says fills a slot: a party as it is named, an actor with what the text calls him."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A side as a sentence names it; ``name`` is None where only "it" or "the party" stands there.

    ``sure`` is False for a bare unknown name, which counts only beside politicians.
    """

    text: str
    name: str | None
    sure: bool = True


@dataclass(slots=True)
class Actor:
    """Who moves: ``text`` as published or None for an unresolved pronoun."""

    text: str | None
    named: bool = False
    party: str | None = None
    politician: bool = False
    national: bool = False
    military: bool = False
    north_korean: bool = False
    state: bool = False
    plural: bool = False
    partisan: bool = False
    is_party: bool = False
    count: str | None = None
    count_min: int | None = None
    pronoun: bool = False
    opposition: bool = False
    former: bool = False
    percent: bool = False
