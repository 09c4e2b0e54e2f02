"""Looking at articles: one, many, earlier versions, what is to be read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, case, func, select

from state.article import Article
from state.store.db import Db, Values
from state.store.stored_article import restore
from state.store.tables import articles, versions

_BATCH = 500  # keys asked for at once; databases bound the number of parameters


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What we know of an article beside its text.

    ``state`` is live, gone (its page was withdrawn) or forgotten (its text was
    erased); ``etag`` and ``last_modified`` are the server's words about the
    newest answer; ``matched_version``, ``ruleset`` and ``engine`` name the newest
    evaluation; ``backlog`` articles were stored without ringing.
    """

    id: int
    key: str
    url: str | None
    canonical_url: str | None
    source: str | None
    site: str | None
    language: str | None
    title: str
    published_at: datetime | None
    modified_at: datetime | None
    first_seen_at: datetime
    fetched_at: datetime
    version: str
    versions: int
    rendering: str
    aliases: list[dict[str, Any]]
    etag: str | None
    last_modified: str | None
    story: str | None
    relation: str | None
    relation_of: str | None
    relation_why: str | None
    backlog: bool
    canary: bool
    state: str
    gone_count: int
    gone_410: int
    gone_first_at: datetime | None
    recheck_at: datetime | None
    checks: int
    checked_at: datetime | None
    matched_version: str | None
    ruleset: str | None
    engine: str | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of an article; ``replaced`` is set when a better rendering made it, not the publisher."""

    id: int
    article: str
    number: int
    version: str
    rendering: str
    replaced: bool
    seen_at: datetime
    response: int | None
    forgotten_at: datetime | None
    forgotten_why: str | None


_SELECT = select(*(articles.c[field.name] for field in fields(ArticleRow)))
_ROW = _SELECT.where(articles.c.key == bindparam("called"))
_KEYS: BindParameter[list[str]] = bindparam("keys", expanding=True)
_HEADS = _SELECT.where(articles.c.key.in_(_KEYS))
_NEWEST = (versions.c.article == articles.c.key) & (versions.c.number == articles.c.versions)
_BODY = (
    select(versions.c.body)
    .join_from(articles, versions, _NEWEST)
    .where(articles.c.key == bindparam("called"))
)
_BODY_OF_VERSION = (
    select(versions.c.body)
    .where(versions.c.article == bindparam("called"), versions.c.version == bindparam("hash"))
    .order_by(versions.c.number)
    .limit(1)
)
_VERSIONS = (
    select(*(versions.c[field.name] for field in fields(VersionRow)))
    .where(versions.c.article == bindparam("called"))
    .order_by(versions.c.number)
)
_RECHECK = _SELECT.where(articles.c.recheck_at <= bindparam("now"), articles.c.state != "forgotten").order_by(
    articles.c.recheck_at, articles.c.id
)
_RECHECKED = select(
    func.count().label("read"),
    func.count(case((articles.c.gone_count > 0, 1))).label("missing"),
).where(articles.c.source == bindparam("of"), articles.c.checked_at >= bindparam("since"))
_ARRIVALS = (
    select(articles.c.first_seen_at)
    .where(articles.c.source == bindparam("of"), articles.c.canary.is_(False))
    .order_by(articles.c.first_seen_at.desc())
)
_ALL_KEYS = select(articles.c.key).where(articles.c.canary.is_(False)).order_by(articles.c.id)
_EACH = (
    select(articles.c.id, versions.c.body)
    .join_from(articles, versions, _NEWEST)
    .where(articles.c.id > bindparam("after"), articles.c.canary.is_(False), versions.c.body.is_not(None))
    .order_by(articles.c.id)
    .limit(_BATCH)
)


class ArticleRows:
    """Rows of ``articles`` and ``versions``, to be looked at."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def row(self, key: str) -> ArticleRow | None:
        """Return what is known of an article beside its text."""
        row = self._db.one(_ROW, {"called": key})
        return None if row is None else ArticleRow(*row)

    def heads(self, keys: Iterable[str]) -> dict[str, ArticleRow]:
        """Return what is known of those that are stored, by key."""
        wanted = list(keys)
        found: dict[str, ArticleRow] = {}
        for start in range(0, len(wanted), _BATCH):
            rows = self._rows(_HEADS, {"keys": wanted[start : start + _BATCH]})
            found |= {row.key: row for row in rows}
        return found

    def get(self, key: str) -> Article | None:
        """Return an article as it reads now; None if it is unknown or forgotten."""
        form = self._db.value(_BODY, {"called": key})
        return None if form is None else restore(form)

    def version(self, key: str, version: str) -> Article | None:
        """Return an article as it read in a version, by its content hash."""
        form = self._db.value(_BODY_OF_VERSION, {"called": key, "hash": version})
        return None if form is None else restore(form)

    def versions(self, key: str) -> Sequence[VersionRow]:
        """Return an article's versions in order; one that came back is listed again."""
        return [VersionRow(*row) for row in self._db.all(_VERSIONS, {"called": key})]

    def keys(self, source: str | None = None) -> list[str]:
        """Return the keys of all articles, or of a source's, in order of arrival, without canaries."""
        query = _ALL_KEYS if source is None else _ALL_KEYS.where(articles.c.source == source)
        return [row.key for row in self._db.all(query)]

    def due_recheck(self, now: datetime, limit: int = 100, source: str | None = None) -> Sequence[ArticleRow]:
        """Return what is to be read again, the longest due first."""
        query = _RECHECK if source is None else _RECHECK.where(articles.c.source == source)
        return self._rows(query.limit(limit), {"now": now})

    def rechecked(self, source: str, since: datetime) -> tuple[int, int]:
        """Return how many of a source's articles were looked at again since then, and how many of those were gone."""
        row = self._db.one(_RECHECKED, {"of": source, "since": since})
        return (0, 0) if row is None else (row.read, row.missing)

    def arrivals(self, source: str, limit: int = 201) -> Sequence[datetime]:
        """Return when a source's newest articles were first seen, newest first: its habit."""
        return [row.first_seen_at for row in self._db.all(_ARRIVALS.limit(limit), {"of": source})]

    def each(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[Article]:
        """Yield every article as it reads now, in the order of arrival, in bounded memory.

        ``since`` and ``until`` bound the instant at which it was first seen, the second is left out.
        """
        query = _EACH if since is None else _EACH.where(articles.c.first_seen_at >= since)
        query = query if until is None else query.where(articles.c.first_seen_at < until)
        after = 0
        while rows := self._db.all(query, {"after": after}):
            for row in rows:
                yield restore(row.body)
            after = rows[-1].id

    def list(
        self,
        *,
        limit: int = 50,
        since: datetime | None = None,
        until: datetime | None = None,
        source: str | None = None,
        story: str | None = None,
    ) -> Sequence[ArticleRow]:
        """Return articles by when they were first seen, newest first, without canaries."""
        query = _SELECT.where(articles.c.canary.is_(False))
        if since is not None:
            query = query.where(articles.c.first_seen_at >= since)
        if until is not None:
            query = query.where(articles.c.first_seen_at < until)
        if source is not None:
            query = query.where(articles.c.source == source)
        if story is not None:
            query = query.where(articles.c.story == story)
        newest = (articles.c.first_seen_at.desc(), articles.c.id.desc())
        return self._rows(query.order_by(*newest).limit(limit), {})

    def _rows(self, query: Select[*tuple[Any, ...]], values: Values) -> Sequence[ArticleRow]:
        return [ArticleRow(*row) for row in self._db.all(query, values)]
