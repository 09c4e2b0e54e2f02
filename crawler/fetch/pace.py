"""Downloader middleware: one host is asked one thing at a time, as slowly as it wishes.

The next allowed instant of a host is a row of the store, so that it outlives
a crawl and is shared by every source and process.  ``Retry-After`` and a run of
failures keep us away.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

from crawler.fetch.retry_after import retry_after
from crawler.fetch.visit import Visit, host_of, visit_of
from state.errors import FetchError, TocsinError

if TYPE_CHECKING:
    from state.store.tx import Tx

_BUSY = frozenset({429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_FAILURES_BEFORE_BACK_OFF = 3


class PaceMiddleware:
    """Waits for the host's turn before each request and remembers what the answer asks for."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._clear: set[str] = set()
        self._troubled: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the crawl's visit."""
        return cls(visit_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Wait for this host's turn.

        Raises:
            FetchError: The host asked us to stay away for longer than we wait here.
        """
        host = host_of(request.url)
        if host not in self._clear:
            await self._respect_absence(host, request.url)
        if request.meta.get("is_robots"):
            return  # once a day, so that the first page need not wait for it
        delay = max(self._visit.delay, timedelta(seconds=float(request.meta.get("crawl_delay_s", 0))))
        if delay:
            await self._take_turn(host, delay)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Remember a request to stay away, or that all is well again."""
        host = host_of(request.url)
        if response.status not in _BUSY:
            await self._all_is_well(host)
            return response
        asked = retry_after(_text(response.headers.get("Retry-After")), self._visit.app.clock.now())
        await self._trouble(host, f"answered {response.status}", asked)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a failed connection; what we refused ourselves says nothing about the host."""
        if not isinstance(exception, (TocsinError, DownloadCancelledError)):
            await self._trouble(host_of(request.url), type(exception).__name__, None)

    async def _respect_absence(self, host: str, url: str) -> None:
        app = self._visit.app
        row = await app.store.view(lambda tx: tx.hosts.get(host))
        now = app.clock.now()
        if row is not None and row.failures:
            self._troubled.add(host)
        until = row.retry_after_until if row is not None else None
        if until is not None and until > now:
            if until - now > self._visit.patience:
                raise FetchError(
                    f"{host} asked us to stay away until {until:%Y-%m-%d %H:%M:%S} UTC",
                    source=self._visit.source,
                    url=url,
                    status=_status_in(row.last_error) if row is not None else None,
                    retry_after=until - now,
                )
            await asyncio.sleep((until - now).total_seconds())
        self._clear.add(host)

    async def _take_turn(self, host: str, delay: timedelta) -> None:
        app = self._visit.app
        now = app.clock.now()
        turn = await app.store.run(lambda tx: tx.hosts.reserve(host, now, delay))
        if turn > now:
            await asyncio.sleep((turn - now).total_seconds())

    async def _all_is_well(self, host: str) -> None:
        if host in self._troubled:
            self._troubled.discard(host)
            app = self._visit.app
            await app.store.run(lambda tx: tx.hosts.note_success(host))

    async def _trouble(self, host: str, error: str, asked: timedelta | None) -> None:
        app = self._visit.app
        self._troubled.add(host)
        self._clear.discard(host)
        now = app.clock.now()

        def note(tx: Tx) -> None:
            row = tx.hosts.get(host)
            away = back_off(row.failures + 1 if row else 1) if asked is None else asked
            tx.hosts.note_failure(host, error, retry_after_until=now + away if away else None)

        await app.store.run(note)


def _status_in(error: str) -> int | None:
    """Return the status for which we were asked to stay away."""
    word = error.rpartition(" ")[2]
    return int(word) if word.isdecimal() else None


def back_off(failures: int) -> timedelta:
    """Return how long to stay away after so many failures in a row: nothing for two, then doubling to an hour."""
    if failures < _FAILURES_BEFORE_BACK_OFF:
        return timedelta()
    return timedelta(seconds=min(30 << min(failures - _FAILURES_BEFORE_BACK_OFF, 12), 3600))


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")
