"""Comparable text, and the exact way back to the original.

Two spellings that a reader takes for the same word become the same string:
case, full width, presentation forms, vowel points and invisible characters go;
Khmer, Thai, Lao, Burmese and Vietnamese sequences typed in several orders
become one; traditional Chinese becomes simplified; digits of all scripts become
0–9.  Letters are the Unicode categories L, M and N; a run of anything else is
one space.  Between letters of scripts that write without spaces, white space
goes; where such a script meets another, a space comes in, so that ``加入CPP并``
reads as three words.

Marks are never stripped (Vietnamese ``đảng`` and ``dáng`` stay apart) and no
language needs to be known.  What is compared is only ever this form; what is
quoted is always the original, through :meth:`Folded.span`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rules import fold_steps
from rules.fold_tables import (
    APOSTROPHES,
    BREAK,
    BREAK_CHAR,
    CLASS_BITS,
    CYRILLIC,
    EXPANDS,
    GLUED,
    GONE,
    GONE_MARK,
    HALF_WIDTH_MARKS,
    IN_SEQUENCE,
    MAY_COMPOSE,
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
]

_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is compared; ``starts[i]``/``ends[i]`` is the source slice of its i-th code point.

    A space stands for its whole run of separators; where a space came in
    between two scripts its slice is empty.
    """

    text: str
    starts: _Ints
    ends: _Ints

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source slice, in code points, of a slice of ``text`` that is not empty.

        Raises:
            ValueError: The slice is empty.
        """
        return int(self.starts[start:end].min()), int(self.ends[start:end].max())


def fold(text: str) -> Folded:
    """Return the comparable form of a text.

    The result has no space at its ends; folding it again changes nothing.
    :data:`BREAK_CHAR` becomes a line feed, across which no term is found.
    """
    known = tables()
    codes = _codes(text)
    classes = known.classes[codes]
    flags = int(np.bitwise_or.reduce(classes, initial=0))
    if flags & EXPANDS or (flags & MAY_COMPOSE and not unicodedata.is_normalized("NFC", text)):
        plain, from_starts, from_ends = _composed(text)
        codes = _codes(plain)
        classes = known.classes[codes]
        flags = int(np.bitwise_or.reduce(classes, initial=0))
        folded, starts, ends = _fold(codes, classes, flags)
        return Folded(folded, from_starts[starts], from_ends[np.maximum(ends - 1, 0)])
    return Folded(*_fold(codes, classes, flags))


_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


def comparable(text: str) -> str:
    """Return only the text of :func:`fold`; quicker for short ASCII terms."""
    return " ".join(text.translate(_ASCII).split()) if text.isascii() else fold(text).text


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


def _fold(codes: NDArray[np.uint32], classes: NDArray[np.uint8], flags: int) -> tuple[str, _Ints, _Ints]:
    if flags & IN_SEQUENCE and ((codes == 0x1040) | (codes == 0x1047)).any():
        codes = fold_steps.burmese_letters_typed_as_digits(codes)
        classes = tables().classes[codes]
    kinds = classes & np.uint8(CLASS_BITS)
    kept, ends = _without_gone(kinds)
    if kept is not None:
        codes, kinds = codes[kept], kinds[kept]
    letters = np.flatnonzero(kinds >= SPACED)
    starts = letters if kept is None else kept[letters]
    rows = fold_steps.Rows(
        codes=tables().folded[codes[letters]],
        starts=starts,
        ends=starts + 1 if ends is None else ends[letters],
        spaces=_spaces(kinds, letters),
    )
    if flags & IN_SEQUENCE:
        rows = fold_steps.ordered(rows)
    text, starts, ends = _written(rows)
    return fold_steps.one_script_per_word(text) if flags & CYRILLIC else text, starts, ends


def _without_gone(kinds: NDArray[np.uint8]) -> tuple[_Ints | None, _Ints | None]:
    """Return the places that are kept, and where the source of each ends; None if all are."""
    gone = (kinds == GONE) | (kinds == GONE_MARK)
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
    if not ((letter_kinds == UNSPACED) | (letter_kinds == GLUED)).any():
        return spaces
    left, right = letter_kinds[:-1], letter_kinds[1:]
    layout = spaces & (left == UNSPACED) & (right == UNSPACED)
    if layout.any():
        marks_before = np.cumsum(kinds == PUNCTUATION)
        spaces &= ~(layout & (marks_before[letters[1:]] == marks_before[letters[:-1]]))
    turns = ((left == SPACED) & (right > SPACED) & (right != BREAK)) | (
        (right == SPACED) & (left > SPACED) & (left != BREAK)
    )
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
    return codes.tobytes().decode("utf-32-le", "surrogatepass"), starts, ends


# ---- what does not map one to one: decomposed input, ligatures


def _composed(text: str) -> tuple[str, _Ints, _Ints]:
    """Return the text with each cluster composed and each ligature spelt out, and the source of each place."""
    pieces: list[str] = []
    starts: list[_Ints] = []
    ends: list[_Ints] = []
    done = 0
    for match in _clusters().finditer(text):
        cluster = match.group()
        plain = _plain(cluster)
        if plain == cluster:
            continue
        between = np.arange(done, match.start())
        pieces += (text[done : match.start()], plain)
        starts += (between, np.full(len(plain), match.start()))
        ends += (between + 1, np.full(len(plain), match.end()))
        done = match.end()
    rest = np.arange(done, len(text))
    return (
        "".join([*pieces, text[done:]]),
        np.concatenate([*starts, rest]),
        np.concatenate([*ends, rest + 1]),
    )


def _plain(cluster: str) -> str:
    narrow = any(mark in cluster for mark in HALF_WIDTH_MARKS)
    composed = unicodedata.normalize("NFKC" if narrow else "NFC", cluster)
    expansions = tables().expansions
    spelt = "".join(expansions.get(char, char) for char in composed)
    return unicodedata.normalize("NFC", spelt)


@cache
def _clusters() -> re.Pattern[str]:
    composing = _ranges(np.flatnonzero(tables().classes & MAY_COMPOSE))
    expanding = _ranges(np.flatnonzero(tables().classes & EXPANDS))
    return re.compile(f"(?s:.)[{composing}]+|[{expanding}]")


def _ranges(points: _Ints) -> str:
    parts = np.split(points, np.flatnonzero(np.diff(points) != 1) + 1)
    return "".join(f"\\U{part[0]:08x}-\\U{part[-1]:08x}" for part in parts)
