"""Comparable text, and the exact way back to the original.

Two spellings that a reader takes for the same word become the same string:
case, full width, presentation forms, vowel points and invisible characters go;
Khmer, Thai, Lao, Burmese and Vietnamese sequences typed in several orders
become one; traditional Chinese becomes simplified; digits of all scripts become
0–9.  Letters are the Unicode categories L, M and N; a run of anything else is
one space.  Between letters of scripts that write without spaces, white space
goes and punctuation is a comma; where such a script meets another, a space comes
in, so that ``加入CPP并`` reads as three words.

Marks are never stripped (Vietnamese ``đảng`` and ``dáng`` stay apart) and no
language needs to be known.  What is compared is only ever this form; what is
quoted is always the original, through :meth:`Folded.span`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rules import fold_steps
from rules.fold_lookalikes import mixes_scripts, one_script_per_word
from rules.fold_tables import (
    APOSTROPHES,
    ATTACHES,
    BREAK,
    BREAK_CHAR,
    CLASS_BITS,
    COMPOSES,
    CYRILLIC,
    EXPANDS,
    GLUED,
    GONE,
    GONE_MARK,
    IN_SEQUENCE,
    PUNCTUATION,
    SPACED,
    UNSPACED,
    tables,
)

__all__ = [
    "APOSTROPHES",
    "BREAK_CHAR",
    "Folded",
    "comparable",
    "fold",
    "is_glued",
    "is_mark",
    "is_spaced",
    "is_unspaced",
    "prepare",
]

_Ints = NDArray[np.int64]


class Folded:
    """``text`` is compared; ``starts[i]``/``ends[i]`` is the source slice of its i-th code point.

    A space or comma stands for its whole run of separators; where a space came
    in between two scripts its slice is empty.
    """

    __slots__ = ("_ends", "_moved", "starts", "text")

    def __init__(self, text: str, starts: _Ints, ends: _Ints | None = None) -> None:
        self.text = text
        self.starts = starts
        self._ends = ends
        #: Whether code points may stand in another order than their sources.
        self._moved = ends is not None

    @property
    def ends(self) -> _Ints:
        """Where the source of each code point ends."""
        if self._ends is None:
            self._ends = self.starts + 1
            blank = np.flatnonzero(np.array([char == " " for char in self.text], dtype=bool))
            self._ends[blank] = self.starts[blank + 1]
        return self._ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source slice, in code points, of a slice of ``text`` that is not empty.

        Raises:
            ValueError: The slice is empty.
        """
        if start >= end:
            raise ValueError("an empty slice has no source")
        if self._moved:
            return int(self.starts[start:end].min()), int(self.ends[start:end].max())
        if self.text[end - 1] == " ":
            return self.starts.item(start), self.starts.item(end)
        return self.starts.item(start), self.starts.item(end - 1) + 1


def fold(text: str) -> Folded:
    """Return the comparable form of a text.

    The result has no space at its ends; folding it again changes nothing.
    :data:`BREAK_CHAR` becomes a line feed, across which no term is found.
    """
    folded, flags = _fold(text)
    if flags & EXPANDS or (flags & ATTACHES and not (_is_composed(text) and _is_composed(folded.text))):
        plain, from_starts, from_ends = _composed(text)
        folded, _ = _fold(plain)
        return _traced(folded, from_starts, from_ends)
    return folded


_MOST_REMEMBERED = 1 << 18
_comparable: dict[str, str] = {}
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


def comparable(text: str) -> str:
    """Return only the text of :func:`fold`, quicker for short terms; a break is mere white space."""
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    known = _comparable.get(text)
    if known is None:
        known = _remember(text, fold(text.replace(BREAK_CHAR, " ")).text)
    return known


def prepare(texts: Iterable[str]) -> None:
    """Fold many terms at once, so that :func:`comparable` knows them: one by one costs thirty times as much."""
    new = [text for text in dict.fromkeys(texts) if not text.isascii() and text not in _comparable]
    if not new:
        return
    folded = fold(f" {BREAK_CHAR} ".join(text.replace(BREAK_CHAR, " ") for text in new)).text
    for text, one in zip(new, folded.split("\n"), strict=True):
        _remember(text, one.strip())


def _remember(text: str, folded: str) -> str:
    if len(_comparable) >= _MOST_REMEMBERED:
        _comparable.clear()
    _comparable[text] = folded
    return folded


def is_spaced(char: str) -> bool:
    """Tell whether this letter's script puts spaces between words."""
    return _class(char) == SPACED


def is_glued(char: str) -> bool:
    """Tell whether terms in this letter's script are found inside words although it writes spaces."""
    return _class(char) == GLUED


def is_unspaced(char: str) -> bool:
    """Tell whether this letter's script writes without spaces between words."""
    return _class(char) == UNSPACED


