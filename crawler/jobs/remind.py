"""What nobody has seen: said again on the same channel, or told to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rules.alerts.hold import waits_until
from rules.alerts.labels import Subject, labels_of
from rules.alerts.policy import Policy, Route
from rules.alerts.routes import route_for
from rules.alerts.silences import Silence, silenced_by
from state.records import Alert, Message, MessageState, Notice, Promise, PromiseState
from state.store.tx import Tx

if TYPE_CHECKING:
    from crawler.app import App

#: Group keys of what is told because nobody had seen it begin so.
ESCALATED = "escalated:"
#: After this an alert is old news, seen or not.
_AT_MOST = timedelta(days=7)
_MANY = 1_000
_LIVE = (MessageState.OPEN, MessageState.CLAIMED)


def remind(tx: Tx, app: App, now: datetime, silences: Sequence[Silence]) -> None:
    """Repeat and escalate the live alerts that nobody has acknowledged, as their routes say."""
    policy = app.policy
    if not any(route.repeat or route.escalate for route in policy.routes):
        return
    alerts = tx.alerts.list(since=now - _AT_MOST, state="live", limit=_MANY)
    seen = tx.acknowledgements.seen([alert.id for alert in alerts])
    said: set[str] = set()
    for alert in alerts:
        notices = tx.notices.of(alert.id) if alert.id not in seen else []
        if not notices:
            continue
        subject = _subject(alert, notices[-1])
        route = route_for(labels_of(subject, alert.severity), alert.severity, policy)
        if route is None:
            continue
        _repeat(tx, policy, route, subject, now, silences, said)
        _escalate(tx, route, alert, notices[-1], now)


def _subject(alert: Alert, notice: Notice) -> Subject:
    return Subject(alert=alert, source=notice.told.get("source"), language=notice.told.get("language"))


def _repeat(
    tx: Tx,
    policy: Policy,
    route: Route,
    subject: Subject,
    now: datetime,
    silences: Sequence[Silence],
    said: set[str],
) -> None:
    if route.repeat is None:
        return
    alert = subject.alert
    for channel in tx.promises.channels(alert.id):
        sent = tx.messages.earlier(channel, alert.id)
        if not sent or sent[-1].id in said or sent[-1].kind != "alert":
            continue
        muted = silenced_by(labels_of(subject, alert.severity, channel), silences, now)
        if muted or waits_until(policy.channel(channel), alert.severity, policy, now):
            continue
        last = _last_said(tx, sent[-1])
        if last is not None and now - last >= route.repeat:
            said.add(sent[-1].id)
            tx.messages.repeat(sent[-1].id, now, now=now)


def _last_said(tx: Tx, message: Message) -> datetime | None:
    """Return when a message or a repeat of it was last sent; None while a repeat is under way."""
    repeats = [m for m in tx.messages.list(channel=message.channel, limit=_MANY) if m.repeat_of == message.id]
    if any(repeat.state in _LIVE for repeat in repeats):
        return None
    times = [m.settled_at for m in (message, *repeats) if m.settled_at is not None]
    return max(times, default=None)


def _escalate(tx: Tx, route: Route, alert: Alert, notice: Notice, now: datetime) -> None:
    if route.escalate is None:
        return
    promises = tx.promises.of(alert.id)
    told = [tx.messages.get(p.message) for p in promises if p.state == PromiseState.SENT and p.message]
    first = min((m.settled_at for m in told if m is not None and m.settled_at is not None), default=None)
    if first is None or now - first < route.escalate.after:
        return
    known = {promise.channel for promise in promises}
    for channel in route.escalate.to:
        if channel not in known:
            promise = Promise(
                alert=alert.id,
                notice=notice.number,
                channel=channel,
                group_key=f"{ESCALATED}{alert.id}",
                due_at=now,
            )
            tx.promises.add(promise, now=now)
