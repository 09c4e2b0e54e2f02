"""Downloader middleware: an address that must not be visited is refused before anything is sent."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.fetch import guard
from crawler.fetch.visit import Visit, visit_of


class AddressMiddleware:
    """Judges scheme, credentials and literal addresses; the resolver judges what names stand for."""

    def __init__(self, visit: Visit) -> None:
        self._allow = visit.app.allow

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the crawl's visit."""
        return cls(visit_of(crawler))

    def process_request(self, request: Request) -> None:
        """Raise ``UnsafeAddressError`` for what is refused."""
        guard.check_url(request.url, self._allow)
