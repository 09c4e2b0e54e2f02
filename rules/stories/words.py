"""Text as a row of comparable words, in every script.

Spaced scripts give words; scripts written without spaces give one token per
character with its marks.  Shingles are short runs of tokens, hashed to 64 bits
in a way that is the same in every process.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

#: Tokens in one shingle: words, and characters of unspaced scripts (about two words).
WORD_RUN = 3
CHAR_RUN = 6

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uaa60-\uaa7f\U00020000-\U0003ffff"
)
_INVISIBLE = re.compile("[\u00ad\u034f\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_MIX = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M")
    digits = r"\d+(?:[.,]\d+)*"
    return re.compile(rf"{digits}|[{_UNSPACED}](?:[{marks}])*|(?:(?![{_UNSPACED}\d])[^\W_][{marks}]*)+")


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a text, case folded, without zero-width characters, digits as ASCII.

    This folding is stored as hashes, so it is kept apart from that of the rules,
    which may change with the engine.
    """
    return _pattern().findall(_comparable(text))


def _comparable(text: str) -> str:
    if text.isascii():
        return text.casefold()
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold())
    if _OTHER_DIGIT.search(text):
        return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found.group())), text)
    return text


def is_unspaced(token: str) -> bool:
    """Tell whether a token is one character of a script without spaces."""
    return bool(_single().match(token))


@lru_cache(maxsize=1)
def _single() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One paragraph: its tokens and its shingles (unique, sorted)."""

    tokens: tuple[str, ...]
    shingles: Hashes


def passage(text: str) -> Passage:
    """Return a paragraph's tokens and shingles; a very short one is a single shingle."""
    tokens = tuple(tokens_of(text))
    return Passage(tokens, shingles_of(tokens))


def shingles_of(tokens: tuple[str, ...]) -> Hashes:
    """Return the unique, sorted hashes of every run of tokens."""
    if not tokens:
        return np.empty(0, np.uint64)
    unspaced = sum(map(is_unspaced, tokens[:40])) * 2 > min(len(tokens), 40)
    run = min(CHAR_RUN if unspaced else WORD_RUN, len(tokens))
    ids = np.fromiter((zlib.crc32(token.encode()) + 1 for token in tokens), np.uint64, len(tokens))
    count = len(tokens) - run + 1
    mixed = np.zeros(count, np.uint64)
    for offset in range(run):
        mixed = (mixed ^ ids[offset : offset + count]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def held_share(part: Hashes, whole: Hashes) -> float:
    """Return how much of one sorted set another holds, 0 to 1; nothing is held wholly."""
    if not part.size:
        return 1.0
    return float(np.isin(part, whole, assume_unique=True).sum()) / part.size
