"""Downloader middleware: an address that must not be visited is refused before anything is sent."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.fetch import guard
from crawler.fetch.visit import Visit, visit_of


class AddressMiddleware:
    """Judges scheme and literal addresses, and sends the request by the source's proxy if it has one.

    What names stand for is judged by the resolver, or behind a proxy by nobody here.
    """

    def __init__(self, visit: Visit) -> None:
        self._allow = visit.app.allow
        self._proxy = visit.proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the crawl's visit."""
        return cls(visit_of(crawler))

    def process_request(self, request: Request) -> None:
        """Let pass what may be visited.

        Raises:
            UnsafeAddressError: The address must not be visited.
        """
        guard.check_url(request.url, self._allow)
        if self._proxy is not None and self._proxy.scheme == "http":
            request.meta["proxy"] = self._proxy.url
            if self._proxy.authorization is not None:
                request.headers["Proxy-Authorization"] = self._proxy.authorization
