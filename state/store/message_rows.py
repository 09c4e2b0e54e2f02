"""Looking at messages: what waits, what went out, what a channel had lately."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, or_, select

from state.records import Message, MessageState, Promise, PromiseState
from state.store.db import AnyRow, Db, Values
from state.store.tables import messages, promises

SELECT = select(*(column for column in messages.c if column.name not in ("owner", "lease_until")))
_GET = SELECT.where(messages.c.id == bindparam("called"))
_GET_LOCKED = _GET.with_for_update()
_SENT = messages.c.state == MessageState.SENT.value
_ON_CHANNEL = messages.c.channel == bindparam("to")
_SENT_SINCE = (
    select(messages.c.settled_at)
    .where(_ON_CHANNEL, _SENT, messages.c.settled_at >= bindparam("since"))
    .order_by(messages.c.settled_at)
)
_EARLIER = SELECT.where(
    _ON_CHANNEL,
    _SENT,
    exists().where(promises.c.message == messages.c.id, promises.c.alert == bindparam("of")),
).order_by(messages.c.settled_at, messages.c.id)
_CLOCK = bindparam("clock", type_=messages.c.lease_until.type)
#: What waits and nobody is sending, by the database's clock.
FREE = messages.c.state.in_([MessageState.OPEN.value, MessageState.CLAIMED.value]) & or_(
    messages.c.lease_until.is_(None), messages.c.lease_until <= _CLOCK
)
_OWNERS = select(messages.c.owner).distinct().where(messages.c.lease_until > _CLOCK)
_NEXT = select(func.min(messages.c.due_at)).where(FREE)
_COUNTS = (
    select(messages.c.state, func.count().label("many"))
    .where(messages.c.kind != "canary")
    .group_by(messages.c.state)
)


class MessageRows:
    """Rows of ``messages``, to be looked at."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, id: str) -> Message | None:
        """Return one message."""
        row = self._db.one(_GET, {"called": id})
        return None if row is None else message_of(row)

    def next_due(self, channels: Collection[str] | None = None) -> datetime | None:
        """Return when the next message is due that nobody is sending."""
        query = _NEXT if channels is None else _NEXT.where(messages.c.channel.in_(list(channels)))
        at: datetime | None = self._db.value(query, {"clock": self._db.now()})
        return at

    def due_channels(self, now: datetime) -> Sequence[str]:
        """Return the channels that have something due which nobody is sending."""
        query = select(messages.c.channel).distinct().where(FREE, messages.c.due_at <= bindparam("now"))
        rows = self._db.all(query.order_by(messages.c.channel), {"clock": self._db.now(), "now": now})
        return [row.channel for row in rows]

    def owners(self) -> set[str]:
        """Return who holds a lease that has not run out."""
        return {row.owner for row in self._db.all(_OWNERS, {"clock": self._db.now()})}

    def sent_since(self, channel: str, since: datetime) -> Sequence[datetime]:
        """Return when a channel was sent something, for its limit."""
        return [row.settled_at for row in self._db.all(_SENT_SINCE, {"to": channel, "since": since})]

    def earlier(self, channel: str, alert: str) -> Sequence[Message]:
        """Return what this channel was sent about an alert, oldest first: the thread to continue."""
        return self._messages(_EARLIER, {"to": channel, "of": alert})

    def counts(self) -> dict[str, int]:
        """Return how many messages are in each state, without canaries."""
        return {row.state: row.many for row in self._db.all(_COUNTS)}

    def list(
        self, *, states: Collection[MessageState] | None = None, channel: str | None = None, limit: int = 100
    ) -> Sequence[Message]:
        """Return messages, newest first, without canaries."""
        query = SELECT.where(messages.c.kind != "canary")
        if states is not None:
            query = query.where(messages.c.state.in_([state.value for state in states]))
        if channel is not None:
            query = query.where(messages.c.channel == channel)
        return self._messages(query.order_by(messages.c.opened_at.desc(), messages.c.id).limit(limit), {})

    def _messages(self, query: Select[*tuple[Any, ...]], values: Values) -> Sequence[Message]:
        return [message_of(row) for row in self._db.all(query, values)]

    def _sure(self, id: str) -> Message:
        message = self.get(id)
        if message is None:
            raise LookupError(id)
        return message

    def _locked(self, id: str) -> Message:
        row = self._db.one(_GET_LOCKED, {"called": id})
        if row is None:
            raise LookupError(id)
        return message_of(row)


def message_of(row: AnyRow) -> Message:
    """Return the message of a row of ``SELECT``."""
    return Message(
        id=row.id,
        channel=row.channel,
        group_key=row.group_key,
        kind=row.kind,
        due_at=row.due_at,
        state=MessageState(row.state),
        attempts=row.attempts,
        title=row.title,
        body=row.body,
        html=row.html,
        last_error=row.last_error,
        first_claimed_at=row.first_claimed_at,
        opened_at=row.opened_at,
        settled_at=row.settled_at,
        repeat_of=row.repeat_of,
        content=row.content or {},
    )


def promise_of(row: AnyRow) -> Promise:
    """Return the promise of a row with the columns of the table."""
    return Promise(
        alert=row.alert,
        notice=row.notice,
        channel=row.channel,
        group_key=row.group_key,
        due_at=row.due_at,
        state=PromiseState(row.state),
        message=row.message,
    )
