"""Topics of vBulletin 3, 4 and 5.

Advertising scripts stand inside messages, session ids inside canonical
addresses; what is printed as time is in the board's own format ("Gestern, 14:03").
"""

from __future__ import annotations

from datetime import datetime

from crawler.sites.engine import Layout, read_topic
from crawler.sites.engine import next_page as following
from crawler.sites.select import Element
from crawler.sites.tree import Document, has_class
from state.article import Article

_QUOTES = frozenset(("bbcode_quote", "quote_container", "bbcode_quote_container", "quotearea"))
#: Version 3 frames what it quotes as a cell of a table; skins give the cell another class, the border stays.
_CELL = frozenset(("alt2", "bbcodeblock", "quotetd"))
_NEXT = ("a[rel=next]", "a.js-pagenav-next-button", "a.right-arrow")


def _is_quote(element: Element) -> bool:
    if has_class(element, _QUOTES):
        return True
    if element.tag == "td":
        return has_class(element, _CELL) or "inset" in (element.get("style") or "")
    return False  # its blockquotes are messages, or paragraphs moved in


LAYOUTS = (
    Layout(
        # as scrapers of it read it: the post is .js-post, author and time carry itemprop
        name="vbulletin 5",
        anchor="#post{id}",
        posts=("div.js-post__content-text", "div.b-post"),
        posts_in="li",
        content=("div.js-post__content-text", "[itemprop=text]", ".b-post__content"),
        authors=(
            "[itemprop=author] [itemprop=name]",
            ".b-userinfo .author a",
            ".author a",
            ".author strong",
            ".b-userinfo__details .author",
            ".author",
        ),
        times=("time[itemprop=dateCreated]", "time", ".b-post__timestamp"),
        titles=("h1.main-title", "h2.b-post__title", "h2.js-post-title", "h1"),
        edited=("div.b-post__edit-info", "div.post-edit", "div.edit-info"),
        next_pages=_NEXT,
        dropped=tuple(
            "b-post__footer js-post-controls b-post__signature post-signature b-post__attachments js-comment-list".split()
        ),
        is_quote=_is_quote,
        numbers=("data-node-id", "id"),
    ),
    Layout(
        name="vbulletin 4",
        anchor="#post{id}",
        posts=("div[id^=post_message_]", "li.postbit", "li.postbitlegacy", "li.postcontainer", "div.postbit"),
        posts_in="li",
        content=(
            "blockquote.postcontent.restore",
            "div[id^=post_message_]",
            "[id^=post_message_]",
            ".postcontent",
        ),
        authors=(
            "div.username_container a.username strong",
            "div.username_container span.username",
            "a.username strong",
            "span.username",
            ".username",
            ".username_container strong",
            ".bigusername",
            "a[href*=member]",
        ),
        times=("div.posthead span.date", "span.postdate span.date", "div.postdate", "span.postdate", "time"),
        titles=("h1 span.threadtitle", "span.threadtitle", "h1.threadtitle", "div.pagetitle h1", "h1"),
        edited=("blockquote.lastedited", "div.lastedited"),
        next_pages=_NEXT,
        dropped=(
            "lastedited",
            "signature",
            "signaturecontainer",
            "attachments",
            "bbcode_postedby",
            "bbcode_description",
        ),
        is_quote=_is_quote,
        needs=(
            "div.postbody, div.postrow, div.posthead, div.postdetails, blockquote.postcontent, "
            ".postcontent, .postbody, .posthead, .postdetails, .postrow, .username",
        ),
    ),
    Layout(
        # archive/index.php of 3.6 and 4.2 print the same markup
        name="vbulletin archive",
        posts=("div.post",),
        content=("div.posttext",),
        authors=("div.posttop div.username", "div.username"),
        times=("div.posttop div.date", "div.date"),
        titles=("p.largefont a", "#navbar", "h1", "title"),
        needs=("div.posttext", "div.posttop"),
    ),
    Layout(
        # postbit of 3.8: table#post1, td#td_post_1, div#post_message_1; a guest's name is no link
        name="vbulletin 3",
        anchor="#post{id}",
        posts=("div[id^=post_message_]", "[id^=post_message_]"),
        posts_in="table",
        content=("[id^=post_message_]",),
        authors=(
            ".bigusername",
            "[id^=postmenu_]",
            ".username, .postbit_username, .author",
            "a[href*=member.php], a[href*=/members/]",
        ),
        times=("td.thead", ".thead", ".postdate, .date", "time"),
        titles=("td.navbar strong", "div.navbar strong", "h1", "title"),
        edited=("div.smallfont em",),
        next_pages=_NEXT,
        dropped=("smallfont",),
        is_quote=_is_quote,
        needs=("[id^=post_message_]",),
    ),
)


def matches(document: Document) -> bool:
    """Tell whether a page bears this software's markers."""
    if document.index.holds(
        classes=("js-post__content-text", "postbitlegacy", "postbit", "b-post"),
        id_prefixes=("post_message_",),
    ):
        return True
    return document.index.holds(classes=("posttop",)) and document.index.holds(classes=("posttext",))


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    return read_topic(document, LAYOUTS, "vbulletin", now)


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page."""
    return following(document, LAYOUTS)
