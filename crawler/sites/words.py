"""Strings as articles hold them: what every parser does to every text it takes from a page."""

from __future__ import annotations

import re
import unicodedata

from state.article import tidy

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\ufeff]")
_NOT_LETTERS = re.compile(r"[\W_]+")
_FILE_NAME = re.compile(
    r"^[^\s/\\]{1,120}\.(?:jpe?g|png|gif|webp|avif|bmp|svg|tiff?)$|^(?:img|dsc|dscf|dscn|image|photo)[-_ ]?\d+$",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return text tidied, and without control characters."""
    is_ascii = text.isascii()
    if text.isprintable() and "  " not in text:  # its only white space is single blanks
        return text.strip() if is_ascii else unicodedata.normalize("NFC", text).strip()
    tidied = " ".join(text.split()) if is_ascii else tidy(text)
    if tidied.isprintable() or not _CONTROLS.search(tidied):
        return tidied
    return tidy(_CONTROLS.sub("", tidied))


def is_file_name(text: str) -> bool:
    """Tell whether an alternative text is only the picture's file name."""
    return bool(_FILE_NAME.match(text))


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in no letter or digit."""
    return letters_of(one) == letters_of(other)


def letters_of(text: str) -> str:
    """Return a text's letters and digits alone, case folded: what two printings of it have in common."""
    return _NOT_LETTERS.sub("", text.casefold())
