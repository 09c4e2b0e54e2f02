"""Stretches of capitalised words: where the name of a party may stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules.events.english.tokens import Token
from rules.events.english.words import Words

LONGEST = 12
_PEOPLES = frozenset("people peoples workers farmers citizens women nation pensioners patriots".split())


def runs(tokens: Sequence[Token], words: Words) -> Iterable[tuple[int, int]]:
    """Yield stretches of capitalised words, with the small words that names hold inside."""
    index = 0
    while index < len(tokens):
        if not (tokens[index].capital and tokens[index].text[:1].isalpha()):
            index += 1
            continue
        end = index + 1
        while end < len(tokens) and end - index < LONGEST:
            step = _step(tokens, index, end, words)
            if not step:
                break
            end += step
        yield index, end
        index = end


def _step(tokens: Sequence[Token], first: int, at: int, words: Words) -> int:
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.capital and token.text[:1].isalpha():
        return 1
    if token.low == "of" and after is not None and after.low == "the" and _ends_in_party(tokens, at + 2):
        return 2
    if token.low == "the" and tokens[at - 1].low == "of" and after is not None and after.capital:
        return 1
    if (
        token.low == "of"
        and after is not None
        and after.low == "the"
        and _starts_party(tokens, at - 1, words)
    ):
        return 3 if at + 2 < len(tokens) and tokens[at + 2].capital else 0
    if after is None or not after.capital or not after.text[:1].isalpha():
        return 0
    if token.text in ("'s", "'", "’", "’s") and tokens[at - 1].low in _PEOPLES:
        return 2
    if token.low in ("of", "for"):
        return 2 if _starts_party(tokens, at - 1, words) or _ends_in_party(tokens, at + 1) else 0
    if token.low in ("and", "&", "-", "–"):
        end = at + 1
        while end < len(tokens) and tokens[end].capital:
            end += 1
        party = tokens[end - 1].low == "party" and at - first <= 2
        listed = any(tokens[i].low in ("of", "for") for i in range(first, at))
        alone = not any(tokens[i].low in words.set("party.heads") for i in range(first, at))
        return 2 if alone and (party or listed) else 0
    return 0


def _starts_party(tokens: Sequence[Token], at: int, words: Words) -> bool:
    """Tell whether two words open a name: "Unity of" the Land, "Movement for" Change."""
    return f"{tokens[at].low} {tokens[at + 1].low}" in words.set("party.start")


def _ends_in_party(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "Light of the Nation" goes on to "party"."""
    end = at
    while end < len(tokens) and tokens[end].capital and end - at < 4:
        end += 1
    return end > at and end < len(tokens) and tokens[end].low in ("party",)
