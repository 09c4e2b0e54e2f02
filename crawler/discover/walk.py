"""Reading one channel: its first page, and back from there to what we already know.

A feed or listing must still show an item of the look before.  If it does not,
its older pages are read until one shows up; what cannot be closed so is a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import structlog

from crawler.discover import feed, listing, sitemap
from crawler.discover.reading import Reading, place
from state.records import Candidate, Page

ChannelKind = Literal["feed", "sitemap", "listing"]

_MOST_PAGES_BACK = 20
_MOST_PARTS = 12
_MOST_CANDIDATES = 20_000
_MOST_UNDATED = 500
_MOST_SHOWN = 2000

_LOG = structlog.stdlib.get_logger("tocsin.discover")


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
        newest: The latest time that it showed then; a board is read back to before it.
        horizon: Rows of a sitemap that changed before this are left out.
        now: The present instant.
    """

    def __init__(
        self,
        channel: Channel,
        source: str,
        *,
        known: Collection[str] = (),
        newest: datetime | None = None,
        horizon: datetime,
        now: datetime,
    ) -> None:
        self.channel = channel
        self._source, self._now = source, now
        self._known, self._newest = frozenset(known), newest
        self._horizon = horizon
        self._found: dict[str, Candidate] = {}
        self._first_page: tuple[str, ...] = ()
        self._visited: set[str] = set()
        self._is_closed = not self._known
        self._parts: list[str] = []
        self._older: str | None = None
        self._pages = 0
        self._is_index = False
        #: Whether every page came whole: only then may validators be kept.
        self.whole = True
        #: The latest time that any row bore, those left out as too old included.
        self.newest_at: datetime | None = None
        #: What a person should know of the channel: that it breaks off, that it has moved.
        self.notes: tuple[str, ...] = ()

    def read(self, page: Page) -> None:
        """Take in one page.

        Raises:
            DiscoverError: It is no such page, and it is the first; a later one only ends the walk.
        """
        reading = read_page(self.channel, page, source=self._source, now=self._now)
        self._pages += 1
        self._visited |= {place(page.requested_url or page.url), place(page.url)}
        self.whole = self.whole and reading.whole and not page.truncated
        self._note(page, reading)
        if reading.parts:
            self._is_index = True
            chosen = sitemap.choose_parts(reading.parts, self._horizon)
            self._parts.extend(part.url for part in chosen)
        self._is_closed = self._is_closed or self._closes(reading.candidates)
        new = [candidate for candidate in self._recent(reading) if candidate.key not in self._found]
        for candidate in new[: _MOST_CANDIDATES - len(self._found)]:
            self._found[candidate.key] = candidate
        if self._pages == 1 or self._is_index:
            keys = [candidate.key for candidate in reading.candidates]
            self._first_page = (*self._first_page, *keys)[:_MOST_SHOWN]
        self.newest_at = max(filter(None, [self.newest_at, *_times(reading.candidates)]), default=None)
        self._older = reading.older if new else None

    def _note(self, page: Page, reading: Reading) -> None:
        notes = list(reading.notes)
        asked, got = page.requested_url or page.url, page.url
        if self._pages == 1 and place(asked) != place(got):
            notes.append(f"it answers from {got} now: write that address into the configuration")
        tell = (
            _LOG.info if self.channel.kind == "sitemap" else _LOG.warning
        )  # few sitemaps date their rows well
        for note in notes:
            tell("a channel is not as it should be", source=self._source, url=got, note=note)
        self.notes = tuple(dict.fromkeys([*self.notes, *notes]))

    def _closes(self, rows: Sequence[Candidate]) -> bool:
        """Tell whether a page reaches back to what was seen before.

        A list may hold topics at its head for months, and a reply lifts an old
        topic there: such rows are known and close nothing.  On a board with
        times only a row that has rested since the look before does.
        """
        if self.channel.kind == "listing":
            known = [row.key in self._known for row in rows]
            resting = [row.modified_at for row in rows[_held(rows) :] if row.modified_at is not None]
            if self._newest is not None and resting:
                return min(resting) <= self._newest
            if self._pages == 1 and not all(known):
                head = known.index(False)
                return head * 2 >= len(known) or any(known[head:])
        return any(row.key in self._known for row in rows)

    def next_url(self) -> str | None:
        """Return the address to read next, None when enough was read."""
        while self._parts and self._pages <= _MOST_PARTS:
            part = self._parts.pop(0)
            if place(part) not in self._visited:
                return part
        if self._older is None or self._is_index or place(self._older) in self._visited:
            return None
        return None if self.overlaps or self._pages >= _MOST_PAGES_BACK else self._older

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
        return self._is_closed

    def _recent(self, reading: Reading) -> list[Candidate]:
        """Return the rows that may be new; of a sitemap's undated rows both ends, as it grows at one of them."""
        if self.channel.kind != "sitemap":
            return list(reading.candidates)
        dated = [
            c for c in reading.candidates if c.modified_at is not None and c.modified_at >= self._horizon
        ]
        undated = [c for c in reading.candidates if c.modified_at is None]
        if self._known and len(reading.candidates) <= _MOST_SHOWN:
            undated = [c for c in undated if c.key not in self._known]
        if len(undated) > _MOST_UNDATED:
            half = _MOST_UNDATED // 2
            undated = [*undated[:half], *undated[-half:]]
        return [*dated, *undated]


def _times(rows: Sequence[Candidate]) -> list[datetime]:
    return [at for row in rows if (at := row.modified_at or row.published_at) is not None]


def _held(rows: Sequence[Candidate]) -> int:
    """Return how many rows a board holds at its head: those older than a row below them."""
    latest, held = None, 0
    for at in range(len(rows) - 1, -1, -1):
        time = rows[at].modified_at
        if time is not None and latest is not None and time < latest:
            held = max(held, at + 1)
        latest = max(filter(None, (latest, time)), default=None)
    return held
