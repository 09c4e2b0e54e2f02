"""Promises: that one channel hears one notice.  What must never be lost is here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, insert, select, update

from state.records import MessageKind, MessageState, Promise, PromiseState
from state.store.db import Db
from state.store.message_rows import promise_of
from state.store.messages import Messages
from state.store.prepared import Prepared
from state.store.tables import messages, promises

_OPEN = PromiseState.OPEN.value
_ORDER = (promises.c.notice, promises.c.channel)
_OF_ALERT = select(promises).where(promises.c.alert == bindparam("of")).order_by(*_ORDER)
_OF_MESSAGE = (
    select(promises).where(promises.c.message == bindparam("of")).order_by(promises.c.alert, *_ORDER)
)
_CHANNELS = Prepared(
    select(promises.c.channel)
    .distinct()
    .where(promises.c.alert == bindparam("of"))
    .order_by(promises.c.channel)
)
_SAME = (
    promises.c.alert == bindparam("a"),
    promises.c.notice == bindparam("n"),
    promises.c.channel == bindparam("c"),
)
_EXISTING = Prepared(select(promises.c.message).where(*_SAME))
_INSERT = Prepared(insert(promises))
_IN_MESSAGE = update(promises).where(promises.c.message == bindparam("of"), promises.c.state == _OPEN)
_ONE_IN_MESSAGE = _IN_MESSAGE.where(promises.c.alert == bindparam("a"), promises.c.notice == bindparam("n"))
_OWES = select(exists().where(promises.c.message == bindparam("of"), promises.c.state == _OPEN))


class Promises:
    """Rows of ``promises``, one per (alert, notice, channel)."""

    def __init__(self, db: Db, messages: Messages) -> None:
        self._db = db
        self._messages = messages

    def add(self, promise: Promise, *, now: datetime, kind: MessageKind = "alert") -> str | None:
        """Promise a notice to a channel and return the id of the message that will keep it.

        It joins the open message of its channel, group and kind, or opens one
        due at ``promise.due_at``; the earliest ``due_at`` wins.  A promise that
        arrives settled (``recorded``) gets a row and no message.  What was
        promised before is promised once.
        """
        key = {"a": promise.alert, "n": promise.notice, "c": promise.channel}
        if (before := self._db.one(_EXISTING, key)) is not None:
            found: str | None = before.message
            return found
        owed = promise.state is PromiseState.OPEN
        message = None
        if owed:
            message = self._messages.join(promise.channel, promise.group_key, kind, promise.due_at, now)
        values = {
            "alert": promise.alert,
            "notice": promise.notice,
            "channel": promise.channel,
            "group_key": promise.group_key,
            "due_at": promise.due_at,
            "state": promise.state.value,
            "message": message,
            "settled_at": None if owed else now,
        }
        self._db.run(_INSERT, values)
        return message

    def of(self, alert: str) -> Sequence[Promise]:
        """Return all that was promised about an alert."""
        return [promise_of(row) for row in self._db.all(_OF_ALERT, {"of": alert})]

    def of_message(self, message: str) -> Sequence[Promise]:
        """Return what a message promises, settled or not."""
        return [promise_of(row) for row in self._db.all(_OF_MESSAGE, {"of": message})]

    def channels(self, alert: str) -> tuple[str, ...]:
        """Return the channels that were told of an alert, or will be."""
        return tuple(row.channel for row in self._db.all(_CHANNELS, {"of": alert}))

    def settle(
        self,
        message: str,
        state: PromiseState,
        now: datetime,
        *,
        only: Collection[tuple[str, int]] | None = None,
    ) -> None:
        """Settle open promises of a message without sending: silenced, recorded or dropped.

        ``only`` names them as (alert, notice); a message that then owes nothing
        ends in the same state.
        """
        ended = {"state": state.value, "settled_at": now}
        if only is None:
            self._db.execute(_IN_MESSAGE.values(**ended), {"of": message})
        elif only:
            rows = [{"of": message, "a": alert, "n": notice} for alert, notice in only]
            self._db.execute(_ONE_IN_MESSAGE.values(**ended), rows)
        if not self._db.value(_OWES, {"of": message}):
            self._messages.end(message, MessageState(state.value), now)

    def move(self, old_channel: str, new_channel: str, now: datetime) -> int:
        """Let another channel hear what one that is no more was promised; return how many promises moved.

        A notice that the other hears anyway is recorded as settled.
        """
        here = promises.alias()
        hears_anyway = exists().where(
            here.c.alert == promises.c.alert,
            here.c.notice == promises.c.notice,
            here.c.channel == bindparam("new"),
        )
        owed = update(promises).where(promises.c.channel == bindparam("old"), promises.c.state == _OPEN)
        values = {"old": old_channel, "new": new_channel}
        recorded = {"state": PromiseState.RECORDED.value, "settled_at": now}
        self._db.execute(owed.where(hears_anyway).values(**recorded), values)
        moved = self._db.run(owed.values(channel=bindparam("new")), values)
        self._move_messages(old_channel, new_channel, now)
        return moved

    def _move_messages(self, old_channel: str, new_channel: str, now: datetime) -> None:
        live = (MessageState.OPEN.value, MessageState.CLAIMED.value)
        waiting = select(messages.c.id, messages.c.content).where(
            messages.c.channel == old_channel, messages.c.state.in_(live)
        )
        for row in self._db.all(waiting):
            content = {**(row.content or {}), "moved_from": old_channel}
            changed = update(messages).where(messages.c.id == row.id)
            self._db.execute(changed.values(channel=new_channel, content=content))
            if self._messages_owe_nothing(row.id):
                self._messages.end(row.id, MessageState.RECORDED, now)

    def _messages_owe_nothing(self, message: str) -> bool:
        """Tell whether all that a message of promises owed is settled; an operator's message owes itself."""
        return bool(self.of_message(message)) and not self._db.value(_OWES, {"of": message})
