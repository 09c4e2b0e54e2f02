"""Judgements: what a person says of an alert: true, false, unsure, or confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, insert, select

from state.store.db import AnyRow, Db
from state.store.tables import judgements

Verdict = Literal["true", "false", "unsure", "confirmed"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of an alert; the newest one counts."""

    alert: str
    verdict: Verdict
    at: datetime
    by: str
    note: str


_OF = select(judgements).where(judgements.c.alert == bindparam("of")).order_by(judgements.c.id)


class Judgements:
    """Rows of ``judgements``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, alert: str, verdict: Verdict, at: datetime, *, by: str, note: str = "") -> None:
        """Record what a person says of an alert."""
        values = {"alert": alert, "verdict": verdict, "at": at, "by": by, "note": note}
        self._db.execute(insert(judgements), values)

    def of(self, alert: str) -> Sequence[Judgement]:
        """Return what was said of an alert, the newest last."""
        return [_judgement(row) for row in self._db.all(_OF, {"of": alert})]

    def list(self, *, since: datetime | None = None) -> Sequence[Judgement]:
        """Return all judgements in order."""
        query = select(judgements).order_by(judgements.c.id)
        if since is not None:
            query = query.where(judgements.c.at >= since)
        return [_judgement(row) for row in self._db.all(query)]


def _judgement(row: AnyRow) -> Judgement:
    return Judgement(row.alert, row.verdict, row.at, row.by, row.note)
