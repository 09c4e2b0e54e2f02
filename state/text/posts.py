"""A forum topic or a page with readers' remarks, saved as text: where each post begins.

Only heads that name an author together with a time, or a number, as an engine
prints them begin a post; everything else stays in the text above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from state.article import Comment, tidy, tidy_lines
from state.text.chrome import chrome_name

_STAMP = re.compile(
    r"(?:[A-Z][a-z]{2,8},? )?(?P<month>[A-Z][a-z]{2})[a-z]{0,6}\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?, (?P<year>\d{4}),?(?: at)? "
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})? ?(?P<half>[ap]m)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Over a post of a topic, the first one's too.
_POST_HEADS = (
    re.compile(
        r"(?:Post ?)?(?:by|von|par|por|от|de) ?(?P<author>\S.{0,38}?) » (?P<when>.{6,50})", re.IGNORECASE
    ),
    re.compile(r"« (?:Reply #\d+ )?on: (?P<when>.{6,50}?) »"),
)
#: Over a remark under an article or a link.
_REMARK_HEADS = (
    re.compile(
        r"u/(?P<author>[\w-]{2,30}) ?(?:OP )?[•·]? ?(?P<when>\d+ ?(?:m|h|d|mo|y|yr)[a-z]{0,6}\.? ago)"
    ),
    re.compile(
        r"\d{1,3}\. (?P<author>\S.{0,38}?) ?"
        r"(?P<when>\d{1,2}:\d{2} [AP]M|[A-Z][a-z]+ \d{1,2}, \d{4} at \d{1,2}:\d{2} [AP]M)"
    ),
)
_SAYS = re.compile(r"(?:\d{1,3}\. ?)?(?P<author>\S.{0,58}?) says:?")
_AGO = re.compile(r"(?:about |over )?(?:\d{1,3}|an?) (?:second|minute|hour|day|week|month|year)s? ago")
_STARTED = re.compile(
    r"Discussion in ['‘“\"].{1,60}['’”\"] started by (?P<author>.{1,40}?), (?P<when>[A-Z][a-z]{2} \d{1,2}, \d{4})\.?"
)
_POSTED = re.compile(r"Posted (?:on )?(?P<when>[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?.{0,20}|.{1,20} ago)")
_PRINTED = re.compile(r"(?:\d{1,2}-\d{1,2}-\d{4}|Today|Yesterday), \d{1,2}:\d{2}(?: [AP]M)?")
_LONGEST_NAME = 40
_MOST_NAME_LINES = 8
_MOST_PROFILE_LINES = 30
_NUMBERED = re.compile(r"#?\d{1,4}\. (?P<author>\S{2,30}(?: \S{1,20})?)")


@dataclass(frozen=True, slots=True)
class Posts:
    """The rows before the first reply, who wrote them, and the replies."""

    opening: list[str]
    author: str | None
    replies: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    first: int  # row of the head's first line
    text: int  # row where the post's text begins
    author: str | None
    when: str | None
    of_topic: bool = False


def split_posts(rows: Sequence[str]) -> Posts | None:
    """Return the posts of a page, None if it shows no such heads."""
    lines = [tidy(row) for row in rows]
    heads = _heads(lines)
    if not heads:
        return None
    opening_is_post = heads[0].of_topic and all(
        not line or chrome_name(line) or len(line) < 120 for line in lines[: heads[0].first]
    )
    replies = heads[1:] if opening_is_post else heads
    first = heads[0] if opening_is_post else None
    stop = replies[0].first if replies else len(rows)
    opening = [*rows[: first.first], "", *rows[first.text : stop]] if first else list(rows[:stop])
    ends = [*(head.first for head in replies[1:]), len(rows)][: len(replies)]
    comments = (_reply(head, lines[head.text : end]) for head, end in zip(replies, ends, strict=True))
    return Posts(opening, first.author if first else None, tuple(post for post in comments if post.text))


def is_post_head(text: str) -> bool:
    """Tell whether a line alone begins a post."""
    return any(pattern.fullmatch(text) for pattern in (*_POST_HEADS, *_REMARK_HEADS, _STARTED))


def _heads(lines: Sequence[str]) -> list[_Head]:
    numbered = any(_STARTED.fullmatch(line) for line in lines[:40])
    found: list[_Head] = []
    for row, line in enumerate(lines):
        head = _head(lines, row, numbered=numbered) if 0 < len(line) <= 120 else None
        if head is None or (found and row < found[-1].text):
            continue
        if found:
            head = replace(head, first=max(head.first, found[-1].text))
        if found and not any(lines[found[-1].text : head.first]):  # "started by X", then "1. X"
            head = replace(head, first=found.pop().first)
        found.append(head)
    return found


def _head(lines: Sequence[str], row: int, *, numbered: bool) -> _Head | None:
    line = lines[row]
    if hit := next((match for one in (*_POST_HEADS, _STARTED) if (match := one.fullmatch(line))), None):
        author = hit.groupdict().get("author")
        first = row if author else _name_above(lines, row)
        return _Head(first, row + 1, author or (lines[first] if first < row else None), hit["when"], True)
    if hit := next((match for one in _REMARK_HEADS if (match := one.fullmatch(line))), None):
        return _Head(row, row + 1, hit["author"], hit["when"])
    if (head := _profile_head(lines, row)) is not None:
        return head
    if numbered and (hit := _NUMBERED.fullmatch(line)):
        return _Head(row, row + 1, hit["author"], None, True)
    if (hit := _SAYS.fullmatch(line)) and (when := _told_below(lines, row)):
        return _Head(row, row + 2, hit["author"], when)
    above = lines[row - 1] if row else ""
    if _AGO.fullmatch(line) and 0 < len(above.split()) <= 4 and _is_name(above):
        return _Head(row - 1, row + 1, above, None)
    return None


def _profile_head(lines: Sequence[str], row: int) -> _Head | None:
    """Return the head of a post whose author stands on a line of its own, among what is told of him."""
    line = lines[row]
    if hit := _POSTED.fullmatch(line):
        named = _above(lines, row, 1)
        return _Head(named, row + 1, lines[named], hit["when"], True) if named is not None else None
    if line == "Joined":  # name, rank, "Joined", day, "Posts", number …, day of the post, "#2"
        named = _above(lines, row, 2)
        return None if named is None else _Head(named, _below_profile(lines, row), lines[named], None, True)
    if _PRINTED.fullmatch(line) and row + 2 < len(lines) and re.fullmatch(r"#\d{1,5}", lines[row + 1]):
        return _Head(row, _below_profile(lines, row + 2), lines[row + 2] or None, line, True)
    return None


def _above(lines: Sequence[str], row: int, steps: int) -> int | None:
    """Return the row of the name that many lines above, blank ones and furniture not counted."""
    found = [at for at in range(max(0, row - 2 * steps - 2), row) if lines[at] and not chrome_name(lines[at])]
    if len(found) < steps or not any(lines[: found[-steps]]):
        return None  # the first line of a page is its headline
    at = found[-steps]
    return (
        at
        if len(lines[at]) <= _LONGEST_NAME and len(lines[at].split()) <= 3 and _is_name(lines[at])
        else None
    )


def _below_profile(lines: Sequence[str], row: int) -> int:
    """Return the row where the short lines about an author and the time of the post end."""
    last = min(len(lines), row + _MOST_PROFILE_LINES)
    while row < last and len(lines[row]) <= _LONGEST_NAME and len(lines[row].split()) <= 5:
        row += 1
    return row


def _is_name(text: str) -> bool:
    return chrome_name(text) is None and text[-1:] not in ".!?:;,…"


def _told_below(lines: Sequence[str], row: int) -> str | None:
    below = lines[row + 1] if row + 1 < len(lines) else ""
    return below if len(below) < 60 and (_STAMP.search(below) or _AGO.fullmatch(below)) else None


def _name_above(lines: Sequence[str], row: int) -> int:
    """Return the row of the name above ``« Reply #3 on: … »``: the first of the lines that stand on it."""
    first = row
    while first and lines[first - 1] and row - first < _MOST_NAME_LINES:
        first -= 1
    return first if first < row and _is_name(lines[first]) and any(lines[:first]) else row


def _reply(head: _Head, lines: Sequence[str]) -> Comment:
    quoted = tuple(line[2:] for line in lines if line.startswith("> "))
    kept = [line for line in lines if not (line.startswith("> ") or (line and chrome_name(line)))]
    return Comment(
        author=head.author, text=tidy_lines("\n".join(kept)), quoted=quoted, posted_at=read_stamp(head.when)
    )


def read_stamp(text: str | None) -> datetime | None:
    """Return the instant of ``Fri Dec 21, 2018 6:11 pm``, read as UTC; None if the text names no such hour."""
    found = _STAMP.search(text or "")
    if not found or found["month"].lower() not in _MONTHS:
        return None
    half = (found["half"] or "").lower()
    hour = int(found["hour"]) % 12 + 12 * (half == "pm") if half else int(found["hour"])
    try:
        return datetime(
            int(found["year"]),
            _MONTHS.index(found["month"].lower()) + 1,
            int(found["day"]),
            hour,
            int(found["minute"]),
            tzinfo=UTC,
        )
    except ValueError:
        return None
