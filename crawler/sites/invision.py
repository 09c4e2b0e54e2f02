"""Topics of Invision Community: versions 4 and 5, and IP.Board 3.

A post of version 4 says author and time twice (phone and desktop), repeats its
whole text in ``data-webShareText``, and carries them once more, exactly, as JSON
in ``data-quotedata``: that JSON is believed first.  What is printed is in the
viewer's locale and is read only where there is no ``datetime``.
"""

from __future__ import annotations

import re
from datetime import datetime

from crawler.sites.dates import from_epoch, parse_date
from crawler.sites.engine import Layout, Told, read_topic
from crawler.sites.engine import next_page as following
from crawler.sites.jsonld import read_json, string
from crawler.sites.select import Element, Index
from crawler.sites.tree import Document, has_class
from crawler.sites.words import clean
from state.article import Article

_COMMENT_NUMBER = re.compile(r"comment[-_=](\d+)")
_QUOTE_DATA = (
    "data-ipsquote",
    "data-ipsquote-username",
    "data-ipsquote-timestamp",
    "data-ipsquote-contentid",
)
_NO_FORUMS = frozenset(("cms", "blog", "calendar", "downloads", "gallery"))
_QUOTES = frozenset(("ipsQuote", "ipsBlockquote", "quote", "quotemain"))
_DROPPED = tuple(
    "ipsComment_edited ipsEdited edit ipsQuote_citation ipsItemControls ipsAttachLink_block cPostShareMenu "
    "ipsComment_reactions ipsHide ipsSpoiler_header signature ipsTruncate_more ipsEntry__edited ipsEntry__footer citation".split()
)


def _is_quote(element: Element) -> bool:
    if element.tag != "blockquote":
        return has_class(element, _QUOTES)
    if has_class(element, _QUOTES) or any(element.get(name) is not None for name in _QUOTE_DATA):
        return True
    return element.get("data-cite") is not None or element.get("data-author") is not None


def _told(frame: Index, now: datetime) -> Told:
    holder = frame.first("div[data-quotedata]", "article[data-quotedata]")
    data = read_json(holder.get("data-quotedata") or "") if holder is not None else None
    if not isinstance(data, dict):
        return Told()
    return Told(
        id=clean(str(data.get("contentcommentid") or "")) or None,
        author=clean(str(data.get("username") or "")) or None,
        posted_at=from_epoch(data.get("timestamp"), now=now),
    )


def _from_json_ld(document: Document, now: datetime) -> dict[str, Told]:
    """Return author and time of each post that the page's JSON-LD names."""
    found: dict[str, Told] = {}
    for item in document.json_ld:
        comments = item.get("comment")
        for part in [item, *(comments if isinstance(comments, list) else [])]:
            if not isinstance(part, dict):
                continue
            if number := _COMMENT_NUMBER.search(f"{part.get('@id', '')} {part.get('url', '')}"):
                when = parse_date(string(part, "dateCreated") or string(part, "datePublished"), now=now)
                author = string(part, "author", "name") or None
                found.setdefault(number.group(1), Told(number.group(1), author, when.at if when else None))
    return found


