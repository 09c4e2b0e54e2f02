"""The daily digest of a channel: opened ahead of its hour, composed when it is due, also when nothing rang."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.discover.health import CHANGED
from crawler.notify.digest import Blind, Day, Still, compose_digest
from crawler.notify.gather import told
from crawler.notify.told import Composed, Reader, Told
from rules.alerts.digest import DIGEST, next_digest
from state.records import Message, MessageState, NoticeKind, PromiseState
from state.store.tx import Tx

if TYPE_CHECKING:
    from crawler.app import App

_DAY = timedelta(days=1)
_SENT_MOST = 2_000
_ARTICLES_MOST = 100_000
#: States of a source in which it answers but shows nothing newer.
_SILENT = ("no news",)
_STANDING = ("frozen", "refuses us", "unreadable", "moved", "gone", "never worked", "slow")


def open_digests(tx: Tx, app: App, now: datetime) -> None:
    """See to it that each channel with a digest hour has its next digest waiting."""
    for name, channel in app.policy.channels.items():
        due = next_digest(channel, app.policy.zone, now)
        if due is not None:
            tx.messages.open(name, DIGEST, "digest", due, now=now)


def compose_due(
    tx: Tx, app: App, reader: Reader, background: Sequence[Told], now: datetime
) -> list[Composed]:
    """Return the digest that is due now, and open the next one.

    It tells of the time since the channel's last digest, or of the last day.
    """
    tx.seals.seal(now)
    due = next_digest(app.policy.channel(reader.channel), app.policy.zone, now)
    if due is not None:
        tx.messages.open(reader.channel, DIGEST, "digest", due, now=now)
    sent = tx.messages.list(states=[MessageState.SENT], channel=reader.channel, limit=_SENT_MOST)
    last = max((m.first_claimed_at for m in sent if m.kind == "digest" and m.first_claimed_at), default=None)
    since = last or now - _DAY
    return compose_digest(_day(tx, app, reader, sent, background, since, now, due), reader)


def _day(
    tx: Tx,
    app: App,
    reader: Reader,
    sent: Sequence[Message],
    background: Sequence[Told],
    since: datetime,
    now: datetime,
    next_at: datetime | None,
) -> Day:
    rang = _rang(tx, reader, sent, since, sites_of(app))
    sources = [row for row in tx.sources.list() if row.retired_at is None]
    blind = [
        Blind(b.source, max(b.since, since), b.until, b.why) for b in tx.blind.list(since=since, until=now)
    ]
    still = {row.name: Still(row.name, row.state_since or now, row.sentence) for row in sources}
    counts = tx.messages.counts()
    seal = tx.seals.newest()
    alerts = list(dict.fromkeys(item.alert.id for item in rang))
    seen = tx.acknowledgements.seen(alerts)
    unseen_sources = {interval.source for interval in blind}
    return Day(
        since=since,
        until=now,
        rang=rang,
        background=background,
        corrected=sum(item.notice.kind == NoticeKind.CORRECTION for item in rang),
        not_seen=[alert for alert in alerts if alert not in seen],
        blind=blind,
        silent=[still[row.name] for row in sources if row.state in _SILENT],
        standing=[
            still[row.name]
            for row in sources
            if (row.state in _STANDING or CHANGED in row.sentence) and row.name not in unseen_sources
        ],
        articles=len(tx.articles.list(since=since, until=now, limit=_ARTICLES_MOST)),
        sources=len(sources),
        without_gap=sum(row.name not in unseen_sources for row in sources),
        waiting=_waiting(tx, now),
        muted=len(tx.silences.active(now)),
        retracted=sum(item.notice.kind == NoticeKind.RETRACTION for item in rang),
        dead=counts.get(MessageState.DEAD.value, 0),
        seal=seal.hash if seal else None,
        next_at=next_at,
    )


def _rang(
    tx: Tx, reader: Reader, sent: Sequence[Message], since: datetime, sites: Mapping[str, str]
) -> list[Told]:
    """Return the newest notice of each alert that the channel was sent in this time, loudest first."""
    newest: dict[str, Told] = {}
    for message in sorted(sent, key=lambda m: (m.settled_at or since, m.id)):
        if message.kind != "alert" or message.settled_at is None or message.settled_at <= since:
            continue
        for promise in tx.promises.of_message(message.id):
            notice = tx.notices.get(promise.alert, promise.notice)
            if notice is not None and promise.state == PromiseState.SENT:
                newest[notice.alert] = told(tx, notice, reader, sites=sites)
    return sorted(newest.values(), key=lambda item: (-item.notice.severity, item.alert.opened_at))


def sites_of(app: App) -> dict[str, str]:
    """Return what site each source is, as the configuration says."""
    return {name: table.site for name, table in app.settings.sources.items()}


def _waiting(tx: Tx, now: datetime) -> int:
    """Return how many messages are overdue: not those that wait for their hour or for company."""
    live = tx.messages.list(states=[MessageState.OPEN, MessageState.CLAIMED], limit=_SENT_MOST)
    return sum(message.kind == "alert" and (message.attempts > 0 or message.due_at < now) for message in live)
