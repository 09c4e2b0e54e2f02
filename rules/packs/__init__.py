"""The rules that ship with the product, and the word lists behind their ``@names``.

One lexicon per language (``lexicon/``) and one gazetteer (``gazetteer/``) feed
both the watch rules and the reading of events, so that what rings and what is
understood cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rules.packs import data
from rules.packs.lists import all_lists

__all__ = ["lists", "load", "names"]


def names() -> tuple[str, ...]:
    """Return the names of the shipped packs."""
    return ("defection", "dissolution")


def load(name: str) -> list[tuple[str, bytes]]:
    """Return path (for messages) and bytes of each rule file of a pack.

    Raises:
        KeyError: No pack has this name.
    """
    if name not in names():
        raise KeyError(name)
    return [(f"{name}/{file.name}", file.read_bytes()) for file in data.files(name)]


@cache
def lists() -> Mapping[str, tuple[str, ...]]:
    """Return the lists behind ``@names`` of rule files, such as ``defection_en`` and ``kh_parties``."""
    return all_lists()
