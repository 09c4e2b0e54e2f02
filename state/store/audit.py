"""The audit: proof that nothing seen was lost, or a list of the gaps.

A gap is a promise or a ledger entry whose message is missing, a ledger entry
that is missing or altered, or a match with neither a settled promise, nor a
live one (its message waits and its channel exists), nor a recorded reason why it
needed none; a notice of which nobody was promised to hear is one too, unless it is
recorded that no channel was there.  Only what the database itself shows is looked at here; whether the
rules would find more than was recorded is asked by whoever has the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, exists, func, or_, select

from state.records import MessageState, PromiseState
from state.store.audit_ledger import Gap, ledger_gaps
from state.store.db import AnyRow
from state.store.ledger import article_subject, sha256
from state.store.tables import alerts, ledger, matches, messages, notices, promises, receipts, versions
from state.store.tx import Tx
from state.store.types import canonical_json

_OPEN = PromiseState.OPEN.value
_LIVE = (MessageState.OPEN.value, MessageState.CLAIMED.value)
_BATCH = 400
_EVER = datetime(1, 1, 1, tzinfo=UTC)

_SINCE = bindparam("since", type_=ledger.c.at.type)
_ITS_NOTICE = and_(notices.c.alert == promises.c.alert, notices.c.number == promises.c.notice)
_PROMISES = (
    select(
        promises.c.alert,
        promises.c.notice,
        promises.c.channel,
        promises.c.state,
        promises.c.message,
        messages.c.state.label("message_state"),
        alerts.c.canary,
    )
    .select_from(
        promises.outerjoin(messages, messages.c.id == promises.c.message)
        .outerjoin(notices, _ITS_NOTICE)
        .outerjoin(alerts, alerts.c.id == promises.c.alert)
    )
    .where(or_(notices.c.created_at.is_(None), notices.c.created_at >= _SINCE))
    .order_by(promises.c.alert, promises.c.notice, promises.c.channel)
)
_TO_NOBODY = exists().where(matches.c.alert == notices.c.alert, matches.c.why_no_promise == "no_channel")
_NOTICES = (
    select(
        notices.c.alert,
        notices.c.number,
        or_(exists().where(_ITS_NOTICE), _TO_NOBODY).label("accounted"),
    )
    .where(notices.c.created_at >= _SINCE)
    .order_by(notices.c.alert, notices.c.number)
)
_RECEIVED = exists().where(receipts.c.message == messages.c.id, receipts.c.ok.is_(True))
_MESSAGES = (
    select(
        messages.c.id,
        messages.c.channel,
        messages.c.state,
        messages.c.title,
        messages.c.body,
        _RECEIVED.label("received"),
    )
    .where(messages.c.opened_at >= _SINCE)
    .order_by(messages.c.opened_at, messages.c.id)
)
_VERSIONS = (
    select(versions.c.article, versions.c.number, versions.c.version)
    .where(versions.c.seen_at >= _SINCE)
    .order_by(versions.c.id)
)
_LEFT = ("message.pruned", "message.merged")
_OPENED = (
    select(ledger.c.subject)
    .where(ledger.c.kind == "message.opened", ledger.c.at >= _SINCE)
    .where(~exists().where(messages.c.id == ledger.c.subject))
    .order_by(ledger.c.id)
)
_SUBJECTS: BindParameter[list[str]] = bindparam("subjects", expanding=True)
_ENTRIES = select(ledger.c.kind, ledger.c.subject, ledger.c.digest).where(ledger.c.subject.in_(_SUBJECTS))
_KEPT = exists().where(
    promises.c.alert == matches.c.alert,
    or_(
        promises.c.state != _OPEN,
        exists().where(messages.c.id == promises.c.message, messages.c.state.in_(_LIVE)),
    ),
)
_MATCHES = (
    select(matches.c.id, matches.c.article, matches.c.rule, matches.c.alert)
    .where(matches.c.at >= _SINCE, matches.c.why_no_promise.is_(None))
    .where(or_(matches.c.alert.is_(None), ~_KEPT))
    .order_by(matches.c.id)
)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Every gap found, and how much was looked at, by kind of row."""

    gaps: tuple[Gap, ...]
    counts: dict[str, int]


def audit(tx: Tx, *, since: datetime | None = None, channels: Collection[str] | None = None) -> AuditReport:
    """Look for gaps in what was seen, promised, said and entered since then, or ever.

    Args:
        tx: A look at one consistent state.
        since: The oldest that is looked at.
        channels: The channels of the configuration; None: any channel exists.
    """
    values = {"since": since or _EVER}
    gaps = (
        *_promise_gaps(tx, values, channels),
        *_notice_gaps(tx, values),
        *_message_gaps(tx, values),
        *_match_gaps(tx, values),
        *_version_gaps(tx, values),
        *ledger_gaps(tx, since or _EVER),
    )
    return AuditReport(gaps, _counts(tx, values))


