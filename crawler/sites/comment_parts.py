"""One comment's element → its record: who, from where, when, what.

Each is looked for by class or microdata first; where a page has neither, the date
is the small element that holds nothing else, and the text is what remains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from lxml import etree

from crawler.sites.blocks import Block, Kind, blocks, joined, line
from crawler.sites.dates import Dated, parse_date
from crawler.sites.select import Element
from crawler.sites.tree import language_of
from crawler.sites.words import clean
from state.article import Comment

ONE_ID = re.compile(r"(?:^|[-_])comment(?:ario)?[-_]?(\d+)$|^c(\d{4,})$", re.IGNORECASE)
_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:fn|author|comment-?author|commenter|user-?name|comment-?user|nick|nick-?name|documentByLine|comment-?by|by-?line|name)"
    r"(?=$|[\s_-])|author$",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:date|time|posted|published|submitted|when|metadata|comment-meta)", re.IGNORECASE)
_TEXT = re.compile(
    r"(?:comment-?(?:body|content|text|message)|^(?:body|content|text|message)$)", re.IGNORECASE
)
_TEXT_PROPERTIES = frozenset(("text", "commentText", "articleBody"))
_AUTHOR_PROPERTIES = frozenset(("author", "creator"))
#: Tags that hold a date and nothing else where no class says so.
_SMALL = frozenset(("small", "time", "span", "a", "abbr", "em", "i", "div", "td", "dd"))
_SAYS = re.compile(r"\s*(?:says|said|wrote|schrieb|dit|dice|пишет)\s*[:：]?\s*$|\s*[:：,]\s*$", re.IGNORECASE)
_BY = re.compile(r"^(?:(?:posted|submitted|written)\s+by|by)\s*:?\s+", re.IGNORECASE)
_MAIL = re.compile(r"\s*\(?\s*\S{1,64}@\S{1,200}\s*\)?$")
_PLACE = re.compile(r"^from\s+(\S.*)$", re.IGNORECASE)
_TOOLS = re.compile(
    r"actions?|tools|reply|vote|edit-link|avatar|(?:^|[\s_-])likes?(?=$|[\s_-])", re.IGNORECASE
)
_BUTTONS = frozenset("reply report like share edit delete flag permalink quote (edit) (reply)".split())
_NOTICE = re.compile(r"^(?:your comment is awaiting moderation\.?|says|said|wrote)\s*:?$", re.IGNORECASE)
_LONGEST_DATE = 60
_HEADS = frozenset(("h3", "h4", "h5", "h6", "strong", "b", "dt"))
_LONGEST_NAME = 60
_HALF_DAY = re.compile(r"\d ?[AP]M$", re.IGNORECASE)


def record(element: Element, singles: set[Element], now: datetime, zone: tzinfo | None) -> Comment | None:
    """Return the record of a comment, None if it has no words, or neither author, place nor date.

    Args:
        element: The element around the comment.
        singles: Every comment's element on the page: what is in one of these is not this comment's.
        now: The present instant.
        zone: The clock that comment dates are printed in.
    """
    inside = list(_own_parts(element, singles))
    text_box = _text_box(inside)
    when, when_box = _when(inside, text_box, now, zone)
    author_box = _author_box(inside, text_box)
    if text_box is not None and when is None and author_box is None:  # they stand in the box with the words
        text_box = None
        when, when_box = _when(inside, None, now, zone)
        author_box = _author_box(inside, None)
    if author_box is None and text_box is None:
        author_box = _first_line(inside, when_box)
    author, place = (
        author_and_place(_words_without(author_box, when_box)) if author_box is not None else (None, None)
    )
    if when is None and author is None and place is None:
        return None
    dropped = {box for box in (author_box, when_box) if box is not None} | singles
    text = _words(element if text_box is None else text_box, dropped - {element})
    if not text:
        return None
    return Comment(
        id=number_of(element), author=author, place=place, text=text, posted_at=when.at if when else None
    )


def number_of(element: Element) -> str | None:
    """Return the number or name by which a page knows a comment."""
    found = ONE_ID.search(element.get("id") or "")
    return (
        (found.group(1) or found.group(2)) if found else (element.get("id") or element.get("data-id") or None)
    )


def author_and_place(text: str) -> tuple[str | None, str | None]:
    """Return who wrote a comment, or the place if only "from X" is printed."""
    text = _MAIL.sub("", clean(_SAYS.sub("", clean(text))))
    text = _BY.sub("", _SAYS.sub("", text))
    half = len(text) // 2
    if half >= 3 and text[:half].strip() == text[half:].strip():
        text = text[:half].strip()
    if place := _PLACE.match(text):
        return None, place.group(1)
    return text or None, None


def is_button(block: Block) -> bool:
    """Tell whether a line under a comment is something to press, or a notice of the software's."""
    return block.text.lower() in _BUTTONS or bool(_NOTICE.match(block.text))


