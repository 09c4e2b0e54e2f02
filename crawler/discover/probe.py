"""What could be watched at an address: is it a feed, a sitemap, a list, an article; and where the rest stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from crawler.discover import misfit
from crawler.discover.walk import Channel, ChannelKind, read_page
from state.errors import DiscoverError
from state.records import Candidate, Page

_KINDS: tuple[ChannelKind, ...] = ("feed", "sitemap", "listing")
#: Where feeds and sitemaps usually stand, where a page names none.
_USUAL = ("/sitemap.xml", "/news-sitemap.xml", "/feed/", "/rss.xml", "/latest.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One address that can be watched, and what it shows now."""

    kind: ChannelKind
    url: str
    items: int
    parts: int = 0
    newest_at: datetime | None = None
    sample: tuple[str, ...] = ()


def offer_of(page: Page, *, now: datetime) -> Offer | None:
    """Return what a page offers to a watcher; None if no reader of ours finds anything in it."""
    for kind in _KINDS:
        try:
            reading = read_page(Channel(kind, page.url), page, source="", now=now)
        except DiscoverError:
            continue
        return Offer(
            kind=kind,
            url=page.url,
            items=len(reading.candidates),
            parts=len(reading.parts),
            newest_at=_newest(reading.candidates),
            sample=tuple(candidate.title or candidate.url for candidate in reading.candidates[:3]),
        )
    return None


def further_addresses(page: Page) -> tuple[str, ...]:
    """Return the addresses to try next: feeds and sitemaps that the page names, then the usual places."""
    named = [*misfit.advertised_feeds(page.body, page.url), *sitemaps_named(page)]
    root = urlsplit(page.url)
    usual = [urljoin(f"{root.scheme}://{root.netloc}", path) for path in _USUAL]
    return tuple(dict.fromkeys(url for url in [*named, *usual] if url != page.url))


def sitemaps_named(page: Page) -> list[str]:
    """Return the sitemaps that a robots.txt names."""
    lines = page.body[:500_000].decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines)
    found = [value.strip() for name, _, value in pairs if name.strip().lower() == "sitemap"]
    return [url for url in found if url.startswith(("http://", "https://"))][:20]


def _newest(candidates: Sequence[Candidate]) -> datetime | None:
    times = [candidate.modified_at or candidate.published_at for candidate in candidates]
    return max((at for at in times if at is not None), default=None)
