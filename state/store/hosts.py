"""Hosts: robots.txt, the next moment we may knock, and what they asked of us."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from state.store.db import Db
from state.store.tables import hosts


@dataclass(frozen=True, slots=True)
class HostRow:
    """What we know about one host; ``failures`` counts those in a row."""

    host: str
    robots_body: bytes | None
    robots_status: int | None
    robots_fetched_at: datetime | None
    robots_expires_at: datetime | None
    next_at: datetime | None
    failures: int
    retry_after_until: datetime | None
    last_error: str


_GET = select(*(hosts.c[field.name] for field in fields(HostRow))).where(hosts.c.host == bindparam("name"))
_GET_LOCKED = _GET.with_for_update()


class Hosts:
    """Rows of ``hosts``, one per ``name`` or ``name:port``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, host: str) -> HostRow | None:
        """Return what is known about a host."""
        row = self._db.one(_GET, {"name": host})
        return None if row is None else HostRow(*row)

    def reserve(self, host: str, now: datetime, delay: timedelta) -> datetime:
        """Take the next free moment at a host and return it; the one after is ``delay`` later.

        Never before what its ``Retry-After`` asked.  Whoever reserves waits
        until then; two machines never get the same moment.
        """
        row = self._locked(host)
        at = max(now, row.next_at or now, row.retry_after_until or now)
        self._db.upsert(hosts, {"host": host, "next_at": at + delay})
        return at

    def note_failure(self, host: str, error: str, *, retry_after_until: datetime | None = None) -> int:
        """Record that a host failed; return how many times in a row it has."""
        row = self._locked(host)
        until = max((at for at in (row.retry_after_until, retry_after_until) if at), default=None)
        values = {
            "host": host,
            "failures": row.failures + 1,
            "retry_after_until": until,
            "last_error": error,
        }
        self._db.upsert(hosts, values)
        return row.failures + 1

    def note_success(self, host: str) -> None:
        """Record that a host answered: earlier failures no longer count."""
        values = {"host": host, "failures": 0, "last_error": "", "retry_after_until": None}
        self._db.upsert(hosts, values)

    def put_robots(
        self,
        host: str,
        *,
        body: bytes | None,
        status: int | None,
        fetched_at: datetime,
        expires_at: datetime,
    ) -> None:
        """Keep the answer for robots.txt: body None with the status that said why there is none."""
        values = {
            "host": host,
            "robots_body": body,
            "robots_status": status,
            "robots_fetched_at": fetched_at,
            "robots_expires_at": expires_at,
        }
        self._db.upsert(hosts, values)

    def _locked(self, host: str) -> HostRow:
        row = self._db.one(_GET_LOCKED, {"name": host})
        if row is None:
            self._db.insert_new(hosts, {"host": host})
            row = self._db.one(_GET_LOCKED, {"name": host})
        if row is None:
            raise LookupError(host)
        return HostRow(*row)