@cache
def is_mark(char: str) -> bool:
    """Tell whether this belongs to the letter before it: a mark, or SARA AM."""
    return unicodedata.category(char)[0] == "M" or char in "\u0e33\u0eb3"


def _class(char: str) -> int:
    return int(tables().classes[ord(char)]) & CLASS_BITS


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _fold(text: str) -> tuple[Folded, int]:
    """Return the folded text as far as code points fold one by one, and the flags of all of them."""
    known = tables()
    codes = _codes(text)
    classes = known.classes.take(codes)
    flags = int(np.bitwise_or.reduce(classes, initial=0))
    if flags & IN_SEQUENCE and ((codes == 0x1040) | (codes == 0x1047)).any():
        codes = fold_steps.burmese_letters_typed_as_digits(codes)
        classes = known.classes.take(codes)
    kinds = classes & np.uint8(CLASS_BITS)
    if not flags & IN_SEQUENCE and kinds.min(initial=BREAK) > GONE_MARK and kinds.max(initial=0) <= BREAK:
        folded = _fold_spaced(codes, kinds)
    else:
        folded = _fold_any(codes, kinds, flags)
    if flags & CYRILLIC and mixes_scripts(_codes(folded.text)):
        folded.text = one_script_per_word(folded.text)
    return folded, flags


