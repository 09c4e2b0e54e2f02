"""The frontier: addresses that were offered and are not stored yet.

A row stays, with its attempts and the last error, until an article is stored
or a person drops it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, delete, func, insert, select, union, update

from state.article_json import instant_from_json, instant_to_json
from state.records import Candidate
from state.store.db import Db, Values
from state.store.prepared import Prepared
from state.store.tables import articles, frontier

_BATCH = 500  # keys asked for at once; databases bound the number of parameters


@dataclass(frozen=True, slots=True)
class FrontierRow:
    """One address that waits; ``state`` is waiting, dropped, or known (another address of ``article``)."""

    candidate: Candidate
    state: str
    article: str | None
    attempts: int
    error: str
    added_at: datetime
    retry_at: datetime
    backlog: bool


_SELECT = select(
    frontier.c.candidate,
    frontier.c.state,
    frontier.c.article,
    frontier.c.attempts,
    frontier.c.error,
    frontier.c.added_at,
    frontier.c.retry_at,
    frontier.c.backlog,
)
_WAITING = _SELECT.where(frontier.c.state == "waiting").order_by(frontier.c.retry_at, frontier.c.key)
_OF_SOURCE = frontier.c.source == bindparam("source")
_GET = _SELECT.where(frontier.c.key == bindparam("called"))
_KEYS: BindParameter[list[str]] = bindparam("keys", expanding=True)
_KNOWN = union(
    select(frontier.c.key).where(frontier.c.key.in_(_KEYS)),
    select(articles.c.key).where(articles.c.key.in_(_KEYS)),
)
_UPDATE = update(frontier).where(frontier.c.key == bindparam("called"))
_FAIL = _UPDATE.values(
    attempts=frontier.c.attempts + 1,
    error=bindparam("why", type_=frontier.c.error.type),
    retry_at=bindparam("again", type_=frontier.c.retry_at.type),
)
_MARK_KNOWN = Prepared(_UPDATE.values(state="known", article=bindparam("own", type_=frontier.c.article.type)))
_INSERT = Prepared(insert(frontier))
_DELETE = Prepared(delete(frontier).where(frontier.c.key == bindparam("called")))
_COUNT = select(func.count()).select_from(frontier).where(frontier.c.state == "waiting")


class Frontier:
    """Rows of ``frontier``, one per article key."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(
        self, candidates: Iterable[Candidate], now: datetime, *, backlog: bool = False
    ) -> list[Candidate]:
        """Keep those that are new and return them, in order, each key once.

        New is what has no frontier row, dropped ones included, and no stored
        article; an address once found to be another name of a stored article
        is not new.
        """
        offered: dict[str, Candidate] = {}
        for candidate in candidates:
            offered.setdefault(candidate.key, candidate)
        known = self._known(list(offered))
        new = [candidate for key, candidate in offered.items() if key not in known]
        if new:
            self._db.run(_INSERT, [_row(candidate, now, backlog) for candidate in new])
        return new

    def _known(self, keys: list[str]) -> set[str]:
        known: set[str] = set()
        for start in range(0, len(keys), _BATCH):
            known.update(row.key for row in self._db.all(_KNOWN, {"keys": keys[start : start + _BATCH]}))
        return known

    def due(self, now: datetime, limit: int = 100, source: str | None = None) -> list[FrontierRow]:
        """Return what may be fetched now, the longest waiting first."""
        query = _WAITING.where(frontier.c.retry_at <= bindparam("now")).limit(limit)
        return self._rows(query, source, {"now": now})

    def get(self, key: str) -> FrontierRow | None:
        """Return the row of a key."""
        row = self._db.one(_GET, {"called": key})
        return None if row is None else FrontierRow(_candidate(row.candidate), *row[1:])

    def fail(self, key: str, error: str, retry_at: datetime) -> None:
        """Count a failed attempt; the next is at ``retry_at``."""
        self._db.execute(_FAIL, {"called": key, "why": error, "again": retry_at})

    def done(self, key: str, article: str | None = None) -> None:
        """Take away a row whose article is stored.

        Where the article's own key is another, pass it: the row then remembers
        that this address is known, so that it is not offered again and again.
        """
        if article is None or article == key:
            self._db.run(_DELETE, {"called": key})
        else:
            self._db.run(_MARK_KNOWN, {"called": key, "own": article})

    def drop(self, key: str) -> None:
        """Give up an address because a person says so; it is never offered again."""
        self._db.execute(_UPDATE.values(state="dropped"), {"called": key})

    def count(self, source: str | None = None) -> int:
        """Return how many addresses wait."""
        query, values = (_COUNT, {}) if source is None else (_COUNT.where(_OF_SOURCE), {"source": source})
        return int(self._db.value(query, values))

    def _rows(self, query: Select[*tuple[Any, ...]], source: str | None, values: Values) -> list[FrontierRow]:
        if source is not None:
            query, values = query.where(_OF_SOURCE), {**values, "source": source}
        return [FrontierRow(_candidate(row.candidate), *row[1:]) for row in self._db.all(query, values)]

    def list(self, source: str | None = None, limit: int = 100) -> list[FrontierRow]:
        """Return what waits, due or not."""
        return self._rows(_WAITING.limit(limit), source, {})


def _row(candidate: Candidate, now: datetime, backlog: bool) -> dict[str, Any]:
    return {
        "key": candidate.key,
        "source": candidate.source,
        "candidate": _form(candidate),
        "state": "waiting",
        "added_at": now,
        "retry_at": now,
        "backlog": backlog,
    }


def _form(candidate: Candidate) -> dict[str, Any]:
    return {
        "url": candidate.url,
        "key": candidate.key,
        "source": candidate.source,
        "channel": candidate.channel,
        "kind": candidate.kind,
        "title": candidate.title,
        "author": candidate.author,
        "published_at": instant_to_json(candidate.published_at),
        "modified_at": instant_to_json(candidate.modified_at),
        "summary": candidate.summary,
        "body": candidate.body,
        "comments": candidate.comments,
    }


def _candidate(form: dict[str, Any]) -> Candidate:
    instants = {
        name: instant_from_json(form[name]) if form[name] else None
        for name in ("published_at", "modified_at")
    }
    return Candidate(**form | instants)
