"""Topics of phpBB 2 and 3, in its own styles (prosilver, subsilver2, subSilver) and skins built on them.

Boards before 3.3 print the time as text in the board's own format and zone:
"Postby r23 » Fri Dec 21, 2018 6:11 pm".
"""

from __future__ import annotations

import re
from datetime import datetime

from crawler.sites.engine import Layout, read_topic
from crawler.sites.engine import next_page as following
from crawler.sites.select import Element
from crawler.sites.tree import Document, has_class, text_of
from state.article import Article

_POWERED = (b"viewtopic", b"phpBB", b"postprofile", b"phpbb")
_QUOTES = frozenset(("quote", "quotecontent", "quotewrapper", "quotetitle"))
_DIGITS = re.compile(r"^\d+$")


def _is_quote(element: Element) -> bool:
    if element.tag == "blockquote":
        return True
    return has_class(element, _QUOTES)


LAYOUTS = (
    Layout(
        # viewtopic_body.html of prosilver 3.0 to 3.3, and its viewtopic_print.html
        name="phpbb 3 prosilver",
        anchor="#p{id}",
        posts=(
            "div.post[id^=p]",
            ".post[id^=p]",
            ".postrow[id^=p]",
            ".post-container",
            "article.post",
            ".post",
            ".postbody",
        ),
        content=(
            "div.postbody div.content",
            "div.content",
            ".content",
            ".post-content",
            ".postcontent",
            ".post-text",
            "[itemprop=text]",
            "[itemprop=articleBody]",
            "[id^=post_content]",
        ),
        authors=(
            "p.author a.username",
            "p.author a.username-coloured",
            "p.author span.username",
            "p.author span.username-coloured",
            ".author .username, .author .username-coloured",
            ".postprofile .username, .postprofile .username-coloured",
            ".username, .username-coloured, .guest_username",
            "a[href*=mode=viewprofile], a[href*=memberlist.php]",
            ".author strong",
            ".postprofile dt strong",
            "[itemprop=author] [itemprop=name]",
            ".postauthor",
            ".postprofile dt",
        ),
        times=(
            "p.author time",
            "p.author",
            "time",
            ".author",
            ".post-date, .postdate, .post-time, .post_date, .posttime, .date",
        ),
        titles=(
            "h2.topic-title",
            "h1.topic-title",
            "h3.topic-title",
            "h2 a[href*=viewtopic]",
            "#page-header h2",
            "h1 a[href*=viewtopic]",
            "h3.first",
            "h1",
            "h2",
        ),
        edited=("div.notice",),
        next_pages=(".pagination .next a", "a[rel=next]", "a.right-box[href*=start=]"),
        dropped=tuple(
            "signature notice attachbox post-buttons author rules back2top codehead postprofile profile-icons".split()
        ),
        is_quote=_is_quote,
    ),
    Layout(
        name="phpbb 3 subsilver2",
        anchor="#p{id}",
        posts=(".postauthor",),
        posts_in="table",
        content=("div.postbody", ".postbody"),
        authors=(".postauthor",),
        times=("td.gensmall div[style*=right]", "td.gensmall div", "td.gensmall", ".postdate"),
        titles=("a.titles", "a.maintitle", "h1", "h2"),
        next_pages=("td.gensmall a[href*=start=]", "a[rel=next]"),
        dropped=("attachtitle", "attachcontent", "genmed"),
        is_quote=_is_quote,
        numbers=("name",),
    ),
    Layout(
        name="phpbb 2",
        anchor="#{id}",
        posts=("span.name",),
        posts_in="tr",
        content=(".postbody",),
        content_in="td",
        authors=(".name b", ".name", "b.postauthor"),
        times=(".postdetails",),
        titles=("a.maintitle", ".maintitle", "h1"),
        next_pages=("a[rel=next]", ".nav a[href*=start=]"),
        dropped=("genmed", "gensmall", "postdetails"),
        is_quote=_is_quote,
        numbers=("name",),
        needs=(".postbody",),
    ),
)


def matches(document: Document) -> bool:
    """Tell whether a page bears this software's markers."""
    if document.index.holds(classes=("postbody", "postprofile")) or _is_tabled(document):
        return any(mark in document.data for mark in _POWERED)
    # prosilver's print view has neither
    return document.has_id("phpbb") and document.first("div.post div.content") is not None


def _is_tabled(document: Document) -> bool:
    """Tell whether a page has posts in cells of tables, or in spans there, as the styles of version 2 have."""
    return next(document.root.iter("table"), None) is not None and b"postbody" in document.data


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    return read_topic(document, LAYOUTS, "phpbb", now)


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page: the link after the number that is shown bold."""
    for current in document.select(
        ".pagination strong, .pagination .active, .gensmall strong, .nav b, .gensmall b"
    ):
        if not _DIGITS.match(text_of(current)):
            continue
        for beside in current.itersiblings():
            link = beside if beside.tag == "a" else next(beside.iter("a"), None)
            if link is not None and (address := document.join(link.get("href"))):
                return address
    return following(document, LAYOUTS[:1])
