"""When single messages would be too many: a channel at its limit, or a storm.  Then the rest is a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.jobs.remind import ESCALATED
from crawler.notify.labels import labels
from crawler.notify.operator import tell
from state.records import Message, MessageState, Notice, Severity
from state.store.messages import Claimed
from state.store.tx import Tx

if TYPE_CHECKING:
    from crawler.app import App

#: More alerts than this of one rule or source, in this time, are a storm.
STORM_COUNT = 200
STORM_WITHIN = timedelta(minutes=10)
#: With fewer messages waiting for a channel there is nothing to gather.
_MANY = 20
_ALL = 2_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """What one message is to tell: its own notices, or those of all that waited, as a list."""

    notices: Sequence[Notice]
    is_list: bool = False
    head: str = ""
    moved_from: str | None = None
    escalated: bool = False


def crowd(
    tx: Tx,
    app: App,
    message: Message,
    notices: Sequence[Notice],
    owner: str,
    now: datetime,
    may_go: Callable[[Claimed], Sequence[Notice]],
) -> Crowd:
    """Return the notices of a message, with those of everything else due where they must come as a list.

    Critical ones are never gathered.  ``may_go`` asks hours and silences for
    each of the others and gives back what must wait.
    """
    moved_from = message.content.get("moved_from")
    alone = Crowd(notices, moved_from=moved_from, escalated=message.group_key.startswith(ESCALATED))
    if _loudest(notices) >= Severity.CRITICAL:
        return alone
    waiting = _waiting(tx, message.channel, now)
    head = _reason(tx, app, message, waiting, now)
    if not waiting or head is None:
        return alone
    gathered = list(notices)
    merged = []
    for other in tx.messages.claim(now, owner, channels=[message.channel], limit=_ALL):
        if (
            other.message.kind != "alert"
            or other.message.body is not None
            or _loudest(other.notices) >= Severity.CRITICAL
        ):
            tx.messages.reopen(other.message.id, other.message.due_at)
        elif told := may_go(other):
            gathered += told
            merged.append(other.message.id)
    tx.messages.merge(message.id, merged, now=now)
    return Crowd(gathered, is_list=bool(merged), head=head, moved_from=moved_from)


def _waiting(tx: Tx, channel: str, now: datetime) -> int:
    """Return how many other messages of alerts are due on a channel."""
    open_ones = tx.messages.list(states=[MessageState.OPEN], channel=channel, limit=_ALL)
    return sum(m.kind == "alert" and m.body is None and m.due_at <= now for m in open_ones)


def _reason(tx: Tx, app: App, message: Message, waiting: int, now: datetime) -> str | None:
    """Return why the rest must come as a list, None if it need not."""
    table = app.settings.channels.get(message.channel)
    words = labels(table.language if table else "en")
    limit = app.policy.channel(message.channel).limit
    if waiting and limit is not None:
        recent = tx.messages.sent_since(message.channel, now - limit.within)
        if len(recent) >= limit.count - 1:
            return words.text("list_limit")
    if waiting >= _MANY and (rule := _stormy(tx, now)):
        minutes = STORM_WITHIN // timedelta(minutes=1)
        text = (
            f"Rule {rule} made more than {STORM_COUNT} alerts in {minutes} minutes. They are sent as lists; "
            f"nothing is left out.\nNext: tocsin rules explain {rule}; or mute it: tocsin silences add rule={rule} 2h"
        )
        tell(tx, app.policy, f"storm of alerts by rule {rule}", text, now, key=f"storm:{rule}:{now:%Y%m%d}")
        return words.text("list_storm", count=STORM_COUNT, minutes=minutes)
    return None


def _stormy(tx: Tx, now: datetime) -> str | None:
    alerts = tx.alerts.list(since=now - STORM_WITHIN, limit=_ALL)
    if len(alerts) <= STORM_COUNT:
        return None
    rule, many = Counter(rule for alert in alerts for rule in alert.rules).most_common(1)[0]
    return rule if many > STORM_COUNT else None


def _loudest(notices: Sequence[Notice]) -> Severity:
    return max((notice.severity for notice in notices), default=Severity.LOW)