def _promise_gaps(tx: Tx, values: dict[str, Any], channels: Collection[str] | None) -> Iterator[Gap]:
    for row in tx.db.execute(_PROMISES, values):
        subject = f"{row.alert}/{row.notice}"
        promise = f"the promise to tell {row.channel} of {subject}"
        if row.message is not None and row.message_state is None:
            yield Gap("promise", subject, f"{promise} names message {row.message}, which is not there")
        elif row.state != _OPEN:
            continue
        elif row.message is None:
            yield Gap("promise", subject, f"{promise} is open and has no message")
        elif row.message_state not in _LIVE:
            yield Gap("promise", subject, f"{promise} is open, but {row.message} is {row.message_state}")
        elif channels is not None and row.channel not in channels and not row.canary:
            yield Gap("promise", subject, f"{promise} waits for a channel that is not configured")


def _notice_gaps(tx: Tx, values: dict[str, Any]) -> Iterator[Gap]:
    for rows in tx.db.execute(_NOTICES, values).partitions(_BATCH):
        entered = _entries(tx, [f"{row.alert}/{row.number}" for row in rows])
        for row in rows:
            subject = f"{row.alert}/{row.number}"
            if not row.accounted:
                yield Gap("notice", subject, f"nobody was promised to hear {subject}")
            if ("notice", subject) not in entered:
                yield Gap("ledger", subject, f"the ledger has no entry for the notice {subject}")


def _message_gaps(tx: Tx, values: dict[str, Any]) -> Iterator[Gap]:
    for rows in tx.db.execute(_MESSAGES, values).partitions(_BATCH):
        entered = _entries(tx, [row.id for row in rows])
        for row in rows:
            yield from _one_message(row, entered)
    for rows in tx.db.execute(_OPENED, values).partitions(_BATCH):
        entered = _entries(tx, [row.subject for row in rows])
        for row in rows:
            if not any((kind, row.subject) in entered for kind in _LEFT):
                yield Gap("message", row.subject, f"the ledger knows {row.subject}, but it is not there")


def _one_message(row: AnyRow, entered: dict[tuple[str, str], set[str]]) -> Iterator[Gap]:
    if ("message.opened", row.id) not in entered:
        yield Gap("ledger", row.id, f"the ledger has no entry for the message {row.id}")
    if row.state == MessageState.SENT.value and not row.received:
        yield Gap("message", row.id, f"{row.id} to {row.channel} is called sent, but has no receipt")
    texts = entered.get(("message.fixed", row.id), set())
    if row.body is not None and sha256(canonical_json([row.title, row.body])) not in texts:
        yield Gap("message", row.id, f"the text of {row.id} is not the one that was entered in the ledger")


def _match_gaps(tx: Tx, values: dict[str, Any]) -> Iterator[Gap]:
    for row in tx.db.execute(_MATCHES, values):
        what = f"rule {row.rule} matched {row.article}"
        if row.alert is None:
            yield Gap("match", str(row.id), f"{what}: no alert, and no reason why not")
        else:
            yield Gap("match", str(row.id), f"{what}: nobody was or will be told of {row.alert}")


def _version_gaps(tx: Tx, values: dict[str, Any]) -> Iterator[Gap]:
    for rows in tx.db.execute(_VERSIONS, values).partitions(_BATCH):
        entered = _entries(tx, [article_subject(row.article) for row in rows])
        for row in rows:
            if row.version not in entered.get(("version", article_subject(row.article)), ()):
                what = f"version {row.number} of {row.article}"
                yield Gap("ledger", row.article, f"the ledger has no entry for {what}")


def _entries(tx: Tx, subjects: Iterable[str]) -> dict[tuple[str, str], set[str]]:
    """Return the digests entered, by kind and subject."""
    found: dict[tuple[str, str], set[str]] = {}
    rows: Sequence[AnyRow] = tx.db.all(_ENTRIES, {"subjects": list(subjects)})
    for row in rows:
        found.setdefault((row.kind, row.subject), set()).add(row.digest)
    return found


def _counts(tx: Tx, values: dict[str, Any]) -> dict[str, int]:
    looked_at = {
        "versions": select(func.count()).where(versions.c.seen_at >= _SINCE),
        "matches": select(func.count()).where(matches.c.at >= _SINCE),
        "alerts": select(func.count()).where(alerts.c.opened_at >= _SINCE),
        "notices": select(func.count()).where(notices.c.created_at >= _SINCE),
        "promises": select(func.count())
        .select_from(promises.join(notices, _ITS_NOTICE))
        .where(notices.c.created_at >= _SINCE),
        "messages": select(func.count()).where(messages.c.opened_at >= _SINCE),
        "ledger": select(func.count()).where(ledger.c.at >= _SINCE),
    }
    return {kind: int(tx.db.value(query, values)) for kind, query in looked_at.items()}
