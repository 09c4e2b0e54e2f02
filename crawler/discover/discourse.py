"""Discourse's JSON: topic lists (``/latest.json``) → candidates, and where the rest of a long topic is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from crawler.discover import misfit
from crawler.discover.reading import Reading, once
from crawler.sites import discourse
from state.article import tidy
from state.errors import DiscoverError
from state.identity import article_key
from state.records import Candidate, Page

#: So many posts are asked for in one request; more than a hundred are refused.
_AT_ONCE = 50


def read(page: Page, *, source: str, channel: str) -> Reading:
    """Return the topics of a list, and its next page.

    Raises:
        DiscoverError: It is JSON of another kind, or lists nothing.
    """
    listed = _topic_list(page.body)
    rows = listed.get("topics")
    candidates = [
        _candidate(row, page.url, source, channel)
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and isinstance(row.get("id"), int)
    ]
    if not candidates:
        raise DiscoverError(
            f"no list of topics was found, only {misfit.describe(page.body)}",
            source=source,
            url=page.url,
            hint="a Discourse board lists its topics at /latest.json",
        )
    more = listed.get("more_topics_url")
    older = urljoin(page.url, _as_json(more)) if isinstance(more, str) and more else None
    return Reading(candidates=once(candidates), older=older)


def further_posts(page: Page) -> list[str]:
    """Return the addresses of the posts that a topic's JSON, or the page that carries it, numbers and leaves out.

    Empty for every other page.
    """
    topic = discourse.stored_topic(page)
    number, stream = topic.get("id"), topic.get("post_stream")
    if not isinstance(number, int) or not isinstance(stream, dict):
        return []
    posts, numbers = stream.get("posts"), stream.get("stream")
    shown = {post.get("id") for post in posts if isinstance(post, dict)} if isinstance(posts, list) else set()
    rest = (
        [item for item in numbers if isinstance(item, int) and item not in shown]
        if isinstance(numbers, list)
        else []
    )
    root = page.url.rpartition("/t/")[0] if "/t/" in page.url else urljoin(page.url, "/").rstrip("/")
    return [
        f"{root}/t/{number}/posts.json?"
        + "&".join(f"post_ids[]={item}" for item in rest[start : start + _AT_ONCE])
        for start in range(0, len(rest), _AT_ONCE)
    ]


def _topic_list(body: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return {}
    listed = read.get("topic_list") if isinstance(read, dict) else None
    return listed if isinstance(listed, dict) else {}


def _candidate(row: Mapping[str, Any], base: str, source: str, channel: str) -> Candidate:
    slug = row.get("slug")
    url = urljoin(base, f"/t/{slug if isinstance(slug, str) and slug else 'topic'}/{row['id']}")
    posts, title = row.get("posts_count"), row.get("title")
    return Candidate(
        url=url,
        key=article_key(url),
        source=source,
        channel=channel,
        kind="listing",
        title=tidy(title)[:500] if isinstance(title, str) else None,
        published_at=_instant(row.get("created_at")),
        modified_at=_instant(row.get("last_posted_at") or row.get("bumped_at")),
        comments=max(posts - 1, 0) if isinstance(posts, int) else None,
    )


def _instant(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _as_json(address: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path if path.endswith('.json') else path + '.json'}{mark}{query}"
