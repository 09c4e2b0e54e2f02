"""RSS, Atom, CDF, JSON Feed and the JSON lists of two content systems → candidates.

feedparser reads the text; its dates are not used (it takes ``2016/6/29`` for
November and ``1793500000`` for a year), nor its idea of validators.  A feed that
answers well and shows nothing is a fault, not "no news".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import feedparser
from lxml.html import fromstring

from crawler.discover import misfit
from crawler.discover.bulky import slimmed
from crawler.discover.feed_date import feed_date
from crawler.discover.feed_text import decoded, mended
from crawler.discover.json_feed import read_json_feed
from crawler.discover.json_list import read_json_list
from crawler.discover.reading import Reading, address, once, web_address
from crawler.discover.unpack import unpack
from state.article import tidy
from state.errors import DiscoverError
from state.identity import article_key
from state.records import Candidate

_MOST_ITEMS = 2000
_LARGEST = 16 * 1024 * 1024
_LONGEST_BODY = 1_000_000
_TAIL = 64 * 1024
_END = re.compile(r"</(?:[a-z]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:a|b|br|em|font|i|p|span|strong|sub|sup|u)\b[^<>]{0,500}>", re.IGNORECASE)
_OLDER = ("next", "prev-archive")
_WORDPRESS = re.compile(r"https?://(?:www\.)?wordpress\.(?:org|com)/")
_WANTED = "an RSS, Atom or JSON feed"


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed's items as rows of texts, in its order; ``total`` counts those that were left out, too."""

    items: Sequence[Mapping[str, Any]]
    older: str | None = None
    whole: bool = True
    total: int = 0
    moved_to: str | None = None
    language: str | None = None


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
    text = decoded(raw, headers.get("content-type"))
    feed = _json(text, base_url) if text.lstrip()[:1] in ("{", "[") else _xml(text, base_url, now)
    if feed is None:
        raise _not_a_feed(text.encode() if text.lstrip()[:1] in ("<", "{", "[") else raw, base_url, source)
    items = _newest_end(feed.items, now)
    listed = [one for item in items if (one := _candidate(item, base_url, source, channel, now)) is not None]
    if not listed:
        raise _no_items(feed, base_url, source)
    return Reading(
        candidates=once(listed),
        older=web_address(base_url, feed.older),
        whole=feed.whole,
        notes=tuple(_notes(feed, len(items), len(listed))),
        language=feed.language,
    )


def _newest_end(items: Sequence[Mapping[str, Any]], now: datetime) -> Sequence[Mapping[str, Any]]:
    """Return as many items as are read of a very long feed, from the end at which it grows."""
    if len(items) <= _MOST_ITEMS:
        return items
    first, last = (feed_date(items[at].get("published"), now) for at in (0, -1))
    grows_at_its_end = first is not None and last is not None and last > first
    return items[-_MOST_ITEMS:] if grows_at_its_end else items[:_MOST_ITEMS]


def _notes(feed: _Feed, read: int, listed: int) -> list[str]:
    notes = []
    if not feed.whole:
        notes.append(f"it breaks off; {listed} item{'' if listed == 1 else 's'} came before that")
    if feed.total > _MOST_ITEMS:
        notes.append(f"it holds {feed.total:,} items, of which {read:,} were read")
    if listed < read:
        notes.append(f"{read - listed} of its items name no page")
    if feed.moved_to:
        notes.append(f"it says that it has moved to {feed.moved_to}")
    return notes


