"""Provinces and states by their names in several languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from ahocorasick_rs import AhoCorasick, MatchKind

from rules.stories.words import is_whole


@cache
def _scanner() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    table = tomllib.loads(resources.files("rules.stories").joinpath("places.toml").read_text("utf-8"))
    known = tuple(
        (name, f"{country}.{place}")
        for country, places in table.items()
        for place, names in places.items()
        for name in names
    )
    return AhoCorasick([name for name, _ in known], matchkind=MatchKind.LeftmostLongest), known


def places_in(text: str) -> frozenset[str]:
    """Return the ids of the provinces and states that a text names."""
    scanner, known = _scanner()
    return frozenset(
        known[which][1]
        for which, start, end in scanner.find_matches_as_indexes(text)
        if is_whole(text, start, end)
    )
