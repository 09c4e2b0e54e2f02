"""Readers' comments under an article → records; what was recognised is named in ``how``.

Known forms: plone.app.discussion (3 and 6), WordPress, schema.org microdata, and
any block whose classes say comment, author, date and body.  Where only words are
left (author, text, date, one below the other) they are told apart by the dates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from lxml import etree

from crawler.sites.blocks import Block, Kind, blocks, joined, line
from crawler.sites.dates import Dated, parse_date
from crawler.sites.select import Element
from crawler.sites.tree import Document
from crawler.sites.words import clean
from state.article import Comment

#: Tags that hold a comment or a list of them; looking at these alone is several times cheaper.
_TAGS = ("div", "li", "article", "section", "ol", "ul", "tr", "td", "dl", "aside")
#: What sites call comments in class names, also after a prefix of their own (``sf_comment_list``).
_WORD = r"(?:comments?|commentaires?|comentarios?|kommentare?|commenti)"
_CONTAINER = re.compile(
    rf"^(?:(?:[a-z0-9]{{1,12}}[-_]|post|article|entry|reader|user|story|wp|fb)?{_WORD}(?:[-_]?(?:list|area|wrapper|wrap|"
    r"section|block|box|container|thread|template|respond|form|count))?|commentlist|discussion|respond|disqus[-_]?thread|"
    r"livefyre)$",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"^(?:(?:[a-z0-9]{1,12}[-_])?(?:comment|comentario|commentaire|kommentar)|usercomment|"
    r"comment[-_]?(?:item|entry|post|wrapper|container|box|row|article))$",
    re.IGNORECASE,
)
_ONE_ID = re.compile(r"(?:^|[-_])comment(?:ario)?[-_]?(\d+)$|^c(\d{4,})$", re.IGNORECASE)
_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:fn|author|comment-?author|commenter|user-?name|nick-?name|documentByLine|comment-?by|by-?line|name)(?=$|[\s_-])|author$",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:date|time|posted|published|metadata|comment-meta)", re.IGNORECASE)
_TEXT = re.compile(
    r"(?:comment-?(?:body|content|text|message)|^(?:body|content|text|message)$)", re.IGNORECASE
)
_SAYS = re.compile(r"\s*(?:says|said|wrote|schrieb|dit|dice|пишет)\s*[:：]?\s*$|\s*[:：,]\s*$", re.IGNORECASE)
_PLACE = re.compile(r"^from\s+(\S.*)$", re.IGNORECASE)
_BUTTONS = frozenset("reply report like share edit delete flag permalink quote".split())
_MOST = 20_000
#: With less text than this on a page, comments may be most of it.
_FEW = 4000


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of a page in its order, the elements that hold them, and the form they had."""

    comments: tuple[Comment, ...]
    elements: tuple[Element, ...]
    how: str


def read_comments(document: Document, *, now: datetime, zone: tzinfo | None = None) -> Comments:
    """Return the comments of a page.

    Args:
        document: The page.
        now: The present instant.
        zone: The clock that comment dates are printed in.
    """
    found = _candidates(document)
    if not found:
        return Comments((), (), "none")
    singles = [element for element in found if _is_single(element)]
    singles = _without_wrappers(singles)
    taken = set(singles)
    records = [(element, record) for element in singles if (record := _record(element, taken, now, zone))]
    boxes = tuple(_boxes(document, found, singles))
    if records:
        return Comments(_with_parents(records), (*boxes, *(element for element, _ in records)), "classes")
    for box in boxes:
        if plain := _by_dates(box, now, zone):
            return Comments(plain, boxes, "dates between lines")
    return Comments((), boxes, "none")


def author_and_place(text: str) -> tuple[str | None, str | None]:
    """Return who wrote a comment, or the place if only "from X" is printed."""
    text = clean(_SAYS.sub("", clean(text)))
    text = re.sub(r"^(?:posted\s+by|by)\s*:?\s+", "", text, flags=re.IGNORECASE)
    if place := _PLACE.match(text):
        return None, place.group(1)
    return text or None, None


def _candidates(document: Document) -> list[Element]:
    found: set[Element] = set()
    for named in (document.index.frame.classes, document.index.frame.ids):
        for name, elements in named.items():
            if "omment" in name or "omentario" in name or "discussion" in name:
                found.update(elements)
    for box in list(found):
        found.update(part for part in box.iter("li", "tr", "td", "ul") if _is_named(part))
    if b"org/Comment" in document.data:
        found.update(document.select("[itemtype*=/Comment]"))
    outermost = [element for element in found if not any(above in found for above in element.iterancestors())]
    root = outermost[0] if len(outermost) == 1 else document.root
    return [element for element in root.iter(*_TAGS) if element in found][:_MOST] if found else []


def _is_named(element: Element) -> bool:
    told = f"{element.get('class') or ''} {element.get('id') or ''}"
    return "omment" in told or "omentario" in told or "discussion" in told


def _is_single(element: Element) -> bool:
    if (element.get("itemtype") or "").endswith("/Comment") or _ONE_ID.match(element.get("id") or ""):
        return True
    names = (element.get("class") or "").split()
    return any(_ONE.match(name) for name in names) and element.tag not in (
        "a",
        "span",
        "form",
        "button",
        "input",
        "body",
    )


def _boxes(document: Document, found: list[Element], singles: list[Element]) -> Iterator[Element]:
    """Yield what holds comments and their form; never what holds the headline.

    What holds most of the page's text is taken only where single comments are seen in it.
    """
    named = [element for element in found if _is_container(element)]
    if not named:
        return
    held = Counter(above for element in singles for above in element.iterancestors())
    most = max(_length(document.root), _FEW)
    for box in named:
        if next(box.iter("h1"), None) is None and (held[box] > 1 or 2 * _length(box) <= most):
            yield box


