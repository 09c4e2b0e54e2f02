"""What is handed to a decision: an article as read now, and an alert as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from state.article import Article
from state.records import Alert, Assessment, Event, Notice, NoticeKind, Relation

ReadFrom = Literal["page", "feed", "copy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another article of the story, to be named: the one joined to, or the original."""

    key: str
    title: str
    url: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One version of one article, understood.

    ``assessments`` is all that it holds, ``fresh`` what of it is young enough to
    ring.  ``revised`` is set when an earlier version was stored, ``replaced``
    when that was a poorer rendering of the same text, ``back`` when the page
    had been gone.  ``found_original`` names the repost whose original this is.
    ``replies_ring`` tells that the source wants posts to count as body.
    """

    article: Article
    key: str
    version: str
    relation: Relation
    assessments: tuple[Assessment, ...] = ()
    fresh: tuple[Assessment, ...] = ()
    of: Other | None = None
    found_original: Other | None = None
    revised: bool = False
    replaced: bool = False
    back: bool = False
    replies_ring: bool = False
    first_seen_at: datetime | None = None
    changed_after: datetime | None = None
    read_from: ReadFrom = "page"

    def assessed(self, kind: str) -> Assessment | None:
        """Return what this version holds of a kind, None if nothing."""
        return next((item for item in self.assessments if item.kind == kind), None)

    def ringing(self, kind: str) -> Assessment | None:
        """Return what of a kind is young enough to ring, None if nothing."""
        return next((item for item in self.fresh if item.kind == kind), None)

    def telling(self, kind: str) -> tuple[Event, ...]:
        """Return the events that may make news: those of replies only where replies ring."""
        found = self.ringing(kind)
        events = found.events if found else ()
        if self.replies_ring:
            return events
        return tuple(event for event in events if not event.quote_at.field.startswith("/comments/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One (story, kind): its alert if there is one, and what was told of it so far.

    ``id`` is the alert's, or the one a new alert is to get; ``unclaimed`` holds
    numbers of notices that nobody has been sent yet.
    """

    id: str
    story: str
    kind: str
    alert: Alert | None = None
    notices: tuple[Notice, ...] = ()
    unclaimed: frozenset[int] = frozenset()

    @property
    def next_number(self) -> int:
        """Return the number of the next notice, counted from 1."""
        return max((notice.number for notice in self.notices), default=0) + 1

    def told_of(self, key: str) -> Notice | None:
        """Return the newest notice that quoted this article."""
        quoting = (NoticeKind.ALERT, NoticeKind.UPDATE, NoticeKind.CORRECTION)
        mine = [n for n in self.notices if n.article == key and n.kind in quoting]
        return mine[-1] if mine else None

    def told_events(self) -> tuple[Event, ...]:
        """Return every event told so far, over all articles."""
        return tuple(event for notice in self.notices for event in notice.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do for one kind: the alert as it now stands, the notice if there is one, and why.

    ``recomposed`` means that the notice takes the place of one with the same
    number that nobody was sent.
    """

    kind: str
    alert: Alert | None
    notice: Notice | None
    reason: str
    recomposed: bool = False


def kinds_of(reading: Reading, standings: Sequence[Standing]) -> list[str]:
    """Return the kinds to decide: those read now, and those told of this article before."""
    told = [s.kind for s in standings if s.alert and s.told_of(reading.key)]
    return list(dict.fromkeys([item.kind for item in reading.assessments] + told))
