"""Topics of Discourse: its page for crawlers, the page a browser builds, and its JSON.

The crawler's page marks posts with schema.org words; a browser's page carries
the first posts as JSON in ``data-preloaded``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from crawler.sites.dates import parse_date
from crawler.sites.engine import Layout, next_page as following, page_number, read_topic, xpaths
from crawler.sites.forum import Post, read_post_body, topic
from crawler.sites.jsonld import read_json, string, strings
from crawler.sites.tree import Document, class_path, first, has_class, parse as parse_markup
from crawler.sites.words import clean
from state.article import Article
from state.errors import LayoutError

_PRELOADED = etree.XPath('//*[@id="data-preloaded"]/@data-preloaded')
#: Post types of Discourse: 1 is a message; 2 and 3 are moderators' actions, 4 a whisper.
_MESSAGE = 1
_DROPPED = (
    "cooked-selection-barrier",
    "post-links",
    "lightbox-info",
    "meta",
    "quote-controls",
    "clicks",
    "post-likes",
)


def _is_quote(element: HtmlElement) -> bool:
    return element.tag == "blockquote" or has_class(element, "quote", "onebox", "onebox-result")


_CRAWLER = Layout(
    name="discourse crawler page",
    posts=xpaths(
        f"//*[{class_path('crawler-post')}]",
        f'//*[@itemprop="comment" or contains(@itemtype,"DiscussionForumPosting")][.//*[{class_path("post")}]]',
        f'//*[starts-with(@id,"post_")][.//*[{class_path("post", "cooked")}]]',
    ),
    content=xpaths(
        f'.//*[{class_path("post")} and (@itemprop="articleBody" or @itemprop="text")]',
        f".//*[{class_path('cooked')}]",
        './/*[@itemprop="articleBody" or @itemprop="text"]',
        f".//*[{class_path('post')}]",
    ),
    authors=xpaths(
        f'.//*[{class_path("creator")}]//*[@itemprop="name"]',
        './/*[@itemprop="author"]//*[@itemprop="name"]',
        f".//*[{class_path('names')}]//*[{class_path('username')}] | .//*[{class_path('creator')}]//a",
        f".//*[{class_path('names')}]//a | .//a[@data-user-card][normalize-space(.)]",
    ),
    times=xpaths(
        './/time[@itemprop="datePublished"] | .//meta[@itemprop="datePublished"]',
        f".//time[{class_path('post-time')}] | .//*[{class_path('relative-date')}][@data-time]",
        ".//time",
        f".//*[{class_path('crawler-post-infos')}]",
    ),
    titles=xpaths('//*[@id="topic-title"]//h1', f"//*[{class_path('fancy-title')}]", "//h1", "//h2"),
    next_pages=xpaths('//*[@itemprop="url"][@rel="next"]/@href', '//a[@rel="next"]/@href'),
    dropped=_DROPPED,
    title_dropped=("topic-category", "badge-wrapper", "edit-topic"),
    is_quote=_is_quote,
    numbers=("id",),
)
_OLD = Layout(
    name="discourse page without scripts",
    posts=xpaths(f'//*[{class_path("post")} and (@itemprop="articleBody" or @itemprop="text")]/..'),
    content=_CRAWLER.content,
    authors=(*_CRAWLER.authors, *xpaths(f".//*[{class_path('creator')}]//b")),
    times=(*_CRAWLER.times, *xpaths(f".//*[{class_path('creator')}]")),
    titles=_CRAWLER.titles,
    next_pages=_CRAWLER.next_pages,
    dropped=_DROPPED,
    is_quote=_is_quote,
)
LAYOUTS = (_CRAWLER, _OLD)


def matches(markup: str) -> bool:
    """Tell whether a page bears this software's markers."""
    return (
        "crawler-post" in markup
        or 'id="data-preloaded"' in markup
        or ('content="Discourse' in markup and ("/t/" in markup or 'itemprop="articleBody"' in markup))
        or ('class="cooked"' in markup and 'class="topic-post' in markup)
    )


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    try:
        return read_topic(document, LAYOUTS, "discourse", now)
    except LayoutError:
        stored = _preloaded(document)
        if stored is None:
            raise
        return topic_article(document, stored, now)


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page."""
    return following(document, LAYOUTS)


def is_topic(value: Any) -> bool:
    """Tell whether a JSON value is a topic as ``/t/<id>.json`` answers it."""
    return isinstance(value, dict) and isinstance(value.get("post_stream"), dict) and "title" in value


def topic_article(document: Document, value: dict[str, Any], now: datetime) -> Article:
    """Return the topic of its JSON; hidden and deleted posts and moderators' actions are left out.

    Raises:
        LayoutError: It has no title or no post with words.
    """
    stored = value["post_stream"].get("posts")
    posts = [
        post for item in stored or [] if isinstance(item, dict) and (post := _json_post(document, item, now))
    ]
    first_number = next((item.get("post_number") for item in stored or [] if isinstance(item, dict)), 1)
    article = topic(
        document,
        title=string(value, "title"),
        posts=posts,
        site="discourse",
        page=max(2, page_number(document)) if first_number not in (1, None) else 1,
        provenance={"parser": "discourse json", "announced": value.get("posts_count")},
    )
    return replace(article, tags=strings(value, "tags"))


def _json_post(document: Document, item: dict[str, Any], now: datetime) -> Post | None:
    if item.get("post_type", _MESSAGE) != _MESSAGE or item.get("hidden") or item.get("deleted_at"):
        return None
    root, _ = parse_markup(f"<div>{item.get('cooked') or ''}</div>")
    if root is None:
        return None

    def drop(element: HtmlElement) -> Any:
        return "drop" if has_class(element, *_DROPPED) else None

    body = read_post_body(document, root, drop=drop, quote=_is_quote)
    created = parse_date(string(item, "created_at"), now=now)
    updated = parse_date(string(item, "updated_at"), now=now)
    number = item.get("post_number")
    parent = item.get("reply_to_post_number")
    return replace(
        body,
        id=str(number) if number else None,
        author=clean(str(item.get("username") or item.get("name") or "")) or None,
        posted_at=created.at if created else None,
        edited_at=updated.at
        if updated and created and updated.at > created.at and item.get("version", 2) != 1
        else None,
        parent=str(parent) if parent else None,
    )


def _preloaded(document: Document) -> dict[str, Any] | None:
    outer = read_json(first(_PRELOADED(document.root)) or "")
    if not isinstance(outer, dict):
        return None
    for name, inner in outer.items():
        if re.fullmatch(r"topic_\d+", name):
            value = read_json(inner) if isinstance(inner, str) else inner
            if is_topic(value):
                return value if isinstance(value, dict) else None
    return None
