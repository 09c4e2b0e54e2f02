"""Topics of Invision Community: versions 4 and 5, and IP.Board 3.

A post of version 4 says author and time twice (phone and desktop), repeats its
whole text in ``data-webShareText``, and carries them once more, exactly, as JSON
in ``data-quotedata``: that JSON is believed first.  What is printed is in the
viewer's locale and is read only where there is no ``datetime``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from crawler.sites.blocks import Kind, line
from crawler.sites.dates import from_epoch, parse_date
from crawler.sites.forum import Post, read_post_body, topic
from crawler.sites.jsonld import read_json, string
from crawler.sites.tree import Document, class_path, first, has_class
from crawler.sites.words import clean
from state.article import Article
from state.errors import LayoutError

_POSTS_4 = etree.XPath(
    '//article[starts-with(@id,"elComment_")] | //*[starts-with(@id,"elPostFeed")]//article[@id]'
)
_POSTS_3 = etree.XPath(f'//div[starts-with(@id,"post_id_")] | //div[{class_path("post_block")}]')
_CONTENT = (
    etree.XPath('.//*[@data-role="commentContent"]'),
    etree.XPath(f".//*[{class_path('ipsType_richText', 'ipsRichText', 'cPost_contentWrap')}]"),
    etree.XPath('.//*[@itemprop="commentText" or @itemprop="text"]'),
    etree.XPath(f".//*[{class_path('post', 'entry-content', 'post_body')}]"),
)
_QUOTE_DATA = etree.XPath("descendant-or-self::*[@data-quotedata]/@data-quotedata")
_AUTHORS = (
    etree.XPath(f".//aside//*[{class_path('cAuthorPane_author', 'ipsEntry__username')}]"),
    etree.XPath(f".//*[{class_path('cAuthorPane_author', 'ipsEntry__username', 'ipsComment_authorName')}]"),
    etree.XPath('.//*[@itemprop="creator name" or @itemprop="creator" or @itemprop="author"]'),
    etree.XPath(f".//*[{class_path('author', 'username')}]"),
    etree.XPath('.//header//h3 | .//header//h4 | .//a[contains(@href,"/profile/")][normalize-space(.)]'),
)
_TIMES = etree.XPath(".//time | .//abbr[@itemprop] | .//abbr[contains(@class,'published')]")
_EDITED = etree.XPath(
    f".//*[{class_path('ipsComment_edited', 'edit', 'ipsEdited', 'ipsEntry__edited')}] | .//*[@data-excludequote]"
)
_TITLES = (
    etree.XPath(f"//h1[{class_path('ipsType_pageTitle', 'ipsPageHeader__title', 'ipsTitle')}]"),
    etree.XPath(f"//h1[{class_path('ipsType_pagetitle')}]"),
    etree.XPath("//h1"),
)
_CONTAINED = etree.XPath(f".//span[{class_path('ipsType_break', 'ipsContained')}]")
_NEXT = etree.XPath(f"//li[{class_path('ipsPagination_next', 'ipsPagination__next', 'next')}]//a/@href")
_PAGE = re.compile(r"/page/(\d+)|[?&]page=(\d+)|[?&]st=([1-9]\d*)")
_DROPPED = (
    "ipsComment_edited", "ipsEdited", "edit", "ipsQuote_citation", "ipsItemControls", "ipsEmbedded", "ipsAttachLink_block",
    "cPostShareMenu", "ipsComment_reactions", "ipsHide", "ipsSpoiler_header", "signature", "ipsTruncate_more",
)  # fmt: skip


def matches(markup: str) -> bool:
    """Tell whether a page bears this software's markers."""
    return (
        'id="elComment_' in markup
        or "id='elComment_" in markup
        or ('data-role="commentContent"' in markup or "data-role='commentContent'" in markup)
        or ("ipsEntry__post" in markup and "ipsRichText" in markup)
        or ("post_id_" in markup and "post_block" in markup)
    )


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page.

    Raises:
        LayoutError: It has no title or no post with words.
    """
    elements, version = _posts(document)
    read = [post for element in elements if (post := _post(document, element, now))]
    by_id = _data_by_id(document, now)
    posts = [_completed(post, by_id) for post in read]
    return topic(
        document,
        title=_title(document),
        posts=posts,
        site="invision",
        page=page_number(document),
        provenance={"parser": f"invision {version}"},
    )


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page."""
    return document.join(document.links.get("next")) or document.join(next(iter(_NEXT(document.root)), None))


def page_number(document: Document) -> int:
    """Return which page of its topic this is, from 1."""
    found = _PAGE.search(document.url)
    if not found:
        return 1
    return int(found.group(1) or found.group(2)) if not found.group(3) else 2


