"""Strings as articles hold them: what every parser does to every text it takes from a page."""

from __future__ import annotations

import re

from state.article import tidy

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufeff]")
_FILE_NAME = re.compile(
    r"^[^\s/\\]{1,120}\.(?:jpe?g|png|gif|webp|avif|bmp|svg|tiff?)$|^(?:img|dsc|dscf|dscn|image|photo)[-_ ]?\d+$",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return text tidied, without control characters; half surrogate pairs become U+FFFD."""
    tidied = tidy(text)
    if tidied.isascii() and tidied.isprintable():
        return tidied
    return tidy(_SURROGATES.sub("\ufffd", _CONTROLS.sub("", tidied)))


def is_file_name(text: str) -> bool:
    """Tell whether an alternative text is only the picture's file name."""
    return bool(_FILE_NAME.match(text))


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in no letter or digit."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
