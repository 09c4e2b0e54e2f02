"""Sequences of letters that are typed in several ways and read as one.

Each step works on whole columns at once.  Sources: the Khmer orders seen at
one publisher side by side (coeng DA and TA look alike; coeng RO is typed first
or last; a shifter under an upper vowel looks like U); Unicode Technical Note 11
for Burmese; Thai and Lao SARA AM written as NIKHAHIT and AA; old and new tone
placement in Vietnamese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Codes = NDArray[np.uint32]
_Ints = NDArray[np.int64]
_Bools = NDArray[np.bool_]

_COENG, _DA, _TA, _RO = 0x17D2, 0x178A, 0x178F, 0x179A


@dataclass(slots=True)
class Rows:
    """Letters in order: code point, source slice, and for each but the last whether a space follows."""

    codes: _Codes
    starts: _Ints
    ends: _Ints
    spaces: _Bools

    def merge(self, into: _Ints) -> None:
        """Let each of these rows swallow the row after it; they do not overlap."""
        if not len(into):
            return
        gone = into + 1
        self.starts[into] = np.minimum(self.starts[into], self.starts[gone])
        self.ends[into] = np.maximum(self.ends[into], self.ends[gone])
        after = np.append(self.spaces, np.False_)
        after[into] = after[gone]
        kept = np.ones(len(self.codes), dtype=bool)
        kept[gone] = False
        self.codes, self.starts, self.ends = self.codes[kept], self.starts[kept], self.ends[kept]
        self.spaces = after[kept][:-1]

    def swap(self, first: _Ints) -> None:
        """Exchange each of these rows with the row after it; they do not overlap."""
        for column in (self.codes, self.starts, self.ends):
            column[first], column[first + 1] = column[first + 1], column[first]

    def take(self, order: _Ints) -> None:
        """Bring the rows into another order; spaces stay where they are."""
        self.codes, self.starts, self.ends = self.codes[order], self.starts[order], self.ends[order]


def ordered(rows: Rows) -> Rows:
    """Return the rows with every known sequence in its one order and shape."""
    rows = Rows(rows.codes.copy(), rows.starts.copy(), rows.ends.copy(), rows.spaces.copy())
    if _any_in(rows.codes, 0x1780, 0x17DD):
        _khmer(rows)
    if _any_in(rows.codes, 0x0E01, 0x0EDF):
        _thai(rows, 0x0E00, "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47")
        _thai(rows, 0x0E80, "\u0eb1\u0eb4\u0eb5\u0eb6\u0eb7\u0eb8\u0eb9\u0ebb\u0ebc")
    if _any_in(rows.codes, 0x1000, 0x109F):
        _burmese(rows)
    _vietnamese(rows)
    return rows


def _any_in(codes: _Codes, first: int, last: int) -> bool:
    return bool(((codes >= first) & (codes <= last)).any())


def _among(codes: _Codes, chars: str) -> _Bools:
    points = np.array(sorted(ord(char) for char in chars), dtype=np.uint32)
    found = np.searchsorted(points, codes)
    same: _Bools = points[np.minimum(found, len(points) - 1)] == codes
    return same


def _apart(first: _Ints, width: int = 2) -> _Ints:
    """Return the places without those that overlap the one before."""
    chosen: list[int] = []
    for place in first.tolist():
        if not chosen or place - chosen[-1] >= width:
            chosen.append(place)
    return np.array(chosen, dtype=np.int64)


def _pairs(rows: Rows, first: str, second: str) -> _Ints:
    """Return where a code point of ``first`` stands directly before one of ``second``."""
    return np.flatnonzero(_among(rows.codes[:-1], first) & _among(rows.codes[1:], second) & ~rows.spaces)


# ---- Khmer


def _khmer(rows: Rows) -> None:
    after_coeng = np.flatnonzero((rows.codes[:-1] == _COENG) & (rows.codes[1:] == _DA)) + 1
    rows.codes[after_coeng] = _TA
    for place in np.flatnonzero(rows.codes == 0x17A2).tolist():
        if rows.codes[place + 1 : place + 3].tolist() == [0x17C4, 0x1799]:
            rows.codes[place : place + 3] = (0x17B1, _COENG, 0x1799)
    _reorder(rows, _khmer_weights(rows.codes))
    for second, joined in ((0x17B6, 0x17C4), (0x17B8, 0x17BE)):
        first = np.flatnonzero((rows.codes[:-1] == 0x17C1) & (rows.codes[1:] == second))
        rows.codes[first] = joined
        rows.merge(first)
    _khmer_shifters(rows)


def _khmer_weights(codes: _Codes) -> _Ints:
    """Return 0 for what begins a syllable, else the place in it: robat, coeng, coeng RO, shifter, vowel, sign."""
    weights = np.zeros(len(codes), dtype=np.int64)
    weights[codes == 0x17CC] = 1
    weights[(codes == 0x17C9) | (codes == 0x17CA)] = 4
    weights[(codes >= 0x17B6) & (codes <= 0x17C5)] = 5
    weights[(codes >= 0x17C6) & (codes <= 0x17D1) & (weights == 0)] = 6
    weights[codes == 0x17DD] = 6
    coeng = np.flatnonzero((codes[:-1] == _COENG) & (codes[1:] >= 0x1780) & (codes[1:] <= 0x17B3))
    weights[coeng] = weights[coeng + 1] = np.where(codes[coeng + 1] == _RO, 3, 2)
    return weights


def _khmer_shifters(rows: Rows) -> None:
    """Write U, MUUSIKATOAN and TRIISAP in one way where an upper vowel makes them look the same."""
    upper = "\u17b7\u17b8\u17b9\u17ba\u17be\u17d0"
    rows.codes[_pairs(rows, "\u17c9\u17ca\u17bb", upper)] = 0x17CA
    after = _apart(_pairs(rows, upper, "\u17bb"))
    rows.codes[after + 1] = 0x17CA
    rows.swap(after)


def _reorder(rows: Rows, weights: _Ints) -> None:
    """Sort what follows each base by weight, where it is out of order."""
    if not ((np.diff(weights) < 0) & (weights[1:] > 0)).any():
        return
    clusters = np.cumsum(weights == 0)
    rows.take(np.lexsort((np.arange(len(weights)), weights, clusters)))


# ---- Thai and Lao


def _thai(rows: Rows, block: int, upper_and_lower: str) -> None:
    tones = "".join(chr(block + offset) for offset in range(0x48, 0x4C))
    nikhahit, aa, am, e, ae = (chr(block + offset) for offset in (0x4D, 0x32, 0x33, 0x40, 0x41))
    doubled = _apart(_pairs(rows, e, e))
    rows.codes[doubled] = ord(ae)
    rows.merge(doubled)
    rows.swap(_apart(_pairs(rows, nikhahit, tones)))
    spelt = _pairs(rows, nikhahit, aa)
    rows.codes[spelt] = ord(am)
    rows.merge(spelt)
    rows.swap(_apart(_pairs(rows, am, tones)))
    rows.swap(_apart(_pairs(rows, tones, upper_and_lower)))


# ---- Burmese

_BURMESE_MARKS = (
    "\u103b",
    "\u103c",
    "\u103d",
    "\u103e",
    "\u1031",
    "\u102d\u102e\u1032",
    "\u102f\u1030",
    "\u102b\u102c",
    "\u1036",
    "\u1037",
    "\u103a",
    "\u1038",
)
_ASAT, _VIRAMA = 0x103A, 0x1039


def burmese_letters_typed_as_digits(codes: _Codes) -> _Codes:
    """Return the code points with zero and seven read as WA and RA where no digit can stand.

    That is before a mark, and before a consonant that closes the syllable.
    """
    padded = np.concatenate([codes, np.zeros(2, dtype=np.uint32)])
    after, second = padded[1:-1], padded[2:]
    closes = (after >= 0x1000) & (after <= 0x1020) & ((second == _ASAT) | (second == _VIRAMA))
    carries = (after >= 0x102B) & (after <= 0x103E)
    before = np.concatenate([np.zeros(1, dtype=np.uint32), codes[:-1]])
    letter = (carries | closes) & ~((before >= 0x1040) & (before <= 0x1049))
    return np.where(
        letter & (codes == 0x1040), 0x101D, np.where(letter & (codes == 0x1047), 0x101B, codes)
    ).astype(np.uint32)


def _burmese(rows: Rows) -> None:
    rows.codes[_pairs(rows, "\u1025", "\u103a\u102c")] = 0x1009
    weights = np.zeros(len(rows.codes), dtype=np.int64)
    for place, marks in enumerate(_BURMESE_MARKS, start=1):
        weights[_among(rows.codes, marks)] = place
    _reorder(rows, weights)


# ---- Vietnamese


def _vietnamese(rows: Rows) -> None:
    """Move a tone from the first letter of oa, oe and uy to the second, as newer spelling has it."""
    if not (
        _any_in(rows.codes, 0xF2, 0xFA)
        or _any_in(rows.codes, 0x169, 0x169)
        or _any_in(rows.codes, 0x1ECD, 0x1EE7)
    ):
        return
    for toned, base, second, moved in (
        ("óòỏõọ", "o", "a", "áàảãạ"),
        ("óòỏõọ", "o", "e", "éèẻẽẹ"),
        ("úùủũụ", "u", "y", "ýỳỷỹỵ"),
    ):
        for place in _pairs(rows, toned, second).tolist():
            rows.codes[place + 1] = ord(moved[toned.index(chr(rows.codes[place]))])
            rows.codes[place] = ord(base)


# ---- Cyrillic letters in Latin words, and the other way round

_SEAM = re.compile("[a-z][\u0430-\u052f]|[\u0430-\u052f][a-z]")
_CYRILLIC_LETTER = re.compile("[\u0430-\u052f]")
_LATIN_LETTER = re.compile("[a-z]")
_LATIN_PART = re.compile("[a-z]{2}")
_TO_LATIN = str.maketrans("авсенікморѕтхујӏ", "abcehikmopstxyjl")
_TO_CYRILLIC = str.maketrans("abcehikmoptxyj", "авсенікмортхуј")


def one_script_per_word(text: str) -> str:
    """Return folded text with look-alikes replaced in words that mix Latin and Cyrillic.

    Cyrillic letters become Latin where each has a Latin look-alike; else single
    Latin letters become Cyrillic.  An acronym with a Cyrillic ending
    (``CPPнинг``) stays as it is.
    """
    return re.sub(r"[^ \n]+", _unmixed, text) if _SEAM.search(text) else text


def _unmixed(match: re.Match[str]) -> str:
    word = match.group()
    cyrillic, latin = _CYRILLIC_LETTER.findall(word), _LATIN_LETTER.findall(word)
    if not cyrillic or not latin:
        return word
    few_latin = not _LATIN_PART.search(word) and all(ord(letter) in _TO_CYRILLIC for letter in latin)
    if all(ord(letter) in _TO_LATIN for letter in cyrillic) and not (
        few_latin and len(cyrillic) > len(latin)
    ):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC) if few_latin else word
