"""Topics of Discourse: its page for crawlers, the page a browser builds, and its JSON.

The crawler's page marks posts with schema.org words; a browser's page carries
the first posts as JSON in ``data-preloaded``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler.sites.dates import parse_date
from crawler.sites.engine import Layout, page_number, read_topic
from crawler.sites.engine import next_page as following
from crawler.sites.forum import Post, read_post_body, topic
from crawler.sites.jsonld import objects, read_json, string, strings
from crawler.sites.select import Element
from crawler.sites.tree import Document, has_class, read_document
from crawler.sites.tree import parse as parse_markup
from crawler.sites.words import clean
from state.article import Article
from state.errors import LayoutError
from state.records import Page

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
_DROPPED_SET = frozenset(_DROPPED)
_QUOTES = frozenset(("quote", "onebox", "onebox-result"))


def _is_quote(element: Element) -> bool:
    return element.tag in ("blockquote", "aside") or has_class(element, _QUOTES)


LAYOUTS = (
    Layout(
        # topics/show.html.erb, as old and new: names in span.creator, times in .crawler-post-infos
        name="discourse",
        anchor="/{id}",
        posts=(
            "div.crawler-post",
            ".crawler-post",
            "article[id^=post_]",
            "[itemprop=comment]",
            "[id^=post_]",
            "[itemtype*=DiscussionForumPosting]",
        ),
        content=(
            "div.post[itemprop=articleBody]",
            "div.post[itemprop=text]",
            "div.cooked",
            ".cooked",
            "[itemprop=text]",
            ".post",
        ),
        authors=(
            "span.creator span[itemprop=name]",
            ".creator [itemprop=name]",
            "[itemprop=author] [itemprop=name]",
            ".names .username a",
            ".names .username",
            ".creator a",
            ".names a",
            ".creator b",
            "a[data-user-card]",
        ),
        times=(
            "time[itemprop=datePublished]",
            "time.post-time",
            "meta[itemprop=datePublished]",
            ".post-date .relative-date",
            ".relative-date[data-time]",
            "time",
            ".crawler-post-infos",
            ".creator",
        ),
        titles=("div#topic-title h1", "h1", "h2"),
        next_pages=("[itemprop=url][rel=next]", "a[rel=next]"),
        dropped=_DROPPED,
        title_dropped=("topic-category", "badge-wrapper", "edit-topic"),
        is_quote=_is_quote,
        numbers=("id", "data-post-number"),
        counted=True,
    ),
)


def matches(document: Document) -> bool:
    """Tell whether a page bears this software's markers."""
    if document.index.holds(classes=("crawler-post", "topic-post", "topic-body")):
        return True
    if document.has_id("data-preloaded"):
        return True
    return (
        document.meta.get("generator", "").startswith("Discourse")
        and b"DiscussionForumPosting" in document.data
    )


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    try:
        return read_topic(document, LAYOUTS, "discourse", now)
    except LayoutError:
        stored = _preloaded(document)
        if stored is None:
            raise
        article = topic_article(document, stored, now)
        return replace(article, provenance={**article.provenance, "body": "embedded"})


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page."""
    return following(document, LAYOUTS)


def is_topic(value: Any) -> bool:
    """Tell whether a JSON value is a topic as ``/t/<id>.json`` answers it, or more posts of one (``posts.json``)."""
    stream = value.get("post_stream") if isinstance(value, dict) else None
    return isinstance(stream, dict) and ("title" in value or isinstance(stream.get("posts"), list))


def stored_topic(page: Page) -> dict[str, Any]:
    """Return the topic that an answer is, or that a page for browsers carries; {} if there is none."""
    if page.body[:64].lstrip()[:1] == b"{":
        value = read_json(page.body.decode("utf-8-sig", "replace"))
        return value if is_topic(value) and isinstance(value, dict) else {}
    return (_preloaded(read_document(page)) or {}) if b"data-preloaded" in page.body else {}


def topic_article(document: Document, value: dict[str, Any], now: datetime) -> Article:
    """Return the topic of its JSON; hidden and deleted posts and moderators' actions are left out.

    Raises:
        LayoutError: It has no title or no post with words.
    """
    stored = objects(value["post_stream"], "posts")
    posts = [post for item in stored if (post := _json_post(document, item, now))]
    first_number = stored[0].get("post_number") if stored else None
    article = topic(
        document,
        title=string(value, "title") if "title" in value else _slug_title(stored),
        posts=posts,
        site="discourse",
        page=max(2, page_number(document)) if first_number not in (1, None) else 1,
        provenance={"parser": "discourse json", "anchor": "/{id}"},
    )
    return replace(article, tags=strings(value, "tags"))


def _slug_title(posts: list[dict[str, Any]]) -> str:
    """Return a title from the address that each post names, where further posts come without their topic."""
    return string(posts[0], "topic_slug").replace("-", " ") or "topic" if posts else ""


def _json_post(document: Document, item: dict[str, Any], now: datetime) -> Post | None:
    if item.get("post_type", _MESSAGE) != _MESSAGE or item.get("hidden") or item.get("deleted_at"):
        return None
    if item.get("user_deleted"):
        return None
    root, _ = parse_markup(f"<div>{item.get('cooked') or ''}</div>")
    if root is None:
        return None

    def drop(element: Element) -> Any:
        return "drop" if has_class(element, _DROPPED_SET) else None

    message = read_post_body(document, root, drop=drop, quote=_is_quote)
    created = parse_date(string(item, "created_at"), now=now)
    updated = parse_date(string(item, "updated_at"), now=now)
    number = item.get("post_number")
    parent = item.get("reply_to_post_number")
    return Post(
        **message._asdict(),
        id=str(number) if isinstance(number, int) else None,
        author=clean(str(item.get("username") or item.get("name") or "")) or None,
        posted_at=created.at if created else None,
        edited_at=updated.at
        if updated and created and updated.at > created.at and item.get("version", 2) != 1
        else None,
        parent=str(parent) if isinstance(parent, int) else None,
    )


def _preloaded(document: Document) -> dict[str, Any] | None:
    holder = document.first("#data-preloaded")
    outer = read_json(holder.get("data-preloaded") or "") if holder is not None else None
    if not isinstance(outer, dict):
        return None
    for name, inner in outer.items():
        if re.fullmatch(r"topic_\d+", name):
            value = read_json(inner) if isinstance(inner, str) else inner
            if is_topic(value):
                return value if isinstance(value, dict) else None
    return None
