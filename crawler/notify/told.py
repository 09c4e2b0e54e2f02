"""What composing a message needs: about each notice, and about who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from crawler.notify.labels import Labels
from state.article import Article
from state.records import Alert, Event, Match, Notice

Reading = Literal["publisher", "feed", "copy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One notice with what the store knows about it.

    ``outlet`` is how the source is named to people.  ``earlier`` is when this
    channel was first told of the alert, and under which headline.  ``remarks``
    are sentences about the rules (untested, not reviewed by a native speaker).
    """

    notice: Notice
    alert: Alert
    headline: str
    url: str | None
    outlet: str
    read: Reading = "publisher"
    publisher: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_day_only: bool = False
    first_seen: datetime | None = None
    seen_before: datetime | None = None
    article: Article | None = None
    matches: tuple[Match, ...] = ()
    earlier_at: datetime | None = None
    earlier_headline: str | None = None
    earlier_to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    #: Matched words with what the pack says they mean, for quotes that the reader may not read.
    senses: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Return the alert's id; of a later notice with its number: ``A-52be/2``."""
        return self.alert.id if self.notice.number == 1 else f"{self.alert.id}/{self.notice.number}"

    @property
    def lead(self) -> Event | None:
        """Return the event the message speaks of first: the first with the notice's own claim."""
        events = self.notice.events
        return next(
            (event for event in events if event.claim == self.notice.claim), events[0] if events else None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One channel as composing sees it."""

    channel: str
    words: Labels
    zone: ZoneInfo
    now: datetime
    content: Literal["full", "discreet"] = "full"
    public_url: str | None = None

    def link(self, alert: str) -> str | None:
        """Return the desk's page of an alert, None if the desk has no public address."""
        if not self.public_url:
            return None
        return f"{self.public_url.rstrip('/')}/a/{alert.removeprefix('A-')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """One message as it goes out.

    ``notices`` are those it tells, as (alert, number).  ``own_id`` means that
    the last line, the message's own id, is still to be put under it.
    """

    title: str
    body: str
    html: str | None = None
    notices: tuple[tuple[str, int], ...] = ()
    own_id: bool = False
