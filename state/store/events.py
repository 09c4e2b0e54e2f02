"""Events: who left which party for which, or which party was dissolved, as one version of an article says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select

from state.records import Event
from state.records_json import event_from_json, event_to_json
from state.store.db import Db, Values
from state.store.prepared import Prepared
from state.store.tables import articles, events


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event and the version of the article that tells it."""

    id: int
    article: str
    version: str
    event: Event
    at: datetime


_INSERT = Prepared(insert(events))
_FORGET = Prepared(
    delete(events).where(events.c.article == bindparam("called"), events.c.version == bindparam("hash"))
)
_OF = (
    select(events)
    .where(events.c.article == bindparam("called"), events.c.version == bindparam("hash"))
    .order_by(events.c.id)
)


class Events:
    """Rows of ``events``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, key: str, version: str, found: Sequence[Event], now: datetime) -> None:
        """Keep what a version of an article tells, in its order."""
        rows = [
            {
                "article": key,
                "version": version,
                "kind": event.kind,
                "claim": event.claim.value,
                "actor_id": event.actor_id,
                "data": event_to_json(event),
                "at": now,
            }
            for event in found
        ]
        if rows:
            self._db.run(_INSERT, rows)

    def forget(self, key: str, version: str) -> None:
        """Drop what a version was taken to tell, because it is taken otherwise now."""
        self._db.run(_FORGET, {"called": key, "hash": version})

    def of(self, key: str, version: str) -> Sequence[Event]:
        """Return what a version of an article tells."""
        return [stored.event for stored in self._stored(_OF, {"called": key, "hash": version})]

    def list(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        kind: str | None = None,
        limit: int = 100,
    ) -> Sequence[StoredEvent]:
        """Return events of articles as they read now, newest first, without canaries."""
        query = (
            select(events)
            .join(articles, (articles.c.key == events.c.article) & (articles.c.version == events.c.version))
            .where(articles.c.canary.is_(False))
            .order_by(events.c.at.desc(), events.c.id.desc())
            .limit(limit)
        )
        if since is not None:
            query = query.where(events.c.at >= since)
        if until is not None:
            query = query.where(events.c.at < until)
        if kind is not None:
            query = query.where(events.c.kind == kind)
        return self._stored(query, {})

    def _stored(self, query: Select[*tuple[Any, ...]], values: Values) -> Sequence[StoredEvent]:
        return [
            StoredEvent(row.id, row.article, row.version, event_from_json(row.data), row.at)
            for row in self._db.all(query, values)
        ]
