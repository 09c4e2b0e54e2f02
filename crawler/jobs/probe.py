"""Find out what could be watched at an address: fetched with the manners of a crawl, nothing kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.discover.probe import Offer, further_addresses, offer_of, sitemaps_named
from crawler.fetch.faults import refusal
from crawler.fetch.visit import Visit
from crawler.spiders.asks import Ask, Fetched
from state.errors import FetchError, SourceError
from state.records import Page

if TYPE_CHECKING:
    from crawler.app import App

_MOST = 12


@dataclass(frozen=True, slots=True)
class Probed:
    """What stands at an address and near it; ``refused`` are addresses that could not be had, and why."""

    offers: tuple[Offer, ...]
    refused: tuple[tuple[str, str], ...]


async def probe(app: App, url: str) -> Probed:
    """Look at an address, at what it names, at robots.txt and at the usual places.

    Raises:
        FetchError: The address itself cannot be had.
    """
    pages, refused = await _fetch(app, [url])
    if not pages:
        raise FetchError(refused[0][1] if refused else "no answer", url=url)
    root = urlsplit(url)
    robots, _ = await _fetch(app, [f"{root.scheme}://{root.netloc}/robots.txt"])
    named = [address for page in robots for address in sitemaps_named(page)]
    rest = list(dict.fromkeys([*further_addresses(pages[0]), *named]))
    more, also_refused = await _fetch(app, [address for address in rest if address != url][:_MOST])
    now = app.clock.now()
    offers = [await asyncio.to_thread(offer_of, page, now=now) for page in [*pages, *more]]
    unique = {offer.url: offer for offer in offers if offer is not None}
    return Probed(tuple(unique.values()), (*refused, *also_refused))


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
            refused.append((fetched.ask.url, error.problem))

    await crawl(IndexSpider, Visit.of(app, ""), [Ask(url=url, whole=False) for url in urls], take)
    return pages, refused
