"""What is stored, of whom and since when, counted: for whoever must answer for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select

from state.store.tables import (
    acknowledgements,
    articles,
    events,
    frontier,
    judgements,
    ledger,
    matches,
    messages,
    responses,
    silences,
    versions,
)
from state.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One kind of thing: how many, of how many bytes where that is known, from when to when.

    ``kind`` is its code, ``about`` whose they are where that matters: a channel's name.
    """

    kind: str
    number: int
    since: datetime | None = None
    until: datetime | None = None
    bytes: int | None = None
    about: str | None = None


def _by_no_canary(key: Any) -> ColumnElement[bool]:
    return ~exists().where(articles.c.key == key, articles.c.canary.is_(True))


_SAID = and_(versions.c.body.is_not(None), _by_no_canary(versions.c.article))
_KEPT = responses.c.pruned_at.is_(None)


def _counted(column: Any, *where: Any, value: Any = None) -> Select[*tuple[Any, ...]]:
    return select(
        (func.count() if value is None else value).label("number"),
        func.min(column).label("since"),
        func.max(column).label("until"),
    ).where(*where)


_SIZED = _counted(responses.c.fetched_at, _KEPT).add_columns(func.sum(responses.c.length).label("bytes"))
_COUNTS: dict[str, Select[*tuple[Any, ...]]] = {
    "articles": _counted(
        articles.c.first_seen_at, articles.c.state != "forgotten", articles.c.canary.is_(False)
    ),
    "versions": _counted(versions.c.seen_at, _SAID),
    "responses": _SIZED,
    "responses_given_up": _counted(responses.c.fetched_at, ~_KEPT),
    "matches": _counted(matches.c.at, _by_no_canary(matches.c.article)),
    "events": _counted(events.c.at, _by_no_canary(events.c.article)),
    "judgements": _counted(judgements.c.at),
    "acknowledgements": _counted(acknowledgements.c.at),
    "people_who_acknowledged": _counted(
        acknowledgements.c.at, value=func.count(acknowledgements.c.by.distinct())
    ),
    "silences": _counted(silences.c.starts_at),
    "addresses_waiting": _counted(frontier.c.added_at, frontier.c.state == "waiting"),
    "exports_with_names": _counted(ledger.c.at, ledger.c.kind == "export.with-names"),
    "forgotten": _counted(articles.c.first_seen_at, articles.c.state == "forgotten"),
}
_MESSAGES = (
    select(
        messages.c.channel,
        func.count().label("number"),
        func.min(messages.c.opened_at).label("since"),
        func.max(messages.c.opened_at).label("until"),
    )
    .where(messages.c.state == "sent", messages.c.kind != "canary")
    .group_by(messages.c.channel)
    .order_by(messages.c.channel)
)
_BODIES = (
    select(versions.c.id, versions.c.seen_at, versions.c.body)
    .where(_SAID, versions.c.id > bindparam("after"))
    .order_by(versions.c.id)
    .limit(200)
)


def holdings(tx: Tx) -> list[Holding]:
    """Return what is stored; canaries, which are nobody's, are left out.

    Names are read from every version's text, so this takes its time on a large database.
    """
    found = []
    for kind, query in _COUNTS.items():
        row = tx.db.one(query)
        if row is not None:
            size = int(row.bytes or 0) if kind == "responses" else None
            found.append(Holding(kind=kind, number=row.number, since=row.since, until=row.until, bytes=size))
    found += _names(tx)
    return found + [
        Holding(kind="messages_sent", about=row.channel, number=row.number, since=row.since, until=row.until)
        for row in tx.db.all(_MESSAGES)
    ]


def _names(tx: Tx) -> list[Holding]:
    """Return how many different names stand under comments and over articles and topics, and since when."""
    seen: dict[str, set[str]] = {"names_under_comments": set(), "names_over_articles": set()}
    times: dict[str, list[datetime]] = {kind: [] for kind in seen}
    after = 0
    while rows := tx.db.all(_BODIES, {"after": after}):
        for row in rows:
            here = {
                "names_under_comments": [item.get("author") for item in row.body.get("comments", ())],
                "names_over_articles": row.body.get("byline", ()),
            }
            for kind, names in here.items():
                if named := [name for name in names if name]:
                    seen[kind].update(named)
                    times[kind] = [min([row.seen_at, *times[kind]]), max([row.seen_at, *times[kind]])]
        after = rows[-1].id
    return [
        Holding(
            kind=kind,
            number=len(names),
            since=min(times[kind], default=None),
            until=max(times[kind], default=None),
        )
        for kind, names in seen.items()
    ]
