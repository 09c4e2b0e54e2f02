"""Alerts: one row per story and kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, bindparam, insert, select, update

from state.records import Alert, Claim, Severity
from state.store.db import AnyRow, Db, Values
from state.store.ids import short_id
from state.store.prepared import Prepared
from state.store.tables import alerts, matches

_SELECT = select(
    alerts.c.id,
    alerts.c.story,
    alerts.c.kind,
    alerts.c.severity,
    alerts.c.claim,
    alerts.c.opened_at,
    alerts.c.state,
    alerts.c.rules,
)
_FIND = Prepared(_SELECT.where(alerts.c.story == bindparam("of"), alerts.c.kind == bindparam("what")))
_GET = Prepared(_SELECT.where(alerts.c.id == bindparam("called")))
_OF_STORY = _SELECT.where(alerts.c.story == bindparam("of")).order_by(alerts.c.opened_at, alerts.c.id)
_OF_ARTICLE = _SELECT.where(
    alerts.c.id.in_(select(matches.c.alert).where(matches.c.article == bindparam("key")))
).order_by(alerts.c.opened_at, alerts.c.id)
_TAKEN = Prepared(
    select(alerts.c.id).where(alerts.c.id >= bindparam("shortest"), alerts.c.id <= bindparam("longest"))
)
_INSERT = Prepared(insert(alerts))
_UPDATE = update(alerts).where(alerts.c.id == bindparam("called"))


class Alerts:
    """Rows of ``alerts``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def find(self, story: str, kind: str) -> Alert | None:
        """Return the alert of a story and kind."""
        row = self._db.one(_FIND, {"of": story, "what": kind})
        return None if row is None else _alert(row)

    def get(self, alert: str) -> Alert | None:
        """Return the alert of an id."""
        row = self._db.one(_GET, {"called": alert})
        return None if row is None else _alert(row)

    def of_story(self, story: str) -> Sequence[Alert]:
        """Return a story's alerts, oldest first."""
        return self._alerts(_OF_STORY, {"of": story})

    def of_article(self, key: str) -> Sequence[Alert]:
        """Return the alerts to which a match of this article is attached, oldest first."""
        return self._alerts(_OF_ARTICLE, {"key": key})

    def open(self, alert: Alert, *, canary: bool = False) -> None:
        """Keep a new alert; a canary's stays out of lists and counts."""
        self._db.run(_INSERT, {"id": alert.id, **_values(alert), "canary": canary})

    def update(self, alert: Alert) -> None:
        """Overwrite an alert: its severity, claim, rules or state changed."""
        self._db.execute(_UPDATE.values(**_values(alert)), {"called": alert.id})

    def new_id(self, story: str, kind: str) -> str:
        """Return ``A-`` and as few hex digits, at least four, as tell this alert from all others."""
        return short_id("A-", f"{story}\n{kind}", self._ids)

    def _ids(self, shortest: str, longest: str) -> set[str]:
        return {row.id for row in self._db.all(_TAKEN, {"shortest": shortest, "longest": longest})}

    def list(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        state: Literal["live", "withdrawn", "retracted"] | None = None,
        limit: int = 100,
    ) -> Sequence[Alert]:
        """Return alerts, newest first, without canaries."""
        query = _SELECT.where(alerts.c.canary.is_(False))
        if since is not None:
            query = query.where(alerts.c.opened_at >= since)
        if until is not None:
            query = query.where(alerts.c.opened_at < until)
        if state is not None:
            query = query.where(alerts.c.state == state)
        return self._alerts(query.order_by(alerts.c.opened_at.desc(), alerts.c.id).limit(limit), {})

    def _alerts(self, query: Select[*tuple[Any, ...]], values: Values) -> Sequence[Alert]:
        return [_alert(row) for row in self._db.all(query, values)]


def _values(alert: Alert) -> dict[str, Any]:
    return {
        "story": alert.story,
        "kind": alert.kind,
        "severity": int(alert.severity),
        "claim": alert.claim.value if alert.claim else None,
        "opened_at": alert.opened_at,
        "state": alert.state,
        "rules": list(alert.rules),
    }


def _alert(row: AnyRow) -> Alert:
    return Alert(
        id=row.id,
        story=row.story,
        kind=row.kind,
        severity=Severity(row.severity),
        claim=Claim(row.claim) if row.claim else None,
        opened_at=row.opened_at,
        state=row.state,
        rules=tuple(row.rules),
    )
