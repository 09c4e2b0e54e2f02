"""Find out what could be watched at an address: fetched with the manners of a crawl, nothing kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.discover.family import GENERIC, Family, family_of, usual_addresses
from crawler.discover.probe import (
    Offer,
    is_article,
    lists_above,
    named_addresses,
    newest_part,
    offer_of,
    sitemaps_named,
    why_nothing,
    with_part,
)
from crawler.discover.proposal import Proposal, propose
from crawler.fetch.faults import refusal
from crawler.fetch.visit import Visit
from crawler.spiders.asks import Ask, Fetched
from state.errors import FetchError, SourceError
from state.records import Page

if TYPE_CHECKING:
    from crawler.app import App

#: Addresses looked at beside the one that was asked for: at five seconds each nobody waits longer.
_MOST = 12
_SCHEMES = {"feed://": "https://", "feed:http": "http", "itpc://": "https://", "feeds://": "https://"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What stands at an address and near it.

    ``refused`` are addresses that were named, by somebody or by the site, and
    could not be had, and why; ``absent`` counts usual places where nothing was;
    ``unread`` tells that nothing at all could be had.
    """

    url: str
    family: Family
    offers: tuple[Offer, ...]
    refused: tuple[tuple[str, str], ...]
    absent: int
    proposal: Proposal
    unread: bool = False


@dataclass(slots=True)
class _Search:
    """The state of one probe: what was fetched, what it offers, what was refused."""

    app: App
    asked: str
    tried: set[str] = field(default_factory=set)
    offers: dict[str, Offer] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    async def look(self, urls: Iterable[str]) -> list[Page]:
        """Fetch what was not fetched yet, and keep what each page offers."""
        left = 1 + _MOST - len(self.tried)
        fresh = [url for url in dict.fromkeys(urls) if url not in self.tried][: max(left, 0)]
        self.tried.update(fresh)
        pages, refused = await _fetch(self.app, fresh)
        self.refused.update(refused)
        now = self.app.clock.now()
        for page in pages:
            offer = await asyncio.to_thread(offer_of, page, now=now)
            if offer is not None:
                self.offers.setdefault(page.url, offer)
            elif not (named_addresses(page) or is_article(page)):
                self.refused.setdefault(page.requested_url or page.url, why_nothing(page, now=now))
        return pages

    async def look_into(self, pages: Iterable[Page]) -> None:
        """Read the latest part of each sitemap index: the index alone says nothing of what is new."""
        now = self.app.clock.now()
        for page in pages:
            index = self.offers.get(page.url)
            part = newest_part(page, now=now) if index is not None and index.parts else None
            if index is None or part is None:
                continue
            got, refused = await _fetch(self.app, [part])
            shown = await asyncio.to_thread(offer_of, got[0], now=now) if got else None
            if shown is None:
                del self.offers[page.url]
                self.refused[part] = dict(refused).get(part, "it holds no rows")
            else:
                self.offers[page.url] = with_part(index, shown)


async def probe(app: App, url: str) -> Probed:
    """Look at an address, at what it names, at robots.txt and at the usual places of its system.

    Raises:
        FetchError: The address is none that could be fetched.
    """
    asked = web_address_of(url)
    search = _Search(app, asked)
    pages = await search.look([asked])
    parts = urlsplit(asked)
    front = f"{parts.scheme}://{parts.netloc}/"
    if not pages:
        pages = await search.look([front])
    robots, _ = await _fetch(app, [f"{front}robots.txt"])
    named = [address for page in pages for address in named_addresses(page)]
    named += [address for page in robots for address in sitemaps_named(page)][:3]
    here = search.offers.get(pages[0].url) if pages else None
    is_list = here is not None and here.kind == "listing"
    above = [] if is_list else [a for page in pages for a in lists_above(page)][:2]
    more = await search.look([*named[:6], *above])
    known = {*search.tried}
    family = next((f for page in (*pages, *more) if (f := family_of(page)) != GENERIC), GENERIC)
    more += await search.look(usual_addresses(family, asked))
    more += await search.look(a for page in more for a in named_addresses(page))
    await search.look_into([*pages, *more])
    guessed = search.tried - known - {asked}
    refused = {a: why for a, why in search.refused.items() if a not in guessed or "404" not in why}
    offers = tuple(search.offers.values())
    return Probed(
        url=asked,
        family=family,
        offers=offers,
        refused=tuple(refused.items()),
        absent=len(search.refused) - len(refused),
        proposal=propose(asked, offers, family, now=app.clock.now()),
        unread=not (pages or more or robots),
    )


def web_address_of(written: str) -> str:
    """Return the web address that somebody wrote: a host alone and ``feed://`` are understood.

    Raises:
        FetchError: It is none.
    """
    url = written.strip()
    for scheme, instead in _SCHEMES.items():
        if url.lower().startswith(scheme):
            url = instead + url[len(scheme) :]
    if "://" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        usable = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
        usable = usable and ("://" in written or "." in host or ":" in parts.netloc or host == "localhost")
    except ValueError:
        usable = False
    if not usable:
        raise FetchError(
            "this is no web address", url=written, hint="write it like https://example.org/news/"
        )
    return url if parts.path else f"{url}/"


async def _fetch(app: App, urls: list[str]) -> tuple[list[Page], list[tuple[str, str]]]:
    from crawler.spiders.crawl import crawl
    from crawler.spiders.index import IndexSpider

    pages: list[Page] = []
    refused: list[tuple[str, str]] = []

    async def take(fetched: Fetched) -> None:
        error: SourceError | None = fetched.error
        if error is None:
            error = refusal(fetched.pages[0], source="", now=app.clock.now())
        if error is None:
            pages.append(fetched.pages[0])
        else:
            refused.append((fetched.ask.url, error.problem.removeprefix(f"{fetched.ask.url}: ")))

    if urls:
        await crawl(IndexSpider, Visit.of(app, ""), [Ask(url=url, whole=False) for url in urls], take)
    order = {url: at for at, url in enumerate(urls)}
    pages.sort(key=lambda page: order.get(page.requested_url or page.url, len(order)))
    return pages, refused
