"""How posts are read from a forum page: one description per edition of a software, one reader for all.

Skins and plugins move things about, so every part of a post has several cues,
the most exact first; the layout that won stands in ``provenance.parser``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from crawler.sites.blocks import Kind, blocks, line
from crawler.sites.dates import Dated, from_epoch, parse_date
from crawler.sites.forum import Post, read_post_body, topic
from crawler.sites.tree import Document, first, has_class
from crawler.sites.words import clean
from state.article import Article
from state.errors import LayoutError

_PAGE = re.compile(
    r"/page[/-](\d+)|[?&]page=(\d+)|[?&](?:start|st)=([1-9]\d*)|/page(\d+)|/index(\d+)\.html|-(\d+)\.html$"
)
_JOINED = re.compile(
    r"join|regist|beigetreten|dabei seit|member since|inscri|miembro|регистр|location|wohnort|last edited|edited",
    re.IGNORECASE,
)
_GUEST_ICON = re.compile(r"^(?:avatar|photo|profile|offline|online|op|author)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a post says of itself in data attributes, exact where it is there."""

    id: str | None = None
    author: str | None = None
    posted_at: datetime | None = None


def nothing_told(element: HtmlElement, now: datetime) -> Told:
    """Return that a post carries no data."""
    return Told()


def all_blockquotes(element: HtmlElement) -> bool:
    """Tell whether an element is a quotation where every ``blockquote`` is one."""
    return element.tag == "blockquote"


