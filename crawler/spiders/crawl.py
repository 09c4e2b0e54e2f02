"""Run one crawl on the running loop: a Crawler of its own, its settings ours, its end certain."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from crawler.fetch import loop
from crawler.fetch.faults import refusal
from crawler.fetch.visit import Visit
from crawler.spiders.article import ArticleSpider
from crawler.spiders.ask_spider import AskSpider, Take
from crawler.spiders.asks import Ask, Fetched
from crawler.spiders.settings import crawl_settings
from state.errors import FetchError
from state.records import Page

if TYPE_CHECKING:
    from crawler.app import App

# Scrapy logs each crawl's settings and each refused body; what matters of it is told by the job.
logging.getLogger("scrapy").setLevel(logging.ERROR)

_MOMENT_S = 0.5


async def crawl(
    spider: type[AskSpider],
    visit: Visit,
    asks: Sequence[Ask],
    take: Take,
    *,
    longest: timedelta | None = None,
) -> None:
    """Fetch all asks and await ``take`` for each; returns when the last is taken.

    A crawl that outlasts ``longest`` is cancelled: ``runner.stop()`` is never
    called, as it can hang while a crawl is being opened (scrapy/scrapy#6916).

    Raises:
        Exception: What ``take`` raised first, after the rest was taken.
        TimeoutError: The crawl outlasted ``longest``.
    """
    if not asks:
        return
    proxy, resolver = visit.proxy, loop.resolver()
    runner = AsyncCrawlerRunner(crawl_settings(visit))
    crawler = runner.create_crawler(spider)
    # Behind a proxy only the proxy itself is looked up and connected to.
    with resolver.allowing(visit.app.allow if proxy is None else proxy.allow):
        running = runner.crawl(crawler, visit=visit, asks=asks, take=take)
        try:
            async with asyncio.timeout(longest.total_seconds() if longest is not None else None):
                await asyncio.shield(running)  # the engine takes a cancellation for a normal end
        except (asyncio.CancelledError, TimeoutError):
            await _abandon(crawler, running)
            raise
    made = crawler.spider
    if isinstance(made, AskSpider) and made.faults:
        raise made.faults[0]


async def _abandon(crawler: Crawler, running: asyncio.Task[None]) -> None:
    """Let go of a crawl that was cut off; what does not end in a moment is left to the loop's end."""
    engine = crawler._engine
    if engine is not None and engine.running:
        stopping = asyncio.ensure_future(crawler.stop_async())
        await asyncio.wait([stopping], timeout=_MOMENT_S)
    else:
        running.cancel()
        await asyncio.wait([running], timeout=_MOMENT_S)


async def fetch_one(visit: Visit, ask: Ask) -> Page:
    """Fetch one page.

    Raises:
        FetchError: It cannot be had, or robots.txt or the guard refuses it.
    """
    got: list[Fetched] = []

    async def take(fetched: Fetched) -> None:
        got.append(fetched)

    await crawl(ArticleSpider, visit, [ask], take)
    if not got:
        raise FetchError("the crawl brought nothing", url=ask.url)
    if got[0].error is not None:
        raise got[0].error
    return got[0].pages[-1]


async def fetch_page(app: App, url: str) -> Page:
    """Fetch one page at somebody's word, with the manners, guard and limits of a crawl.

    Raises:
        FetchError: It cannot be had, is refused, or is not there.
    """
    page = await fetch_one(Visit.of(app, ""), Ask(url=url))
    error = refusal(page, source="", now=app.clock.now())
    if error is not None:
        raise error
    return page
