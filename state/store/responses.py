"""Responses: what servers answered, as finished WARC records, here or in a file of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, select, update

from state.archive.warc import WarcRecord, response_record
from state.records import Page
from state.store.db import Db
from state.store.tables import responses


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
_OF = _SELECT.where(responses.c.article == bindparam("key")).order_by(responses.c.id)
_UNMOVED = _SELECT.where(responses.c.record.is_not(None)).order_by(responses.c.id)
_MOVED = (
    update(responses)
    .where(responses.c.id == bindparam("called"), responses.c.record.is_not(None))
    .values(record=None, file=bindparam("name"), offset=bindparam("start"))
)


class Responses:
    """Rows of ``responses``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, page: Page | WarcRecord, key: str) -> int:
        """Keep a response and return its number; make the record beforehand to keep transactions short."""
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
            "record": record.data,
        }
        return self._db.insert_numbered(responses, values)

    def get(self, id: int) -> ResponseRow | None:
        """Return one response."""
        row = self._db.one(_GET, {"called": id})
        return None if row is None else ResponseRow(*row)

    def of(self, key: str) -> Sequence[ResponseRow]:
        """Return an article's responses, oldest first."""
        return [ResponseRow(*row) for row in self._db.all(_OF, {"key": key})]

    def unmoved(self, limit: int = 200) -> Sequence[ResponseRow]:
        """Return responses whose bytes are still in the database, oldest first."""
        return [ResponseRow(*row) for row in self._db.all(_UNMOVED.limit(limit))]

    def moved(self, places: Iterable[Moved]) -> None:
        """Swap bytes for their place in the archive; the file must be on disk for certain."""
        rows = [{"called": place.id, "name": place.file, "start": place.offset} for place in places]
        if rows:
            self._db.execute(_MOVED, rows)
