"""RSS, Atom and JSON Feed → candidates.

feedparser reads the bytes; its dates are not used (it takes ``2016/6/29`` for
November and ``1793500000`` for a year), nor its idea of validators.  A feed that
answers well and shows nothing is a fault, not "no news".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
from lxml.html import fromstring

from crawler.discover import misfit
from crawler.discover.bulky import slimmed
from crawler.discover.reading import Reading, address, once
from crawler.discover.unpack import unpack
from crawler.sites.dates import parse_date
from crawler.sites.decode import decode
from state.article import tidy
from state.errors import DiscoverError
from state.identity import article_key
from state.records import Candidate

_MOST_ITEMS = 2000
_LARGEST = 16 * 1024 * 1024
_LONGEST_BODY = 1_000_000
_END = re.compile(
    rb"</(?:[a-z]+:)?(?:rss|feed|rdf|channel)\s*>\s*(?:<!--.{0,2000}?-->\s*)*$", re.IGNORECASE | re.DOTALL
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WANTED = "an RSS, Atom or JSON feed"


def read_feed(
    body: bytes,
    *,
    base_url: str,
    headers: Mapping[str, str],
    source: str,
    channel: str,
    now: datetime,
) -> list[Candidate]:
    """Return a feed's items in its order, each article once.

    Raises:
        DiscoverError: It is no feed, or has no items; the error names what it is.
    """
    return list(
        read(body, base_url=base_url, headers=headers, source=source, channel=channel, now=now).candidates
    )


def read(
    body: bytes,
    *,
    base_url: str,
    headers: Mapping[str, str],
    source: str,
    channel: str,
    now: datetime,
) -> Reading:
    """Return a feed's items and the address of its older ones (RFC 5005), if it names one.

    Args:
        body: The answer's bytes.
        base_url: Where it came from, after redirects.
        headers: The answer's headers; only ``content-type`` is read.
        source: Name of the source.
        channel: The feed's address in the configuration.
        now: The present instant, against which implausible dates are refused.

    Raises:
        DiscoverError: It is no feed, or has no items.
    """
    raw = unpack(body, source=source, url=base_url, limit=_LARGEST)
    if raw.lstrip(b" \t\r\n\xef\xbb\xbf")[:1] == b"{":
        items, older, whole = _json_items(raw, base_url, source), _json_older(raw, base_url), True
    else:
        items, older, whole = _xml_items(raw, base_url, headers, source)
    candidates = once(_candidates(items[:_MOST_ITEMS], base_url, source, channel, now))
    if not candidates:
        raise DiscoverError(
            "the feed shows no items",
            source=source,
            url=base_url,
            hint="the feed may have moved: look for its new address on the site",
        )
    return Reading(candidates=candidates, older=older, whole=whole)


def _candidates(
    items: Iterable[Mapping[str, Any]], base_url: str, source: str, channel: str, now: datetime
) -> Iterable[Candidate]:
    for item in items:
        url = address(base_url, item.get("url"))
        if url is None:
            continue
        published, modified = feed_date(item.get("published"), now), feed_date(item.get("modified"), now)
        yield Candidate(
            url=url,
            key=article_key(url),
            source=source,
            channel=channel,
            kind="feed",
            title=item.get("title") or None,
            author=item.get("author") or None,
            published_at=published or modified,
            modified_at=modified,
            summary=item.get("summary") or None,
            body=item.get("body") or None,
            comments=item.get("comments"),
        )


def feed_date(text: object, now: datetime) -> datetime | None:
    """Return the instant a feed's date names; None for a date alone, an implausible or unreadable one."""
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        at = parsedate_to_datetime(text.strip())
        if at.tzinfo is not None and 1990 <= at.year <= now.year + 1:
            at = at.astimezone(UTC)
            return at if (at - now).total_seconds() < 86400 else None
    except (ValueError, TypeError, OverflowError):
        pass  # not RFC 822: the table of dates reads the rest
    dated = parse_date(text, now=now)
    return dated.at if dated is not None and not dated.day_only else None


# ---- RSS and Atom


