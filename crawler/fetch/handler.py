"""Scrapy's HTTP handler with certificates checked, and refused addresses told from unknown ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from twisted.internet._sslverify import ClientTLSOptions
from twisted.internet.ssl import CertificateOptions, platformTrust
from twisted.web.client import BrowserLikePolicyForHTTPS

from crawler.fetch import guard, loop

if TYPE_CHECKING:
    from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
    from twisted.web.iweb import IPolicyForHTTPS


class GuardedHandler(HTTP11DownloadHandler):
    """One per crawl; what it trusts is loaded once per process."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = cast("IPolicyForHTTPS", _policy())

    async def download_request(self, request: Request) -> Response:
        """Download; a host whose every address was refused raises ``UnsafeAddressError``."""
        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            parts = urlsplit(request.url)
            host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
            address = loop.resolver().refusal(host, port)
            if address is None:
                raise
            raise guard.unsafe(host, port, address, url=request.url) from None


class _VerifyingPolicy(BrowserLikePolicyForHTTPS):
    """Checks certificates as browsers do, with one context: reading the authorities outlasts a crawl."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._options = CertificateOptions(trustRoot=platformTrust(), fixBrokenPeers=True)  # type: ignore[no-untyped-call]

    def creatorForNetloc(self, hostname: bytes, port: int) -> IOpenSSLClientConnectionCreator:
        """Return what makes one connection to this host and checks that it is this host."""
        made = ClientTLSOptions(self._options._makeTLSConnection, hostname.decode("ascii"))
        return cast("IOpenSSLClientConnectionCreator", made)


@cache
def _policy() -> _VerifyingPolicy:
    return _VerifyingPolicy()
