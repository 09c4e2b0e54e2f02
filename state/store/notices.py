"""Notices: each thing to tell about an alert, numbered from 1 within it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, insert, select, tuple_, update

from state.records import Claim, Notice, NoticeKind, Severity
from state.records_json import event_from_json, event_to_json
from state.store.db import AnyRow, Db
from state.store.ledger import Ledger, sha256
from state.store.prepared import Prepared
from state.store.tables import alerts, messages, notices, promises
from state.store.types import canonical_json

_SELECT = select(
    notices.c.alert,
    notices.c.number,
    notices.c.kind,
    notices.c.severity,
    notices.c.claim,
    notices.c.article,
    notices.c.version,
    notices.c.events,
    notices.c.reason,
    notices.c.told,
    notices.c.created_at,
)
_OF_ALERT = _SELECT.where(notices.c.alert == bindparam("of")).order_by(notices.c.number)
_OF = Prepared(_OF_ALERT)
_GET = _SELECT.where(notices.c.alert == bindparam("of"), notices.c.number == bindparam("which"))
_THESE = _SELECT.where(tuple_(notices.c.alert, notices.c.number).in_(bindparam("ids", expanding=True)))
_PROMISED = (promises.c.alert == notices.c.alert) & (promises.c.notice == notices.c.number)
_UNCLAIMED = _OF_ALERT.where(
    exists().where(_PROMISED),
    ~exists()
    .where(_PROMISED, promises.c.message == messages.c.id)
    .where((messages.c.state != "open") | messages.c.body.is_not(None)),
)
_LAST = Prepared(select(func.max(notices.c.number)).where(notices.c.alert == bindparam("of")))
_SINCE = (
    _SELECT.join(alerts, alerts.c.id == notices.c.alert)
    .where(notices.c.created_at >= bindparam("since"), alerts.c.canary.is_(False))
    .order_by(notices.c.created_at, notices.c.alert, notices.c.number)
)
_NEWEST = (
    _SELECT.join(alerts, alerts.c.id == notices.c.alert)
    .where(alerts.c.canary.is_(False))
    .order_by(notices.c.created_at.desc(), notices.c.alert, notices.c.number.desc())
)
_INSERT = Prepared(insert(notices))
_UPDATE = update(notices).where(notices.c.alert == bindparam("of"), notices.c.number == bindparam("which"))


class Notices:
    """Rows of ``notices``."""

    def __init__(self, db: Db, ledger: Ledger) -> None:
        self._db = db
        self._ledger = ledger

    def add(self, notice: Notice) -> None:
        """Keep a notice and enter it in the ledger."""
        values = _values(notice)
        self._db.run(_INSERT, {"alert": notice.alert, "number": notice.number, **values})
        self._enter("notice", notice, values)

    def replace(self, notice: Notice) -> None:
        """Overwrite a notice that nobody was told yet: it is composed anew instead of being corrected."""
        values = _values(notice)
        self._db.execute(_UPDATE.values(**values), {"of": notice.alert, "which": notice.number})
        self._enter("notice.replaced", notice, values)

    def get(self, alert: str, number: int) -> Notice | None:
        """Return one notice."""
        row = self._db.one(_GET, {"of": alert, "which": number})
        return None if row is None else notice_of(row)

    def of(self, alert: str) -> list[Notice]:
        """Return an alert's notices in order."""
        return [notice_of(row) for row in self._db.all(_OF, {"of": alert})]

    def these(self, ids: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Notice]:
        """Return the notices of these (alert, number)."""
        wanted = list(ids)
        rows: Sequence[AnyRow] = self._db.all(_THESE, {"ids": wanted}) if wanted else ()
        return {(row.alert, row.number): notice_of(row) for row in rows}

    def since(self, at: datetime) -> list[Notice]:
        """Return the notices made at an instant or later, in that order, without canaries'."""
        return [notice_of(row) for row in self._db.all(_SINCE, {"since": at})]

    def newest(self, limit: int) -> list[Notice]:
        """Return the newest notices of all alerts, newest first, without canaries'."""
        return [notice_of(row) for row in self._db.all(_NEWEST.limit(limit))]

    def unclaimed(self, alert: str) -> list[Notice]:
        """Return the notices of which no channel's message was ever claimed: nobody can have read them."""
        return [notice_of(row) for row in self._db.all(_UNCLAIMED, {"of": alert})]

    def next_number(self, alert: str) -> int:
        """Return the number of the next notice."""
        return (self._db.value(_LAST, {"of": alert}) or 0) + 1

    def _enter(self, kind: str, notice: Notice, values: dict[str, Any]) -> None:
        digest = sha256(canonical_json(values | {"created_at": notice.created_at.isoformat()}))
        detail = {"version": notice.version, "kind": notice.kind.value}
        self._ledger.append(kind, f"{notice.alert}/{notice.number}", digest, notice.created_at, detail)


def _values(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind.value,
        "severity": int(notice.severity),
        "claim": notice.claim.value if notice.claim else None,
        "article": notice.article,
        "version": notice.version,
        "events": [event_to_json(event) for event in notice.events],
        "reason": notice.reason,
        "told": dict(notice.told),
        "created_at": notice.created_at,
    }


def notice_of(row: AnyRow) -> Notice:
    """Return the notice of a row with the columns of the table."""
    return Notice(
        alert=row.alert,
        number=row.number,
        kind=NoticeKind(row.kind),
        severity=Severity(row.severity),
        claim=Claim(row.claim) if row.claim else None,
        article=row.article,
        version=row.version,
        events=tuple(event_from_json(event) for event in row.events),
        reason=row.reason,
        created_at=row.created_at,
        told=row.told,
    )
