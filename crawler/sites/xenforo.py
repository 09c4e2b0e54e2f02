"""Topics of XenForo 1 and 2.

The author stands in ``data-author``, the instant in ``data-time`` (epoch
seconds); what is printed may be "1 minute ago".
"""

from __future__ import annotations

from datetime import datetime

from crawler.sites.engine import Layout, read_topic
from crawler.sites.engine import next_page as following
from crawler.sites.select import Element
from crawler.sites.tree import Document, has_class
from state.article import Article

_QUOTES = frozenset(("bbCodeBlock--quote", "bbCodeBlock--unfurl", "bbCodeQuote"))


def _is_quote(element: Element) -> bool:
    return has_class(element, _QUOTES) or (
        element.tag == "blockquote" and element.get("data-quote") is not None
    )


LAYOUTS = (
    Layout(
        # message_macros and post_macros of 2.0 to 2.3, as add-ons ship them compiled; a solution's copy has no id
        name="xenforo 2",
        anchor="#post-{id}",
        posts=(
            "article.message[id^=js-post-]",
            "[id^=js-post-]",
            "[data-content^=post-][data-author]",
            ".message--post",
            "article.message",
        ),
        content=(
            "article.message-body div.bbWrapper",
            "div.bbWrapper",
            ".message-body .bbWrapper",
            ".bbWrapper",
            ".message-body",
            ".message-content",
            "[itemprop=text]",
        ),
        authors=(
            ".message-name .username",
            ".message-name",
            ".username",
            "[itemprop=author] [itemprop=name]",
        ),
        author_data=("data-author",),
        times=(
            "header.message-attribution time",
            "time.u-dt",
            ".message-attribution-main time",
            ".message-attribution time",
            "time.u-dt",
            "header time",
            ".message-attribution-main",
            ".message-attribution",
            ".message-date",
        ),
        titles=("h1.p-title-value", "div.p-title h1", "h1"),
        edited=("div.message-lastEdit",),
        next_pages=("a.pageNav-jump--next", "a.pageNavSimple-el--next"),
        dropped=tuple(
            "message-signature message-lastEdit js-selectToQuoteEnd bbCodeBlock-expandLink bbCodeBlock-shrinkLink "
            "bbCodeSpoiler-button message-newIndicator adContainer bbCodeBlock-sourceJump message-attachments "
            "js-pollContainer samCodeUnit".split()
        ),
        title_dropped=("label", "label-append", "labelLink", "u-concealed"),
        is_quote=_is_quote,
        numbers=("data-content", "id", "data-lb-id"),
    ),
    Layout(
        name="xenforo 1",
        anchor="#post-{id}",
        posts=("li.message[id^=post-]", ".message[id^=post-]", "li.message", "div.message"),
        content=(
            "blockquote.messageText",
            ".messageText",
            ".messageContent blockquote",
            ".messageContent article",
            ".messageContent",
        ),
        authors=(
            ".messageUserInfo .username",
            ".messageMeta .author",
            ".messageMeta .username",
            ".messageDetails .username",
            ".username",
        ),
        author_data=("data-author",),
        times=(
            "a.datePermalink span.DateTime",
            "a.datePermalink abbr.DateTime",
            ".datePermalink .DateTime",
            ".messageMeta .DateTime",
            ".messageDetails .DateTime",
            ".DateTime",
            "time",
            ".datePermalink",
        ),
        titles=("div.titleBar h1", "h1"),
        edited=("div.editDate",),
        next_pages=(".PageNav a.text[href*=page-]",),
        dropped=tuple(
            "messageTextEndMarker quoteExpand signature attachedFiles editDate ToggleTrigger likesSummary "
            "messageNotices newIndicator".split()
        ),
        title_dropped=("prefix", "label"),
        is_quote=_is_quote,
    ),
)


def matches(document: Document) -> bool:
    """Tell whether a page bears this software's markers."""
    return document.index.holds(
        classes=("bbWrapper", "messageText", "message--post"), id_prefixes=("js-post-",)
    )


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    return read_topic(document, LAYOUTS, "xenforo", now)


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page."""
    return following(document, LAYOUTS)
