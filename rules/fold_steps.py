"""Sequences of letters that are typed in several ways and read as one.

Sources: the Khmer orders seen at one publisher side by side (coeng DA and TA
look alike; coeng RO is typed first or last; a shifter under an upper vowel
looks like U); Unicode Technical Note 11 for Burmese; Thai and Lao SARA AM
written as NIKHAHIT and AA; old and new tone placement in Vietnamese.

Most texts hold few such sequences: pairs of letters that may begin one are
looked up at once for the whole text, and only the syllables around them are
worked on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

_Codes = NDArray[np.uint32]
_Ints = NDArray[np.int64]
_Bools = NDArray[np.bool_]

_COENG, _DA, _TA, _RO, _ROBAT = 0x17D2, 0x178A, 0x178F, 0x179A, 0x17CC
_KHMER_UPPER = "\u17b7\u17b8\u17b9\u17ba\u17be\u17d0"
_SHIFTERS = "\u17c9\u17ca"
# The order of marks in a Burmese syllable.
_BURMESE = (
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
# Vietnamese: toned first letter, its plain form, second letter, the second letter with the tones in the same order.
_TONES = (("óòỏõọ", "o", "a", "áàảãạ"), ("óòỏõọ", "o", "e", "éèẻẽẹ"), ("úùủũụ", "u", "y", "ýỳỷỹỵ"))
_LAST = 0x1FFF


@dataclass(slots=True)
class Rows:
    """Letters in order: code point, source slice, and for each but the last whether a space follows."""

    codes: _Codes
    starts: _Ints
    ends: _Ints
    spaces: _Bools


def ordered(rows: Rows) -> Rows:
    """Return the rows with every known sequence in its one order and shape."""
    codes = rows.codes
    after_coeng = np.flatnonzero((codes[:-1] == _COENG) & (codes[1:] == _DA)) + 1
    if len(after_coeng):
        codes = codes.copy()
        codes[after_coeng] = _TA
        rows = Rows(codes, rows.starts, rows.ends, rows.spaces)
    kinds = _tables().kinds.take(np.minimum(codes, _LAST))
    suspects = _suspects(kinds, rows.spaces)
    if not len(suspects):
        return rows
    near = _syllables(codes, kinds, suspects)
    work = _Work.of(rows, near)
    for step in (_khmer, _thai_and_lao, _burmese, _vietnamese):
        step(work)
    return work.put_back(rows, near)


# ---- which syllables need work


@dataclass(frozen=True, slots=True)
class _Tables:
    #: A number for each code point up to 0x1FFF that takes part in a sequence; 0 for all others.
    kinds: NDArray[np.uint8]
    #: Indexed by ``kind * 64 + next kind``: whether a sequence may be there.
    suspicious: _Bools
    #: Whether a kind belongs to the letter before it.
    marks: _Bools


_THAI = (
    "\u0e40\u0ec0",
    "\u0e48\u0e49\u0e4a\u0e4b\u0ec8\u0ec9\u0eca\u0ecb",
    "\u0e4d\u0ecd",
    "\u0e32\u0eb2",
    "\u0e33\u0eb3",
)
_THAI_VOWELS = (
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0eb1\u0eb4\u0eb5\u0eb6\u0eb7\u0eb8\u0eb9\u0ebb\u0ebc"
)
_E, _TONE, _NIKHAHIT, _AA, _AM = _THAI


@cache
def _tables() -> _Tables:
    groups: list[str] = [
        *_THAI,
        _THAI_VOWELS,
        chr(_COENG),
        chr(_RO),
        chr(_ROBAT),
        _SHIFTERS,
        "\u17c1",
        "\u17b6",
        "\u17b8",
    ]
    groups += [
        "\u17b7\u17b9\u17ba\u17be\u17d0",
        "\u17bb",
        "\u17bc\u17bd\u17bf\u17c0\u17c2\u17c3\u17c5",
        "\u17c4",
    ]
    groups += ["\u17c6\u17c7\u17c8\u17cb\u17cd\u17ce\u17cf\u17d1\u17dd", "\u17a2", *_BURMESE, "\u1025"]
    groups += ["óòỏõọ", "úùủũụ", "a", "e", "y"]
    kinds = np.zeros(_LAST + 1, dtype=np.uint8)
    for number, chars in enumerate(groups, start=1):
        for char in chars:
            kinds[ord(char)] = number
    suspicious = np.zeros(64 * 64, dtype=bool)
    for first, second in _suspicious_pairs():
        for one in set(kinds[[ord(char) for char in first]].tolist()):
            for other in set(kinds[[ord(char) for char in second]].tolist()):
                suspicious[one * 64 + other] = True
    marks = np.zeros(64, dtype=bool)
    mark_chars = [*_THAI[1:], _THAI_VOWELS, *_BURMESE, *map(chr, range(0x17B6, 0x17D2)), "\u17dd"]
    marks[kinds[[ord(char) for chars in mark_chars for char in chars]]] = True
    marks[0] = False
    return _Tables(kinds, suspicious, marks)


def _suspicious_pairs() -> list[tuple[str, str]]:
    vowels = "".join(map(chr, range(0x17B6, 0x17C6))) + "\u17d0"
    signs = "\u17c6\u17c7\u17c8\u17cb\u17cd\u17ce\u17cf\u17d1\u17dd"
    khmer = [
        (chr(_RO) + _SHIFTERS + vowels + signs, chr(_COENG)),
        (_SHIFTERS + vowels + signs, chr(_ROBAT)),
        (vowels + signs, _SHIFTERS),
        (signs, vowels),
        ("\u17c1", "\u17b6\u17b8"),
        (_SHIFTERS + "\u17bb", _KHMER_UPPER),
        (_KHMER_UPPER, "\u17bb"),
        ("\u17a2", "\u17c4"),
    ]
    thai = [(_E, _E), (_NIKHAHIT, _TONE + _AA), (_AM, _TONE), (_TONE, _THAI_VOWELS)]
    burmese = [
        ("".join(_BURMESE[place:]), marks) for place, marks in enumerate(_BURMESE, start=1) if place < 12
    ]
    vietnamese = [(toned, second) for toned, _, second, _ in _TONES]
    return [*khmer, *thai, *burmese, ("\u1025", "\u103a\u102c"), *vietnamese]


def _suspects(kinds: NDArray[np.uint8], spaces: _Bools) -> _Ints:
    """Return where a pair of neighbours may belong to a sequence."""
    table, pairs = _tables(), kinds[:-1].astype(np.int64) * 64 + kinds[1:]
    found = np.flatnonzero(table.suspicious.take(pairs) & ~spaces)
    ro, coeng, robat = (int(table.kinds[point]) for point in (_RO, _COENG, _ROBAT))
    # RO before a coeng is common; only a RO that is itself below another letter is out of order.
    plain = (kinds[found] == ro) & (kinds[found + 1] == coeng) & ((found == 0) | (kinds[found - 1] != coeng))
    robats = np.flatnonzero((kinds[2:] == robat) & (kinds[:-2] == coeng)) + 1
    return np.concatenate([found[~plain], robats])


def _syllables(codes: _Codes, kinds: NDArray[np.uint8], suspects: _Ints) -> _Bools:
    """Return the rows of every syllable that a suspect is in, and of those beside it."""
    base = ~_tables().marks.take(kinds) & (codes != _VIRAMA)
    base[1:] &= (codes[:-1] != _COENG) & (codes[:-1] != _VIRAMA)
    number = np.cumsum(base)
    wanted = np.zeros(int(number[-1]) + 3, dtype=bool)
    for shift in (-1, 0, 1):
        wanted[number[suspects] + shift] = True
        wanted[number[suspects + 1] + shift] = True
    chosen: _Bools = wanted.take(number)
    return chosen


@dataclass(slots=True)
class _Work:
    """Rows being worked on; ``window`` tells which of them stood side by side, ``place`` where in the text."""

    codes: _Codes
    starts: _Ints
    ends: _Ints
    after: _Bools
    place: _Ints
    window: _Ints

    @classmethod
    def of(cls, rows: Rows, near: _Bools) -> _Work:
        place = np.flatnonzero(near)
        window = np.cumsum(np.diff(place, prepend=-2) != 1)
        after = np.append(rows.spaces, np.False_)
        return cls(rows.codes[place], rows.starts[place], rows.ends[place], after[place], place, window)

    def put_back(self, rows: Rows, near: _Bools) -> Rows:
        """Return all rows, those worked on in their new shape."""
        kept = np.flatnonzero(~near)
        order = np.argsort(np.concatenate([kept, self.place]), kind="stable")
        after = np.append(rows.spaces, np.False_)
        columns = (
            np.concatenate([old[kept], new])[order]
            for old, new in (
                (rows.codes, self.codes),
                (rows.starts, self.starts),
                (rows.ends, self.ends),
                (after, self.after),
            )
        )
        codes, starts, ends, spaces = columns
        return Rows(codes, starts, ends, spaces[:-1])

    def pairs(self, first: str, second: str) -> _Ints:
        """Return where a code point of ``first`` stands directly before one of ``second``."""
        beside = ~self.after[:-1] & (self.window[1:] == self.window[:-1])
        return np.flatnonzero(_among(self.codes[:-1], first) & _among(self.codes[1:], second) & beside)

    def has(self, first: int, last: int) -> bool:
        return bool(((self.codes >= first) & (self.codes <= last)).any())

    def merge(self, into: _Ints) -> None:
        """Let each of these rows swallow the row after it; they do not overlap."""
        if not len(into):
            return
        gone = into + 1
        self.starts[into] = np.minimum(self.starts[into], self.starts[gone])
        self.ends[into] = np.maximum(self.ends[into], self.ends[gone])
        self.after[into] = self.after[gone]
        kept = np.ones(len(self.codes), dtype=bool)
        kept[gone] = False
        self.codes, self.starts, self.ends = self.codes[kept], self.starts[kept], self.ends[kept]
        self.after, self.place, self.window = self.after[kept], self.place[kept], self.window[kept]

    def swap(self, first: _Ints) -> None:
        """Exchange each of these letters with the one after it; they do not overlap."""
        for column in (self.codes, self.starts, self.ends):
            column[first], column[first + 1] = column[first + 1], column[first]

    def sort(self, weights: _Ints) -> None:
        """Sort what follows each base (weight 0) by weight."""
        base = (weights == 0) | np.insert(np.diff(self.window) != 0, 0, True)
        order = np.lexsort((np.arange(len(weights)), weights, np.cumsum(base)))
        self.codes, self.starts, self.ends = self.codes[order], self.starts[order], self.ends[order]


def _among(codes: _Codes, chars: str) -> _Bools:
    found: _Bools = np.isin(codes, np.array([ord(char) for char in chars], dtype=np.uint32))
    return found


def _apart(first: _Ints) -> _Ints:
    """Return the places without those directly after a chosen one."""
    chosen: list[int] = []
    for place in first.tolist():
        if not chosen or place - chosen[-1] >= 2:
            chosen.append(place)
    return np.array(chosen, dtype=np.int64)


# ---- Khmer


def _khmer(work: _Work) -> None:
    if not work.has(0x1780, 0x17DD):
        return
    for place in np.flatnonzero(work.codes == 0x17A2).tolist():
        if work.codes[place + 1 : place + 3].tolist() == [0x17C4, 0x1799]:
            work.codes[place : place + 3] = (0x17B1, _COENG, 0x1799)
    work.sort(_khmer_weights(work.codes))
    for second, joined in (("\u17b6", 0x17C4), ("\u17b8", 0x17BE)):
        first = work.pairs("\u17c1", second)
        work.codes[first] = joined
        work.merge(first)
    _khmer_shifters(work)


def _khmer_weights(codes: _Codes) -> _Ints:
    """Return 0 for what begins a syllable, else the place in it: robat, coeng, coeng RO, shifter, vowel, sign."""
    weights = np.zeros(len(codes), dtype=np.int64)
    weights[codes == _ROBAT] = 1
    weights[(codes == 0x17C9) | (codes == 0x17CA)] = 4
    weights[((codes >= 0x17B6) & (codes <= 0x17C5)) | (codes == 0x17D0)] = 5
    weights[(codes >= 0x17C6) & (codes <= 0x17D1) & (weights == 0)] = 6
    weights[codes == 0x17DD] = 6
    coeng = np.flatnonzero((codes[:-1] == _COENG) & (codes[1:] >= 0x1780) & (codes[1:] <= 0x17B3))
    weights[coeng] = weights[coeng + 1] = np.where(codes[coeng + 1] == _RO, 3, 2)
    return weights


def _khmer_shifters(work: _Work) -> None:
    """Write U, MUUSIKATOAN and TRIISAP in one way where an upper vowel makes them look the same."""
    work.codes[work.pairs(_SHIFTERS + "\u17bb", _KHMER_UPPER)] = 0x17CA
    after = _apart(work.pairs(_KHMER_UPPER, "\u17bb"))
    work.codes[after + 1] = 0x17CA
    work.swap(after)


# ---- Thai and Lao


def _thai_and_lao(work: _Work) -> None:
    if not work.has(0x0E01, 0x0EDF):
        return
    doubled = _apart(work.pairs(_E, _E))
    work.codes[doubled] += 1
    work.merge(doubled)
    work.swap(_apart(work.pairs(_NIKHAHIT, _TONE)))
    spelt = work.pairs(_NIKHAHIT, _AA)
    work.codes[spelt] = work.codes[spelt + 1] + 1
    work.merge(spelt)
    work.swap(_apart(work.pairs(_AM, _TONE)))
    work.swap(_apart(work.pairs(_TONE, _THAI_VOWELS)))


# ---- Burmese


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
    read = np.where(letter & (codes == 0x1040), 0x101D, np.where(letter & (codes == 0x1047), 0x101B, codes))
    return read.astype(np.uint32)


def _burmese(work: _Work) -> None:
    if not work.has(0x1000, 0x109F):
        return
    work.codes[work.pairs("\u1025", "\u103a\u102c")] = 0x1009
    weights = np.zeros(len(work.codes), dtype=np.int64)
    for place, marks in enumerate(_BURMESE, start=1):
        weights[_among(work.codes, marks)] = place
    work.sort(weights)


# ---- Vietnamese


def _vietnamese(work: _Work) -> None:
    """Move a tone from the first letter of oa, oe and uy to the second, as newer spelling has it."""
    for toned, base, second, moved in _TONES:
        for place in work.pairs(toned, second).tolist():
            work.codes[place + 1] = ord(moved[toned.index(chr(work.codes[place]))])
            work.codes[place] = ord(base)