def _words(box: Element, dropped: set[Element]) -> str:
    def decide(part: Element) -> Kind | None:
        return "drop" if part in dropped or _TOOLS.search(part.get("class") or "") else None

    return joined(block for block in blocks(box, decide) if not is_button(block))


def _own_parts(element: Element, singles: set[Element]) -> Iterator[Element]:
    """Yield the descendants of a comment that are in no comment inside it."""
    walker = etree.iterwalk(element, events=("start",))
    for _, part in walker:
        if part is element or not isinstance(part.tag, str):
            continue
        if part in singles:
            walker.skip_subtree()
        else:
            yield part


def _when(
    inside: list[Element], text_box: Element | None, now: datetime, zone: tzinfo | None
) -> tuple[Dated | None, Element | None]:
    """Return when a comment was posted, and the element that says so."""
    words = set() if text_box is None else {text_box, *text_box.iterdescendants()}
    outside = [part for part in inside if part not in words]
    stamped = [part for part in outside if part.get("datetime")]
    named = [part for part in outside if _names_date(part)]
    leaves = [part for part in outside if part.tag in _SMALL and len(part) == 0]
    last = [part for part in outside if len(part) == 0 and line(part)][-1:]
    likely = [*stamped, *(part for part in named if len(part) == 0), *leaves, *named, *last]
    for part in dict.fromkeys(likely):
        for value in (part.get("datetime"), part.get("content"), line(part), part.get("title")):
            if value and len(value) <= _LONGEST_DATE and (found := _date(value, part, now, zone)):
                return found, _around(part, outside)
    return None, None


def _names_date(part: Element) -> bool:
    return bool(_DATE.search(f"{part.get('class') or ''} {part.get('itemprop') or ''}"))


def _date(text: str, part: Element, now: datetime, zone: tzinfo | None) -> Dated | None:
    """Read a date; twelve-hour clocks on sites whose zone is known are American, month first."""
    month_first = zone is not None and bool(_HALF_DAY.search(text))
    day_first = False if month_first else None
    return parse_date(text, now=now, zone=zone, day_first=day_first, language=language_of(part))


def _around(part: Element, outside: list[Element]) -> Element:
    """Return the outermost element that has no words beside a date's."""
    while (above := part.getparent()) is not None and above in outside and line(above) == line(part):
        part = above
    return part


def _text_box(inside: list[Element]) -> Element | None:
    for part in inside:
        if part.get("itemprop") in _TEXT_PROPERTIES:
            return part
    named = [part for part in inside if part.tag not in ("a", "time") and _names_text(part)]
    return next((part for part in named if not any(part in deep.iterancestors() for deep in named)), None)


def _names_text(part: Element) -> bool:
    return any(map(_TEXT.search, (part.get("class") or "").split()))


def _author_box(inside: list[Element], text_box: Element | None) -> Element | None:
    """Return the innermost element that names the author, within the first that does."""
    words = set() if text_box is None else {text_box, *text_box.iterancestors(), *text_box.iterdescendants()}
    found = [part for part in inside if _names_author(part) and part not in words and line(part)]
    if not found:
        return None
    return next(part for part in reversed(found) if found[0] in part.iterancestors() or part is found[0])


def _first_line(inside: list[Element], when_box: Element | None) -> Element | None:
    """Return the heading or bold line with which a comment without classes begins, where words follow."""
    told = [part for part in inside if part is not when_box and len(part) == 0 and line(part)]
    if len(told) < 2 or told[0].tag not in _HEADS or len(line(told[0])) > _LONGEST_NAME:
        return None
    return told[0]


def _names_author(part: Element) -> bool:
    if part.tag == "cite" or part.get("itemprop") in _AUTHOR_PROPERTIES or part.get("rel") == "author":
        return True
    return bool(_AUTHOR.search(part.get("class") or ""))


def _words_without(box: Element, other: Element | None) -> str:
    return " ".join(block.text for block in blocks(box, lambda part: "drop" if part is other else None))
