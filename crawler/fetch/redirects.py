"""Downloader middleware: redirects are followed few times, over http only, and not to a stranger's house.

A broadcaster that dies leaves its domain to be bought, so a feed that sends us
to another registered domain is not followed as the same source until a person
changes the configuration.
"""

from __future__ import annotations

from typing import Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from w3lib.url import safe_url_string

from crawler.fetch.domains import is_same_house
from crawler.fetch.faults import MovedError
from state.errors import FetchError, UnsafeAddressError

_STATUSES = frozenset({301, 302, 303, 307, 308})
_LONGEST_CHAIN = 6


class RedirectMiddleware:
    """Follows redirects; request.meta: ``stay`` forbids another domain, ``redirect_urls`` is the way taken."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build; nothing of the crawl is needed."""
        return cls()

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the request to make instead, or the response when it is no redirect."""
        location = response.headers.get("Location")
        if response.status not in _STATUSES or location is None:
            return response
        target = safe_url_string(urljoin(request.url, location.decode("latin-1").strip()))
        way: list[str] = [*request.meta.get("redirect_urls", ()), request.url]
        if len(way) > _LONGEST_CHAIN or target in way:
            raise FetchError(
                f"it redirects in circles ({len(way)} times)", url=way[0], status=response.status
            )
        if urlsplit(target).scheme not in ("http", "https"):
            raise UnsafeAddressError(f"it redirects to {target[:100]!r}", url=request.url, retryable=False)
        if request.meta.get("stay") and not is_same_house(way[0], target):
            raise MovedError(way[0], target)
        return request.replace(
            url=target, meta={**request.meta, "redirect_urls": way}, dont_filter=True, body=b""
        )
