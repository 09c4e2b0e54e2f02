"""Topics of vBulletin 3, 4 and 5.

Advertising scripts stand inside messages, session ids inside canonical
addresses; what is printed as time is in the board's own format ("Gestern, 14:03").
"""

from __future__ import annotations

from datetime import datetime

from lxml.html import HtmlElement

from crawler.sites.engine import Layout, next_page as following, read_topic, xpaths
from crawler.sites.tree import Document, class_path, has_class
from state.article import Article

_QUOTES = ("bbcode_quote", "quote_container", "bbcode_quote_container", "quotearea")
_NEXT = (
    '//a[@rel="next"]/@href',
    f'//*[{class_path("prev_next")}]//a[@rel="next"]/@href',
    f"//a[{class_path('js-pagenav-next-button', 'right-arrow')}][not({class_path('h-disabled')})]/@href",
)


def _is_quote(element: HtmlElement) -> bool:
    if has_class(element, *_QUOTES):
        return True
    if element.tag == "td" and has_class(element, "alt2"):
        return True
    return element.tag == "blockquote" and not has_class(element, "postcontent", "restore")


_FIVE = Layout(
    name="vbulletin 5",
    posts=xpaths(
        f"//li[{class_path('b-post')} and @data-node-id]",
        f"//*[{class_path('b-post', 'js-post')}][.//*[{class_path('js-post__content-text')}]]",
    ),
    content=xpaths(
        f".//*[{class_path('js-post__content-text')}]",
        './/*[@itemprop="text"]',
        f".//*[{class_path('b-post__content')}]",
    ),
    authors=xpaths(
        './/*[@itemprop="author"]//*[@itemprop="name"]',
        f".//*[{class_path('b-userinfo')}]//*[{class_path('author')}]//a | .//*[{class_path('author')}]//strong",
        f".//*[{class_path('b-userinfo__details', 'b-userinfo')}]//*[{class_path('author')}]",
        f".//*[{class_path('author')}]",
    ),
    times=xpaths('.//time[@itemprop="dateCreated"]', ".//time", f".//*[{class_path('b-post__timestamp')}]"),
    titles=xpaths(
        f"//h1[{class_path('main-title')}]", f"//*[{class_path('b-post__title', 'js-post-title')}]", "//h1"
    ),
    edited=xpaths(f".//*[{class_path('b-post__edit-info', 'post-edit', 'edit-info')}]"),
    next_pages=xpaths(*_NEXT),
    dropped=(
        "b-post__footer",
        "js-post-controls",
        "b-post__signature",
        "post-signature",
        "b-post__attachments",
    ),
    is_quote=_is_quote,
    numbers=("data-node-id", "id"),
)
_FOUR = Layout(
    name="vbulletin 4",
    posts=xpaths(
        '//li[starts-with(@id,"post_") and number(substring(@id,6))=number(substring(@id,6))]',
        f"//li[{class_path('postbit', 'postbitlegacy', 'postcontainer')}]",
        f'//*[{class_path("postbit", "postbitlegacy")}][.//*[starts-with(@id,"post_message_")]]',
    ),
    content=xpaths(
        f'.//*[starts-with(@id,"post_message_")]//*[{class_path("postcontent")}]',
        './/*[starts-with(@id,"post_message_")]',
        f".//*[{class_path('postcontent')}]",
    ),
    authors=xpaths(
        f".//a[{class_path('username')}]//strong",
        f".//*[{class_path('username')}]",
        f".//*[{class_path('username_container')}]//strong | .//*[{class_path('bigusername')}]",
        './/a[contains(@href,"member")][normalize-space(.)]',
    ),
    times=xpaths(
        f".//*[{class_path('postdate', 'posthead')}]//*[{class_path('date')}]",
        f".//*[{class_path('postdate')}] | .//time",
    ),
    titles=xpaths(
        f"//*[{class_path('threadtitle')}]",
        f"//*[{class_path('pagetitle')}]//h1",
        '//*[@id="pagetitle"]//h1',
        "//h1",
    ),
    edited=xpaths(f".//*[{class_path('lastedited')}]"),
    next_pages=xpaths(*_NEXT),
    dropped=("lastedited", "signature", "signaturecontainer", "attachments", "bbcode_postedby"),
    is_quote=_is_quote,
)
_THREE = Layout(
    name="vbulletin 3",
    posts=xpaths(
        '//table[starts-with(@id,"post") and number(substring(@id,5))=number(substring(@id,5))]',
        '//*[starts-with(@id,"edit") and number(substring(@id,5))=number(substring(@id,5))][.//*[starts-with(@id,"post_message_")]]',
        '//table[.//*[starts-with(@id,"post_message_")]][not(.//table[.//*[starts-with(@id,"post_message_")]])]',
        '//*[starts-with(@id,"post_message_")]/..',
    ),
    content=xpaths('.//*[starts-with(@id,"post_message_")]'),
    authors=xpaths(
        f".//*[{class_path('bigusername')}]",
        './/*[starts-with(@id,"postmenu_")]',
        f".//*[{class_path('username', 'postbit_username', 'author')}]",
        './/a[contains(@href,"member.php") or contains(@href,"/members/")][normalize-space(.)]',
    ),
    times=xpaths(
        f'.//td[{class_path("thead")}][1] | .//*[{class_path("thead")}][.//a[starts-with(@name,"post")]]',
        f".//*[{class_path('postdate', 'date')}] | .//time",
        './/td[.//a[starts-with(@name,"post")]]',
    ),
    titles=xpaths(
        f"//td[{class_path('navbar')}]//strong", f"//*[{class_path('navbar')}]//strong", "//h1", "//title"
    ),
    edited=xpaths(f'.//*[{class_path("smallfont")}][.//em][contains(.,"edit") or contains(.,"ändert")]'),
    next_pages=xpaths(*_NEXT),
    dropped=("smallfont",),
    is_quote=_is_quote,
    numbers=("id",),
)
LAYOUTS = (_FIVE, _FOUR, _THREE)


def matches(markup: str) -> bool:
    """Tell whether a page bears this software's markers."""
    return "post_message_" in markup or "js-post__content-text" in markup or "postbitlegacy" in markup


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    return read_topic(document, LAYOUTS, "vbulletin", now)


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page."""
    return following(document, LAYOUTS)
