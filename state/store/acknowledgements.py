"""Acknowledgements: who has seen an alert, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from state.store.db import AnyRow, Db
from state.store.tables import acknowledgements


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That somebody has seen an alert."""

    alert: str
    at: datetime
    by: str
    note: str


_OF = (
    select(acknowledgements)
    .where(acknowledgements.c.alert == bindparam("of"))
    .order_by(acknowledgements.c.id)
)
_SEEN = (
    select(acknowledgements.c.alert)
    .distinct()
    .where(acknowledgements.c.alert.in_(bindparam("alerts", expanding=True)))
)


class Acknowledgements:
    """Rows of ``acknowledgements``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, alert: str, at: datetime, *, by: str, note: str = "") -> None:
        """Record that somebody has seen an alert."""
        self._db.execute(insert(acknowledgements), {"alert": alert, "at": at, "by": by, "note": note})

    def of(self, alert: str) -> Sequence[Acknowledgement]:
        """Return who has seen an alert, the first first."""
        return [_acknowledgement(row) for row in self._db.all(_OF, {"of": alert})]

    def seen(self, alerts: Iterable[str]) -> set[str]:
        """Return those of these alerts that somebody has seen."""
        wanted = list(alerts)
        return {row.alert for row in self._db.all(_SEEN, {"alerts": wanted})} if wanted else set()


def _acknowledgement(row: AnyRow) -> Acknowledgement:
    return Acknowledgement(row.alert, row.at, row.by, row.note)
