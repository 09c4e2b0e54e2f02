"""A visit for tests: a real store, real settings, loopback let pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from crawler.fetch.guard import Allow
from crawler.fetch.loop import run_async
from crawler.fetch.visit import PATIENCE, Visit
from crawler.settings import Settings
from crawler.spiders.article import ArticleSpider
from crawler.spiders.asks import Ask, Fetched
from crawler.spiders.crawl import crawl, fetch_one
from state.clock import Clock, SystemClock
from state.records import Page
from state.store import Store


@dataclass
class Parts:
    """What a crawl needs of the application."""

    settings: Settings
    store: Store
    clock: Clock
    allow: Allow


@dataclass
class Visitor:
    """Fetches as a crawl does."""

    parts: Parts
    visit: Visit

    def fetch(self, url: str, **options: Any) -> Page:
        """Fetch one page."""
        return run_async(fetch_one(self.visit, Ask(url=url, **options)))

    def fetch_all(self, asks: Sequence[Ask]) -> list[Fetched]:
        """Fetch many in one crawl."""
        got: list[Fetched] = []

        async def take(fetched: Fetched) -> None:
            got.append(fetched)

        run_async(crawl(ArticleSpider, self.visit, asks, take))
        return got


@contextmanager
def visitor(
    *,
    allow: Sequence[str] = ("127.0.0.1", "127.0.0.2"),
    delay: timedelta = timedelta(),
    patience: timedelta = PATIENCE,
    clock: Clock | None = None,
    **fetch: Any,
) -> Iterator[Visitor]:
    """Return who fetches, with an empty store."""
    table = {"user_agent": "tocsin-test (mailto:a@b.example)", "delay": delay, **fetch}
    settings = Settings.model_validate({"fetch": table})
    store = Store.in_memory()
    try:
        parts = Parts(settings, store, clock or SystemClock(), Allow.parse(allow))
        made = Visit(app=cast(Any, parts), source="s", delay=delay, patience=patience)
        yield Visitor(parts, made)
    finally:
        store.close()
