"""Strings as articles hold them: what every parser does to every text it takes from a page."""

from __future__ import annotations

import re

from state.article import tidy

_UNWANTED = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufeff\ud800-\udfff]")
_NOT_LETTERS = re.compile(r"[\W_]+")
_FILE_NAME = re.compile(
    r"^[^\s/\\]{1,120}\.(?:jpe?g|png|gif|webp|avif|bmp|svg|tiff?)$|^(?:img|dsc|dscf|dscn|image|photo)[-_ ]?\d+$",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return text tidied, without control characters; half surrogate pairs become U+FFFD."""
    tidied = tidy(text)
    if not tidied or not _UNWANTED.search(tidied):
        return tidied
    return tidy(
        _UNWANTED.sub(lambda found: "\ufffd" if "\ud800" <= found.group() <= "\udfff" else "", tidied)
    )


def is_file_name(text: str) -> bool:
    """Tell whether an alternative text is only the picture's file name."""
    return bool(_FILE_NAME.match(text))


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in no letter or digit."""
    return letters_of(one) == letters_of(other)


def letters_of(text: str) -> str:
    """Return a text's letters and digits alone, case folded: what two printings of it have in common."""
    return _NOT_LETTERS.sub("", text.casefold())
