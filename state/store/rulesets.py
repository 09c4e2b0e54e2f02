"""Rulesets: the text of the rules as they were when they matched, so that it can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from state.store.db import AnyRow, Db
from state.store.tables import rulesets


@dataclass(frozen=True, slots=True)
class RulesetRow:
    """One set of rules: file → text, the engine that read it, and when it was first and last taken up."""

    hash: str
    engine: str
    files: Mapping[str, str]
    first_at: datetime
    used_at: datetime


_GET = select(rulesets).where(rulesets.c.hash == bindparam("called"))
_NEWEST = select(rulesets).order_by(rulesets.c.used_at.desc(), rulesets.c.hash).limit(1)


class Rulesets:
    """Rows of ``rulesets``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, hash: str, engine_version: str, files: Mapping[str, str], now: datetime) -> None:
        """Keep the rules that are in force from now on."""
        values = {
            "hash": hash,
            "engine": engine_version,
            "files": dict(files),
            "first_at": now,
            "used_at": now,
        }
        self._db.upsert(rulesets, values, keep=("first_at",))

    def get(self, hash: str) -> RulesetRow | None:
        """Return a set of rules by its hash."""
        row = self._db.one(_GET, {"called": hash})
        return None if row is None else _ruleset(row)

    def newest(self) -> RulesetRow | None:
        """Return the rules taken up last."""
        row = self._db.one(_NEWEST)
        return None if row is None else _ruleset(row)


def _ruleset(row: AnyRow) -> RulesetRow:
    return RulesetRow(row.hash, row.engine, row.files, row.first_at, row.used_at)
