"""Messages: what goes out, when it is due, and who is sending it.

``open`` is never claimed: promises may join it.  ``claimed`` is closed to
them; once its text is fixed, every attempt sends that text under that id.  A
lease says who is sending at present; it is kept by the database's clock, so
that a process that died or lost its clock holds nothing up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from state.records import Message, MessageKind, MessageState, Notice, Promise, PromiseState, Receipt
from state.store.db import Db
from state.store.leases import Leases
from state.store.ledger import Ledger, sha256
from state.store.message_rows import FREE, SELECT, MessageRows, message_of, promise_of
from state.store.notices import Notices
from state.store.prepared import Prepared
from state.store.receipts import Receipts
from state.store.tables import messages, promises
from state.store.types import canonical_json, instant_text, storable

#: How long a claimed message is left to the one who claimed it.
LEASE_SECONDS = 30.0

_INSTANT = messages.c.due_at.type

TERMINAL = frozenset(MessageState) - {MessageState.OPEN, MessageState.CLAIMED}
_LIVE = (MessageState.OPEN.value, MessageState.CLAIMED.value)
_OWED = frozenset({PromiseState.OPEN.value})
_GIVEN_UP = frozenset({PromiseState.DEAD.value, PromiseState.DROPPED.value})

_CALLED = messages.c.id == bindparam("called")
_JOINABLE = Prepared(
    select(messages.c.id, messages.c.due_at)
    .where(
        messages.c.channel == bindparam("to"),
        messages.c.group_key == bindparam("group"),
        messages.c.kind == bindparam("what"),
        messages.c.state == MessageState.OPEN.value,
        messages.c.body.is_(None),
    )
    .order_by(messages.c.opened_at, messages.c.id)
    .limit(1)
    .with_for_update()
)
_DUE = (
    select(messages.c.id)
    .where(FREE, messages.c.due_at <= bindparam("now"))
    .order_by(messages.c.due_at, messages.c.opened_at, messages.c.id)
    .with_for_update(skip_locked=True)
)
_THESE = messages.c.id.in_(bindparam("ids", expanding=True))
_INSERT = Prepared(insert(messages))
_UPDATE = update(messages).where(_CALLED)
_PROMISES_OF = (
    select(promises)
    .where(promises.c.message.in_(bindparam("ids", expanding=True)))
    .order_by(promises.c.message, promises.c.due_at, promises.c.alert, promises.c.notice)
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours to send: what it promises, and the notices to tell in that order."""

    message: Message
    promises: tuple[Promise, ...]
    notices: tuple[Notice, ...]


