"""The comment block: author line, blank, text, blank, ``Nov 12, 2017 04:36 PM``.

Times are US Eastern, the clock of the site this form comes from.  A line that
would be misread carries a leading backslash; a lone backslash stands for an
author or a time that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from state.article import Comment, tidy
from state.text.chrome import chrome_name

EASTERN = ZoneInfo("America/New_York")

_WHEN = re.compile(r"([A-Z][a-z]{2})[a-z]{0,6}\.? (\d{1,2}), (\d{4}) (\d{1,2}):(\d{2}) ([AP]M)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PLACE = re.compile(r"(?:(.+?) )?from (.+)")
_NOTHING = "\\"


def load_comments(lines: Iterable[str]) -> tuple[Comment, ...]:
    """Return the comments of the lines after ``Comments (N)``.

    What stands after the last time and is no page furniture becomes a comment
    without a time: nothing is dropped.
    """
    comments = []
    held: list[str] = []
    for line in (tidy(raw) for raw in lines):
        if not held and (not line or chrome_name(line)):
            continue
        posted_at = read_when(line)
        if posted_at is None and line != _NOTHING:
            held.append(line)
        elif not held:
            held.append(line)  # a lone backslash where the author stands
        else:
            comments.append(_comment(held, posted_at))
            held = []
    while held and (not held[-1] or chrome_name(held[-1])):
        held.pop()
    if held:
        comments.append(_comment(held, None))
    return tuple(comments)


def dump_comments(comments: Sequence[Comment]) -> str:
    """Return the block, from ``Comments (N)`` on; empty without comments."""
    if not comments:
        return ""
    return f"Comments ({len(comments)})\n\n" + "\n\n\n".join(_print(comment) for comment in comments) + "\n"


def read_when(text: str) -> datetime | None:
    """Return the instant of ``Nov 12, 2017 04:36 PM`` (US Eastern), None if the line is no such time."""
    found = _WHEN.fullmatch(text)
    if not found or found.group(1) not in _MONTHS:
        return None
    month, day, year, hour, minute, half = found.groups()
    try:
        local = datetime(
            int(year),
            _MONTHS.index(month) + 1,
            int(day),
            int(hour) % 12 + (12 if half == "PM" else 0),
            int(minute),
            tzinfo=EASTERN,
        )
    except ValueError:
        return None
    return local.astimezone(UTC)


def print_when(at: datetime) -> str:
    """Return the instant as the form prints it: US Eastern, to the minute."""
    local = at.astimezone(EASTERN)
    half = "PM" if local.hour >= 12 else "AM"
    return f"{_MONTHS[local.month - 1]} {local.day:02}, {local.year:04} {local.hour % 12 or 12:02}:{local.minute:02} {half}"


def _comment(lines: list[str], posted_at: datetime | None) -> Comment:
    author, place = _read_author(lines[0])
    quoted: list[str] = []
    kept: list[str] = []
    for line in lines[1:]:
        if line.startswith("> "):
            quoted.append(line.removeprefix("> "))
        else:
            kept.append(line.removeprefix("\\"))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")
    return Comment(author=author, place=place, text=text, quoted=tuple(quoted), posted_at=posted_at)


def _read_author(line: str) -> tuple[str | None, str | None]:
    if line == _NOTHING:
        return None, None
    if line.startswith("\\"):
        return line.removeprefix("\\"), None
    found = _PLACE.fullmatch(line)
    return (found.group(1), found.group(2)) if found else (line, None)


def _print(comment: Comment) -> str:
    quoted = [f"> {quotation}" for quotation in comment.quoted]
    text = [_escape(line) for line in comment.text.split("\n")]
    when = print_when(comment.posted_at) if comment.posted_at else _NOTHING
    return "\n".join([_print_author(comment), "", *quoted, *([""] if quoted else []), *text, "", when])


def _print_author(comment: Comment) -> str:
    if comment.place:
        return f"{comment.author} from {comment.place}" if comment.author else f"from {comment.place}"
    if not comment.author:
        return _NOTHING
    plain = not (
        _PLACE.fullmatch(comment.author) or chrome_name(comment.author) or comment.author.startswith("\\")
    )
    return comment.author if plain and read_when(comment.author) is None else f"\\{comment.author}"


def _escape(line: str) -> str:
    return f"\\{line}" if line.startswith(("\\", "> ")) or read_when(line) is not None else line
