"""Scrapy's HTTP handler with certificates checked, and refused addresses told from unknown ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet._sslverify import ClientTLSOptions
from twisted.internet.ssl import CertificateOptions, platformTrust
from twisted.web.client import Agent, BrowserLikePolicyForHTTPS

from crawler.fetch import guard, loop
from crawler.fetch.heads import BoundedFactory
from crawler.fetch.proxy import Proxy
from crawler.fetch.socks import SocksEndpoints
from crawler.fetch.visit import visit_of

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
    from twisted.web.iweb import IPolicyForHTTPS


class GuardedHandler(HTTP11DownloadHandler):
    """One per crawl; what it trusts is loaded once per process."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
        self._contextFactory = cast("IPolicyForHTTPS", _policy())
        self._proxy = visit_of(crawler).proxy

    async def download_request(self, request: Request) -> Response:
        """Download; a host whose every address was refused raises ``UnsafeAddressError``."""
        try:
            if self._proxy is not None and self._proxy.scheme == "socks5h":
                return await self._through_socks(request, self._proxy)
            return await super().download_request(request)
        except CannotResolveHostError:
            parts = urlsplit(request.url)
            host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
            address = loop.resolver().refusal(host, port)
            if address is None:
                raise
            raise guard.unsafe(host, port, address, url=request.url) from None

    async def _through_socks(self, request: Request, proxy: Proxy) -> Response:
        agent = _SocksAgent(
            contextFactory=self._contextFactory,
            pool=self._pool,
            maxsize=self._default_maxsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
        agent.ways = (proxy, visit_of(self._crawler).source)
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))


class _SocksAgent(_ScrapyAgent):
    """Scrapy's agent with every connection made by a SOCKS proxy."""

    #: The proxy, and as whom we ask it.
    ways: tuple[Proxy, str]

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        from twisted.internet import reactor

        running = cast("ReactorBase", reactor)
        ways = SocksEndpoints(running, *self.ways, self._contextFactory, timeout)
        agent: Agent = cast(Any, Agent).usingEndpointFactory(running, ways, pool=self._pool)
        return agent


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