def _xml_items(
    body: bytes, base_url: str, headers: Mapping[str, str], source: str
) -> tuple[list[dict[str, Any]], str | None, bool]:
    if misfit.is_html(body) or not misfit.is_feed_like(body):
        raise _not_a_feed(body, base_url, source)
    slim, came_whole = slimmed(body, most_items=_MOST_ITEMS)
    parsed = _parsed(slim, base_url, headers)
    if parsed is None or (not parsed.get("version") and not parsed.entries):
        raise _not_a_feed(body, base_url, source)
    entries = list(parsed.entries)
    whole = (came_whole and not parsed.get("bozo")) or bool(_END.search(body[-4096:]))
    if not whole and len(entries) > 1:
        entries.pop()  # cut somewhere inside: its text may be half a sentence
    older = next(
        (link.get("href") for link in parsed.feed.get("links", ()) if link.get("rel") == "next"), None
    )
    return [_entry(entry) for entry in entries], address(base_url, older), whole


def _parsed(body: bytes, base_url: str, headers: Mapping[str, str]) -> Any | None:
    """Return what feedparser makes of a feed; it is given UTF-8, as it trips over odd names of encodings."""
    text = _DECLARATION.sub("", decode(body, headers.get("content-type")).text, count=1)
    known = {"content-location": base_url, "content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            _CONTROLS.sub("", text).encode("utf-8", "replace"),
            response_headers=known,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return None  # feedparser lets what its parts raise pass; the caller names what came instead


def _not_a_feed(body: bytes, base_url: str, source: str) -> DiscoverError:
    return DiscoverError(
        f"{misfit.describe(body)} came where a feed was due",
        source=source,
        url=base_url,
        hint=misfit.remedy(body, base_url, _WANTED),
    )


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    guid = entry.get("id") or ""
    contents = [content.get("value") or "" for content in entry.get("content", ())]
    comments = str(entry.get("slash_comments") or "")
    return {
        "url": entry.get("link") or (guid if guid.startswith(("http://", "https://", "/")) else None),
        "title": _plain(entry.get("title_detail") or {"value": entry.get("title", "")}),
        "author": tidy(entry.get("author") or "")[:300],
        "published": entry.get("published"),
        # feedparser answers a missing "updated" with "published", and warns
        "modified": dict.get(entry, "updated") if isinstance(entry, dict) else None,
        "summary": (entry.get("summary") or "")[:_LONGEST_BODY],
        "body": max(contents, key=len, default="")[:_LONGEST_BODY],
        "comments": int(comments) if comments.isdecimal() and len(comments) < 7 else None,
    }


def _plain(detail: Mapping[str, Any]) -> str:
    text = str(detail.get("value") or "")[:2000]
    if "<" in text and detail.get("type") in ("text/html", "application/xhtml+xml"):
        try:
            text = str(fromstring(f"<div>{text}</div>").xpath("string()"))
        except ValueError:
            return tidy(text)
    return tidy(text)


# ---- JSON Feed


def _json_items(body: bytes, base_url: str, source: str) -> list[dict[str, Any]]:
    rows = _json(body).get("items")
    if not isinstance(rows, list):
        raise _not_a_feed(body, base_url, source)
    return [_json_item(row) for row in rows if isinstance(row, dict)]


def _json_item(row: Mapping[str, Any]) -> dict[str, Any]:
    guid = row.get("id")
    authors = row.get("authors") or [row.get("author")]
    names = [a["name"] for a in authors if isinstance(a, dict) and isinstance(a.get("name"), str)]
    return {
        "url": _text(row, "url") or (guid if isinstance(guid, str) and guid.startswith("http") else None),
        "title": tidy(_text(row, "title")),
        "author": tidy(", ".join(names))[:300],
        "published": _text(row, "date_published"),
        "modified": _text(row, "date_modified"),
        "summary": _text(row, "summary")[:_LONGEST_BODY],
        "body": (_text(row, "content_html") or _text(row, "content_text"))[:_LONGEST_BODY],
    }


def _json_older(body: bytes, base_url: str) -> str | None:
    return address(base_url, _text(_json(body), "next_url") or None)


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""
