"""Every stored event with the article that tells it, one after the other: for exports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from state.records import Event
from state.records_json import event_from_json
from state.store.tables import articles, events
from state.store.tx import Tx

_BATCH = 500


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as an article tells it now, and where that article stands."""

    id: int
    event: Event
    article: str
    version: str
    title: str
    url: str | None
    source: str | None
    language: str | None
    published_at: datetime | None
    seen_at: datetime


def each_event(
    tx: Tx, *, since: datetime | None = None, until: datetime | None = None, kind: str | None = None
) -> Iterator[ToldEvent]:
    """Yield the events of articles as they read now, the oldest first, without canaries, in bounded memory.

    ``since`` and ``until`` bound the instant at which the event was seen, the second is left out.
    """
    of = articles.c
    query = (
        select(events, of.title, of.url, of.source, of.language, of.published_at)
        .join(articles, (of.key == events.c.article) & (of.version == events.c.version))
        .where(of.canary.is_(False))
        .order_by(events.c.id)
        .limit(_BATCH)
    )
    query = query if since is None else query.where(events.c.at >= since)
    query = query if until is None else query.where(events.c.at < until)
    query = query if kind is None else query.where(events.c.kind == kind)
    after = 0
    while rows := tx.db.all(query.where(events.c.id > after)):
        for row in rows:
            yield ToldEvent(
                row.id,
                event_from_json(row.data),
                row.article,
                row.version,
                row.title,
                row.url,
                row.source,
                row.language,
                row.published_at,
                row.at,
            )
        after = rows[-1].id
