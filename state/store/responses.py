"""Responses: what servers answered, as finished WARC records, here or in a file of the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, exists, func, or_, select, update

from state.archive.warc import WarcRecord, response_record
from state.records import Page
from state.store.db import Db
from state.store.tables import matches, notices, responses, versions


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One record: its bytes while they are in the database, else file, offset and length.

    ``digest`` is the SHA-256 of the record's bytes, ``payload_digest`` of the body.
    ``pruned_at`` is set when the bytes were given up for room.
    """

    id: int
    article: str
    url: str
    status: int
    fetched_at: datetime
    record_id: str
    digest: str
    payload_digest: str
    length: int
    record: bytes | None
    file: str | None
    offset: int | None
    pruned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Moved:
    """Where in the archive the bytes of a response now are."""

    id: int
    file: str
    offset: int


_SELECT = select(*(responses.c[field.name] for field in fields(ResponseRow)))
_GET = _SELECT.where(responses.c.id == bindparam("called"))
_OF = (
    _SELECT.join(versions, versions.c.response == responses.c.id)
    .where(versions.c.article == bindparam("key"))
    .order_by(responses.c.id)
)
_RECORDED = (
    select(responses.c.article, responses.c.record_id, responses.c.payload_digest)
    .join(versions, versions.c.response == responses.c.id)
    .where(versions.c.article.in_(bindparam("keys", expanding=True)))
)
_UNMOVED = _SELECT.where(responses.c.record.is_not(None)).order_by(responses.c.id)
_UNMOVED_COUNT = select(func.count()).where(responses.c.record.is_not(None))
_MOVED = (
    update(responses)
    .where(responses.c.id == bindparam("called"), responses.c.pruned_at.is_(None))
    .values(record=None, file=bindparam("name"), offset=bindparam("start"))
)
_IN_FILE = _SELECT.where(responses.c.file == bindparam("name")).order_by(responses.c.offset)
_END = responses.c.offset + responses.c.length
_NEWEST_FILE = (
    select(responses.c.file, func.max(_END).label("end"))
    .where(responses.c.file.is_not(None))
    .group_by(responses.c.file)
    .order_by(responses.c.file.desc())
    .limit(1)
)
_FILES = (
    select(responses.c.file, func.sum(responses.c.length).label("used"))
    .where(responses.c.file.is_not(None))
    .group_by(responses.c.file)
    .order_by(responses.c.file)
)
# What an alert rests on: every response of an article that told or corrected one.
_RESTS = or_(
    exists().where(matches.c.article == responses.c.article, matches.c.alert.is_not(None)),
    exists().where(notices.c.article == responses.c.article),
)
# An archive's page is as old as its record says, but it is ours only since it was taken in.
_TAKEN_IN_SINCE = exists().where(
    versions.c.article == responses.c.article,
    versions.c.response == responses.c.id,
    versions.c.seen_at >= bindparam("before", type_=versions.c.seen_at.type),
)
_PRUNABLE = (
    select(responses.c.id, responses.c.length)
    .where(
        responses.c.pruned_at.is_(None),
        responses.c.fetched_at < bindparam("before", type_=responses.c.fetched_at.type),
        ~_RESTS,
        ~_TAKEN_IN_SINCE,
    )
    .order_by(responses.c.fetched_at, responses.c.id)
)
_PRUNE = (
    update(responses)
    .where(responses.c.id.in_(bindparam("ids", expanding=True)))
    .values(record=None, file=None, offset=None, pruned_at=bindparam("now", type_=responses.c.pruned_at.type))
)


class Responses:
    """Rows of ``responses``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, page: Page | WarcRecord, key: str, *, keep_bytes: bool = True) -> int:
        """Keep a response and return its number; make the record beforehand to keep transactions short.

        Without ``keep_bytes`` it is given up at once: only what it was called and its digests stay.
        """
        record = response_record(page) if isinstance(page, Page) else page
        values = {
            "article": key,
            "url": record.url,
            "status": record.status,
            "fetched_at": record.fetched_at,
            "record_id": record.id,
            "digest": record.digest,
            "payload_digest": record.payload_digest,
            "length": len(record.data),
            "record": record.data if keep_bytes else None,
            "pruned_at": None if keep_bytes else record.fetched_at,
        }
        return self._db.insert_numbered(responses, values)

    def get(self, id: int) -> ResponseRow | None:
        """Return one response."""
        row = self._db.one(_GET, {"called": id})
        return None if row is None else ResponseRow(*row)

    def of(self, key: str) -> Sequence[ResponseRow]:
        """Return the responses that an article's versions were read from, oldest first."""
        return [ResponseRow(*row) for row in self._db.all(_OF, {"key": key})]

    def recorded(self, keys: Collection[str]) -> dict[str, frozenset[str]]:
        """Return by article the ids of its records and the digests of their bodies; at most some hundred keys."""
        found: dict[str, set[str]] = {}
        for row in self._db.all(_RECORDED, {"keys": list(keys)}):
            found.setdefault(row.article, set()).update((row.record_id, row.payload_digest))
        return {key: frozenset(known) for key, known in found.items()}

    def unmoved(self, limit: int = 200) -> Sequence[ResponseRow]:
        """Return responses whose bytes are still in the database, oldest first."""
        return [ResponseRow(*row) for row in self._db.all(_UNMOVED.limit(limit))]

    def unmoved_count(self) -> int:
        """Return how many responses' bytes are still in the database."""
        return int(self._db.value(_UNMOVED_COUNT) or 0)

    def moved(self, places: Iterable[Moved]) -> None:
        """Swap bytes for their place in the archive; the file must be on disk for certain."""
        rows = [{"called": place.id, "name": place.file, "start": place.offset} for place in places]
        if rows:
            self._db.execute(_MOVED, rows)

    def newest_file(self) -> tuple[str, int] | None:
        """Return the archive's newest file and where its last known record ends."""
        row = self._db.one(_NEWEST_FILE)
        return None if row is None else (row.file, row.end)

    def files(self) -> dict[str, int]:
        """Return each file of the archive with the bytes in it that are still wanted."""
        return {row.file: int(row.used) for row in self._db.all(_FILES)}

    def in_file(self, name: str) -> Sequence[ResponseRow]:
        """Return the responses whose bytes are in a file, in its order."""
        return [ResponseRow(*row) for row in self._db.all(_IN_FILE, {"name": name})]

    def prunable(self, before: datetime, limit: int = 500) -> dict[int, int]:
        """Return the oldest responses fetched and kept before then on which no alert rests, with their length in bytes."""
        return {row.id: row.length for row in self._db.all(_PRUNABLE.limit(limit), {"before": before})}

    def prune(self, ids: Sequence[int], now: datetime) -> None:
        """Give the bytes of responses up for room; their digests stay."""
        self._db.execute(_PRUNE, {"ids": list(ids), "now": now})