_TITLES = (
    "h1.ipsType_pageTitle span.ipsContained span",
    "h1.ipsType_pageTitle",
    "h1.ipsPageHeader__title",
    "h1.ipsTitle",
    "h1.ipsType_pagetitle",
    "h1",
)
_NEXT = (".ipsPagination_next a", ".ipsPagination__next a", ".pagination .next a", "a[rel=next]")
_FOUR = Layout(
    # 5 keeps elComment_ and commentContent of 4: its template forums/front/topics/post says data-ips-hook="postContent"
    name="invision 4",
    anchor="?do=findComment&comment={id}",
    posts=(
        "article[id^=elComment_]",
        "[id^=elComment_]",
        "article.cPost",
        "article.ipsComment",
        "article.ipsEntry",
        "[data-commentid]",
    ),
    content=(
        "div[data-role=commentContent]",
        "[data-role=commentContent]",
        ".ipsEntry__content .ipsRichText",
        ".ipsRichText",
        ".ipsType_richText",
        "[itemprop=text]",
        ".cPost_contentWrap",
    ),
    authors=(
        "aside h3.cAuthorPane_author",
        "h3.cAuthorPane_author",
        "aside .cAuthorPane_author",
        ".cAuthorPane_author",
        ".ipsEntry__username",
        ".ipsComment_author h3",
        "[itemprop=author]",
        "a[href*=/profile/]",
    ),
    times=("div.ipsComment_meta time", "p.ipsComment_meta time", "time"),
    titles=_TITLES,
    edited=("span[data-excludequote]", "div.ipsComment_edited", "p.ipsEdited", "div.ipsEntry__edited"),
    next_pages=_NEXT,
    dropped=_DROPPED,
    dropped_attributes=("data-excludequote",),
    is_quote=_is_quote,
    numbers=("data-commentid", "id"),
    told=_told,
    by_id=_from_json_ld,
)
_THREE = Layout(
    name="ip.board 3",
    anchor="#entry{id}",
    posts=("div.post_block[id^=post_id_]", ".post_block", "[id^=post_id_]"),
    content=("[itemprop=commentText]", ".post.entry-content", ".entry-content", ".post_body .post"),
    authors=(".author.vcard", ".author", "[itemprop=name]", "[itemprop=creator]", ".post_username"),
    times=("[itemprop=commentTime]", "abbr.published", ".posted_info abbr", ".posted_info", "time"),
    titles=_TITLES,
    edited=("p.edit",),
    next_pages=_NEXT,
    dropped=_DROPPED,
    is_quote=_is_quote,
)
#: As skin_topic of versions 1.3 and 2 prints posts: a table each, or rows of one.
_TWO = Layout(
    name="ip.board 2",
    posts=("div.postcolor", ".postcolor"),
    posts_in="table",
    content=(".postcolor",),
    authors=(".normalname", ".unreg", "a[href*=showuser]"),
    times=(".postdetails", "td[class*=row] div", "td.post-date", "span"),
    titles=("div.maintitle b", ".topictitle", "div.maintitle", "h1", "title"),
    edited=("span.edit",),
    next_pages=("a[rel=next]", "a[title^=Next]"),
    dropped=("edit", "signature", "quotetop", "codetop"),
    is_quote=_is_quote,
    numbers=("name", "id"),
    needs=(".postcolor",),
)
#: The archive ("lo-fi version") of versions 2 and 3, whose skin other software borrowed.
_LOFI = Layout(
    name="ip.board lofi",
    posts=("div.postwrapper",),
    content=("div.postcontent", ".postcontent"),
    authors=("div.postname", ".postname"),
    times=("div.postdate", ".postdate"),
    titles=("#largetext a", "div.topictitle", "h1", "title"),
    dropped=("quotetop", "edit", "signature"),
    is_quote=_is_quote,
)
LAYOUTS = (_FOUR, _THREE, _LOFI, _TWO)


def matches(document: Document) -> bool:
    """Tell whether a page bears this software's markers and is no article with comments of its other parts."""
    body = document.root.find("body")
    if body is not None and body.get("data-pageapp") in _NO_FORUMS:
        return False
    return document.index.holds(
        classes=(
            "ipsComment",
            "cPost",
            "ipsEntry__post",
            "post_block",
            "cPost_contentWrap",
            "ipsType_richText",
            "postcolor",
            "posttopbar",
        ),
        id_prefixes=("elComment_", "post_id_"),
    )


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    edition = {"edition": "5"} if document.index.frame.naming("ipsEntry") else {}
    return read_topic(document, LAYOUTS, "invision", now, **edition)


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page."""
    return following(document, LAYOUTS)
