"""The ledger: what was seen and said, as ids and digests only, so that text can be erased and this stays.

Rows are appended by the store itself: ``version`` when a version of an article
is kept, ``notice`` when there is something to tell, ``message.opened``,
``message.fixed`` (its text's digest), ``message.sent``, ``message.merged`` and
``message.pruned``, ``forgotten`` when text is erased.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from state.store.db import Db
from state.store.ids import short_id
from state.store.prepared import Prepared
from state.store.tables import ledger
from state.store.types import canonical_json, instant_text

#: Bytes of a digest that stand for an article key, whose address may speak.
_SHORT = 32


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry; ``sha256`` is over all of it but its number and its seal."""

    id: int
    at: datetime
    kind: str
    subject: str
    digest: str
    detail: Mapping[str, Any]
    sha256: str
    seal: int | None


_SELECT = select(
    ledger.c.id,
    ledger.c.at,
    ledger.c.kind,
    ledger.c.subject,
    ledger.c.digest,
    ledger.c.detail,
    ledger.c.sha256,
    ledger.c.seal,
).order_by(ledger.c.id)
_OF = _SELECT.where(ledger.c.subject == bindparam("of"))
_TAKEN = Prepared(
    select(ledger.c.subject).where(
        ledger.c.subject >= bindparam("shortest"), ledger.c.subject <= bindparam("longest")
    )
)
_INSERT = Prepared(insert(ledger))


class Ledger:
    """Rows of ``ledger``; nothing here changes or removes one."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def append(
        self, kind: str, subject: str, digest: str, at: datetime, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Enter what happened to what; ``detail`` holds ids, digests and numbers, never text."""
        values = {"at": at, "kind": kind, "subject": subject, "digest": digest, "detail": dict(detail or {})}
        self._db.run(_INSERT, values | {"sha256": row_digest(at, kind, subject, digest, detail or {})})

    def of(self, subject: str) -> Sequence[LedgerRow]:
        """Return every entry about one thing, in order."""
        return [LedgerRow(*row) for row in self._db.all(_OF, {"of": subject})]

    def rows(self, *, first: int = 1, limit: int = 1000) -> Sequence[LedgerRow]:
        """Return entries from a number on."""
        return [LedgerRow(*row) for row in self._db.all(_SELECT.where(ledger.c.id >= first).limit(limit))]

    def free_id(self, prefix: str, seed: str) -> str:
        """Return a short id that no entry was ever about.

        The same seed may be asked for any number of times in one transaction.
        """
        return short_id(prefix, seed, self._subjects)

    def _subjects(self, shortest: str, longest: str) -> set[str]:
        return {row.subject for row in self._db.all(_TAKEN, {"shortest": shortest, "longest": longest})}


def row_digest(at: datetime, kind: str, subject: str, digest: str, detail: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of an entry, by which a changed one is found."""
    return sha256(canonical_json([instant_text(at), kind, subject, digest, dict(detail)]))


def sha256(text: str) -> str:
    """Return the SHA-256 (hex) of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def article_subject(key: str) -> str:
    """Return how the ledger names an article: not by its key, which holds words of its address."""
    return f"article:{sha256(key)[:_SHORT]}"
