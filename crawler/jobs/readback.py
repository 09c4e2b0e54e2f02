"""Reading lists back to a day on purpose: pagers and sitemap archives, page by page, so that it can be stopped.

What a page shows and where the way goes on are stored in one transaction.
After a kill the next run goes on there: no page of a list is fetched twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.discover.reading import Part, Reading
from crawler.discover.walk import Channel, read_page
from crawler.fetch.faults import refusal
from crawler.fetch.visit import Visit
from crawler.jobs.channels import channels_of
from crawler.jobs.lease import source_lease
from crawler.jobs.ringing import address_time
from crawler.spiders.asks import Ask
from state.errors import DiscoverError, SourceError
from state.identity import canonical_url
from state.records import Candidate
from state.store.validators import ChannelSeen

if TYPE_CHECKING:
    from crawler.app import App
    from state.store.tx import Tx

#: A way that was walked to its end is not walked again so soon: its articles may still be waiting.
_RESTS = timedelta(hours=24)
_DAY = timedelta(days=1)
_MOST_PAGES = 5_000
_MOST_UNDATED = 500
#: A list that never tells a time cannot say when it is far enough back.
_MOST_UNDATED_PAGES = 150
_NOT_THERE = frozenset({404, 410})

#: Told after each page of a list: how many new addresses it showed.
Progress = Callable[[int], None]


async def read_back(
    app: App, name: str, since: datetime, progress: Progress | None = None
) -> list[SourceError]:
    """Read a source's lists back to ``since`` and keep what they show; return what stopped a way before its end.

    Args:
        app: The joined parts.
        name: A configured source.
        since: How far back to read.
        progress: Told after each page.

    Raises:
        StoreError: The database refuses; what was found stays.
    """
    table = app.settings.sources[name]
    await app.store.run(lambda tx: tx.sources.upsert(name, table.model_dump(mode="json")))
    errors: list[SourceError] = []
    async with source_lease(app, name) as is_ours:
        if not is_ours:
            return errors
        for channel in channels_of(table):
            way = _Way(app, name, channel, since)
            try:
                async for new in way.pages():
                    if progress is not None:
                        progress(new)
            except SourceError as error:
                errors.append(error)
    return errors


class _Way:
    """One channel, read back; what is still to be read stands in the store beside what the channel showed."""

    def __init__(self, app: App, source: str, channel: Channel, since: datetime) -> None:
        self._app, self._source, self._channel, self._since = app, source, channel, since
        #: Under this name the store keeps how far we are; it is no address that a source could have.
        self._mark = f"back:{channel.url}"
        self._read: set[str] = set()
        self._shown: set[str] = set()
        self._undated = 0

    async def pages(self) -> AsyncIterator[int]:
        """Yield, page by page, how many new addresses it showed."""
        pending = await self._app.store.view(self._where_we_are)
        while pending and len(self._read) < _MOST_PAGES:
            url, *rest = pending
            reading = await self._fetch(url)
            self._read.add(canonical_url(url))
            candidates = self._within(reading) if reading else []
            more = self._further(reading) if reading else []
            pending = list(dict.fromkeys([*more, *rest]))
            new = await self._app.store.run(
                lambda tx: self._keep(tx, candidates, pending)  # noqa: B023
            )
            yield new

    def _where_we_are(self, tx: Tx) -> list[str]:
        mark = tx.validators.get(self._source, self._mark)
        now = self._app.clock.now()
        if mark is None or mark.seen_at is None or now - mark.seen_at > _RESTS:
            return [self._channel.url]
        if mark.items:
            return list(mark.items)
        reached = mark.newest_at is not None and mark.newest_at <= self._since
        return [] if reached else [self._channel.url]

    async def _fetch(self, url: str) -> Reading | None:
        """Return a page of the list; nothing where there is no such page, or it shows nothing more."""
        from crawler.spiders.crawl import fetch_one

        is_first = url == self._channel.url
        page = await fetch_one(Visit.of(self._app, self._source), Ask(url=url, stay=True, whole=False))
        now = self._app.clock.now()
        error = refusal(page, source=self._source, now=now)
        if error is not None:
            if error.status in _NOT_THERE and not is_first:
                return None
            raise error
        try:
            return await asyncio.to_thread(read_page, self._channel, page, source=self._source, now=now)
        except DiscoverError:
            if is_first:
                raise
            return None

    def _within(self, reading: Reading) -> list[Candidate]:
        """Return what is young enough, or does not tell its age."""
        dated = [(candidate, _time(candidate)) for candidate in reading.candidates]
        young = [candidate for candidate, at in dated if at is not None and at >= self._since]
        undated = [candidate for candidate, at in dated if at is None]
        if self._channel.kind == "sitemap" and len(undated) > _MOST_UNDATED:
            half = _MOST_UNDATED // 2
            undated = [*undated[:half], *undated[-half:]]
        return [*young, *undated]

    def _further(self, reading: Reading) -> list[str]:
        """Return where the way goes on: an archive's files, or the list's next page while it is not too old."""
        parts = [part.url for part in sorted(reading.parts, key=_newest_first) if self._is_wanted(part)]
        if parts:
            return [url for url in parts if canonical_url(url) not in self._read]
        times = [at for candidate in reading.candidates if (at := _time(candidate)) is not None]
        newest = max(times, default=reading.latest_at)
        is_old = newest is not None and newest < self._since
        self._undated = 0 if newest is not None else self._undated + 1
        keys = {candidate.key for candidate in reading.candidates}
        brings_nothing = keys <= self._shown  # beyond its end many a list shows its last page for ever
        self._shown |= keys
        if reading.older is None or is_old or brings_nothing or self._undated > _MOST_UNDATED_PAGES:
            return []
        return [] if canonical_url(reading.older) in self._read else [reading.older]

    def _is_wanted(self, part: Part) -> bool:
        return part.modified_at is None or part.modified_at >= self._since - _DAY

    def _keep(self, tx: Tx, candidates: Sequence[Candidate], pending: Sequence[str]) -> int:
        now = self._app.clock.now()
        row = tx.sources.get(self._source)
        is_first = row is None or row.first_finished_at is None
        site = self._app.settings.sources[self._source].site
        if self._app.names is not None:
            candidates = self._app.names.candidates(candidates, site)
        undated = [c for c in candidates if _time(c) is None]
        new = len(tx.frontier.add(undated, now, backlog=True))
        new += len(tx.frontier.add([c for c in candidates if _time(c) is not None], now, backlog=is_first))
        before = tx.validators.get(self._source, self._mark) or ChannelSeen()
        mark = replace(before, items=tuple(pending), newest_at=self._since, seen_at=now)
        tx.validators.put(self._source, self._mark, mark)
        return new


def _time(candidate: Candidate) -> datetime | None:
    return candidate.modified_at or candidate.published_at or address_time(candidate.url)


def _newest_first(part: Part) -> float:
    return -part.modified_at.timestamp() if part.modified_at is not None else 0.0
