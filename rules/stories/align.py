"""Two texts laid side by side: the passages of one that stand where the other has different ones."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rules.stories.words import Hashes, is_unspaced, numbers_of, run_hashes

Places = NDArray[np.intp]

#: Longest row that is aligned; beyond it nothing is learnt.
ROW = 4000
#: Longest exchanged passage that can be a name; at the beginning and end of a text, where only one side
#: has equal words, it must be shorter.
_LONGEST, _EDGE = 24, 12
#: Length of the runs that anchor the alignment.
_RUN_WORDS, _RUN_CHARS = 2, 5
_CONTEXT = 12
#: Rows whose runs are remembered: an article is laid beside one neighbour after the other.
_ROWS = 64


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
    run = _run_length(one)
    anchors = _anchors(one, two, run)
    if not len(anchors):
        return []
    starts = np.vstack([anchors, [(len(one), len(two))]])
    ends = np.vstack([[(0, 0)], anchors + run])
    apart = (starts > ends).all(axis=1)
    found: list[Exchange] = []
    for (at_one, at_two), (start_one, start_two) in zip(
        ends[apart].tolist(), starts[apart].tolist(), strict=True
    ):
        mine, theirs = one[at_one:start_one], two[at_two:start_two]
        at_edge = at_one == 0 or start_one == len(one)
        if max(_weight(mine), _weight(theirs)) <= (_EDGE if at_edge else _LONGEST):
            before = one[max(0, at_one - _CONTEXT) : at_one]
            found.append(Exchange(mine, theirs, before, one[start_one : start_one + _CONTEXT]))
    return found


@lru_cache(maxsize=_ROWS)
def _run_length(row: tuple[str, ...]) -> int:
    return _RUN_CHARS if sum(map(is_unspaced, row[:200])) * 2 > len(row[:200]) else _RUN_WORDS


def _weight(passage: tuple[str, ...]) -> int:
    """Return the length in characters of unspaced scripts; a word counts for four."""
    return sum(1 if is_unspaced(token) else 4 for token in passage)


def _anchors(one: tuple[str, ...], two: tuple[str, ...], run: int) -> Places:
    """Return places of equal runs, rising in both texts: one pair a row."""
    keys, mine = _once(one, run)
    others, theirs = _once(two, run)
    if not keys.size or not others.size:
        return np.empty((0, 2), np.intp)
    at = np.minimum(np.searchsorted(others, keys), others.size - 1)
    same = others[at] == keys
    pairs = np.column_stack([mine[same], theirs[at[same]]])
    pairs = pairs[np.argsort(pairs[:, 0])]
    if (np.diff(pairs[:, 1]) > 0).all():
        return pairs
    return np.array(_rising([(mine, theirs) for mine, theirs in pairs.tolist()]))


@lru_cache(maxsize=_ROWS)
def _once(row: tuple[str, ...], run: int) -> tuple[Hashes, Places]:
    """Return the runs that a row has once, as hashes in order, and where each begins."""
    hashes, places, counts = np.unique(
        run_hashes(numbers_of(row), run), return_index=True, return_counts=True
    )
    return hashes[counts == 1], places[counts == 1]


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
