"""Provinces and states by their names in several languages."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    table = tomllib.loads(resources.files("rules.stories").joinpath("places.toml").read_text("utf-8"))
    known = {
        name: f"{country}.{place}"
        for country, places in table.items()
        for place, names in places.items()
        for name in names
    }
    longest_first = sorted(known, key=len, reverse=True)
    parts = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in longest_first]
    return re.compile("|".join(parts)), known


def places_in(text: str) -> frozenset[str]:
    """Return the ids of the provinces and states that a text names."""
    pattern, known = _names()
    return frozenset(known[name] for name in pattern.findall(text))
