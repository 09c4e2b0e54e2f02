"""Two texts laid side by side: the passages of one that stand where the other has different ones."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from rules.stories.words import is_unspaced

#: Longest row that is aligned; beyond it nothing is learnt.
ROW = 4000
#: Longest exchanged passage that can be a name; at the beginning and end of a text, where only one side
#: has equal words, it must be shorter.
_LONGEST, _EDGE = 24, 12
#: Length of the runs that anchor the alignment.
_RUN_WORDS, _RUN_CHARS = 2, 5
_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class Exchange:
    """One short passage of the first text where the second has another, between equal words."""

    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


def exchanges(one: tuple[str, ...], two: tuple[str, ...]) -> list[Exchange]:
    """Return what was exchanged one for one, in order.

    Runs of tokens that occur once in both texts are anchors, as in a patience
    diff; what lies between two anchors on both sides was exchanged.
    """
    one, two = one[:ROW], two[:ROW]
    run = _RUN_CHARS if sum(map(is_unspaced, one[:200])) * 2 > len(one[:200]) else _RUN_WORDS
    anchors = _anchors(one, two, run)
    found: list[Exchange] = []
    at_one, at_two = 0, 0
    for start_one, start_two in [*anchors, (len(one), len(two))] if anchors else []:
        mine, theirs = one[at_one:start_one], two[at_two:start_two]
        at_edge = at_one == 0 or start_one == len(one)
        if mine and theirs and max(_weight(mine), _weight(theirs)) <= (_EDGE if at_edge else _LONGEST):
            before = one[max(0, at_one - _CONTEXT) : at_one]
            found.append(Exchange(mine, theirs, before, one[start_one : start_one + _CONTEXT]))
        at_one, at_two = start_one + run, start_two + run
    return found


def _weight(passage: tuple[str, ...]) -> int:
    """Return the length in characters of unspaced scripts; a word counts for four."""
    return sum(1 if is_unspaced(token) else 4 for token in passage)


def _anchors(one: tuple[str, ...], two: tuple[str, ...], run: int) -> list[tuple[int, int]]:
    """Return places of equal runs, rising in both texts."""
    mine, theirs = _once(one, run), _once(two, run)
    pairs = [(at, theirs[key]) for key, at in mine.items() if key in theirs]
    return _rising(sorted(pairs))


def _once(row: tuple[str, ...], run: int) -> dict[int, int]:
    keys = [zlib.crc32("\x1f".join(row[at : at + run]).encode()) for at in range(len(row) - run + 1)]
    counts = Counter(keys)
    return {key: at for at, key in enumerate(keys) if counts[key] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs that rises on both sides."""
    tails: list[int] = []
    last: list[int] = []
    back: list[int] = []
    for number, (_, at) in enumerate(pairs):
        place = bisect_left(tails, at)
        back.append(last[place - 1] if place else -1)
        if place == len(tails):
            tails.append(at)
            last.append(number)
        else:
            tails[place], last[place] = at, number
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]