def _posts(document: Document) -> tuple[list[HtmlElement], str]:
    found = [
        post for post in _POSTS_4(document.root) if not has_class(post, "ipsComment_highlighted_duplicate")
    ]
    if found:
        return found, "5" if "ipsEntry" in document.markup else "4"
    if found := _POSTS_3(document.root):
        return found, "3"
    boxes = _CONTENT[0](document.root)
    if not boxes:
        raise LayoutError(
            "no post: tried article#elComment_, .post_block, [data-role=commentContent]", url=document.url
        )
    return [_frame(box) for box in boxes], "by content"


def _frame(box: HtmlElement) -> HtmlElement:
    """Return the element around a post's text that also holds its author and time."""
    for above in box.iterancestors():
        if above.tag == "article" or above.get("data-commentid") or _TIMES(above):
            return above
    return box


def _post(document: Document, element: HtmlElement, now: datetime) -> Post | None:
    content = _content(element)
    if content is None:
        return None
    data = _quote_data(element)
    number = str(data.get("contentcommentid") or "") or _number(element)
    post = read_post_body(document, content, drop=_drop, quote=is_quote)
    edited = first(_EDITED(element))
    times = [stamp for stamp in _TIMES(element) if not _within(stamp, content) and not _within(stamp, edited)]
    posted, day_only = from_epoch(data.get("timestamp"), now=now), False
    if posted is None:
        posted, day_only = _time(times, now)
    changed = parse_date(_stamp(edited), now=now) if edited is not None else None
    return replace(
        post,
        id=number or None,
        author=clean(str(data.get("username") or "")) or _author(element, content),
        posted_at=posted,
        day_only=day_only,
        edited_at=changed.at if changed else None,
    )


def _content(element: HtmlElement) -> HtmlElement | None:
    for path in _CONTENT:
        found = [box for box in path(element) if not any(is_quote(up) for up in box.iterancestors())]
        if found:
            return (
                max(found, key=lambda box: len(box.xpath("string()")))
                if path is not _CONTENT[0]
                else found[0]
            )
    return None


def _quote_data(element: HtmlElement) -> dict[str, Any]:
    for raw in _QUOTE_DATA(element):
        value = read_json(raw)
        if isinstance(value, dict):
            return value
    return {}


def _number(element: HtmlElement) -> str:
    found = re.search(r"(\d+)", element.get("id") or element.get("data-commentid") or "")
    return found.group(1) if found else ""


def _author(element: HtmlElement, content: HtmlElement) -> str | None:
    for path in _AUTHORS:
        for box in path(element):
            if not _within(box, content) and (text := line(box)):
                return text
    return None


def _time(times: list[HtmlElement], now: datetime) -> tuple[datetime | None, bool]:
    for stamp in times:
        for value in (stamp.get("datetime"), stamp.get("title"), line(stamp)):
            if found := parse_date(value, now=now):
                return found.at, found.day_only
    return None, False


def _stamp(edited: HtmlElement) -> str:
    stamp = first(_TIMES(edited))
    return (stamp.get("datetime") or line(stamp)) if stamp is not None else line(edited)


def _within(element: HtmlElement, outer: HtmlElement | None) -> bool:
    return outer is not None and (element is outer or any(up is outer for up in element.iterancestors()))


def is_quote(element: HtmlElement) -> bool:
    """Tell whether an element repeats another post."""
    if element.tag != "blockquote" and not has_class(element, "ipsQuote", "ipsBlockquote", "quote"):
        return False
    return (
        has_class(element, "ipsQuote", "ipsBlockquote", "quote")
        or any(name.startswith("data-ipsquote") for name in element.keys())
        or element.get("data-cite") is not None
        or element.get("data-author") is not None
    )


def _drop(element: HtmlElement) -> Kind | None:
    return "drop" if has_class(element, *_DROPPED) or element.get("data-excludequote") is not None else None


def _title(document: Document) -> str:
    for path in _TITLES:
        for box in path(document.root):
            inner = [span for span in _CONTAINED(box) if line(span)]
            if text := line(inner[-1]) if inner else line(box):
                return text
    return re.sub(r"\s+-\s+[^-]{2,60}\s+-\s+[^-]{2,80}$", "", document.meta.get("og:title", ""))


def _data_by_id(document: Document, now: datetime) -> dict[str, tuple[str, datetime | None]]:
    """Return author and time of each post that the page's JSON-LD names."""
    found: dict[str, tuple[str, datetime | None]] = {}
    for item in document.json_ld:
        comments = item.get("comment")
        for part in [item, *(comments if isinstance(comments, list) else [])]:
            if not isinstance(part, dict):
                continue
            number = re.search(r"comment[-_=](\d+)", f"{part.get('@id', '')} {part.get('url', '')}")
            when = parse_date(string(part, "dateCreated") or string(part, "datePublished"), now=now)
            if number:
                found.setdefault(number.group(1), (string(part, "author", "name"), when.at if when else None))
    return found


def _completed(post: Post, by_id: dict[str, tuple[str, datetime | None]]) -> Post:
    author, when = by_id.get(post.id or "", ("", None))
    return replace(post, author=post.author or author or None, posted_at=post.posted_at or when)
