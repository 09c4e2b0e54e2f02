"""Alerts that nobody has seen: said again every so often, told to others after a while."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from crawler.telling import Watching
from rules.alerts.labels import Subject
from rules.alerts.unseen import Said, escalation, to_repeat
from state.records import Alert, Promise, PromiseState
from state.store.tx import Tx

#: Alerts older than this are left alone, seen or not.
_LATELY = timedelta(days=7)
_MOST = 500


def remind(app: Watching, tx: Tx, now: datetime) -> int:
    """Repeat and escalate what is due; return how many messages and promises were made."""
    if not any(route.repeat or route.escalate for route in app.policy.routes):
        return 0
    live = [alert for alert in tx.alerts.list(since=now - _LATELY, limit=_MOST) if alert.state == "live"]
    seen = tx.acknowledgements.seen(alert.id for alert in live)
    return sum(_remind(alert, app, tx, now) for alert in live if alert.id not in seen)


def _remind(alert: Alert, app: Watching, tx: Tx, now: datetime) -> int:
    notices, promises = tx.notices.of(alert.id), tx.promises.of(alert.id)
    if not notices:
        return 0
    newest = notices[-1]
    subject = Subject(alert=alert, source=newest.told.get("source"), language=newest.told.get("language"))
    said = list(_said(promises, tx))
    again = to_repeat(subject, said, app.policy, now)
    for item in again:
        tx.messages.repeat(item.message, now, now=now)
    told = [promise.channel for promise in promises if promise.notice == newest.number]
    others = escalation(subject, newest, told, said, app.policy, now)
    for promise in others:
        tx.promises.add(promise, now=now)
    return len(again) + len(others)


def _said(promises: Sequence[Promise], tx: Tx) -> Iterator[Said]:
    """Yield the messages about an alert that were sent, each with its last repetition, sent or waiting."""
    for id in dict.fromkeys(item.message for item in promises if item.state is PromiseState.SENT):
        message = tx.messages.get(id) if id else None
        if message is None or message.kind != "alert" or message.settled_at is None:
            continue
        lately = tx.messages.list(channel=message.channel, limit=_MOST)
        again = [item.settled_at or item.due_at for item in lately if item.repeat_of == message.id]
        yield Said(message.channel, message.id, max([message.settled_at, *again]))
