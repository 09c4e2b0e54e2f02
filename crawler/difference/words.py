"""Two texts laid side by side: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from crawler.difference.tokens import is_unspaced, tokens

Sign = Literal["=", "-", "+"]

#: Texts whose lengths in tokens multiply to more are not laid side by side: one went, the other came.
_MOST_WORK = 4_000_000
#: So many letters in a row must have stayed, in a script without spaces, to be worth showing between two changes;
#: two Chinese signs are a word.
_FEWEST_LETTERS = 3
_FEWEST_HAN = 2
_MOST_WEAK = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text and what became of it: ``=`` stayed, ``-`` went, ``+`` came."""

    sign: Sign
    text: str


def parts(was: str, now: str) -> tuple[Part, ...]:
    """Return what became of one text; the parts of ``=`` and ``-`` are the old text, of ``=`` and ``+`` the new."""
    old, new = tokens(was), tokens(now)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    rows = [(True, old[:start], new[:start]), *_compared(left, right), (True, old[len(old) - end :], [])]
    return tuple(_written(_readable(rows)))


def likeness(was: str, now: str) -> float:
    """Return how alike two texts are by their words, in any order, 0 to 1."""
    old, new = ([token for token in tokens(text) if token[0].isalnum()] for text in (was, now))
    if len(old) * len(new) > _MOST_WORK:
        return float(was == now)
    return SequenceMatcher(None, old, new, autojunk=False).quick_ratio()


Row = tuple[bool, Sequence[str], Sequence[str]]


def _compared(old: Sequence[str], new: Sequence[str]) -> list[Row]:
    if len(old) * len(new) > _MOST_WORK:
        return [(False, old, new)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(tag == "equal", old[a:b], new[c:d]) for tag, a, b, c, d in matcher.get_opcodes()]


def _common(one: Sequence[str], two: Sequence[str]) -> int:
    pairs = enumerate(zip(one, two, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(two)))


def _readable(rows: Iterable[Row]) -> list[Row]:
    """Join changes that only a space, a sign or a cluster or two keeps apart: readers see them as one."""
    found: list[Row] = []
    for row in rows:
        if not row[1] and not row[2]:
            continue
        if not row[0] and len(found) > 1 and not found[-2][0] and _is_weak(found[-1][1]):
            stayed, before = found.pop()[1], found.pop()
            row = (False, [*before[1], *stayed, *row[1]], [*before[2], *stayed, *row[2]])
        found.append(row)
    return found


def _is_weak(stayed: Sequence[str]) -> bool:
    said = [token for token in stayed if token[0].isalnum()]
    if any(not is_unspaced(token) for token in said):
        return False
    letters = [char for token in said for char in token if char.isalpha()]
    fewest = _FEWEST_HAN if any("\u3400" <= char <= "\u9fff" for char in letters) else _FEWEST_LETTERS
    return len(letters) < fewest and len(stayed) <= _MOST_WEAK


def _written(rows: Iterable[Row]) -> Iterable[Part]:
    for same, old, new in rows:
        if same:
            yield Part("=", "".join(old))
            continue
        if old:
            yield Part("-", "".join(old))
        if new:
            yield Part("+", "".join(new))
