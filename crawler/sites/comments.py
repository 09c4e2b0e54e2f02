"""Readers' comments under an article → records; what was recognised is named in ``how``.

Known forms: plone.app.discussion (3 and 6), WordPress, schema.org microdata, and
any block whose classes say comment, author, date and body.  Where only words are
left (author, text, date, one below the other) they are told apart by the dates.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from lxml import etree

from crawler.sites.blocks import Block, blocks, joined
from crawler.sites.comment_parts import ONE_ID, author_and_place, is_button, number_of, record
from crawler.sites.dates import parse_date
from crawler.sites.jsonld import objects, string, types_of
from crawler.sites.select import Element
from crawler.sites.tree import Document, language_of
from state.article import Comment, tidy_lines

#: Tags that hold a comment or a list of them; looking at these alone is several times cheaper.
_TAGS = ("div", "li", "article", "section", "ol", "ul", "tr", "td", "dl", "aside")
#: What sites call comments in class names, also after a prefix of their own (``sf_comment_list``).
_WORD = r"(?:comments?|commentaires?|comentarios?|kommentare?|commenti)"
_CONTAINER = re.compile(
    rf"^(?:(?:[a-z0-9]{{1,12}}[-_]|post|article|entry|reader|user|story|wp|fb)?{_WORD}(?:[-_]?(?:list|area|wrapper|wrap|"
    r"section|block|box|container|thread|template|respond|form|count))?|commentlist|commenting|discussion|respond|disqus[-_]?thread|"
    r"livefyre)$",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"^(?:(?:[a-z0-9]{1,12}[-_])?(?:comment|comentario|commentaire|kommentar)|usercomment|"
    r"comment[-_]?(?:item|entry|post|wrapper|container|box|row|article))$",
    re.IGNORECASE,
)
#: One of these is in a class or id around every page's comments.
_WORDS = ("omment", "discussion", "omentario")
_ITEM_TYPES = etree.XPath("descendant::*/@itemtype", smart_strings=False)
_STRING = etree.XPath("string()", smart_strings=False)
_TYPES = ("/Comment", "/UserComments")
_LEVEL = re.compile(r"(?:^|\s)(?:replyTreeLevel|level-|depth-)(\d{1,3})(?=\s|$)")
_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")
_MOST = 20_000
#: Replies to replies in a page's data deeper than this are not followed.
_DEEPEST = 10
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
    named = [element for element in found if _is_single(element)]
    singles = _without_wrappers(named)
    taken = set(singles)
    records = {element: said for element in singles if (said := record(element, taken, now, zone))}
    boxes = tuple(_boxes(document, found, singles))
    if records:
        return Comments(_with_parents(named, records), (*boxes, *records), "classes")
    if plain := tuple(said for element in singles for said in _by_dates(element, now, zone)):
        return Comments(plain, (*boxes, *singles), "dates between lines")
    for box in boxes:
        if plain := _by_dates(box, now, zone):
            return Comments(plain, boxes, "dates between lines")
    told = tuple(_from_data(document, now))
    return Comments(told, boxes, "json-ld" if told else "none")


def _candidates(document: Document) -> list[Element]:
    found = document.index.frame.naming(*_WORDS)
    for box in list(found):
        found.update(part for part in box.iter("li", "tr", "td", "ul") if _is_named(part))
    if any("/Comment" in told or "/UserComments" in told for told in _item_types(document.root)):
        found.update(document.select("[itemtype*=/Comment], [itemtype*=/UserComments]"))
    outermost = [element for element in found if found.isdisjoint(element.iterancestors())]
    root = outermost[0] if len(outermost) == 1 else document.root
    return [element for element in root.iter(*_TAGS) if element in found][:_MOST] if found else []


def _item_types(root: Element) -> set[str]:
    found = _ITEM_TYPES(root)
    return set(map(str, found)) if isinstance(found, list) else set()


def _is_named(element: Element) -> bool:
    told = f"{element.get('class') or ''} {element.get('id') or ''}"
    return any(word in told for word in _WORDS)


def _is_single(element: Element) -> bool:
    if (element.get("itemtype") or "").endswith(_TYPES) or ONE_ID.search(element.get("id") or ""):
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
    for box in named:
        if next(box.iter("h1"), None) is None and (held[box] > 1 or _is_minor(box, document)):
            yield box


def _is_minor(box: Element, document: Document) -> bool:
    length = 2 * _length(box)
    return length <= _FEW or length <= _length(document.root)


def _length(element: Element) -> int:
    """Return about how long the paragraphs in an element are together."""
    return sum(len(str(_STRING(paragraph))) for paragraph in element.iter("p"))


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
    return not all(map(is_button, own))


def _nearest(part: Element, known: set[Element]) -> Element | None:
    return next((above for above in part.iterancestors() if above in known), None)


def _with_parents(named: list[Element], records: dict[Element, Comment]) -> tuple[Comment, ...]:
    """Return comments with the number of the one they answer: that around them, or the last one a level up.

    A deleted comment has no record, but it has answers.
    """
    numbers = {element: number for element in named if (number := _stands_for(element, records))}
    levels: dict[int, str | None] = {}
    parents: dict[Element, str | None] = {}
    for element in named:
        number = numbers.get(element)
        around = (numbers[above] for above in element.iterancestors() if above in numbers)
        parents[element] = next((other for other in around if other != number), None)
        if level := _LEVEL.search(element.get("class") or ""):
            depth = int(level.group(1))
            parents[element] = parents[element] or levels.get(depth - 1)
            levels[depth] = number
    return tuple(replace(told, parent=parents[element]) for element, told in records.items())


def _stands_for(element: Element, records: dict[Element, Comment]) -> str | None:
    """Return the number of the comment that an element is, or is the wrapper of."""
    number = number_of(element)
    inner = next((records[part].id for part in element.iterdescendants() if part in records), None)
    if element in records or inner is None or inner == number:
        return number
    return inner if element.tag == "li" else None


def _from_data(document: Document, now: datetime) -> Iterator[Comment]:
    """Yield the comments that a page tells search engines of."""
    items = document.json_ld
    told = [item for item in items if "Comment" in types_of(item)]
    told += [
        item for story in items if "Comment" not in types_of(story) for item in objects(story, "comment")
    ]
    pending: deque[tuple[dict[str, Any], str | None, int]] = deque((item, None, 0) for item in told[:_MOST])
    while pending:
        item, parent, depth = pending.popleft()
        if said := _said(item, parent, now):
            yield said
            if depth < _DEEPEST:
                pending.extend((reply, said.id, depth + 1) for reply in objects(item, "comment"))


def _said(item: dict[str, Any], parent: str | None, now: datetime) -> Comment | None:
    raw = item.get("text")
    text = tidy_lines(_TAG.sub("", _BREAK.sub("\n", raw))) if isinstance(raw, str) else ""
    author, place = author_and_place(string(item, "author", "name") or string(item, "author"))
    if not text:
        return None
    posted = parse_date(string(item, "dateCreated") or string(item, "datePublished"), now=now)
    number = string(item, "@id") or string(item, "url") or None
    return Comment(
        id=number,
        author=author,
        place=place,
        text=text,
        posted_at=posted.at if posted else None,
        parent=parent,
    )


def _by_dates(box: Element, now: datetime, zone: tzinfo | None) -> tuple[Comment, ...]:
    """Read author, text and date one below the other, as old pages print them."""
    done: list[Comment] = []
    group: list[Block] = []
    language = language_of(box)
    for block in blocks(box):
        is_short = len(block.text) < 40
        when = parse_date(block.text, now=now, zone=zone, language=language) if is_short else None
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
