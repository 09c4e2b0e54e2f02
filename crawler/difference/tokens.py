"""Text as the pieces that a reader sees as one: words, numbers, or clusters where a script has no spaces.

Clusters follow UAX #29 in what matters here and go further where a reader
would: a Khmer or Burmese stack stays whole, a Thai or Lao vowel that is
written before its consonant stays with it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

#: Scripts written without spaces: Thai, Lao, Tibetan, Burmese, Khmer, kana, Han.
_UNSPACED = re.compile(
    "[\u0e01-\u0e5b\u0e81-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U00020000-\U0003ffff]"
)
_JOINERS = frozenset("\u200c\u200d")
_ATTACHED = frozenset("\u0e33\u0eb3\ufe0e\ufe0f\u20e3") | {chr(code) for code in range(0x1F3FB, 0x1F400)}
_BEFORE_CONSONANT = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
#: Marks of class 9 that end a syllable and stack nothing.
_SILENCERS = frozenset("\u103a\u0e3a\u0eba\u0f84")
_VIRAMA = 9
#: Marks that close the syllable before with the consonant they stand on: Burmese, Thai, Lao, Khmer.
_CLOSING = frozenset("\u103a\u0e4c\u0ecc\u17cb\u17cd")
_TSHEG = "\u0f0b"
_WITHIN_WORD = frozenset("'\u2019\u02bc")
_WITHIN_NUMBER = frozenset(".,")


def clusters(text: str) -> list[str]:
    """Return the text in pieces that must not be split; joined they are the text."""
    found: list[str] = []
    for char in text:
        if found and _attaches(found[-1], char):
            found[-1] += char
            if char in _CLOSING and len(found) > 1 and len(found[-1]) == 2 and is_unspaced(found[-2]):
                final = found.pop()
                found[-1] += final
        else:
            found.append(char)
    return found


def tokens(text: str) -> list[str]:
    """Return words, numbers, runs of space and single signs; clusters of scripts without spaces stand alone."""
    found: list[str] = []
    last = ""
    for cluster in clusters(text):
        kind = _kind(cluster)
        if found and _continues(found[-1], last, cluster, kind):
            found[-1] += cluster
        else:
            found.append(cluster)
        last = kind
    return _whole(found)


def is_unspaced(token: str) -> bool:
    """Tell whether a token is of a script that has no spaces."""
    return bool(_UNSPACED.match(token))


def _attaches(before: str, char: str) -> bool:
    last = before[-1]
    if char in _JOINERS or char in _ATTACHED or unicodedata.category(char)[0] == "M":
        return not last.isspace()
    if last == "\u200d" and unicodedata.category(char) == "So":
        return True
    if unicodedata.combining(last) == _VIRAMA and last not in _SILENCERS:
        return char.isalpha()
    if "\u1160" <= char <= "\u11ff":
        return "\u1100" <= last <= "\u11ff"
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return len(before) == 1 and "\U0001f1e6" <= last <= "\U0001f1ff"
    return before in _BEFORE_CONSONANT and char.isalpha()


def _kind(cluster: str) -> str:
    first = cluster[0]
    if first.isspace():
        return "space"
    if first.isdigit():
        return "number"
    if "\u0f00" <= first <= "\u0fff":
        return "tibetan"
    if _UNSPACED.match(first):
        return "unspaced"
    return "word" if first.isalnum() else "sign"


def _continues(token: str, last: str, cluster: str, kind: str) -> bool:
    if kind == "tibetan":
        return last == "tibetan" and not token.endswith(_TSHEG)
    if kind in ("space", "number"):
        return last == kind or (kind == "number" and last == "word")
    return kind == "word" and last in ("word", "number")


def _whole(found: list[str]) -> list[str]:
    """Join what an apostrophe or a decimal sign parts: don't, 1,204."""
    whole: list[str] = []
    for before, token in pairwise(["", *found]):
        if len(whole) > 1 and _bridges(whole[-2], before, token):
            sign = whole.pop()
            whole[-1] += sign + token
        else:
            whole.append(token)
    return whole


def _bridges(left: str, sign: str, right: str) -> bool:
    if sign in _WITHIN_NUMBER:
        return left[-1].isdigit() and right[0].isdigit()
    return sign in _WITHIN_WORD and _kind(left[-1]) == _kind(right) == "word"
