"""Lists of articles as two content systems answer them in JSON → rows for the feed reader.

WordPress: ``/wp-json/wp/v2/posts``, a list of posts, the next page under
``page=``.  Arc XP: ``/pf/api/v3/content/fetch/…``, an object whose
``content_elements`` are stories and whose ``next`` is the offset of the next
ones, told in the ``query`` of the address, which is JSON itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import fromstring

from crawler.discover.json_feed import JsonFeed
from crawler.sites.arc_elements import story_markup
from crawler.sites.jsonld import objects, string
from state.article import tidy

#: Posts on a page of WordPress's where the address does not say how many.
_PER_PAGE = 10


def read_json_list(text: str, *, base_url: str, longest_body: int) -> JsonFeed | None:
    """Return what such a list holds and the address of its older items, None if it is other JSON.

    Args:
        text: The answer.
        base_url: Where it came from.
        longest_body: Characters kept of an item's body.
    """
    try:
        read: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(read, list):
        posts = [row for row in read if isinstance(row, dict) and is_post(row)]
        items = tuple(_post(row, longest_body) for row in posts)
        return JsonFeed(items, _next_page(base_url, len(read)), True, None) if items else None
    stories = objects(read, "content_elements") if isinstance(read, dict) and "headlines" not in read else []
    if not any("headlines" in story for story in stories):
        return None
    items = tuple(_story(story, longest_body) for story in stories if "headlines" in story)
    offset = read.get("next") if isinstance(read, dict) else None
    return JsonFeed(items, _from_offset(base_url, offset) if isinstance(offset, int) else None, True, None)


def is_post(value: Mapping[str, Any]) -> bool:
    """Tell whether a JSON object is a post of WordPress's."""
    title = value.get("title")
    return isinstance(title, dict) and "rendered" in title and isinstance(value.get("link"), str)


def _post(row: Mapping[str, Any], longest_body: int) -> dict[str, Any]:
    embedded = row.get("_embedded")
    authors = [string(person, "name") for person in objects(embedded, "author")]
    content = row.get("content")
    is_closed = isinstance(content, dict) and content.get("protected") is True
    return {
        "url": row["link"],
        "title": _plain(_rendered(row, "title"))[:500],
        "author": tidy(", ".join(filter(None, authors)) or string(row, "yoast_head_json", "author"))[:300],
        "published": _in_utc(row.get("date_gmt")),
        "modified": _in_utc(row.get("modified_gmt")),
        "summary": _rendered(row, "excerpt")[:longest_body],
        "body": "" if is_closed else _rendered(row, "content")[:longest_body],
    }


def _story(story: dict[str, Any], longest_body: int) -> dict[str, Any]:
    authors = [
        string(person, "name") for credit in objects(story, "credits") for person in objects(credit, "by")
    ]
    return {
        "url": string(story, "website_url") or string(story, "canonical_url"),
        "title": string(story, "headlines", "basic")[:500],
        "author": tidy(", ".join(filter(None, authors)))[:300],
        "published": string(story, "first_publish_date") or string(story, "display_date"),
        "modified": string(story, "last_updated_date"),
        "summary": string(story, "description", "basic")[:longest_body],
        "body": (story_markup(story) or "")[:longest_body],
    }


def _rendered(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    told = value.get("rendered") if isinstance(value, dict) else None
    return told if isinstance(told, str) else ""


def _plain(markup: str) -> str:
    try:
        return tidy(str(fromstring(f"<div>{markup}</div>").xpath("string()")))
    except ValueError:
        return tidy(unescape(markup))


def _in_utc(value: object) -> str:
    """Return a time that its name says is UTC, and that bears no zone."""
    return f"{value}Z" if isinstance(value, str) and value and not value.endswith("Z") else ""


def _next_page(base_url: str, shown: int) -> str | None:
    parts = urlsplit(base_url)
    query = dict(parse_qsl(parts.query))
    if shown < _number(query.get("per_page"), _PER_PAGE):
        return None
    query["page"] = str(_number(query.get("page"), 1) + 1)
    return parts._replace(query=urlencode(query)).geturl()


def _from_offset(base_url: str, offset: int) -> str | None:
    parts = urlsplit(base_url)
    query: Sequence[tuple[str, str]] = parse_qsl(parts.query)
    try:
        asked = json.loads(dict(query).get("query", ""))
    except (ValueError, RecursionError):
        return None
    if not isinstance(asked, dict) or offset <= _number(asked.get("offset"), 0):
        return None
    told = json.dumps({**asked, "offset": offset}, separators=(",", ":"), ensure_ascii=False)
    return parts._replace(
        query=urlencode([(name, told if name == "query" else value) for name, value in query])
    ).geturl()


def _number(value: object, otherwise: int) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else otherwise
