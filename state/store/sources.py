"""Sources: when each is due, how its last look went, and the state it is in.

Truth of what is due is ``next_at``; a timer or a job is only a wake-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from state.store.db import Db
from state.store.leases import Leases
from state.store.tables import sources


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: its table of the configuration, its timetable, its last look, its state.

    ``ok_at`` is when a look last went well, ``first_finished_at`` when one
    first did; ``found`` and ``new`` count the items of the last look;
    ``sentence`` says in plain words what ``state`` means here.
    """

    name: str
    settings: Mapping[str, Any]
    next_at: datetime | None
    polling_since: datetime | None
    polled_at: datetime | None
    ok_at: datetime | None
    error: str
    first_finished_at: datetime | None
    found: int
    new: int
    state: str
    state_since: datetime | None
    sentence: str
    retired_at: datetime | None
    retired_why: str | None


_SELECT = select(*(sources.c[field.name] for field in fields(SourceRow)))
_GET = _SELECT.where(sources.c.name == bindparam("called"))
_DUE = (
    select(sources.c.name)
    .where(sources.c.next_at <= bindparam("now"))
    .order_by(sources.c.next_at, sources.c.name)
)
_UPDATE = update(sources).where(sources.c.name == bindparam("called"))


class Sources:
    """Rows of ``sources``, named as in the configuration."""

    def __init__(self, db: Db, leases: Leases) -> None:
        self._db = db
        self._leases = leases

    def upsert(self, name: str, settings: Mapping[str, Any]) -> None:
        """Keep a source's table of the configuration; what we know of it stays."""
        self._db.upsert(sources, {"name": name, "settings": dict(settings)})

    def get(self, name: str) -> SourceRow | None:
        """Return one source."""
        row = self._db.one(_GET, {"called": name})
        return None if row is None else SourceRow(*row)

    def due(self, now: datetime) -> list[str]:
        """Return the names of sources whose time has come, the longest overdue first."""
        return [row.name for row in self._db.all(_DUE, {"now": now})]

    def next_due(self) -> datetime | None:
        """Return when the next source is due."""
        at: datetime | None = self._db.value(select(func.min(sources.c.next_at)))
        return at

    def set_next(self, name: str, next_at: datetime | None) -> None:
        """Say when a source is due next; None is never."""
        self._change(name, next_at=next_at)

    def begin_poll(self, name: str, now: datetime) -> None:
        """Record that a look has begun; it stands until ``finish_poll``, also over a kill."""
        self._change(name, polling_since=now)

    def finish_poll(
        self, name: str, now: datetime, *, ok: bool, error: str = "", found: int = 0, new: int = 0
    ) -> None:
        """Record how a look ended; the first good one sets ``first_finished_at``."""
        self._change(name, polling_since=None, polled_at=now, error=error, found=found, new=new)
        if ok:
            first = func.coalesce(sources.c.first_finished_at, bindparam("first", now, sources.c.ok_at.type))
            self._change(name, ok_at=now, first_finished_at=first)

    def lease(self, name: str, owner: str, seconds: float) -> bool:
        """Take a source for one look; tell whether it is ours now."""
        return self._leases.take(f"source:{name}", owner, seconds)

    def release(self, name: str, owner: str) -> None:
        """Give a source back."""
        self._leases.release(f"source:{name}", owner)

    def set_state(self, name: str, state: str, since: datetime, sentence: str) -> bool:
        """Put a source into a state; tell whether that is a change, which is told once.

        In the same state only the sentence is renewed; ``since`` stays.
        """
        row = self.get(name)
        if row is None:
            return False
        if row.state == state:
            self._change(name, sentence=sentence)
            return False
        self._change(name, state=state, state_since=since, sentence=sentence)
        return True

    def retire(self, name: str, now: datetime, why: str) -> None:
        """Record that a source has ended, and why."""
        self._change(name, retired_at=now, retired_why=why)

    def unretire(self, name: str) -> None:
        """Take a source up again."""
        self._change(name, retired_at=None, retired_why=None)

    def _change(self, name: str, **values: Any) -> None:
        self._db.execute(_UPDATE.values(**values), {"called": name})

    def list(self) -> list[SourceRow]:
        """Return all sources by name, retired ones too."""
        return [SourceRow(*row) for row in self._db.all(_SELECT.order_by(sources.c.name))]
