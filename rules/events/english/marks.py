"""Clipped words and pairs of words that are one part of speech: "'d", "'ll", "no longer"."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.english.tokens import Token
from rules.events.english.words import BASE, PART, PAST


def pos_of_mark(tokens: Sequence[Token], index: int) -> str:
    """Return the part of a mark: "'d" is "would" before a bare verb, else "had"."""
    low = tokens[index].low
    if low in ("'s", "'", "’s") or (low == "’" and index):
        return "POSS"
    if low == "'ll":
        return "MOD"
    if low == "'d":
        after = next((t for t in tokens[index + 1 : index + 4] if t.forms or not t.low.endswith("ly")), None)
        uses = {form.use for form in after.forms} if after is not None else set()
        return "MOD" if BASE in uses and not uses & {PAST, PART} else "AUX"
    return "AUX" if low[0] == "'" else "PUNCT"


def is_no_longer(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word is one of "no longer"."""
    at = index - (tokens[index].low == "longer")
    return [t.low for t in tokens[max(0, at) : at + 2]] == ["no", "longer"]
