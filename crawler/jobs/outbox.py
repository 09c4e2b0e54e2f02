"""From a due message to its fixed text, in one transaction: may it go, what does it say, what is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.jobs.crowd import Crowd, crowd
from crawler.jobs.digest import compose_due, sites_of
from crawler.notify import when
from crawler.notify.channel import Outgoing
from crawler.notify.compose import bare, compose, signed
from crawler.notify.gather import reference, thread, told
from crawler.notify.labels import labels
from crawler.notify.listing import compose_list
from crawler.notify.payload import is_payload, payload
from crawler.notify.told import Composed, Reader, Told
from rules.alerts.hold import free_at, hold, waits_until
from rules.alerts.labels import Subject
from rules.alerts.silences import Silence
from rules.explain import explain
from state.errors import StoreError
from state.records import Alert, Message, Notice, PromiseState, Severity
from state.store.messages import Claimed
from state.store.tx import Tx

if TYPE_CHECKING:
    from crawler.app import App


#: Longer than any attempt takes: a test is sent by whoever asked for it, and settled at once.
_TEST_KEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Ready:
    """A message whose text is fixed and stored, and what its channel is handed."""

    message: Message
    outgoing: Outgoing


def next_ready(tx: Tx, app: App, channel: str, owner: str, now: datetime) -> Ready | None:
    """Claim the channel's next due message and fix its text; None if nothing is to be sent now.

    What quiet hours or a limit hold back is given a later time, what is muted
    is settled, and the next one is looked at.
    """
    while claimed := tx.messages.claim(now, owner, channels=[channel], limit=1):
        message = _fixed(tx, app, claimed[0], owner, now)
        if message is not None:
            return Ready(message, _outgoing(tx, app, message))
    return None


def reader_of(app: App, channel: str, now: datetime) -> Reader:
    """Return a channel as composing sees it; one that is not configured reads English in full."""
    table = app.settings.channels.get(channel)
    return Reader(
        channel=channel,
        words=labels(table.language if table else "en"),
        zone=ZoneInfo(app.settings.display.timezone),
        now=now,
        content=table.content if table else "full",
        public_url=app.settings.web.public_url,
    )


def open_test(tx: Tx, app: App, channel: str, now: datetime) -> Ready:
    """Open and fix a test message that no other process will send meanwhile."""
    words = reader_of(app, channel, now).words
    message = tx.messages.open(channel, f"test:{now.isoformat()}", "test", now + _TEST_KEPT, now=now)
    title = words.text("test_head", channel=channel)
    fixed = tx.messages.fix(message.id, title, f"{title}\n{words.text('test_body')}\n{message.id}", now=now)
    return Ready(fixed, _outgoing(tx, app, fixed))


def _fixed(tx: Tx, app: App, claimed: Claimed, owner: str, now: datetime) -> Message | None:
    message = claimed.message
    if message.body is not None:
        return None if _waits_for_morning(tx, app, message, now) else message
    reader = reader_of(app, message.channel, now)
    if message.kind == "digest":
        group = Crowd(_loud(tx, app, claimed, now))
    else:
        notices = _may_go(tx, app, claimed, now)
        if not notices:
            return None
        group = crowd(tx, app, message, notices, owner, now, lambda other: _may_go(tx, app, other, now))
    return _fix(tx, app, message, *_texts(tx, app, message, group, reader), now)


def _texts(
    tx: Tx, app: App, message: Message, group: Crowd, reader: Reader
) -> tuple[Sequence[Composed], Sequence[Told]]:
    """Compose; where that fails, say the least that must be said rather than hold up the channel."""
    try:
        if message.kind == "digest":
            items = [told(tx, n, reader, sites=sites_of(app)) for n in group.notices]
            return compose_due(tx, app, reader, items, reader.now), items
        return _composed(tx, app, group, reader)
    except StoreError:
        raise
    except Exception:
        app.log.exception("a message could not be composed; its bare facts are sent", message=message.id)
        return bare(group.notices, reader), ()


def _waits_for_morning(tx: Tx, app: App, message: Message, now: datetime) -> bool:
    """Hold back what is about Tocsin itself in quiet hours, as an alert of severity high would be."""
    if message.kind != "operator" or message.attempts:
        return False
    until = waits_until(app.policy.channel(message.channel), Severity.HIGH, app.policy, now)
    if until is not None:
        tx.messages.reopen(message.id, until)
    return until is not None


def _loud(tx: Tx, app: App, claimed: Claimed, now: datetime, *, digest: bool = True) -> Sequence[Notice]:
    """Return the notices that no silence mutes; the muted are settled."""
    subjects = [(notice, _subject(tx, notice)) for notice in claimed.notices]
    message = claimed.message
    verdict = hold(
        subjects, message.channel, app.policy, now, silences=active_silences(tx, now), digest=digest
    )
    if verdict.silenced:
        tx.promises.settle(message.id, PromiseState.SILENCED, now, only=verdict.silenced)
    if verdict.until is not None:
        tx.messages.reopen(message.id, verdict.until)
        return ()
    return [n for n in claimed.notices if (n.alert, n.number) not in verdict.silenced]


def active_silences(tx: Tx, now: datetime) -> list[Silence]:
    """Return what is muted by hand now."""
    return [
        Silence(id=row.id, matchers=row.matchers, starts_at=row.starts_at, ends_at=row.ends_at)
        for row in tx.silences.active(now)
    ]


def _may_go(tx: Tx, app: App, claimed: Claimed, now: datetime) -> Sequence[Notice]:
    """Return the notices that may be told now; none if the message was muted, held, or over the limit."""
    notices = _loud(tx, app, claimed, now, digest=False)
    if not notices or max(notice.severity for notice in notices) >= Severity.CRITICAL:
        return notices
    message = claimed.message
    limit = app.policy.channel(message.channel).limit
    if limit is None:
        return notices
    free = free_at(limit, tx.messages.sent_since(message.channel, now - limit.within), now)
    if free is not None:
        tx.messages.reopen(message.id, free)
        return ()
    return notices


def _subject(tx: Tx, notice: Notice) -> Subject:
    alert = tx.alerts.get(notice.alert)
    if alert is None:
        raise LookupError(notice.alert)
    return Subject(alert=alert, source=notice.told.get("source"), language=notice.told.get("language"))


def _composed(tx: Tx, app: App, group: Crowd, reader: Reader) -> tuple[list[Composed], list[Told]]:
    def remarks(notice: Notice, alert: Alert) -> tuple[str, ...]:
        return _remarks(app, notice, alert, group, reader)

    gathered = (told(tx, n, reader, sites=sites_of(app), remarks=remarks) for n in group.notices)
    items = [replace(item, senses=_senses(app, item)) for item in gathered]
    items.sort(key=lambda item: (-item.notice.severity, item.notice.created_at, item.id))
    if group.is_list:
        return compose_list(items, reader, head=group.head), items
    return compose(items, reader), items


def _remarks(app: App, notice: Notice, alert: Alert, group: Crowd, reader: Reader) -> tuple[str, ...]:
    """Return why this channel hears of it, if that is not plain, and what must be known of the rules."""
    words = reader.words
    said = [words.text("vanished_channel", channel=group.moved_from)] if group.moved_from else []
    if group.escalated:
        said.append(words.text("escalated", when=when.near(alert.opened_at, reader.zone, reader.now)))
    rules = [rule for name in alert.rules if (rule := app.ruleset.rules.get(name)) is not None]
    said += [words.text("untested", rule=rule.id) for rule in rules if not rule.tests and rule.until]
    language = str(notice.told.get("language") or "").split("-")[0]
    unreviewed = [rule for rule in rules if rule.reviewed.get(language, "none") == "none" and rule.reviewed]
    if language and unreviewed:
        said.append(words.text("unreviewed", language=words.language_name(language)))
    return tuple(said)


def _senses(app: App, item: Told) -> tuple[tuple[str, str], ...]:
    """Return the matched words with their senses, by the rules in force now; none of a rule that is gone."""
    if item.article is None:
        return ()
    known = [match for match in item.matches if match.rule in app.ruleset.rules]
    found = [one for match in known for one in explain(match, item.article, app.ruleset).found if one.sense]
    return tuple(dict.fromkeys((one.span.quote, one.sense) for one in found))


def _fix(
    tx: Tx, app: App, message: Message, made: Sequence[Composed], items: Sequence[Told], now: datetime
) -> Message:
    """Store the texts: the first part under this message, each further one under a new message."""
    if _is_webhook(app, message.channel):
        text = "\n\n".join(signed(part, message.id).body for part in made)
        body = payload(message, text, items, reader_of(app, message.channel, now))
        return tx.messages.fix(message.id, made[0].title, body, now=now)
    first, *rest = made
    for part in rest:
        new = tx.messages.split(message.id, part.notices, now, now=now)
        _fix_one(tx, app, new, part, now)
    return _fix_one(tx, app, message, first, now)


def _fix_one(tx: Tx, app: App, message: Message, composed: Composed, now: datetime) -> Message:
    whole = signed(composed, message.id)
    channel = app.channels.get(message.channel)
    html = whole.html if channel is not None and channel.wants_html else None
    return tx.messages.fix(message.id, whole.title, whole.body, html, now=now)


def _outgoing(tx: Tx, app: App, message: Message) -> Outgoing:
    body = message.body or ""
    if _is_webhook(app, message.channel) and not is_payload(body):
        body = payload(message, body)
    alerts = {promise.alert for promise in tx.promises.of_message(message.id)}
    return Outgoing(
        id=message.id,
        reference=reference(message.id, message.opened_at),
        title=message.title or body.partition("\n")[0],
        body=body,
        html=message.html,
        thread=thread(tx, message.channel, alerts, message.id) if len(alerts) < 5 else (),
    )


def _is_webhook(app: App, channel: str) -> bool:
    table = app.settings.channels.get(channel)
    return table is not None and table.format == "webhook"