def _length(element: Element) -> int:
    """Return about how long the paragraphs in an element are together."""
    return sum(len("".join(map(str, paragraph.itertext()))) for paragraph in element.iter("p"))


def _is_container(element: Element) -> bool:
    told = [element.get("id") or "", *(element.get("class") or "").split()]
    return element.tag in ("div", "section", "ol", "ul", "aside", "dl") and any(map(_CONTAINER.match, told))


def _without_wrappers(singles: list[Element]) -> list[Element]:
    """Return elements without those that have no words of their own beside the comments in them."""
    known = set(singles)
    inner: dict[Element, set[Element]] = {}
    for element in singles:
        if (above := _nearest(element, known)) is not None:
            inner.setdefault(above, set()).add(element)
    return [element for element in singles if element not in inner or _has_own_words(element, inner[element])]


def _has_own_words(element: Element, inner: set[Element]) -> bool:
    own = blocks(element, lambda part: "drop" if part in inner else None)
    return any(block.text.lower() not in _BUTTONS for block in own)


def _record(element: Element, singles: set[Element], now: datetime, zone: tzinfo | None) -> Comment | None:
    inside = list(_own_parts(element, singles))
    when, when_box = _when(inside, now, zone)
    text_box = _text_box(inside, when_box)
    if text_box is None:
        return None
    author_box = _author_box(inside, text_box)
    author, place = (
        author_and_place(_words_without(author_box, when_box)) if author_box is not None else (None, None)
    )
    if when is None and author is None and place is None:
        return None
    dropped = {box for box in (author_box, when_box) if box is not None}

    def decide(part: Element) -> Kind | None:
        if (
            part in dropped
            or part in singles
            or re.search(r"actions?|tools|reply|vote", part.get("class") or "")
        ):
            return "drop"
        return None

    text = joined(block for block in blocks(text_box, decide) if block.text.lower() not in _BUTTONS)
    if not text:
        return None
    found = _ONE_ID.match(element.get("id") or "")
    number = (
        (found.group(1) or found.group(2)) if found else (element.get("id") or element.get("data-id") or None)
    )
    return Comment(id=number, author=author, place=place, text=text, posted_at=when.at if when else None)


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


def _nearest(part: Element, singles: set[Element]) -> Element | None:
    return next((above for above in part.iterancestors() if above in singles), None)


def _when(inside: list[Element], now: datetime, zone: tzinfo | None) -> tuple[Dated | None, Element | None]:
    stamped = [part for part in inside if part.get("datetime")]
    named = [
        part for part in inside if _DATE.search(f"{part.get('class') or ''} {part.get('itemprop') or ''}")
    ]
    for part in [*stamped, *named]:
        for value in (part.get("datetime"), line(part), part.get("title")):
            if value and len(value) < 80 and (found := parse_date(value, now=now, zone=zone)):
                return found, part
    return None, None


def _text_box(inside: list[Element], when_box: Element | None) -> Element | None:
    for part in inside:
        names = (part.get("class") or "").split()
        if part is not when_box and part.get("itemprop") == "text":
            return part
        if any(_TEXT.search(name) for name in names) and part.tag not in ("a", "time"):
            inner = [
                deep
                for deep in part.iterdescendants()
                if any(_TEXT.search(n) for n in (deep.get("class") or "").split())
            ]
            return inner[0] if inner and inner[0] in inside else part
    return None


def _author_box(inside: list[Element], text_box: Element) -> Element | None:
    found = [
        part
        for part in inside
        if (_AUTHOR.search(part.get("class") or "") or part.get("itemprop") in ("author", "creator"))
        and text_box not in part.iterancestors()
        and part is not text_box
        and text_box not in part.iterdescendants()
        and line(part)
    ]
    if not found:
        return None
    return next(
        (part for part in reversed(found) if found[0] in part.iterancestors() or part is found[0]), found[0]
    )


def _words_without(box: Element, other: Element | None) -> str:
    return " ".join(block.text for block in blocks(box, lambda part: "drop" if part is other else None))


def _with_parents(records: list[tuple[Element, Comment]]) -> tuple[Comment, ...]:
    by_element = dict(records)
    level: dict[int, str | None] = {}
    done = []
    for element, record in records:
        above = next((by_element[a].id for a in element.iterancestors() if a in by_element), None)
        depth = re.search(r"replyTreeLevel(\d+)", element.get("class") or "")
        if depth:
            above = level.get(int(depth.group(1)) - 1)
            level[int(depth.group(1))] = record.id
        done.append(replace(record, parent=above))
    return tuple(done)


def _by_dates(box: Element, now: datetime, zone: tzinfo | None) -> tuple[Comment, ...]:
    """Read author, text and date one below the other, as old pages print them."""
    done: list[Comment] = []
    group: list[Block] = []
    for block in blocks(box):
        when = parse_date(block.text, now=now, zone=zone) if len(block.text) < 40 else None
        if when is None:
            group.append(block)
            continue
        if re.match(r"^comments?\b.{0,12}$", group[0].text if group else "", re.IGNORECASE):
            group = group[1:]
        if len(group) >= 2 and len(group[0].text) < 60:
            author, place = author_and_place(group[0].text)
            done.append(Comment(author=author, place=place, text=joined(group[1:]), posted_at=when.at))
        group = []
    return tuple(done)
