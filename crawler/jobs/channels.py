"""Look at every channel of a source: what each showed, and what is to be remembered of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.discover.walk import Channel, ChannelKind, Walk
from crawler.fetch.faults import refusal
from crawler.fetch.visit import Visit
from crawler.settings import SourceTable
from crawler.spiders.asks import Ask, Fetched
from state.errors import DiscoverError, FetchError, SourceError
from state.records import Candidate, Page
from state.store.validators import ChannelSeen

if TYPE_CHECKING:
    from crawler.app import App

#: A server may say "unchanged" for ever: once a day it is asked anew.
_TRUST_VALIDATORS = timedelta(hours=24)
_LARGE = 200_000
_MOST_REMEMBERED = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one channel showed at one look.

    ``seen`` is to be stored with the candidates; ``gap`` tells that no item of
    the look before was found again; ``notes`` are sentences that a person should
    know, ``cut`` the one that says what is missing where a page did not come whole.
    """

    channel: Channel
    seen: ChannelSeen
    before: ChannelSeen | None
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[str, ...] = ()
    cut: str = ""
    gap: bool = False
    changed: bool = False
    error: SourceError | None = None

    @property
    def is_first(self) -> bool:
        """Tell whether this channel was never read before."""
        return self.before is None or self.before.seen_at is None


@dataclass(slots=True)
class _Way:
    """One channel on its way through the crawl."""

    channel: Channel
    before: ChannelSeen | None
    walk: Walk
    error: SourceError | None = None
    unchanged: bool = False


def channels_of(table: SourceTable) -> list[Channel]:
    """Return a source's channels in the order in which they are believed: feeds carry the most."""
    rows: list[tuple[ChannelKind, Sequence[str]]] = [
        ("feed", table.feeds),
        ("listing", table.listings),
        ("sitemap", table.sitemaps),
    ]
    return [Channel(kind, url) for kind, urls in rows for url in urls]


async def look_at_channels(app: App, name: str, known: Mapping[str, ChannelSeen]) -> list[Look]:
    """Fetch and read all channels of a source; a channel that cannot be read is a look with an error."""
    from crawler.spiders.crawl import crawl
    from crawler.spiders.index import IndexSpider

    table, now = app.settings.sources[name], app.clock.now()
    horizon = now - app.settings.alerts.lookback
    looks: dict[str, Look] = {}
    ways = []
    for channel in channels_of(table):
        before = known.get(channel.url)
        walk = Walk(
            channel,
            name,
            known=before.items if before is not None else (),
            newest=before.newest_at if before is not None else None,
            horizon=horizon,
            now=now,
        )
        ways.append(_Way(channel, before, walk))

    async def take(fetched: Fetched) -> None:
        way: _Way = fetched.ask.about
        looks[way.channel.url] = await asyncio.to_thread(_look, way, fetched, now)

    asks = [_ask(name, way, now) for way in ways]
    await crawl(IndexSpider, Visit.of(app, name), asks, take)
    return [looks[way.channel.url] for way in ways if way.channel.url in looks]


def _ask(source: str, way: _Way, now: datetime) -> Ask:
    async def follow(pages: Sequence[Page]) -> str | None:
        page = pages[-1]
        if len(page.body) > _LARGE:
            return await asyncio.to_thread(_read, source, way, page, len(pages), now)
        return _read(source, way, page, len(pages), now)

    before = way.before
    is_trusted = (
        before is not None
        and not before.error
        and before.seen_at is not None
        and now - before.seen_at < _TRUST_VALIDATORS
    )
    return Ask(
        url=way.channel.url,
        about=way,
        etag=before.etag if before is not None and is_trusted else None,
        last_modified=before.last_modified if before is not None and is_trusted else None,
        stay=True,
        whole=False,
        follow=follow,
    )


def _read(source: str, way: _Way, page: Page, number: int, now: datetime) -> str | None:
    """Take in one page of a channel; a fault of the first is the channel's, of a later one ends the walk."""
    if page.status == 304:
        way.unchanged = True
        return None
    try:
        error = refusal(page, source=source, now=now)
        if error is not None:
            raise error
        if number == 1 and _is_unchanged(way.before, page):
            way.unchanged = True
            return None
        way.walk.read(page)
    except (DiscoverError, FetchError) as fault:
        if number == 1 or not way.walk.candidates:
            way.error = fault
            return way.walk.next_url() if number > 1 else None
        way.walk.whole = False
    return way.walk.next_url()


def _is_unchanged(before: ChannelSeen | None, page: Page) -> bool:
    return before is not None and not before.error and before.body_hash == digest(page.body)


def digest(body: bytes) -> str:
    """Return what tells one body from another."""
    return hashlib.sha256(body).hexdigest()


def _look(way: _Way, fetched: Fetched, now: datetime) -> Look:
    before, walk = way.before, way.walk
    last = before or ChannelSeen()
    error = way.error or fetched.error
    if error is not None and not walk.candidates:
        seen = replace(last, error=error.problem[:500])
        return Look(channel=way.channel, seen=seen, before=before, error=error)
    if way.unchanged:
        return Look(channel=way.channel, seen=replace(last, ok_at=now, error=""), before=before)
    first = fetched.pages[0]
    may_keep = walk.whole and not walk.is_index and error is None
    seen = ChannelSeen(
        etag=first.headers.get("etag") if may_keep else None,
        last_modified=first.headers.get("last-modified") if may_keep else None,
        body_hash=digest(first.body) if may_keep else None,
        items=walk.shown[:_MOST_REMEMBERED],
        newest_at=walk.newest_at,
        seen_at=now,
        ok_at=now,
    )
    return Look(
        channel=way.channel,
        seen=seen,
        before=before,
        candidates=walk.candidates,
        notes=walk.notes,
        cut="" if walk.whole else next(iter(walk.notes), ""),
        gap=not walk.overlaps,
        changed=True,
    )