def xpaths(*expressions: str) -> tuple[etree.XPath, ...]:
    """Return compiled expressions."""
    return tuple(etree.XPath(expression) for expression in expressions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One edition of a forum software's topic page.

    All expressions but ``posts``, ``titles`` and ``next_pages`` are relative to a post; of each tuple
    the first that finds words is taken.
    """

    name: str
    posts: tuple[etree.XPath, ...]
    content: tuple[etree.XPath, ...]
    authors: tuple[etree.XPath, ...]
    times: tuple[etree.XPath, ...]
    titles: tuple[etree.XPath, ...]
    edited: tuple[etree.XPath, ...] = ()
    next_pages: tuple[etree.XPath, ...] = ()
    dropped: tuple[str, ...] = ()
    title_dropped: tuple[str, ...] = ()
    is_quote: Callable[[HtmlElement], bool] = all_blockquotes
    numbers: tuple[str, ...] = ("id",)
    told: Callable[[HtmlElement, datetime], Told] = nothing_told
    by_id: Callable[[Document, datetime], dict[str, Told]] = field(default=lambda document, now: {})


def read_topic(
    document: Document, layouts: Iterable[Layout], site: str, now: datetime, **provenance: Any
) -> Article:
    """Return the topic of a page by the first layout that finds posts.

    Raises:
        LayoutError: No layout finds a post, or there is no title.
    """
    tried = []
    for layout in layouts:
        posts = read_posts(document, layout, now)
        if posts:
            return topic(
                document,
                title=topic_title(document, layout),
                posts=posts,
                site=site,
                page=page_number(document),
                provenance={"parser": layout.name, **provenance},
            )
        tried.append(layout.name)
    raise LayoutError(f"no post was found: tried {', '.join(tried)}", url=document.url)


def read_posts(document: Document, layout: Layout, now: datetime) -> list[Post]:
    """Return the posts of a page in its order."""
    elements = next((found for path in layout.posts if (found := path(document.root))), [])
    taken = set(elements)
    posts = [post for element in elements if (post := _post(document, layout, element, taken, now))]
    if not any(post.body or post.quoted or post.captions for post in posts):
        return []
    known = layout.by_id(document, now)
    return [_completed(post, known.get(post.id or "")) for post in posts]


def topic_title(document: Document, layout: Layout) -> str:
    """Return the topic's title without labels; "" if there is none."""
    for path in layout.titles:
        for box in path(document.root):
            words = "".join(box.xpath(".//text()")) if not layout.title_dropped else _title_words(box, layout)
            if text := clean(words):
                return text
    return document.meta.get("og:title", "") or document.meta.get("twitter:title", "")


def next_page(document: Document, layouts: Iterable[Layout]) -> str | None:
    """Return the address of the topic's next page."""
    if named := document.join(document.links.get("next")):
        return named
    for layout in layouts:
        for path in layout.next_pages:
            if address := document.join(next(iter(path(document.root)), None)):
                return address
    return None


def page_number(document: Document) -> int:
    """Return which page of its topic this is: 1, or more than 1 as far as the address tells."""
    found = _PAGE.search(document.url)
    if not found:
        return 1
    number = next((int(group) for group in found.groups()[:2] if group), 0)
    if number:
        return number
    if found.group(3):
        return 2
    return int(found.group(4)) if found.group(4) else 1


def _post(
    document: Document, layout: Layout, element: HtmlElement, taken: set[HtmlElement], now: datetime
) -> Post | None:
    def own(part: HtmlElement) -> bool:
        return next((up for up in part.iterancestors() if up in taken), None) is element

    content = _content(layout, element, own)
    if content is None:
        return None

    def drop(part: HtmlElement) -> Kind | None:
        return "drop" if part in taken or has_class(part, *layout.dropped) else None

    body = read_post_body(document, content, drop=drop, quote=layout.is_quote)
    told = layout.told(element, now)
    outside = [part for part in _outside(element, content) if own(part)]
    allowed = set(outside)
    posted = None if told.posted_at else _time(layout, element, allowed, now)
    changed = _edited(layout, element, own, now)
    return replace(
        body,
        id=told.id or _number(layout, element),
        author=told.author or _author(layout, element, allowed),
        posted_at=told.posted_at or (posted.at if posted else None),
        day_only=posted.day_only if posted else False,
        edited_at=changed.at if changed else None,
    )


def _content(layout: Layout, element: HtmlElement, own: Callable[[HtmlElement], bool]) -> HtmlElement | None:
    spare = None
    for path in layout.content:
        for box in path(element):
            if not own(box) or _in_quote(layout, box, element):
                continue
            if box.xpath("boolean(normalize-space(.)) or boolean(.//img)"):
                return box
            spare = box if spare is None else spare
    return spare


def _in_quote(layout: Layout, box: HtmlElement, element: HtmlElement) -> bool:
    for above in box.iterancestors():
        if above is element:
            return False
        if layout.is_quote(above) and not has_class(above, "postcontent", "messageText", "message-body"):
            return True
    return False


def _outside(element: HtmlElement, content: HtmlElement) -> Iterable[HtmlElement]:
    """Yield the parts of a post that are not in its text."""
    walker = etree.iterwalk(element, events=("start",))
    for _, part in walker:
        if part is content:
            walker.skip_subtree()
        elif isinstance(part.tag, str) and part is not element:
            yield part


def _number(layout: Layout, element: HtmlElement) -> str | None:
    for name in layout.numbers:
        holder = element if element.get(name) else first(element.xpath(f".//*[@{name}]"))
        if holder is not None and (found := re.search(r"(\d+)(?!.*\d)", holder.get(name) or "")):
            return found.group(1)
    return None


def _author(layout: Layout, element: HtmlElement, allowed: set[HtmlElement]) -> str | None:
    for path in layout.authors:
        for found in path(element):
            if isinstance(found, str):
                text = clean(found)
            else:
                text = line(found) if found in allowed else ""
            if text and len(text) <= 100 and not _GUEST_ICON.match(text):
                return text
    return None


def _time(layout: Layout, element: HtmlElement, allowed: set[HtmlElement], now: datetime) -> Dated | None:
    for path in layout.times:
        for stamp in path(element):
            if stamp in allowed and (found := stamp_time(stamp, now)):
                return found
    return _printed(allowed, now)


def stamp_time(stamp: HtmlElement, now: datetime) -> Dated | None:
    """Return the instant of a time element: its data first, what it prints last."""
    for name in ("data-time", "data-timestamp"):
        if at := from_epoch(stamp.get(name), now=now):
            return Dated(at, False, name)
    printed = line(stamp)
    both = f"{stamp.get('data-datestring') or ''} {stamp.get('data-timestring') or ''}".strip()
    for value in (stamp.get("datetime"), stamp.get("content"), both, stamp.get("title"), printed[-120:]):
        if value and (found := parse_date(value, now=now)):
            return found
    return None


def _printed(parts: Iterable[HtmlElement], now: datetime) -> Dated | None:
    """Return the first date with an hour that stands alone in a post's frame, not the day its author joined."""
    best: Dated | None = None
    for part in parts:
        if len(part) > 4:
            continue
        text = line(part)
        if not 6 <= len(text) <= 60 or not re.search(r"\d", text) or _JOINED.search(text):
            continue
        found = parse_date(text, now=now)
        if found and not found.day_only and (best is None or found.at < best.at):
            best = found
    return best


def _edited(
    layout: Layout, element: HtmlElement, own: Callable[[HtmlElement], bool], now: datetime
) -> Dated | None:
    for path in layout.edited:
        for box in path(element):
            if not own(box):
                continue
            inner = first(box.xpath(".//time | .//abbr | .//*[contains(@class,'DateTime')]"))
            found = stamp_time(inner if inner is not None else box, now)
            if found:
                return found
    return None


def _completed(post: Post, known: Told | None) -> Post:
    if known is None:
        return post
    return replace(post, author=post.author or known.author, posted_at=post.posted_at or known.posted_at)


def _title_words(box: HtmlElement, layout: Layout) -> str:
    return " ".join(
        block.text
        for block in blocks(box, lambda part: "drop" if has_class(part, *layout.title_dropped) else None)
    )
