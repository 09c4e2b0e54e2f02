"""Blind intervals: from when to when we could not see a source, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, select, update

from state.store.db import AnyRow, Db
from state.store.tables import blind_intervals


@dataclass(frozen=True, slots=True)
class BlindInterval:
    """A time in which we could not see; ``until`` None is still so."""

    id: int
    source: str
    since: datetime
    until: datetime | None
    why: str


_OPEN = blind_intervals.c.until.is_(None)
_OPEN_OF = (
    select(blind_intervals)
    .where(blind_intervals.c.source == bindparam("of"), _OPEN)
    .order_by(blind_intervals.c.id)
)
_CLOSE = update(blind_intervals).where(blind_intervals.c.source == bindparam("of"), _OPEN)


class Blind:
    """Rows of ``blind_intervals``; a source has at most one that is open."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def open(self, source: str, at: datetime, why: str) -> bool:
        """Record that a source cannot be seen from now on; False if that is known already."""
        if self._db.one(_OPEN_OF, {"of": source}) is not None:
            return False
        self._db.execute(insert(blind_intervals), {"source": source, "since": at, "why": why})
        return True

    def close(self, source: str, at: datetime) -> BlindInterval | None:
        """Record that a source can be seen again; return the time in which it could not."""
        row = self._db.one(_OPEN_OF, {"of": source})
        if row is None:
            return None
        self._db.execute(_CLOSE.values(until=at), {"of": source})
        return BlindInterval(row.id, row.source, row.since, at, row.why)

    def record(self, source: str, since: datetime, until: datetime, why: str) -> None:
        """Record a time that is over: a check that was missed, items between two looks."""
        values = {"source": source, "since": since, "until": until, "why": why}
        self._db.execute(insert(blind_intervals), values)

    def list(
        self, *, since: datetime | None = None, until: datetime | None = None, source: str | None = None
    ) -> Sequence[BlindInterval]:
        """Return intervals that reach into the time asked for, in order."""
        query = select(blind_intervals).order_by(blind_intervals.c.since, blind_intervals.c.id)
        if since is not None:
            query = query.where(or_(_OPEN, blind_intervals.c.until > since))
        if until is not None:
            query = query.where(blind_intervals.c.since < until)
        if source is not None:
            query = query.where(blind_intervals.c.source == source)
        return [_interval(row) for row in self._db.all(query)]


def _interval(row: AnyRow) -> BlindInterval:
    return BlindInterval(row.id, row.source, row.since, row.until, row.why)