def _candidate(
    item: Mapping[str, Any], base_url: str, source: str, channel: str, now: datetime
) -> Candidate | None:
    url = address(base_url, item.get("url"))
    if url is None:
        return None
    published, modified = feed_date(item.get("published"), now), feed_date(item.get("modified"), now)
    return Candidate(
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


def _json(text: str, base_url: str) -> _Feed | None:
    read = read_json_feed(text, longest_body=_LONGEST_BODY) if text.lstrip()[:1] == "{" else None
    read = read or read_json_list(text, base_url=base_url, longest_body=_LONGEST_BODY)
    return (
        None
        if read is None
        else _Feed(read.items, read.older, read.whole, len(read.items), language=read.language)
    )


def _xml(text: str, base_url: str, now: datetime) -> _Feed | None:
    if misfit.is_html(text[:_TAIL].encode()):
        return None
    body = mended(text).encode()
    if not misfit.is_feed(body):
        return None
    slim = slimmed(body, most_items=_MOST_ITEMS, now=now)
    parsed = _parsed(slim.body, base_url)
    if parsed is None or (not parsed.get("version") and not parsed.entries):
        return None
    entries = list(parsed.entries)
    whole = (slim.whole and not parsed.get("bozo")) or bool(_END.search(text[-_TAIL:]))
    if not whole and len(entries) > 1:
        entries.pop()  # cut somewhere inside: its text may be half a sentence
    return _Feed(
        [_entry(entry) for entry in entries],
        _older(parsed.feed, base_url),
        whole,
        total=max(slim.items, len(entries)),
        moved_to=_moved_to(parsed.feed),
        language=str(parsed.feed.get("language") or "")[:20] or None,
    )


def _parsed(body: bytes, base_url: str) -> Any | None:
    """Return what feedparser makes of a feed; it is given UTF-8, as it trips over odd names of encodings."""
    known = {"content-location": base_url, "content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            body, response_headers=known, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return None  # feedparser lets what its parts raise pass; the caller names what came instead


def _older(channel: Mapping[str, Any], base_url: str) -> str | None:
    """Return the address of the feed's older items (RFC 5005: paged feeds, archived feeds; WordPress pages)."""
    links = channel.get("links", ())
    named = next((link.get("href") for rel in _OLDER for link in links if link.get("rel") == rel), None)
    if named or not _WORDPRESS.match(str(channel.get("generator") or "")):
        return named
    parts = urlsplit(base_url)
    query = dict(parse_qsl(parts.query))
    page = query.get("paged", "1")
    query["paged"] = str(int(page) + 1 if page.isdecimal() and len(page) < 5 else 2)
    return parts._replace(query=urlencode(query)).geturl()


def _moved_to(channel: Mapping[str, Any]) -> str | None:
    new = str(channel.get("itunes_new-feed-url") or "")[:500]
    return new if new.startswith(("http://", "https://")) else None


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    guid = entry.get("id") or ""
    link = entry.get("feedburner_origlink") or entry.get("link")
    contents = [content.get("value") or "" for content in entry.get("content", ())]
    summary = entry.get("summary") or entry.get("itunes_about") or entry.get("media_caption") or ""
    comments = str(entry.get("slash_comments") or "")
    return {
        "url": link or (guid if guid.startswith(("http://", "https://", "/")) else None),
        "title": _plain(entry.get("title_detail") or {"value": entry.get("title", "")}),
        "author": tidy(entry.get("author") or "")[:300],
        "published": entry.get("published"),
        # feedparser answers a missing "updated" with "published", and warns
        "modified": dict.get(entry, "updated") if isinstance(entry, dict) else None,
        "summary": summary[:_LONGEST_BODY],
        "body": max(contents, key=len, default="")[:_LONGEST_BODY],
        "comments": int(comments) if comments.isdecimal() and len(comments) < 7 else None,
    }


def _plain(detail: Mapping[str, Any]) -> str:
    """Return a title without markup; entities that were escaped twice are undone."""
    text = str(detail.get("value") or "")[:2000]
    is_html = detail.get("type") in ("text/html", "application/xhtml+xml")
    if "<" in text and (is_html or _MARKUP.search(text)):
        try:
            text = str(fromstring(f"<div>{text}</div>").xpath("string()"))
        except ValueError:
            return tidy(text)
    return tidy(unescape(text))


def _not_a_feed(body: bytes, base_url: str, source: str) -> DiscoverError:
    is_sitemap = misfit.is_sitemap(body)
    return DiscoverError(
        f"{'a sitemap' if is_sitemap else misfit.describe(body)} came where a feed was due",
        source=source,
        url=base_url,
        hint="write it under sitemaps" if is_sitemap else misfit.remedy(body, base_url, _WANTED),
    )


def _no_items(feed: _Feed, base_url: str, source: str) -> DiscoverError:
    if feed.items and not feed.whole:
        problem, hint = "the feed breaks off inside its first item", "the next look tries again"
    elif feed.items:
        problem = f"none of the feed's {len(feed.items)} items names a page"
        hint = "they may be audio or video only: watch the page that lists the articles instead"
    else:
        problem, hint = (
            "the feed shows no items",
            "the feed may have moved: look for its new address on the site",
        )
    return DiscoverError(problem, source=source, url=base_url, hint=hint)
