"""What every part of one crawl needs to know: for whom it fetches, how politely, within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from crawler.fetch.proxy import Proxy

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.app import App

DEFAULT_USER_AGENT = "tocsin (news monitor; no contact address configured)"

#: A host that asks us to stay away longer than this is left for a later poll.
PATIENCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One crawl on behalf of one source (or of nobody, for a one-off read)."""

    app: App
    source: str
    delay: timedelta
    via: str | None = None
    patience: timedelta = PATIENCE

    @classmethod
    def of(cls, app: App, source: str) -> Visit:
        """Return the visit that a configured source asks for."""
        table = app.settings.sources.get(source)
        delay = app.settings.fetch.delay
        if table is None:
            return cls(app=app, source=source, delay=delay)
        return cls(app=app, source=source, delay=delay if table.delay is None else table.delay, via=table.via)

    @property
    def proxy(self) -> Proxy | None:
        """Return the proxy of this source, None for direct connections.

        Raises:
            ConfigError: ``via`` is no proxy we can use.
        """
        return None if self.via is None else Proxy.parse(self.via)

    @property
    def user_agent(self) -> str:
        """Return who we say we are."""
        return self.app.settings.fetch.user_agent or DEFAULT_USER_AGENT


def visit_of(crawler: Crawler) -> Visit:
    """Return the visit that a running crawl makes; its spider carries it."""
    return cast("Visit", crawler.spider.visit)  # type: ignore[union-attr]


def host_of(url: str) -> str:
    """Return the host as pace and robots rows know it, with the port if it is not the scheme's own."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().rstrip(".")
    usual = 443 if parts.scheme == "https" else 80
    return host if parts.port in (None, usual) else f"{host}:{parts.port}"
