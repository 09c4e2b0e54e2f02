"""Silences: what nobody is to be told for a while, and who decided that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from state.store.db import AnyRow, Db
from state.store.ids import short_id
from state.store.tables import silences
from state.store.types import canonical_json, instant_text


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """What is muted (label → value), from when to when, by whom and why."""

    id: str
    matchers: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    by: str
    because: str
    expired_at: datetime | None


_ACTIVE = (
    select(silences)
    .where(
        silences.c.expired_at.is_(None),
        silences.c.starts_at <= bindparam("now"),
        silences.c.ends_at > bindparam("now"),
    )
    .order_by(silences.c.ends_at, silences.c.id)
)
_TAKEN = select(silences.c.id).where(
    silences.c.id >= bindparam("shortest"), silences.c.id <= bindparam("longest")
)
_EXPIRE = update(silences).where(silences.c.id == bindparam("called"), silences.c.expired_at.is_(None))


class Silences:
    """Rows of ``silences``; none is removed, so that it can be shown who muted what."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(
        self,
        matchers: Mapping[str, str],
        starts_at: datetime,
        ends_at: datetime,
        *,
        by: str,
        because: str = "",
    ) -> str:
        """Keep a silence and return its id, ``S-`` and hex digits."""
        seed = canonical_json([dict(matchers), instant_text(starts_at), instant_text(ends_at), by])
        id = short_id("S-", seed, self._ids)
        values = {"id": id, "matchers": dict(matchers), "starts_at": starts_at, "ends_at": ends_at}
        self._db.execute(insert(silences), values | {"by": by, "because": because})
        return id

    def _ids(self, shortest: str, longest: str) -> set[str]:
        return {row.id for row in self._db.all(_TAKEN, {"shortest": shortest, "longest": longest})}

    def active(self, now: datetime) -> Sequence[SilenceRow]:
        """Return those in force now."""
        return [_silence(row) for row in self._db.all(_ACTIVE, {"now": now})]

    def expire(self, id: str, now: datetime) -> bool:
        """End one before its time; False if there is none in force."""
        return self._db.run(_EXPIRE.values(expired_at=now), {"called": id}) > 0

    def list(self) -> Sequence[SilenceRow]:
        """Return all there ever were, the last to end first."""
        return [_silence(row) for row in self._db.all(select(silences).order_by(silences.c.ends_at.desc()))]


def _silence(row: AnyRow) -> SilenceRow:
    return SilenceRow(row.id, row.matchers, row.starts_at, row.ends_at, row.by, row.because, row.expired_at)
