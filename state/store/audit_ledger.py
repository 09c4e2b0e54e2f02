"""Whether the ledger is whole: no entry missing, none altered, every seal fits and names the one before."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from state.store import sqlite
from state.store.ledger import row_digest
from state.store.seals import NONE_BEFORE, Seal, merkle_root, seal_hash
from state.store.tables import ledger
from state.store.tx import Tx

_BATCH = 2000
_FIRST = select(func.min(ledger.c.id)).where(ledger.c.at >= bindparam("since", type_=ledger.c.at.type))
_LAST_BEFORE = select(func.max(ledger.c.id)).where(ledger.c.id < bindparam("first"))
_ROWS = (
    select(
        ledger.c.id,
        ledger.c.at,
        ledger.c.kind,
        ledger.c.subject,
        ledger.c.digest,
        ledger.c.detail,
        ledger.c.sha256,
    )
    .where(ledger.c.id >= bindparam("first"))
    .order_by(ledger.c.id)
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that should be there and is not, or is not as it was.

    ``kind`` says of what: promise, notice, message, match, ledger or seal;
    ``subject`` is its id, ``sentence`` what is wrong.
    """

    kind: str
    subject: str
    sentence: str


def ledger_gaps(tx: Tx, since: datetime) -> Iterator[Gap]:
    """Yield what is wrong with the ledger's entries since then, and with the seals over them."""
    yield from _entry_gaps(tx, since)
    before: Seal | None = None
    for seal in tx.seals.list():
        if seal.at >= since:
            yield from _seal_gaps(tx, seal, before)
        before = seal


def _entry_gaps(tx: Tx, since: datetime) -> Iterator[Gap]:
    first = tx.db.value(_FIRST, {"since": since}) or sys.maxsize
    last = tx.db.value(_LAST_BEFORE, {"first": first}) or 0
    # PostgreSQL leaves numbers out when a transaction is undone; SQLite never does.
    numbered_without_holes = tx.db.dialect == "sqlite"
    for rows in tx.db.execute(_ROWS, {"first": first}).partitions(_BATCH):
        for row in rows:
            if row.id != last + 1 and numbered_without_holes:
                yield _missing(last + 1, row.id - 1)
            last = row.id
            if row_digest(row.at, row.kind, row.subject, row.digest, row.detail) != row.sha256:
                yield Gap("ledger", str(row.id), f"entry {row.id} of the ledger was altered")
    if numbered_without_holes and last < (ever := sqlite.last_ledger_id(tx.db.connection)):
        yield _missing(last + 1, ever)


def _missing(first: int, last: int) -> Gap:
    which = f"entry {first}" if first == last else f"entries {first} to {last}"
    return Gap("ledger", str(first), f"{which} of the ledger: missing")


def _seal_gaps(tx: Tx, seal: Seal, before: Seal | None) -> Iterator[Gap]:
    name, number = f"seal {seal.number}", str(seal.number)
    previous, expected = (before.hash, before.number + 1) if before else (NONE_BEFORE, 1)
    if seal.number != expected or seal.previous != previous:
        yield Gap("seal", number, f"{name} does not follow the one before it")
    if (
        seal_hash(seal.number, seal.first_id, seal.last_id, seal.count, seal.root, seal.previous, seal.at)
        != seal.hash
    ):
        yield Gap("seal", number, f"{name} was altered")
    hashes = tx.seals.hashes_under(seal)
    if not hashes or len(hashes) != seal.count or merkle_root(hashes) != seal.root:
        yield Gap("seal", number, f"{name} no longer fits its entries: one was altered, added or removed")
