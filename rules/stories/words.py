"""Text as a row of comparable words, in every script.

Spaced scripts give words; scripts written without spaces give one token per
character with its marks.  Shingles are short runs of tokens, hashed to 64 bits
in a way that is the same in every process.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

#: Tokens in one shingle: words, and characters of unspaced scripts (about two words).
WORD_RUN = 3
CHAR_RUN = 6

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uaa60-\uaa7f\U00020000-\U0003ffff"
)
#: Punctuation that books use; without it most English text is ASCII, which is read faster.
_TYPOGRAPHY = re.compile("[“”‘’„‚«»–—…·•\u00a0\u202f]")
_INVISIBLE = re.compile("[\u00ad\u034f\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_BREAK = "\x1f"
_MIX = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Compile plain sets of characters: a look-ahead for each letter would cost five times as much."""
    single = re.compile(f"[{_UNSPACED}]")
    kinds = {chr(code): unicodedata.category(chr(code)) for code in range(0x10000)}
    marks = "".join(char for char, kind in kinds.items() if kind[0] == "M")
    letters = "".join(char for char, kind in kinds.items() if kind[0] in "LM" and not single.match(char))
    return re.compile(rf"\d+(?:[.,]\d+)*|[{_UNSPACED}][{marks}]*|[{letters}]+")


_PLAIN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+")
#: What of ASCII is no digit; each ASCII letter as a small one, everything else as a space.
_NO_DIGITS = bytes(code for code in range(0x80) if not chr(code).isdigit())
_LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalpha() else 0x20 for code in range(0x80)).ljust(0x100)


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a text, case folded, without zero-width characters, digits as ASCII.

    This folding is stored as hashes, so it is kept apart from that of the rules,
    which may change with the engine.
    """
    if not text.isascii():
        text = _TYPOGRAPHY.sub(" ", text)
    return _plain_tokens(text) if text.isascii() else _pattern().findall(_comparable(text))


def _plain_tokens(text: str) -> list[str]:
    """Return the tokens of ASCII text: without figures a table and a split cost half of what a search does."""
    data = text.encode()
    if data.translate(None, _NO_DIGITS):
        return _PLAIN.findall(text.lower())
    return data.translate(_LETTERS).decode().split()


def _comparable(text: str) -> str:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold())
    if _OTHER_DIGIT.search(text):
        return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found.group())), text)
    return text


def row_of(tokens: Iterable[str]) -> str:
    """Return tokens as one string in which any run of them is found whole."""
    return f"{_BREAK}{_BREAK.join(tokens)}{_BREAK}"


def plain_row(row: str) -> str:
    """Return a row of characters without what parts its tokens."""
    return row.replace(_BREAK, "")


def is_unspaced(token: str) -> bool:
    """Tell whether a token is one character of a script without spaces."""
    return bool(_single().match(token))


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a Latin name stands by itself, not inside a longer word; other scripts do not say."""
    if not text[start].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and before.isascii()) and not (after.isalnum() and after.isascii())


@lru_cache(maxsize=1)
def _single() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One paragraph: its tokens, and the hashes of every run of them in order."""

    tokens: tuple[str, ...]
    runs: Hashes

    @property
    def shingles(self) -> Hashes:
        """Return the hashes, unique and sorted."""
        return np.unique(self.runs)

    @property
    def least(self) -> list[int]:
        """Return the two least hashes: a MinHash of the paragraph."""
        runs = np.partition(self.runs, 1)[:2] if self.runs.size > 2 else self.runs
        return sorted(set(runs.tolist()))


def passage(text: str) -> Passage:
    """Return one paragraph."""
    return passages([text])[0]


def passages(texts: Iterable[str]) -> list[Passage]:
    """Return paragraphs; runs never reach from one into the next, a very short one is a single run."""
    rows = [tuple(tokens_of(text)) for text in texts]
    ids = numbers_of(chain.from_iterable(rows))
    found, start = [], 0
    hashed: dict[int, Hashes] = {}
    for row in rows:
        length = _run_length(row)
        if length not in hashed:
            hashed[length] = run_hashes(ids, length)
        end = start + len(row)
        found.append(Passage(row, hashed[length][start : max(start, end - length + 1)]))
        start = end
    return found


def numbers_of(tokens: Iterable[str]) -> Hashes:
    """Return the number of each token, the same in every process; to remember them costs more than to reckon."""
    return np.array(list(map(crc32, map(str.encode, tokens))), np.uint64) + np.uint64(1)


def _run_length(row: tuple[str, ...]) -> int:
    if "".join(row[:8]).isascii() or sum(map(is_unspaced, row[:40])) * 2 <= min(len(row), 40):
        return min(WORD_RUN, len(row)) or 1
    return min(CHAR_RUN, len(row))


def run_hashes(ids: Hashes, length: int) -> Hashes:
    """Return the hash of every run of so many tokens, whatever paragraph it ends in."""
    count = max(0, ids.size - length + 1)
    mixed = np.zeros(count, np.uint64)
    for offset in range(length):
        mixed = (mixed ^ ids[offset : offset + count]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return mixed


def held_share(part: Hashes, whole: Hashes) -> float:
    """Return how much of one sorted set another holds, 0 to 1; nothing is held wholly."""
    if not part.size:
        return 1.0
    if not whole.size:
        return 0.0
    places = np.minimum(np.searchsorted(whole, part), whole.size - 1)
    return float(np.count_nonzero(whole[places] == part)) / part.size
