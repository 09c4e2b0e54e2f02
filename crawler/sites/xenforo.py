"""Topics of XenForo 1 and 2.

The author stands in ``data-author``, the instant in ``data-time`` (epoch
seconds); what is printed may be "1 minute ago".
"""

from __future__ import annotations

from datetime import datetime

from lxml.html import HtmlElement

from crawler.sites.engine import Layout, next_page as following, read_topic, xpaths
from crawler.sites.tree import Document, class_path, has_class
from state.article import Article


def _is_quote(element: HtmlElement) -> bool:
    return has_class(element, "bbCodeBlock--quote", "bbCodeBlock--unfurl", "bbCodeQuote") or (
        element.tag == "blockquote" and element.get("data-quote") is not None
    )


_TWO = Layout(
    name="xenforo 2",
    posts=xpaths(
        f'//article[{class_path("message")} and (starts-with(@id,"js-post-") or starts-with(@data-content,"post-"))]',
        '//*[starts-with(@id,"js-post-") or (starts-with(@data-content,"post-") and @data-author)]',
        f"//*[{class_path('message--post')}]",
        f"//article[{class_path('message')}][.//*[{class_path('bbWrapper')}]]",
    ),
    content=xpaths(
        f".//*[{class_path('message-body')}]//*[{class_path('bbWrapper')}]",
        f".//*[{class_path('bbWrapper')}]",
        f".//*[{class_path('message-body', 'message-content')}]",
        './/*[@itemprop="text"]',
    ),
    authors=xpaths(
        "./@data-author",
        f".//*[{class_path('message-name')}]//*[{class_path('username')}] | .//*[{class_path('message-name')}]",
        f".//*[{class_path('username')}]",
        './/*[@itemprop="author"]//*[@itemprop="name"]',
    ),
    times=xpaths(
        f".//*[{class_path('message-attribution-main', 'message-attribution')}]//time",
        f".//time[{class_path('u-dt')}] | .//header//time",
        f".//*[{class_path('message-attribution-main', 'message-attribution', 'message-date')}]",
    ),
    titles=xpaths(f"//h1[{class_path('p-title-value')}]", f"//*[{class_path('p-title-value')}]", "//h1"),
    edited=xpaths(f".//*[{class_path('message-lastEdit')}]"),
    next_pages=xpaths(f"//a[{class_path('pageNav-jump--next', 'pageNavSimple-el--next')}]/@href"),
    dropped=(
        "message-signature",
        "message-lastEdit",
        "js-selectToQuoteEnd",
        "bbCodeBlock-expandLink",
        "bbCodeBlock-shrinkLink",
        "bbCodeSpoiler-button",
        "bbMediaWrapper",
        "message-newIndicator",
        "samCodeUnit",
        "adContainer",
        "bbCodeBlock-sourceJump",
        "message-attachments",
        "js-pollContainer",
    ),  # fmt: skip
    title_dropped=("label", "label-append", "labelLink", "u-concealed"),
    is_quote=_is_quote,
    numbers=("data-content", "id", "data-lb-id"),
)
_ONE = Layout(
    name="xenforo 1",
    posts=xpaths(
        f'//li[{class_path("message")} and starts-with(@id,"post-")]',
        f'//*[{class_path("message")} and starts-with(@id,"post-")]',
        f"//li[{class_path('message')}][.//*[{class_path('messageText')}]]",
    ),
    content=xpaths(
        f".//*[{class_path('messageText')}]",
        f".//*[{class_path('messageContent')}]",
        ".//blockquote | .//article",
    ),
    authors=xpaths(
        "./@data-author",
        f".//*[{class_path('messageUserInfo', 'userText')}]//*[{class_path('username')}]",
        f".//*[{class_path('messageMeta', 'messageDetails')}]//*[{class_path('author', 'username')}]",
        f".//*[{class_path('username')}]",
    ),
    times=xpaths(
        f".//*[{class_path('messageMeta', 'messageDetails', 'privateControls')}]//*[{class_path('DateTime')}]",
        f".//*[{class_path('datePermalink')}]//*[{class_path('DateTime')} or self::time]",
        f".//*[{class_path('DateTime')}] | .//time",
        f".//*[{class_path('datePermalink')}]",
    ),
    titles=xpaths(f"//*[{class_path('titleBar')}]//h1", "//h1"),
    edited=xpaths(f".//*[{class_path('editDate')}]"),
    next_pages=xpaths(
        f'//*[{class_path("PageNav")}]//a[{class_path("text")}][last()][not(contains(text(),"<"))]/@href',
        f"//*[{class_path('PageNav')}]//a[{class_path('currentPage')}]/following-sibling::a[1]/@href",
    ),
    dropped=(
        "messageTextEndMarker",
        "quoteExpand",
        "signature",
        "attachedFiles",
        "editDate",
        "ToggleTrigger",
        "likesSummary",
        "messageNotices",
        "adFunkyMessage",
        "newIndicator",
    ),  # fmt: skip
    title_dropped=("prefix", "label"),
    is_quote=_is_quote,
)
LAYOUTS = (_TWO, _ONE)


def matches(markup: str) -> bool:
    """Tell whether a page bears this software's markers."""
    return (
        ("bbWrapper" in markup and "message" in markup)
        or 'id="js-post-' in markup
        or ("messageText" in markup and ("XenForo" in markup or "messageUserInfo" in markup))
    )


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    return read_topic(document, LAYOUTS, "xenforo", now)


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page."""
    return following(document, LAYOUTS)
