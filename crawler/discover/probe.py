"""What could be watched at an address: is it a feed, a sitemap, a list, a topic; and what else does it name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.discover import feed, listing, misfit, sitemap
from crawler.discover.layouts import base_of, select
from crawler.discover.links import looks_like_article
from crawler.discover.reading import Reading, web_address
from crawler.discover.walk import Channel, ChannelKind, read_page
from crawler.sites import parse_page
from crawler.sites.tree import read_document
from state.errors import DiscoverError, ParseError
from state.identity import article_key, host_of
from state.records import Candidate, Page

OfferKind = Literal["feed", "sitemap", "listing", "topic"]

_KINDS: tuple[ChannelKind, ...] = ("feed", "sitemap")
_MOST_NAMED = 8
_MOST_LINKS = 5000
_MOST_SITEMAPS = 20
_FEED_LINK = re.compile(
    r"(?:/(?:rss\d?|feeds?|atom|rssfeeds)(?:\.xml|\.php|\.aspx)?/?(?:\?|$)|\.(?:rss|atom)$|rss/\?zoneid=|/index\.(?:rss|rdf)$|"
    r"/rss[^/]*\.xml$|/feed[^/]*\.xml$|[?&](?:feed|format|type)=(?:rss2?|atom)\b)",
    re.IGNORECASE,
)
_OF_COMMENTS = re.compile(r"comment", re.IGNORECASE)
_TRAIL = (
    ".ipsBreadcrumb a, .breadcrumb a, .breadcrumbs a, .p-breadcrumbs a, .navlinks a, #breadcrumbs a, "
    "[itemtype*='BreadcrumbList'] a, [data-role='breadcrumbList'] a"
)
_BOARD = re.compile(r"/forums?/|viewforum\.php|forumdisplay\.php|/c/[^/]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One address that can be watched, and what it shows now.

    ``oldest_at`` is the oldest time it shows; ``parts`` the files of a sitemap
    index; ``leads_back`` tells that a list has a next page; ``keys`` which
    articles it names, so that channels can be compared; ``notes`` what a person
    should know of it.
    """

    kind: OfferKind
    url: str
    items: int
    parts: int = 0
    newest_at: datetime | None = None
    oldest_at: datetime | None = None
    language: str | None = None
    leads_back: bool = False
    sample: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def offer_of(page: Page, *, now: datetime) -> Offer | None:
    """Return what a page offers to a watcher; None if no reader of ours finds anything in it."""
    for kind in _KINDS:
        try:
            return _offer(kind, page, read_page(Channel(kind, page.url), page, source="", now=now))
        except DiscoverError:
            continue
    if _is_topic(page):
        return Offer(kind="topic", url=page.url, items=1, keys=frozenset({article_key(page.url)}))
    try:
        reading = listing.read(page, source="", channel=page.url, now=now)
    except DiscoverError:
        return None
    is_board = any(row.modified_at is not None for row in reading.candidates)
    if not is_board and looks_like_article(page.url) and is_article(page):
        return None
    return _offer("listing", page, reading)


def why_nothing(page: Page, *, now: datetime) -> str:
    """Return in words why a page offers nothing: an empty feed, a challenge, a page without a list."""
    try:
        feed.read(page.body, base_url=page.url, headers=page.headers, source="", channel=page.url, now=now)
    except DiscoverError as error:
        if misfit.is_feed(page.body) and not misfit.is_html(page.body):
            return error.problem.removeprefix(f"{page.url}: ")
    return f"it holds no feed, sitemap or list, only {misfit.describe(page.body)}"


def newest_part(page: Page, *, now: datetime) -> str | None:
    """Return the file of a sitemap index that holds its latest rows; None if the page is no index."""
    try:
        reading = sitemap.read(page.body, base_url=page.url, source="", channel=page.url, now=now)
    except DiscoverError:
        return None
    chosen = sitemap.choose_parts(reading.parts, now)
    return chosen[0].url if chosen else None


def with_part(offer: Offer, part: Offer) -> Offer:
    """Return a sitemap index with what its latest part shows."""
    return Offer(
        kind=offer.kind,
        url=offer.url,
        items=offer.items + part.items,
        parts=offer.parts,
        newest_at=part.newest_at,
        oldest_at=part.oldest_at,
        language=offer.language or part.language,
        leads_back=True,
        sample=part.sample,
        keys=offer.keys | part.keys,
        notes=(*offer.notes, *part.notes),
    )


def is_article(page: Page) -> bool:
    """Tell whether a page reads as one article."""
    try:
        return bool(parse_page(page).sections)
    except ParseError:
        return False


def named_addresses(page: Page) -> list[str]:
    """Return what an HTML page names as its feeds: in its head, and in its links those of its own host; none of comments."""
    linked = [url for url in _hrefs(page, "a[href]") if _FEED_LINK.search(url)]
    found = dict.fromkeys([*misfit.advertised_feeds(page.body, page.url), *linked])
    return [url for url in found if url != page.url and not _OF_COMMENTS.search(url)][:_MOST_NAMED]


def lists_above(page: Page) -> list[str]:
    """Return the lists that an article or topic may stand in: its board or section, then the front page."""
    parts = urlsplit(page.url)
    front = f"{parts.scheme}://{parts.netloc}/"
    boards = [url for url in _hrefs(page, _TRAIL) if _BOARD.search(url)]
    folder = re.sub(r"(?:/\d{4}(?:/\d{1,2}){0,2})?/[^/]*/?$", "/", parts.path)
    section = [] if boards or folder in ("/", "/a/") else [front.rstrip("/") + folder]
    return list(dict.fromkeys([*boards[-1:], *section, front]))


def _hrefs(page: Page, selector: str) -> list[str]:
    """Return where the links that a selector names lead to, those of the page's own host."""
    root = _tree(page)
    if root is None:
        return []
    base = base_of(root, page.url)
    urls = [web_address(base, link.get("href")) for link in select(root, selector)[:_MOST_LINKS]]
    return [url for url in urls if url is not None and host_of(url) == host_of(page.url)]


def sitemaps_named(page: Page) -> list[str]:
    """Return the sitemaps that a robots.txt names."""
    lines = page.body[:500_000].decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines)
    found = [value.strip() for name, _, value in pairs if name.strip().lower() == "sitemap"]
    return [url for url in found if url.startswith(("http://", "https://"))][:_MOST_SITEMAPS]


def _offer(kind: ChannelKind, page: Page, reading: Reading) -> Offer:
    times = _times(reading.candidates)
    return Offer(
        kind=kind,
        url=page.url,
        items=len(reading.candidates),
        parts=len(reading.parts),
        newest_at=max(times, default=reading.latest_at),
        oldest_at=min(times, default=None),
        language=reading.language,
        leads_back=reading.older is not None,
        sample=tuple(candidate.title or candidate.url for candidate in reading.candidates[:30]),
        keys=frozenset(candidate.key for candidate in reading.candidates),
        notes=reading.notes,
    )


def _times(candidates: Sequence[Candidate]) -> list[datetime]:
    return [at for row in candidates if (at := row.modified_at or row.published_at) is not None]


def _is_topic(page: Page) -> bool:
    """Tell whether a page is one forum topic: its address says so, and it holds posts."""
    if article_key(page.url).startswith("https://"):
        return False
    try:
        return "posts" in parse_page(page).provenance
    except ParseError:
        return False


def _tree(page: Page) -> HtmlElement | None:
    if not misfit.is_html(page.body):
        return None
    try:
        return read_document(page).root
    except ParseError:
        return None
