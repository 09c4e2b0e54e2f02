"""Which known parties a text names, in any language, and which names are too common to prove anything."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from rules.events.gazetteer import Linker, country_names, entities
from rules.stories.words import is_whole, tokens_of


@cache
def _scanner() -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple({name for entity in entities() for name in (*entity.names, *entity.abbreviations)})
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


def parties_in(text: str) -> frozenset[str]:
    """Return the ids of the parties and institutions that a text names by a published name."""
    scanner, names = _scanner()
    text = text.replace("’", "'")
    found = {
        names[which]
        for which, start, end in scanner.find_matches_as_indexes(text)
        if is_whole(text, start, end)
    }
    if not found:
        return frozenset()
    linker = Linker(text)
    return frozenset(known for name in found if (known := linker.link(name)))


@cache
def common_names() -> frozenset[str]:
    """Return tokens of countries, big cities, well-known politicians and known parties."""
    names = [name for entity in entities() for name in entity.names]
    return frozenset(token for text in (*names, *country_names()) for token in tokens_of(text))
