"""Downloader middleware: what a site's robots.txt asks is done (RFC 9309).

Bodies are kept in the host's row for a day and shared by every crawl; Scrapy's
own middleware would ask again for each crawl and never while one runs on.
Where the file is refused or missing everything is allowed; where the server is
in trouble nothing is, unless an older copy says otherwise.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import lru_cache
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.fetch.visit import host_of, visit_of
from state.errors import FetchError, RobotsError, TooLargeError, UnsafeAddressError

_LIFETIME = timedelta(hours=24)
_LARGEST = 500 * 1024
_LONGEST_CRAWL_DELAY_S = 120.0


class RobotsMiddleware:
    """Refuses what robots.txt forbids and carries its crawl delay to the pace."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._visit = visit_of(crawler)
        self._rules: dict[str, asyncio.Future[Protego]] = {}
        self._name = self._visit.user_agent.split("/")[0].split()[0] or "tocsin"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let pass what is allowed.

        Raises:
            RobotsError: The site asks us not to fetch this.
            FetchError: robots.txt cannot be had now.
        """
        if request.meta.get("is_robots"):
            return
        rules = await self._rules_for(request.url)
        if not rules.can_fetch(request.url, self._name):
            raise RobotsError(
                "the site's robots.txt asks us not to fetch this address",
                source=self._visit.source,
                url=request.url,
                retryable=False,
                hint="use another channel of the site (sitemap, feed), or ask the publisher",
            )
        delay = rules.crawl_delay(self._name)
        if delay:
            request.meta["crawl_delay_s"] = min(float(delay), _LONGEST_CRAWL_DELAY_S)

    async def _rules_for(self, url: str) -> Protego:
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self._rules:
            self._rules[place] = asyncio.ensure_future(self._find(place))
        try:
            return await asyncio.shield(self._rules[place])
        except FetchError:
            self._rules.pop(place, None)
            raise

    async def _find(self, place: str) -> Protego:
        app, host = self._visit.app, host_of(place)
        row = await app.store.view(lambda tx: tx.hosts.get(host))
        now = app.clock.now()
        if row is not None and row.robots_expires_at is not None and row.robots_expires_at > now:
            return parse(row.robots_body or b"")
        try:
            status, body = await self._ask(place)
        except (UnsafeAddressError, RobotsError):
            raise
        except FetchError:
            if row is None or row.robots_expires_at is None:
                raise
            return parse(row.robots_body or b"")
        await app.store.run(
            lambda tx: tx.hosts.put_robots(
                host, body=body, status=status, fetched_at=now, expires_at=now + _LIFETIME
            )
        )
        return parse(body or b"")

    async def _ask(self, place: str) -> tuple[int | None, bytes | None]:
        request = Request(f"{place}/robots.txt", meta={"is_robots": True}, dont_filter=True)
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except TooLargeError:
            return None, None
        if response.status >= 500 or response.status == 429:
            raise FetchError(
                f"robots.txt cannot be read now ({response.status}), so nothing else is asked",
                source=self._visit.source,
                url=request.url,
                status=response.status,
                hint="the next look tries again",
            )
        return response.status, response.body[:_LARGEST] if response.status == 200 else None


@lru_cache(maxsize=256)
def parse(body: bytes) -> Protego:
    """Return the rules of a robots.txt, whatever its bytes are."""
    return Protego.parse(body.decode("utf-8-sig", "replace"))
