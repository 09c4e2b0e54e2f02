"""What follows from an attempt: settled, tried again, or given up and told elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crawler.notify.labels import labels
from crawler.notify.operator import tell
from crawler.notify.retries import GIVE_UP_AFTER, next_try
from state.errors import DeliveryError
from state.records import Message, MessageState, Receipt
from state.store.tx import Tx

if TYPE_CHECKING:
    from crawler.app import App

#: After so many failed attempts in a row (about three quarters of an hour) somebody is told.
_TELL_AFTER = 6


def settle(tx: Tx, app: App, message: Message, failure: DeliveryError | None, now: datetime) -> None:
    """Keep the receipt of an attempt and what follows from it."""
    receipt = receipt_of(message, failure, now)
    if failure is None:
        tx.messages.settle(receipt, MessageState.SENT, now=now)
        _recovered(tx, app, message, now)
        return
    due = next_try(message, failure, now)
    if due is None:
        tx.messages.settle(receipt, MessageState.DEAD, now=now)
        _dead(tx, app, message, failure, now)
        return
    tx.messages.settle(receipt, MessageState.CLAIMED, now=now, next_due_at=due)
    if not failure.retryable or receipt.attempt >= _TELL_AFTER:
        _in_trouble(tx, app, message.channel, failure, now)


def receipt_of(message: Message, failure: DeliveryError | None, now: datetime) -> Receipt:
    """Return what is kept of an attempt; the error's own words are ours and name no address."""
    return Receipt(
        message=message.id,
        channel=message.channel,
        attempt=message.attempts + 1,
        ok=failure is None,
        at=now,
        reason=failure.reason if failure else "",
        retryable=failure.retryable if failure else False,
        detail=failure.problem if failure else "",
    )


def _in_trouble(tx: Tx, app: App, channel: str, failure: DeliveryError, now: datetime) -> None:
    what = labels("en").word("failure", failure.reason)
    text = (
        f"The channel {channel} {what}. Its messages are kept and tried again every hour for "
        f"{GIVE_UP_AFTER.days} days.\nNext: tocsin channels test {channel}; tocsin messages list --channel {channel}"
    )
    tell(tx, app.policy, f"channel {channel} {what}", text, now, key=f"channel:{channel}", instead_of=channel)


def _recovered(tx: Tx, app: App, message: Message, now: datetime) -> None:
    if message.attempts == 0 and message.last_error is None:
        return
    subject = f"channel {message.channel} works again"
    tell_again = _was_told(tx, app, f"channel:{message.channel}")
    if tell_again:
        text = "What had waited for it is being sent."
        tell(tx, app.policy, subject, text, now, key=f"channel:{message.channel}", instead_of=message.channel)


def _was_told(tx: Tx, app: App, key: str) -> bool:
    group = f"operator:{key}"
    return any(
        m.group_key == group
        for name in app.policy.channels
        for m in tx.messages.list(channel=name, limit=200)
    )


def _dead(tx: Tx, app: App, message: Message, failure: DeliveryError, now: datetime) -> None:
    """Tell on the other channels that something could not be delivered: it is kept, and can be sent again."""
    ids = sorted({promise.alert for promise in tx.promises.of_message(message.id)})
    about = f" It told of {', '.join(ids[:10])}." if ids else ""
    what = labels("en").word("failure", failure.reason)
    text = (
        f"Message {message.id} was tried for {GIVE_UP_AFTER.days} days and given up: {message.channel} {what}.{about} "
        f"It is kept.\nNext: tocsin messages retry {message.id}"
    )
    subject = f"message {message.id} could not be delivered to {message.channel}"
    tell(tx, app.policy, subject, text, now, key=f"dead:{message.id}", instead_of=message.channel)
