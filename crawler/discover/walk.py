"""Reading one channel: its first page, and back from there to what we already know.

A feed or listing must still show an item of the look before.  If it does not,
its older pages are read until one shows up; what cannot be closed so is a gap.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crawler.discover import feed, listing, sitemap
from crawler.discover.reading import Reading
from state.identity import canonical_url
from state.records import Candidate, Page

ChannelKind = Literal["feed", "sitemap", "listing"]

_DAY = timedelta(days=1)
_MOST_PAGES_BACK = 20
_MOST_PAGES_SINCE = 150
_MOST_PARTS = 12
_MOST_CANDIDATES = 20_000
_MOST_UNDATED = 500


@dataclass(frozen=True, slots=True)
class Channel:
    """One address of a source that names articles."""

    kind: ChannelKind
    url: str


def read_page(channel: Channel, page: Page, *, source: str, now: datetime) -> Reading:
    """Read one page as what the configuration says it is.

    Raises:
        DiscoverError: It is something else, or shows nothing.
    """
    if channel.kind == "feed":
        return feed.read(
            page.body, base_url=page.url, headers=page.headers, source=source, channel=channel.url, now=now
        )
    if channel.kind == "sitemap":
        return sitemap.read(page.body, base_url=page.url, source=source, channel=channel.url, now=now)
    return listing.read(page, source=source, channel=channel.url, now=now)


class Walk:
    """The way through one channel; feed it pages, ask it where to go next.

    Args:
        channel: What is read.
        source: Name of the source.
        known: Article keys that the channel showed at the look before.
        since: How far back to read on purpose; None reads back only to what is known.
        horizon: Rows of a sitemap that changed before this are left out.
        now: The present instant.
    """

    def __init__(
        self,
        channel: Channel,
        source: str,
        *,
        known: Collection[str] = (),
        since: datetime | None = None,
        horizon: datetime,
        now: datetime,
    ) -> None:
        self.channel = channel
        self._source, self._now = source, now
        self._known, self._since, self._horizon = frozenset(known), since, horizon
        self._found: dict[str, Candidate] = {}
        self._first_page: tuple[str, ...] = ()
        self._visited: set[str] = set()
        self._parts: list[str] = []
        self._older: str | None = None
        self._pages = 0
        self._is_index = False
        #: Whether every page came whole: only then may validators be kept.
        self.whole = True
        #: Keys found by reading back further than the look before asked for.
        self.deep: set[str] = set()

    def read(self, page: Page) -> None:
        """Take in one page.

        Raises:
            DiscoverError: It is no such page, and it is the first; a later one only ends the walk.
        """
        reading = read_page(self.channel, page, source=self._source, now=self._now)
        self._pages += 1
        self._visited |= {canonical_url(page.requested_url or page.url), canonical_url(page.url)}
        self.whole = self.whole and reading.whole and not page.truncated
        if reading.parts:
            self._is_index = True
            chosen = sitemap.choose_parts(reading.parts, self._horizon)
            self._parts.extend(part.url for part in chosen)
        was_closed = self.overlaps
        new = [candidate for candidate in self._recent(reading) if candidate.key not in self._found]
        for candidate in new[: _MOST_CANDIDATES - len(self._found)]:
            self._found[candidate.key] = candidate
            if self._pages > 1 and was_closed and not self._is_index:
                self.deep.add(candidate.key)
        if self._pages == 1 or self._is_index:
            self._first_page = tuple(self._found)
        self._older = reading.older if new else None

    def next_url(self) -> str | None:
        """Return the address to read next, None when enough was read."""
        while self._parts and self._pages <= _MOST_PARTS:
            part = self._parts.pop(0)
            if canonical_url(part) not in self._visited:
                return part
        if self._older is None or self._is_index or canonical_url(self._older) in self._visited:
            return None
        if not self.overlaps:
            return self._older if self._pages < _MOST_PAGES_BACK else None
        if self._since is not None and self._oldest() > self._since and self._pages < _MOST_PAGES_SINCE:
            return self._older
        return None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return all that was found, in the order of reading."""
        return tuple(self._found.values())

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the keys of the channel's own first page (of all parts read, for an index)."""
        return self._first_page

    @property
    def is_index(self) -> bool:
        """Tell whether the address is a sitemap index: its own validators say nothing about its parts."""
        return self._is_index

    @property
    def overlaps(self) -> bool:
        """Tell whether an item of the look before was seen, or there was none to see."""
        return not self._known or not self._known.isdisjoint(self._found)

    def _recent(self, reading: Reading) -> list[Candidate]:
        if self.channel.kind != "sitemap":
            return list(reading.candidates)
        dated = [
            c for c in reading.candidates if c.modified_at is not None and c.modified_at >= self._horizon
        ]
        undated = [c for c in reading.candidates if c.modified_at is None]
        if len(undated) > _MOST_UNDATED and not self._known:
            half = _MOST_UNDATED // 2
            undated = [*undated[:half], *undated[-half:]]
        return [*dated, *undated]

    def _oldest(self) -> datetime:
        times = [c.modified_at or c.published_at for c in self._found.values()]
        return min((at for at in times if at is not None), default=self._now)
