"""Lines that belong to the page and not to the article: toolbars, sign-in boxes, links to other pages."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

_BULLET = re.compile(r"^[•·*▪◦‣]\s*")
_UNSEEN = re.compile("[\u200b\u200c\u200d\u200e\u200f\u2060\ufeff]")
_LONGEST = 240
#: A machine's output and runs of letters that no language has.
_JUNK = re.compile(r"[A-Za-z0-9+/=]{80,}|(?:string|array|object|int)\(\d+\) ?[\"{\[(#].*", re.DOTALL)


def chrome_name(text: str) -> str | None:
    """Return which part of the page's furniture this line is, or None."""
    if len(text) <= _LONGEST:
        return _short_name(text)
    return "no language" if _JUNK.fullmatch(text) else None


@lru_cache(maxsize=8192)  # a line is asked about at each step that could take it
def _short_name(text: str) -> str | None:
    if _JUNK.fullmatch(text):
        return "no language"
    bare = _BULLET.sub("", text if text.isascii() else _UNSEEN.sub("", text))
    return next((name for name, pattern in _patterns() if pattern.fullmatch(bare)), None)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = []
    for row in files("state.text").joinpath("chrome.txt").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            name, pattern = row.split("\t")
            rows.append((name, re.compile(pattern, re.IGNORECASE)))
    return tuple(rows)