def _fold_spaced(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> Folded:
    """Return the folded text where every word stands between spaces: the quick way for most texts."""
    letters = kinds >= SPACED
    kept = letters.copy()
    kept[1:] |= letters[:-1]
    starts = np.flatnonzero(kept)
    if len(starts) and not letters[starts[-1]]:
        starts = starts[:-1]
    folded = tables().folded.take(codes.take(starts))
    return Folded(folded.tobytes().decode("utf-32-le"), starts)


def _fold_any(codes: NDArray[np.uint32], kinds: NDArray[np.uint8], flags: int) -> Folded:
    kept, ends = _without_gone(kinds)
    if kept is not None:
        codes, kinds = codes[kept], kinds[kept]
    letters = np.flatnonzero(kinds >= SPACED)
    starts = letters if kept is None else kept[letters]
    rows = fold_steps.Rows(
        codes=tables().folded.take(codes.take(letters)),
        starts=starts,
        ends=starts + 1 if ends is None else ends[letters],
        spaces=_spaces(kinds, letters),
    )
    if flags & IN_SEQUENCE:
        rows = fold_steps.ordered(rows)
    return Folded(*_written(rows))


def _without_gone(kinds: NDArray[np.uint8]) -> tuple[_Ints | None, _Ints | None]:
    """Return the places that are kept, and where the source of each ends; None if all are."""
    gone = kinds <= GONE_MARK
    if not gone.any():
        return None, None
    kept = np.flatnonzero(~gone)
    marks = kinds == GONE_MARK
    if not marks.any():
        return kept, kept + 1
    size = len(kinds)
    no_mark = np.append(np.where(marks, size, np.arange(size)), size)
    after = np.minimum.accumulate(no_mark[::-1])[::-1]
    return kept, after[kept + 1]


def _spaces(kinds: NDArray[np.uint8], letters: _Ints) -> NDArray[np.bool_]:
    """Return for each letter but the last whether a space follows it."""
    spaces: NDArray[np.bool_] = letters[1:] - letters[:-1] > 1
    letter_kinds = kinds[letters]
    if letter_kinds.max(initial=0) < GLUED:
        return spaces
    left, right = letter_kinds[:-1], letter_kinds[1:]
    layout = spaces & (left == UNSPACED) & (right == UNSPACED)
    if layout.any():
        marks_before = np.cumsum(kinds == PUNCTUATION)
        spaces &= ~(layout & (marks_before[letters[1:]] == marks_before[letters[:-1]]))
    turns = (left != right) & (left != BREAK) & (right != BREAK)
    spaces |= turns
    return spaces


def _written(rows: fold_steps.Rows) -> tuple[str, _Ints, _Ints]:
    count = len(rows.codes)
    places = np.arange(count)
    places[1:] += np.cumsum(rows.spaces)
    total = count + int(np.count_nonzero(rows.spaces))
    codes = np.full(total, 0x20, dtype=np.uint32)
    starts = np.empty(total, dtype=np.int64)
    ends = np.empty(total, dtype=np.int64)
    codes[places], starts[places], ends[places] = rows.codes, rows.starts, rows.ends
    if total > count:
        blank = places[:-1][rows.spaces] + 1
        starts[blank], ends[blank] = rows.ends[:-1][rows.spaces], rows.starts[1:][rows.spaces]
        codes[blank[_between_unspaced(rows)]] = ord(",")
    return codes.tobytes().decode("utf-32-le", "surrogatepass"), starts, ends


def _between_unspaced(rows: fold_steps.Rows) -> NDArray[np.bool_]:
    """Return which of the spaces stand between letters of unspaced scripts: only punctuation leaves one there."""
    unspaced = (tables().classes[rows.codes] & np.uint8(CLASS_BITS)) == UNSPACED
    between: NDArray[np.bool_] = (unspaced[:-1] & unspaced[1:])[rows.spaces]
    return between


def _is_composed(text: str) -> bool:
    """Tell whether a text is in NFC, quicker than the library where no mark can be joined with its letter."""
    known = tables()
    codes = _codes(text)
    if int(np.bitwise_or.reduce(known.classes.take(codes), initial=0)) & COMPOSES:
        return unicodedata.is_normalized("NFC", text)
    order = known.combining.take(codes)
    disorder = (order[1:] < order[:-1]) & (order[1:] > 0)
    burmese = (codes[1:] == 0x102E) & (codes[:-1] == 0x1025)
    return not (disorder | burmese).any()


# ---- what does not map one to one: decomposed input, ligatures

_Piece = tuple[str, int, int]


def _composed(text: str) -> tuple[str, _Ints, _Ints]:
    """Return the text with each cluster composed and each ligature spelt out, and where each place came from.

    One start more than places: that of the text's end.
    """
    pieces: list[str] = []
    starts: list[_Ints] = []
    ends: list[_Ints] = []
    done = 0
    for match in _clusters().finditer(text):
        between = np.arange(done, match.start())
        found = _plain(match.group(), match.start())
        pieces += (text[done : match.start()], "".join(char for char, _, _ in found))
        starts += (between, np.array([start for _, start, _ in found], dtype=np.int64))
        ends += (between + 1, np.array([end for _, _, end in found], dtype=np.int64))
        done = match.end()
    rest = np.arange(done, len(text))
    return (
        "".join([*pieces, text[done:]]),
        np.concatenate([*starts, rest, [len(text)]]),
        np.concatenate([*ends, rest + 1]),
    )


def _traced(folded: Folded, from_starts: _Ints, from_ends: _Ints) -> Folded:
    """Return the folded text with its places led back through what was composed and spelt out."""
    blank = np.array([char in " ," for char in folded.text], dtype=bool)
    left, right = np.maximum(folded.starts - 1, 0), np.maximum(folded.ends - 1, 0)
    starts = np.where(blank, from_ends[left], from_starts[folded.starts])
    ends = np.where(blank, from_starts[folded.ends], from_ends[right])
    return Folded(folded.text, np.minimum(starts, ends), ends)


def _plain(cluster: str, at: int) -> list[_Piece]:
    """Return a letter and what follows it composed and spelt out, each code point with its source slice."""
    pieces = _joined([(char, place, place + 1) for place, char in enumerate(cluster, start=at)])
    classes, folded, expansions = tables().classes, tables().folded, tables().expansions
    spelt: list[_Piece] = []
    gone: list[_Piece] = []
    for char, start, end in pieces:
        kind = int(classes[ord(char)]) & CLASS_BITS
        if kind in (GONE, GONE_MARK):
            gone.append((char, start, end))
            continue
        gone.clear()
        same = expansions.get(char) or (chr(folded[ord(char)]) if kind in (SPACED, GLUED, UNSPACED) else char)
        spelt += ((one, start, end) for one in same)
    return _joined(spelt) + gone


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Return the pieces in NFC; what was composed has the slice of all its parts."""
    plain = "".join(char for char, _, _ in pieces)
    composed = unicodedata.normalize("NFC", plain)
    if composed == plain:
        return pieces
    first, last = _changed(plain, composed)
    parts = pieces[first : len(pieces) - last]
    start, end = min(part[1] for part in parts), max(part[2] for part in parts)
    new = [(char, start, end) for char in composed[first : len(composed) - last]]
    return [*pieces[:first], *new, *pieces[len(pieces) - last :]]


def _changed(one: str, other: str) -> tuple[int, int]:
    """Return how many code points two strings share at their beginning and at their end."""
    shorter = min(len(one), len(other))
    first = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    rest = shorter - first
    last = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    return first, last


@cache
def _clusters() -> re.Pattern[str]:
    classes = tables().classes
    kinds = classes & np.uint8(CLASS_BITS)
    composing = _ranges(np.flatnonzero((classes & ATTACHES) | (kinds == GONE) | (kinds == GONE_MARK)))
    expanding = _ranges(np.flatnonzero(classes & EXPANDS))
    return re.compile(f"(?s:.)[{composing}]+|[{expanding}]")


def _ranges(points: _Ints) -> str:
    parts = np.split(points, np.flatnonzero(np.diff(points) != 1) + 1)
    return "".join(f"\\U{part[0]:08x}-\\U{part[-1]:08x}" for part in parts)
