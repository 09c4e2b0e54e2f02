"""What the two spiders share: asks become requests, answers become pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import structlog
from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.fetch.failures import fetch_error
from crawler.fetch.visit import Visit
from crawler.spiders.asks import Ask, Fetched
from state.errors import FetchError, ParseError, SourceError, StoreError
from state.records import Page

Take = Callable[[Fetched], Awaitable[None]]

_LOG = structlog.stdlib.get_logger("tocsin.fetch")
_LONGEST_WALK = 200
#: Asks that are under way and not handed over yet: what is fetched far ahead of the store is held in
#: memory, and lost if we are killed.
_AHEAD = 16
#: An ask that came to nothing without a word must not hold up the others for ever.
_LONGEST_WAIT_S = 60.0
_OUR_FAULTS = (AttributeError, TypeError, NameError, LookupError, AssertionError)


class AskSpider(Spider):
    """Fetches every ask, page by page as its ``follow`` says, and yields one ``Fetched`` for each."""

    name = "ask"
    accept: str | None = None

    def __init__(self, *, visit: Visit, asks: Sequence[Ask], take: Take) -> None:
        super().__init__()
        self.visit = visit
        self.asks = asks
        self.take = take
        #: What the receiver raised; the job raises it again when the crawl is over.
        self.faults: list[Exception] = []
        self._room = asyncio.Semaphore(_AHEAD)

    async def start(self) -> AsyncIterator[Request]:
        """Yield the first request of each ask, as far ahead as there is room."""
        for ask in self.asks:
            try:
                await asyncio.wait_for(self._room.acquire(), _LONGEST_WAIT_S)
            except TimeoutError:
                _LOG.warning("asks take long to come back", url=ask.url)
            yield self._request(ask, ask.url, ())

    def handed_over(self) -> None:
        """Note that an ask has ended: there is room for another."""
        self._room.release()

    async def parse_page(self, response: Response, ask: Ask, pages: tuple[Page, ...]) -> AsyncIterator[Any]:
        """Read on while the ask wants more, then yield what it brought."""
        read = (*pages, page_of(response, self.visit))
        error: SourceError | None = None
        if ask.follow is not None and len(read) < _LONGEST_WALK:
            try:
                address = await ask.follow(read)
            except SourceError as refused:
                address, error = None, refused
            except Exception as fault:  # one page must not take the others with it
                _LOG.exception("a page could not be read", url=response.url)
                address, error = None, ParseError(f"a fault of the reader ({fault!r})", url=response.url)
            if address is not None:
                yield self._request(ask, address, read)
                return
        yield Fetched(ask=ask, pages=read, error=error)

    async def failed(self, failure: Failure) -> AsyncIterator[Any]:
        """Yield what came before the failure, with the failure."""
        request: Request = failure.request  # type: ignore[attr-defined]
        known = request.cb_kwargs
        value = failure.value or FetchError("no answer")
        if isinstance(value, StoreError):
            self.faults.append(value)
            self.handed_over()
            return
        if isinstance(value, _OUR_FAULTS):
            _LOG.error("a request broke on a fault of ours", url=request.url, exc_info=value)
        error = fetch_error(value, request.url, self.visit)
        yield Fetched(ask=known["ask"], pages=known["pages"], error=error)

    def _request(self, ask: Ask, url: str, pages: tuple[Page, ...]) -> Request:
        headers: dict[str, str] = {}
        if self.accept:
            headers["Accept"] = self.accept
        if ask.etag and not pages:
            headers["If-None-Match"] = ask.etag
        if ask.last_modified and not pages:
            headers["If-Modified-Since"] = ask.last_modified
        return Request(
            url,
            headers=headers,
            callback=self.parse_page,
            errback=self.failed,
            cb_kwargs={"ask": ask, "pages": pages},
            meta={"stay": ask.stay, "download_fail_on_dataloss": ask.whole},
            dont_filter=True,
        )


def page_of(response: Response, visit: Visit) -> Page:
    """Return the answer as our record."""
    headers: dict[str, str] = {}
    for name, values in response.headers.items():
        headers[name.decode("latin-1").lower()] = ", ".join(value.decode("latin-1") for value in values)
    way = response.meta.get("redirect_urls") or [response.url]
    return Page(
        url=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=visit.app.clock.now(),
        requested_url=way[0],
        ip=str(response.ip_address) if response.ip_address is not None and visit.via is None else None,
        truncated="dataloss" in response.flags,
    )
