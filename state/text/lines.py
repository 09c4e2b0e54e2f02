"""What one line of a saved page can be, read the same way when loading and when printing.

A line has an ordered list of *readings* for the place where it stands; the
first is what a reader would take it for.  Each leading backslash denies one:
``\\Sign in`` is no toolbar line but a sub-heading, ``\\\\Sign in`` a paragraph.
A text that begins with a backslash of its own has one more, and a space, before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from state.article import tidy

Reading = Literal[
    "chrome", "comments", "date", "subtitle", "attribution", "quotation", "heading", "paragraph"
]
Slot = Literal["title", "header", "body", "last"]

_MOST_HEADING_WORDS = 8
_MOST_HEADING_LETTERS = 60
_MOST_CREDIT_WORDS = 8
_STOPS = ".!…。！？?。．｡។៕။၊།༎؟۔،,;；:：」”"
_CLOSERS = "\"'’”»)]）」』"
_BULLET = re.compile(r"^[•·*▪◦‣]\s*")
_COMMENTS = re.compile(r"Comments? \((\d{1,6})\)")
_DAY = re.compile(r"((?:19|20)\d{2})[.-](\d{2})[.-](\d{2})")
_ATTRIBUTION = re.compile(
    r"(?:Reported|Written|Translated|Edited|Compiled) (?:by|in English by|and)\b.{0,400}"
    r"|RFA[’']s \w+ Service\.?|\(Reporting by .{1,300}\)|The Associated Press|Source: Copyright ©.{1,300}"
    r"|[（(]?(?:责编|責編|编辑|編輯|記者|记者)[:：].{1,80}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One tidied line: its text without the backslashes, and how many there were."""

    text: str
    denied: int = 0


def read_line(raw: str) -> Line:
    """Return a line tidied, its leading backslashes counted and removed."""
    text = tidy(raw)
    bare = text.lstrip("\\")
    denied = len(text) - len(bare)
    if denied and bare.startswith(" \\"):  # a text that itself begins with a backslash
        return Line(bare[1:], denied - 1)
    return Line(bare.lstrip(), denied)


def write_line(text: str, wanted: Reading, slot: Slot) -> str:
    """Return the line with as many backslashes as make ``wanted`` its reading in this slot."""
    return deny(text, readings(text, slot).index(wanted))


def deny(text: str, times: int) -> str:
    """Return the line with that many backslashes before it."""
    return "\\" * (times + 1) + " " + text if text.startswith("\\") else "\\" * times + text


def reading(line: Line, slot: Slot) -> Reading:
    """Return what this line is taken for where it stands."""
    options = readings(line.text, slot)
    return options[min(line.denied, len(options) - 1)]


def readings(text: str, slot: Slot) -> list[Reading]:
    """Return everything the line can be in this slot, the likeliest first."""
    found: list[Reading] = []
    if chrome_name(text):
        found.append("chrome")
    if comment_count(text) is not None:
        found.append("comments")
    if slot == "title":
        return [*found, "paragraph"]
    if slot == "header" and printed_day(text):
        found.append("date")
    if text.startswith("> "):
        found.append("quotation")
    if slot == "last" and is_attribution(text):
        found.append("attribution")
    likely: list[Reading] = (
        ["heading", "paragraph"] if is_heading(text) and slot != "last" else ["paragraph", "heading"]
    )
    if slot == "header":
        likely.insert(1 if ends_sentence(text) else 0, "subtitle")
    if slot == "last" and "attribution" not in found:
        likely.append("attribution")
    return found + likely


def chrome_name(text: str) -> str | None:
    """Return which part of the page's furniture this line is, or None."""
    bare = _BULLET.sub("", text)
    if len(bare) > 240:
        return None
    return next((name for name, pattern in _chrome() if pattern.fullmatch(bare)), None)


def comment_count(text: str) -> int | None:
    """Return N of a line ``Comments (N)``, else None."""
    found = _COMMENTS.fullmatch(text)
    return int(found.group(1)) if found else None


def printed_day(text: str) -> tuple[int, int, int] | None:
    """Return year, month, day of a line that is only a date like ``2012.06.29``, else None."""
    found = _DAY.fullmatch(text)
    return (int(found.group(1)), int(found.group(2)), int(found.group(3))) if found else None


def is_attribution(text: str) -> bool:
    """Tell whether the line names who reported, translated or edited."""
    return len(text) < 600 and _ATTRIBUTION.fullmatch(text) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether the line ends as a sentence does, in any script."""
    bare = text.rstrip(_CLOSERS)
    return text[-1:] in _STOPS or bare[-1:] in _STOPS


def is_heading(text: str) -> bool:
    """Tell whether the line is short and unfinished, as sub-headings are.

    A short question without quotation marks counts ("Loudspeaker role?").
    """
    words = text.split()
    if not words or len(text) > _MOST_HEADING_LETTERS + 20 or len(words) > _MOST_HEADING_WORDS:
        return False
    if len(words) <= 4 and text.endswith("?") and text[0] not in "“\"'‘":
        return True
    return not ends_sentence(text)


def is_credit(text: str) -> bool:
    """Tell whether the line under a caption names a photographer or an agency."""
    return 0 < len(text.split()) <= _MOST_CREDIT_WORDS and len(text) <= 80 and not ends_sentence(text)


@cache
def _chrome() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = []
    for row in files("state.text").joinpath("chrome.txt").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            name, pattern = row.split("\t")
            rows.append((name, re.compile(pattern, re.IGNORECASE)))
    return tuple(rows)