class Messages(MessageRows):
    """Rows of ``messages``."""

    def __init__(self, db: Db, ledger: Ledger, leases: Leases, notices: Notices, receipts: Receipts) -> None:
        super().__init__(db)
        self._ledger = ledger
        self._leases = leases
        self._notices = notices
        self._receipts = receipts

    # ---- opening

    def open(
        self,
        channel: str,
        group_key: str,
        kind: MessageKind,
        due_at: datetime,
        *,
        now: datetime,
        title: str | None = None,
        body: str | None = None,
        html: str | None = None,
        content: Mapping[str, Any] | None = None,
    ) -> Message:
        """Open a message of its own (operator, digest, test, canary), or return the open one it would join.

        With a body the text is fixed from the start and nothing joins it.
        """
        if body is None and (found := self._joinable(channel, group_key, kind, due_at)):
            return self._sure(found)
        texts = {"title": title, "body": body, "html": html}
        return self._sure(
            self._open(channel, group_key, kind, due_at, now, **texts, content=dict(content or {}))
        )

    def join(self, channel: str, group_key: str, kind: MessageKind, due_at: datetime, now: datetime) -> str:
        """Return the id of the open message that a promise belongs to, opening one if there is none.

        The earliest ``due_at`` wins, so that what cannot wait takes the waiting along.
        """
        found = self._joinable(channel, group_key, kind, due_at)
        return found or self._open(channel, group_key, kind, due_at, now)

    def _joinable(self, channel: str, group_key: str, kind: MessageKind, due_at: datetime) -> str | None:
        row = self._db.one(_JOINABLE, {"to": channel, "group": group_key, "what": kind})
        if row is None:
            return None
        if due_at < row.due_at:
            self._db.execute(_UPDATE.values(due_at=due_at), {"called": row.id})
        return str(row.id)

    def _open(
        self,
        channel: str,
        group_key: str,
        kind: MessageKind,
        due_at: datetime,
        now: datetime,
        **rest: Any,
    ) -> str:
        id = self._ledger.free_id("M-", f"{channel}\n{group_key}\n{kind}\n{instant_text(now)}")
        values = {"id": id, "channel": channel, "group_key": group_key, "kind": kind, "due_at": due_at}
        values |= {"state": MessageState.OPEN.value, "opened_at": now, "content": {}, **rest}
        self._db.run(_INSERT, values)
        self._enter("message.opened", id, now, canonical_json([channel, group_key, kind]))
        if rest.get("body") is not None:
            self._enter_text(id, now, rest.get("title"), rest["body"])
        return id

    # ---- sending

    def claim(
        self,
        now: datetime,
        owner: str,
        *,
        lease_seconds: float = LEASE_SECONDS,
        channels: Collection[str] | None = None,
        limit: int = 20,
    ) -> list[Claimed]:
        """Take what is due and nobody is sending, the longest due first; nothing while delivery is held."""
        if self._leases.held() is not None:
            return []
        clock = self._db.now()
        query = _DUE.limit(limit)
        if channels is not None:
            query = query.where(messages.c.channel.in_(list(channels)))
        ids = [row.id for row in self._db.all(query, {"now": now, "clock": clock})]
        if not ids:
            return []
        taken = update(messages).where(_THESE)
        taken = taken.values(
            state=MessageState.CLAIMED.value,
            owner=owner,
            lease_until=clock + timedelta(seconds=lease_seconds),
            first_claimed_at=func.coalesce(messages.c.first_claimed_at, bindparam("first", now, _INSTANT)),
        )
        self._db.execute(taken, {"ids": ids})
        return self._claimed(ids)

    def _claimed(self, ids: list[str]) -> list[Claimed]:
        found = {row.id: message_of(row) for row in self._db.all(SELECT.where(_THESE), {"ids": ids})}
        promised: dict[str, list[Promise]] = {id: [] for id in ids}
        for row in self._db.all(_PROMISES_OF, {"ids": ids}):
            if row.state == PromiseState.OPEN.value:
                promised[row.message].append(promise_of(row))
        told = self._notices.these({(p.alert, p.notice) for owed in promised.values() for p in owed})
        return [
            Claimed(found[id], tuple(promised[id]), tuple(told[p.alert, p.notice] for p in promised[id]))
            for id in ids
        ]

    def renew(self, id: str, owner: str, lease_seconds: float = LEASE_SECONDS) -> bool:
        """Prolong one's own lease; False if somebody else has taken over."""
        until = self._db.now() + timedelta(seconds=lease_seconds)
        mine = update(messages).where(_CALLED, messages.c.owner == bindparam("me"))
        return self._db.run(mine.values(lease_until=until), {"called": id, "me": owner}) > 0

    def fix(
        self, id: str, title: str | None, body: str, html: str | None = None, *, now: datetime
    ) -> Message:
        """Store the text once and return what every attempt sends: the first text that was ever fixed."""
        unfixed = update(messages).where(_CALLED, messages.c.body.is_(None))
        if self._db.run(unfixed.values(title=title, body=body, html=html), {"called": id}):
            self._enter_text(id, now, title, body)
        return self._sure(id)

    def reopen(self, id: str, due_at: datetime) -> None:
        """Give a claim back: held by quiet hours or a silence, or not begun before the end.

        Without a text it is open again and may be joined; with one it waits as it is.
        """
        unfixed = update(messages).where(_CALLED, messages.c.body.is_(None))
        reopened = unfixed.values(state=MessageState.OPEN.value, first_claimed_at=None)
        self._db.execute(reopened, {"called": id})
        self._db.execute(_UPDATE.values(due_at=due_at, owner=None, lease_until=None), {"called": id})

    def settle(
        self, receipt: Receipt, state: MessageState, *, now: datetime, next_due_at: datetime | None = None
    ) -> None:
        """Keep a receipt and what follows from it.

        ``CLAIMED`` with ``next_due_at`` is: try again then.  A terminal state
        settles the message's promises.  Once sent, a message stays sent,
        whatever a slower attempt reports.

        Raises:
            ValueError: ``CLAIMED`` without ``next_due_at``.
            LookupError: There is no such message.
        """
        self._receipts.add(receipt)
        message = self._locked(receipt.message)
        if message.state is MessageState.SENT or (message.state in TERMINAL and not receipt.ok):
            return
        tried: dict[str, Any] = {"attempts": messages.c.attempts + 1, "owner": None, "lease_until": None}
        tried["last_error"] = None if receipt.ok else receipt.detail or receipt.reason
        if state in TERMINAL:
            self._db.execute(_UPDATE.values(**tried), {"called": message.id})
            self._end(message, state, now)
            return
        if next_due_at is None:
            raise ValueError("to try again needs the time of the next attempt")
        self._db.execute(_UPDATE.values(**tried, due_at=next_due_at), {"called": message.id})

    def end(self, id: str, state: MessageState, now: datetime) -> None:
        """Put a message into a terminal state without an attempt, and settle its promises."""
        self._end(self._locked(id), state, now)

    def _end(self, message: Message, state: MessageState, now: datetime) -> None:
        ended = {"state": state.value, "settled_at": now, "owner": None, "lease_until": None}
        self._db.execute(_UPDATE.values(**ended), {"called": message.id})
        owed = _OWED | _GIVEN_UP if state is MessageState.SENT else _OWED
        kept = update(promises).where(promises.c.message == bindparam("of"), promises.c.state.in_(owed))
        promise_state = _promise_state(state, message.kind)
        self._db.execute(kept.values(state=promise_state, settled_at=now), {"of": message.id})
        self._enter(f"message.{state.value}", message.id, now, message.kind)

    # ---- regrouping

    def split(self, id: str, part: Iterable[tuple[str, int]], due_at: datetime, *, now: datetime) -> Message:
        """Move these promises, as (alert, notice), of an unfixed message into a new one like it.

        Raises:
            ValueError: Its text is fixed; what it promised was perhaps read already.
        """
        whole = self._unfixed(id)
        content = dict(whole.content)
        new = self._open(whole.channel, whole.group_key, whole.kind, due_at, now, content=content)
        moved = update(promises).where(
            promises.c.message == bindparam("of"),
            promises.c.alert == bindparam("a"),
            promises.c.notice == bindparam("n"),
        )
        rows = [{"of": id, "a": alert, "n": notice} for alert, notice in part]
        if rows:
            self._db.execute(moved.values(message=new), rows)
        return self._sure(new)

    def merge(self, into: str, ids: Collection[str], *, now: datetime) -> None:
        """Move all promises of unfixed messages into another; the emptied ones go, which the ledger keeps.

        Raises:
            ValueError: The text of one is fixed.
        """
        others = [self._unfixed(id).id for id in ids if id != self._unfixed(into).id]
        if not others:
            return
        theirs = update(promises).where(promises.c.message.in_(bindparam("ids", expanding=True)))
        self._db.execute(theirs.values(message=into), {"ids": others})
        self._db.execute(delete(messages).where(_THESE), {"ids": others})
        for id in others:
            self._enter("message.merged", id, now, into)

    def repeat(self, id: str, due_at: datetime, *, now: datetime) -> Message:
        """Open a message that says a sent one again, word for word."""
        said = self._sure(id)
        texts = {"title": said.title, "body": said.body, "html": said.html, "repeat_of": said.id}
        return self._sure(self._open(said.channel, said.group_key, said.kind, due_at, now, **texts))

    # ---- by hand

    def retry(self, id: str, now: datetime) -> bool:
        """Make one that was given up, dropped or waits due now, with the text it has; False if it was sent."""
        message = self._locked(id)
        if message.state not in (*_LIVE, MessageState.DEAD, MessageState.DROPPED):
            return False
        state = MessageState.OPEN if message.body is None else MessageState.CLAIMED
        again = {"state": state.value, "due_at": now, "first_claimed_at": None, "settled_at": None}
        again |= {"owner": None, "lease_until": None}
        self._db.execute(_UPDATE.values(**again), {"called": id})
        given_up = update(promises).where(
            promises.c.message == bindparam("of"),
            promises.c.state.in_(_GIVEN_UP),
        )
        self._db.execute(given_up.values(state=PromiseState.OPEN.value, settled_at=None), {"of": id})
        return True

    def hurry(self, now: datetime) -> int:
        """Make all that waits due now, digests aside: group waits and pauses before another attempt end."""
        waiting = update(messages).where(
            FREE, messages.c.kind != "digest", messages.c.due_at > bindparam("at", type_=_INSTANT)
        )
        return self._db.run(waiting.values(due_at=now), {"clock": self._db.now(), "at": now})

    def drop(self, id: str, now: datetime) -> bool:
        """Give one up because a person says so; False if it was settled before."""
        message = self._locked(id)
        if message.state in TERMINAL and message.state is not MessageState.DEAD:
            return False
        self._end(message, MessageState.DROPPED, now)
        return True

    def free_leases(self, owner: str) -> int:
        """Free what one's own former self was sending when it died; what has no text yet is open again."""
        mine = update(messages).where(messages.c.owner == bindparam("me"), messages.c.state.in_(_LIVE))
        unfixed = mine.where(messages.c.body.is_(None))
        self._db.execute(unfixed.values(state=MessageState.OPEN.value, first_claimed_at=None), {"me": owner})
        return self._db.run(mine.values(owner=None, lease_until=None), {"me": owner})

    def _unfixed(self, id: str) -> Message:
        message = self._locked(id)
        if message.body is not None:
            raise ValueError(f"the text of {id} is fixed")
        return message

    def _enter(self, kind: str, id: str, at: datetime, said: str) -> None:
        self._ledger.append(kind, id, sha256(said), at)

    def _enter_text(self, id: str, at: datetime, title: str | None, body: str) -> None:
        texts = [storable(title) if title is not None else None, storable(body)]
        self._enter("message.fixed", id, at, canonical_json(texts))


def _promise_state(state: MessageState, kind: str) -> str:
    if state is MessageState.SENT and kind == "digest":
        return PromiseState.DIGESTED.value
    return state.value
