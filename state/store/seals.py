"""Seals: a chain of hashes over the ledger, so that nobody can change or remove an entry unseen.

A seal covers committed entries that have none, in the order of their numbers,
by the Merkle tree hash of RFC 6962 section 2.1 over their SHA-256; it holds the
hash of the seal before.  Whoever kept one seal can tell whether anything before
it was altered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from state.store.db import AnyRow, Db
from state.store.ledger import sha256
from state.store.tables import ledger, seals
from state.store.types import canonical_json, instant_text

#: What the first seal names as the one before it.
NONE_BEFORE = "0" * 64
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal over ``count`` entries from ``first_id`` to ``last_id``."""

    number: int
    first_id: int
    last_id: int
    count: int
    root: str
    previous: str
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is under a seal: the siblings on its way to the root, from the bottom.

    Each is ``("left" | "right", hash)``: on which side the sibling stands.
    """

    entry: int
    sha256: str
    path: tuple[tuple[str, str], ...]
    seal: Seal


_SELECT = select(*(seals.c[field.name] for field in fields(Seal)))
_NEWEST = _SELECT.order_by(seals.c.number.desc()).limit(1)
# On PostgreSQL a slow transaction may commit an entry after younger ones were sealed.
_LATE = 100_000
_UNSEALED = (
    select(ledger.c.id, ledger.c.sha256)
    .where(ledger.c.seal.is_(None), ledger.c.id > bindparam("after"))
    .order_by(ledger.c.id)
    .limit(_BATCH)
)
_SEALED = update(ledger).where(
    ledger.c.seal.is_(None), ledger.c.id >= bindparam("first"), ledger.c.id <= bindparam("last")
)
_UNDER = (
    select(ledger.c.id, ledger.c.sha256)
    .where(
        ledger.c.seal == bindparam("which"),
        ledger.c.id >= bindparam("first"),
        ledger.c.id <= bindparam("last"),
    )
    .order_by(ledger.c.id)
)
_SEAL_OF = select(ledger.c.seal).where(ledger.c.id == bindparam("called"))


class Seals:
    """Rows of ``seals``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def seal(self, now: datetime) -> Seal | None:
        """Seal what is not sealed yet, up to 10,000 entries; None if there is nothing.

        Only one process may do so at a time: the leader, or whoever writes SQLite.
        """
        before = self.newest()
        rows = self._db.all(_UNSEALED, {"after": before.last_id - _LATE if before else 0})
        if not rows:
            return None
        number = before.number + 1 if before else 1
        first, last, root = rows[0].id, rows[-1].id, merkle_root([row.sha256 for row in rows])
        previous = before.hash if before else NONE_BEFORE
        hash = seal_hash(number, first, last, len(rows), root, previous, now)
        seal = Seal(number, first, last, len(rows), root, previous, hash, now)
        self._db.execute(insert(seals), {field.name: getattr(seal, field.name) for field in fields(Seal)})
        self._db.execute(_SEALED.values(seal=number), {"first": first, "last": last})
        return seal

    def newest(self) -> Seal | None:
        """Return the last seal."""
        row = self._db.one(_NEWEST)
        return None if row is None else Seal(*row)

    def hashes_under(self, seal: Seal) -> list[str]:
        """Return the SHA-256 of the entries a seal covers, as they stand now."""
        return [row.sha256 for row in self._under(seal)]

    def _under(self, seal: Seal) -> Sequence[AnyRow]:
        where = {"which": seal.number, "first": seal.first_id, "last": seal.last_id}
        return self._db.all(_UNDER, where)

    def proof(self, entry: int) -> Proof | None:
        """Return the proof that a ledger entry is under its seal; None if it has none yet."""
        number = self._db.value(_SEAL_OF, {"called": entry})
        row = self._db.one(_SELECT.where(seals.c.number == number)) if number is not None else None
        if row is None:
            return None
        under = self._under(seal := Seal(*row))
        position = next(at for at, one in enumerate(under) if one.id == entry)
        path = merkle_path(position, [one.sha256 for one in under])
        return Proof(entry, under[position].sha256, tuple(path), seal)

    def list(self) -> Sequence[Seal]:
        """Return all seals in order."""
        return [Seal(*row) for row in self._db.all(_SELECT.order_by(seals.c.number))]


def seal_hash(number: int, first: int, last: int, count: int, root: str, previous: str, at: datetime) -> str:
    """Return the hash of a seal, over all it says."""
    return sha256(canonical_json([number, first, last, count, root, previous, instant_text(at)]))


def merkle_root(leaves: Sequence[str]) -> str:
    """Return the Merkle tree hash (hex) of RFC 6962 over digests (hex)."""
    return _tree([bytes.fromhex(leaf) for leaf in leaves]).hex()


def merkle_path(position: int, leaves: Sequence[str]) -> list[tuple[str, str]]:
    """Return the siblings on the way from a leaf to the root, from the bottom."""
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if position < half:
        return [*merkle_path(position, leaves[:half]), ("right", merkle_root(leaves[half:]))]
    return [*merkle_path(position - half, leaves[half:]), ("left", merkle_root(leaves[:half]))]


def root_by_path(leaf: str, path: Sequence[tuple[str, str]]) -> str:
    """Return the root to which a leaf and its siblings lead."""
    at = hashlib.sha256(b"\0" + bytes.fromhex(leaf)).digest()
    for side, sibling in path:
        other = bytes.fromhex(sibling)
        at = hashlib.sha256(b"\1" + (other + at if side == "left" else at + other)).digest()
    return at.hex()


def _tree(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = _half(len(leaves))
    return hashlib.sha256(b"\1" + _tree(leaves[:half]) + _tree(leaves[half:])).digest()


def _half(count: int) -> int:
    """Return the largest power of two below a count."""
    half: int = 1 << (count - 1).bit_length() - 1
    return half
