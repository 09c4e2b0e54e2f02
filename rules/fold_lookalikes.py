"""Words that mix Latin and Cyrillic letters, as typed on a keyboard in the wrong state or to dodge a filter."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_CYRILLIC_LETTER = re.compile("[\u0430-\u052f]")
_LATIN_LETTER = re.compile("[a-z]")
_LATIN_PART = re.compile("[a-z]{2}")
_TO_LATIN = str.maketrans("авсенікморѕтхујӏ", "abcehikmopstxyjl")
_TO_CYRILLIC = str.maketrans("abcehikmoptxyj", "авсенікмортхуј")


def mixes_scripts(codes: NDArray[np.uint32]) -> bool:
    """Tell whether a Latin and a Cyrillic letter stand side by side in folded text."""
    latin = (codes >= 0x61) & (codes <= 0x7A)
    if not latin.any():
        return False
    cyrillic = (codes >= 0x430) & (codes <= 0x52F)
    return bool(((latin[:-1] & cyrillic[1:]) | (cyrillic[:-1] & latin[1:])).any())


def one_script_per_word(text: str) -> str:
    """Return folded text with look-alikes replaced in words that mix Latin and Cyrillic, letter for letter.

    Cyrillic letters become Latin where each has a Latin look-alike; else single
    Latin letters become Cyrillic.  An acronym with a Cyrillic ending
    (``CPPнинг``) stays as it is.
    """
    return re.sub(r"[^ \n]+", _unmixed, text)


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
