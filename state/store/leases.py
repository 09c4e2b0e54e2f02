"""Leases: who may do a thing for now, by the database's clock, so that no two machines' clocks matter.

The row ``delivery-held`` stops all sending until it is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from state.store.db import Db
from state.store.tables import leases

_GET = select(leases).where(leases.c.name == bindparam("name"))
_DELETE = leases.delete().where(leases.c.name == bindparam("called"), leases.c.owner == bindparam("whose"))
_HOLD = "delivery-held"


@dataclass(frozen=True, slots=True)
class Lease:
    """Who has what until when; ``until`` None is until it is given back."""

    name: str
    owner: str
    taken_at: datetime
    until: datetime | None


class Leases:
    """Rows of ``leases``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def take(self, name: str, owner: str, seconds: float) -> bool:
        """Take a lease that is free, has run out or is one's own; tell whether it is one's own now."""
        now = self._db.now()
        values = {"name": name, "owner": owner, "taken_at": now, "until": now + timedelta(seconds=seconds)}
        if self._db.insert_new(leases, values):
            return True
        held = self._db.one(_GET.with_for_update(), {"name": name})
        if held is not None and held.owner != owner and (held.until is None or held.until > now):
            return False
        self._db.upsert(leases, values)
        return True

    def release(self, name: str, owner: str) -> None:
        """Give a lease back; that of another stays."""
        self._db.execute(_DELETE, {"called": name, "whose": owner})

    def get(self, name: str) -> Lease | None:
        """Return the lease as it stands, also when it has run out."""
        row = self._db.one(_GET, {"name": name})
        return None if row is None else Lease(row.name, row.owner, row.taken_at, row.until)

    def hold_delivery(self, why: str, now: datetime) -> None:
        """Stop all sending until ``resume``; ``why`` is told to who asks."""
        self._db.upsert(leases, {"name": _HOLD, "owner": why, "taken_at": now, "until": None})

    def held(self) -> str | None:
        """Return why nothing is sent at present; None if delivery is free."""
        row = self._db.one(_GET, {"name": _HOLD})
        return None if row is None else str(row.owner)

    def resume(self) -> bool:
        """Let delivery go on; tell whether it was held."""
        return self._db.run(leases.delete().where(leases.c.name == _HOLD)) > 0
