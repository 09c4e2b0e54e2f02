"""What folding does with each single code point: its class and the code point it is compared as.

Built once from the interpreter's Unicode data; the pairs of Chinese characters
are read from ``han_variants.txt`` beside this file.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

# Classes; the order matters: the least and the greatest class of a text tell what has to be done.
#: Goes without trace, outside a quotation's edges (zero-width space, tatweel).
GONE = 0
#: Goes, but a quotation that ends before it takes it along (vowel points, variation selectors).
GONE_MARK = 1
PUNCTUATION = 2
WHITE = 3
#: A letter, digit or mark of a script that puts spaces between words.
SPACED = 4
#: Stands between two fields of an article; nothing is found across it.
BREAK = 5
#: Hangul and Tibetan: terms are found inside words, yet spaces (or tshegs) stay.
GLUED = 6
#: Thai, Lao, Khmer, Burmese, Han, Kana …: no spaces between words; those that stand there are layout.
UNSPACED = 7

CLASS_BITS = 0x07
#: May be joined with what stands before it by NFC.
COMPOSES = 0x08
#: A mark, or else part of the letter before it.
ATTACHES = 0x10
#: Becomes several code points.
EXPANDS = 0x20
#: One of the sequences of ``fold_steps`` may begin here.
IN_SEQUENCE = 0x40
CYRILLIC = 0x80

BREAK_CHAR = "\x1e"

_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x1950, 0x19FF),
    (0x1A20, 0x1AAF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x312F),
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA000, 0xA4CF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAADF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x17000, 0x18CFF),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x3347F),
)
_GLUED = ((0x0F00, 0x0FFF), (0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF))
_WHOLE_LETTERS = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0x17000, 0x187F7),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2EBE0),
    (0x30000, 0x323AF),
)
# Everything else that is assigned, private use and surrogates left out.
_LOOKED_AT = (
    (0x0000, 0x33FF),
    (0x4DC0, 0x4DFF),
    (0xA000, 0xABFF),
    (0xD7A4, 0xD7FF),
    (0xF900, 0x16FFF),
    (0x187F8, 0x1FFFF),
    (0xE0000, 0xE01EF),
)
# Longer blocks hold no digits.
_BLOCK = 0x400

# Letters by category, yet written where others write an apostrophe (Uzbek, Hausa, Ukrainian).
APOSTROPHES = (
    "'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u0060\u00b4\u055a\ua78b\ua78c\uff07"
)
_MIDDLE_DOTS = "\u00b7\u2022\u2027\u22c5\u30fb\uff65"
HALF_WIDTH_MARKS = "\uff9e\uff9f"
_FILLERS = "\u115f\u1160\u3164\uffa0\u0640"
_GONE_MARK_RANGES = (
    (0x0307, 0x0307),
    (0x034F, 0x034F),
    (0x0591, 0x05BD),
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),
    (0x08D3, 0x08FF),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0xFE00, 0xFE0F),
    (0xE0100, 0xE01EF),
)
_GONE_MARKS = frozenset(point for first, last in _GONE_MARK_RANGES for point in range(first, last + 1))
# Arabic letters that keyboards of different languages write for the same one; dotless and dotted i as one;
# Khmer QOO of two shapes.
_SAME = dict(
    zip(
        "\u064a\u0649\u06cc\u0643\u0623\u0625\u0622\u0671\u06c1\u06c0\u06c2\u0130\u0131\u17b2",
        "\u06cc\u06cc\u06cc\u06a9\u0627\u0627\u0627\u0627\u0647\u0647\u0647ii\u17b1",
        strict=True,
    )
)
_EXPANSIONS = {"\u09ce": "\u09a4\u09cd", "ß": "ss", "ẞ": "ss"}
# Compatibility forms that are other letters, not other shapes of one.
_NO_COMPATIBILITY = ("<super>", "<sub>", "<fraction>")
_SEQUENCE_STARTS = (
    "\u0e40\u0e4d\u0e33\u0e48\u0e49\u0e4a\u0e4b\u0ec0\u0ecd\u0eb3\u0ec8\u0ec9\u0eca\u0ecb"
    "\u17d2\u17a2\u17c1\u17c9\u17ca\u17bb"
    "óòỏõọúùủũụÓÒỎÕỌÚÙỦŨỤ"
)


@dataclass(frozen=True, slots=True)
class Tables:
    """``classes`` holds a class and flags, ``folded`` the code point compared, both indexed by code point.

    What is no letter is compared as a space.
    """

    classes: NDArray[np.uint8]
    folded: NDArray[np.uint32]
    #: Code points that become several, as strings.
    expansions: dict[str, str]
    #: Canonical combining classes.
    combining: NDArray[np.uint8]


@cache
def tables() -> Tables:
    """Return the tables, built at the first call (about a tenth of a second)."""
    built = Tables(
        classes=np.full(0x110000, PUNCTUATION, dtype=np.uint8),
        folded=np.full(0x110000, ord(" "), dtype=np.uint32),
        expansions={},
        combining=np.zeros(0x110000, dtype=np.uint8),
    )
    for first, last in _WHOLE_LETTERS:
        built.classes[first : last + 1] = SPACED
        built.folded[first : last + 1] = np.arange(first, last + 1)
    for first, last in _LOOKED_AT:
        for point in range(first, last + 1):
            _set(built, point)
    for first, last in _UNSPACED:
        _spread(built.classes, first, last, UNSPACED)
    for first, last in _GLUED:
        _spread(built.classes, first, last, GLUED)
    for pair in _han_variants():
        built.folded[ord(pair[0])] = ord(pair[1])
    built.folded[:] = built.folded[built.folded]
    _flag_sequences(built.classes)
    # MYANMAR VOWEL SIGN II joins with one rare letter only, and is in every text.
    built.classes[0x102E] &= ~np.uint8(COMPOSES)
    built.classes[ord(BREAK_CHAR)] = BREAK
    built.folded[ord(BREAK_CHAR)] = ord("\n")
    return built


def _set(built: Tables, point: int) -> None:
    char = chr(point)
    category = unicodedata.category(char)
    built.combining[point] = unicodedata.combining(char)
    parts = unicodedata.decomposition(char).split()
    if len(parts) == 2 and parts[0][0] != "<" and unicodedata.is_normalized("NFC", char):
        built.classes[int(parts[1], 16)] |= COMPOSES | ATTACHES
    if point in _GONE_MARKS:
        _class(built, point, GONE_MARK | _joining(char))
    elif category == "Cf" or char in _FILLERS:
        _class(built, point, GONE)
    elif char.isspace() or char in _MIDDLE_DOTS:
        _class(built, point, WHITE)
    elif (
        category[0] in "LMN"
        and unicodedata.normalize("NFC", char) not in APOSTROPHES
        and not _is_footnote(char, category)
    ):
        _set_letter(built, char)


def _class(built: Tables, point: int, flags: int) -> None:
    """Set class and flags; that a letter before or after this one was seen to be composed with it stays."""
    built.classes[point] = flags | (built.classes[point] & (COMPOSES | ATTACHES))


def _is_footnote(char: str, category: str) -> bool:
    return category == "No" and unicodedata.decomposition(char).startswith(("<super>", "<sub>"))


def _set_letter(built: Tables, char: str) -> None:
    point = ord(char)
    flags = SPACED | _joining(char)
    if char in HALF_WIDTH_MARKS:
        flags |= EXPANDS
    target = _compared_as(char)
    if "\u0400" <= target <= "\u052f":
        flags |= CYRILLIC
    built.folded[point] = ord(target) if len(target) == 1 else point
    if len(target) > 1:
        built.expansions[char] = target
        flags |= EXPANDS
    _class(built, point, flags)


def _joining(char: str) -> int:
    """Return the flags that tell how a code point goes with what stands before it."""
    flags = 0
    if unicodedata.category(char)[0] == "M" or unicodedata.combining(char):
        flags |= ATTACHES
    if not unicodedata.is_normalized("NFC", char):
        flags |= COMPOSES | ATTACHES
    if "\u1161" <= char <= "\u11c2" or char in HALF_WIDTH_MARKS:
        flags |= COMPOSES | ATTACHES
    return flags


def _compared_as(char: str) -> str:
    if char in _SAME or char in _EXPANSIONS:
        return _SAME.get(char) or _EXPANSIONS[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    shape = char
    decomposition = unicodedata.decomposition(char)
    if decomposition.startswith("<") and not decomposition.startswith(_NO_COMPATIBILITY) and not _own(char):
        shape = unicodedata.normalize("NFKC", char)
    same = "".join(_SAME.get(c, c) for c in unicodedata.normalize("NFC", shape).casefold())
    return unicodedata.normalize("NFC", same)


def _own(char: str) -> bool:
    """Tell whether the compatibility form is no help: Thai and Lao SARA AM, single Hangul letters."""
    return char in "\u0e33\u0eb3" or "\u3131" <= char <= "\u318e" or "\uffa1" <= char <= "\uffdc"


def _spread(classes: NDArray[np.uint8], first: int, last: int, kind: int) -> None:
    for point in range(first, last + 1) if last - first < _BLOCK else ():
        if classes[point] & CLASS_BITS == SPACED and unicodedata.category(chr(point)) != "Nd":
            classes[point] += kind - SPACED
    if last - first >= _BLOCK:
        block = classes[first : last + 1]
        block[(block & CLASS_BITS) == SPACED] += kind - SPACED


def _flag_sequences(classes: NDArray[np.uint8]) -> None:
    for char in _SEQUENCE_STARTS:
        classes[ord(char)] |= IN_SEQUENCE
    for first, last in ((0x1000, 0x109F), (0x17B6, 0x17D3)):
        for point in range(first, last + 1):
            if unicodedata.category(chr(point)) in ("Mn", "Mc", "Nd"):
                classes[point] |= IN_SEQUENCE


def _han_variants() -> list[str]:
    text = resources.files("rules").joinpath("han_variants.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return [pair for line in lines for pair in line.split()]
