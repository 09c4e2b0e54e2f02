"""Keep the promises: hand each due message to its channel, each channel in its own time.

A channel has one task and at most one thread; a channel that hangs delays
nobody else.  Text and id are stored before the first attempt, the receipt
right after each; a process that dies in between sends the same text under the
same id again.
"""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from crawler.jobs.digest import open_digests
from crawler.jobs.outbox import Ready, active_silences, next_ready, open_test
from crawler.jobs.outcome import receipt_of, settle
from crawler.jobs.remind import remind
from crawler.notify.canary import CANARY, NullChannel
from crawler.notify.channel import Channel, Outgoing
from state.errors import DeliveryError, StoreError
from state.records import Message, MessageState, Receipt
from state.store.messages import LEASE_SECONDS
from state.store.tx import Tx

if TYPE_CHECKING:
    from crawler.app import App

#: A channel that has not answered by then has not taken the message; its thread is left to itself.
HANGS_AFTER_S = 120.0
_RENEW_EVERY_S = LEASE_SECONDS / 3
#: How long at most to sleep, whatever the database says: the clock may have been set.
_LONGEST_SLEEP_S = 60.0
#: When something is due that cannot be sent at present.
_BLOCKED_SLEEP_S = 5.0
_SOON_S = 0.05
_STORE_PAUSES_S = (0.2, 1.0, 3.0, 10.0)
_DRAIN_S = 8.0
_TIDY_EVERY = timedelta(minutes=1)
_TIDYING = "delivery-tidying"
_TIDY_LEASE_S = 1.0
_ALL = 10_000


@dataclass(slots=True)
class DeliverResult:
    """What one pass did: messages taken, attempts that failed, and what still waits after a failed attempt."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    channels: set[str] = field(default_factory=set)
    #: Channel → what it last answered, in words.
    troubles: dict[str, str] = field(default_factory=dict)


class Deliverer:
    """The tasks of one process that send, one per channel."""

    def __init__(self, app: App, *, hangs_after_s: float = HANGS_AFTER_S) -> None:
        self._app = app
        self._hangs_after_s = hangs_after_s
        self._owner = _owner()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stuck: dict[str, asyncio.Future[None]] = {}
        #: What was done since the start.
        self.result = DeliverResult()

    async def start_due(self) -> None:
        """Start a task for each channel that has something due and is not busy."""
        now = self._app.clock.now()
        for name in await self._app.store.view(lambda tx: tx.messages.due_channels(now)):
            if name not in self._tasks and self._channel(name) is not None and not self._is_stuck(name):
                self._tasks[name] = asyncio.create_task(self._drain(name), name=f"deliver {name}")
                self._tasks[name].add_done_callback(partial(self._freed, name))

    def _freed(self, name: str, task: asyncio.Task[None]) -> None:
        self._tasks.pop(name, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._app.log.error("delivery stopped for a channel", channel=name, fault=type(error).__name__)

    async def finish(self, timeout: float | None = None) -> None:
        """Wait until no channel is busy, or for so many seconds."""
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=timeout)

    async def cancel(self) -> None:
        """Stop waiting for channels; what was in flight is sent again by whoever starts next."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._app.store.run(lambda tx: tx.messages.free_leases(self._owner))

    @property
    def attempts(self) -> int:
        """Return how many attempts were made since the start."""
        return self.result.sent + self.result.failed

    async def any_done(self) -> None:
        """Wait until one of the busy channels is free; for ever if none is busy."""
        if not self._tasks:
            await asyncio.Event().wait()
        await asyncio.wait(list(self._tasks.values()), return_when=asyncio.FIRST_COMPLETED)

    async def _drain(self, name: str) -> None:
        """Send what is due on one channel, one message after the other."""
        app = self._app
        while (channel := self._channel(name)) is not None and not self._is_stuck(name):
            ready = await app.store.run(lambda tx: next_ready(tx, app, name, self._owner, app.clock.now()))
            if ready is None:
                return
            failure = await self._hand_over(channel, ready)
            await self._settle(ready.message, failure)

    def _channel(self, name: str) -> Channel | None:
        return NullChannel() if name == CANARY else self._app.channels.get(name)

    def _is_stuck(self, name: str) -> bool:
        """Tell whether the channel's thread still hangs in an attempt that was given up."""
        return name in self._stuck and not self._stuck[name].done()

    async def _hand_over(self, channel: Channel, ready: Ready) -> DeliveryError | None:
        """Send in a thread of the channel's own; keep the lease while it takes."""
        sending = _in_thread(channel, ready.outgoing)
        left = self._hangs_after_s
        while left > 0:
            pause = min(left, _RENEW_EVERY_S)
            done, _ = await asyncio.wait({sending}, timeout=pause)
            if done:
                error = sending.exception()
                return None if error is None else _as_delivery_error(channel.name, error)
            left -= pause
            await self._app.store.run(lambda tx: tx.messages.renew(ready.message.id, self._owner))
        self._stuck[channel.name] = sending
        sending.add_done_callback(lambda late: self._late(ready.message, late))
        return DeliveryError("no answer in time", channel=channel.name, reason="timeout", retryable=True)

    def _late(self, message: Message, sending: asyncio.Future[None]) -> None:
        """A channel that was given up on took the message after all: it need not be sent again."""
        if not sending.cancelled() and sending.exception() is None:
            name = f"late {message.id}"
            self._tasks[name] = asyncio.create_task(self._settle(message, None), name=name)
            self._tasks[name].add_done_callback(partial(self._freed, name))

    async def _settle(self, message: Message, failure: DeliveryError | None) -> None:
        now = self._app.clock.now()
        await self._kept(lambda tx: settle(tx, self._app, message, failure, now))
        self.result.channels.add(message.channel)
        if failure is None:
            self.result.sent += 1
            self.result.troubles.pop(message.channel, None)
        else:
            self.result.failed += 1
            self.result.troubles[message.channel] = failure.problem

    async def _kept(self, work: Callable[[Tx], None]) -> None:
        """Store what a channel answered, also if the database is busy for a while: else it would be sent again."""
        for pause in _STORE_PAUSES_S:
            try:
                return await self._app.store.run(work)
            except StoreError as error:
                if not error.retryable:
                    raise
                await asyncio.sleep(pause)
        return await self._app.store.run(work)


def _in_thread(channel: Channel, outgoing: Outgoing) -> asyncio.Future[None]:
    """Send in a new daemon thread: unlike a pool's, it cannot keep the process from ending."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[None] = loop.create_future()

    def put(error: Exception | None) -> None:
        if future.cancelled():
            return
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)

    def work() -> None:
        error: Exception | None = None
        try:
            channel.send(outgoing)
        except Exception as caught:
            error = caught
        if not loop.is_closed():
            loop.call_soon_threadsafe(put, error)

    threading.Thread(target=work, name=f"channel {channel.name}", daemon=True).start()
    return future


def _as_delivery_error(channel: str, error: BaseException) -> DeliveryError:
    if isinstance(error, DeliveryError):
        return error
    # A plugin raised what it should not; its text may hold an address and is not kept.
    return DeliveryError(
        f"the channel failed with {type(error).__name__}", channel=channel, reason="unknown", retryable=True
    )


async def deliver_due(app: App) -> DeliverResult:
    """Send everything due once, and return what came of it."""
    deliverer = Deliverer(app)
    await app.store.run(lambda tx: _tidy(tx, app, app.clock.now()))
    await _until_idle(deliverer)
    return await _counted(app, deliverer.result)


async def deliver_all_now(app: App, patience: timedelta = timedelta(seconds=60)) -> DeliverResult:
    """End the waits for company, send everything due, and retry what failed for a while.

    Messages held by quiet hours, by a limit or for a digest stay.
    """

    def begin(tx: Tx) -> None:
        _tidy(tx, app, app.clock.now())
        tx.messages.hurry(app.clock.now())

    deliverer, loop = Deliverer(app), asyncio.get_running_loop()
    until = loop.time() + patience.total_seconds()
    await app.store.run(begin)
    await _until_idle(deliverer)
    while failed := await app.store.view(_failed):
        pause = (min(message.due_at for message in failed) - app.clock.now()).total_seconds()
        if pause > until - loop.time():
            break
        await asyncio.sleep(max(pause, _SOON_S))
        await _until_idle(deliverer)
    return await _counted(app, deliverer.result)


async def run_deliverer(app: App, stop: asyncio.Event) -> None:
    """Deliver until ``stop`` is set; woken by commits, by the next due time and by channels that are free again."""
    deliverer, known, tidied = Deliverer(app), None, datetime.min.replace(tzinfo=UTC)
    try:
        while not stop.is_set():
            app.wake_deliver.clear()
            now = app.clock.now()
            pause = _BLOCKED_SLEEP_S
            try:
                if app.channels is not known or abs(now - tidied) > _TIDY_EVERY:
                    await app.store.run(lambda tx, now=now: _tidy(tx, app, now))  # type: ignore[misc]
                    known, tidied = app.channels, now
                await deliverer.start_due()
                pause = await _pause(app, now)
            except StoreError as error:
                app.log.warning("delivery waits for the database", problem=error.problem)
            await _first_of(stop.wait(), app.wake_deliver.wait(), deliverer.any_done(), timeout=pause)
    finally:
        await deliverer.finish(_DRAIN_S)
        await deliverer.cancel()


async def send_test(app: App, name: str) -> Receipt:
    """Send one test message to a channel and return what it answered; it is not tried again.

    Raises:
        KeyError: There is no such channel.
    """
    channel = app.channels[name]
    now = app.clock.now()
    ready = await app.store.run(lambda tx: open_test(tx, app, name, now))
    try:
        await asyncio.wait_for(_in_thread(channel, ready.outgoing), HANGS_AFTER_S)
        failure = None
    except Exception as error:
        failure = _as_delivery_error(name, error)
    receipt = receipt_of(ready.message, failure, app.clock.now())
    state = MessageState.DROPPED if failure else MessageState.SENT
    await app.store.run(lambda tx: tx.messages.settle(receipt, state, now=receipt.at))
    return receipt


async def _until_idle(deliverer: Deliverer) -> None:
    """Send until a round finds nothing more to do; a round may make messages of its own."""
    done = -1
    while deliverer.attempts > done:
        done = deliverer.attempts
        await deliverer.start_due()
        await deliverer.finish()


def _tidy(tx: Tx, app: App, now: datetime) -> None:
    """See to what nobody else does: leases of the dead, digests, reminders, channels that are no more.

    Of several machines one does it at a time; what another has just seen to need not be seen to again.
    """
    for owner in tx.messages.owners():
        if _is_dead(owner):
            tx.messages.free_leases(owner)
    if not tx.leases.take(_TIDYING, _owner(), _TIDY_LEASE_S):
        return
    open_digests(tx, app, now)
    remind(tx, app, now, active_silences(tx, now))
    live = tx.messages.list(states=[MessageState.OPEN, MessageState.CLAIMED], limit=_ALL)
    gone = {message.channel for message in live} - set(app.channels) - {CANARY}
    heirs = [name for name in app.policy.routes[-1].to if name in app.channels]
    for name in sorted(gone):
        if heirs:
            tx.promises.move(name, heirs[0], now)


def _owner() -> str:
    """Return who this process is to others: enough to tell on this machine whether it still lives."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _is_dead(owner: str) -> bool:
    """Tell whether a lease is held by a process of this machine that no longer runs."""
    host, _, number = owner.rpartition(":")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


async def _counted(app: App, result: DeliverResult) -> DeliverResult:
    failed = await app.store.view(_failed)
    result.waiting = len(failed)
    return result


def _failed(tx: Tx) -> list[Message]:
    """Return the messages whose delivery was tried in vain and that wait for the next try."""
    waiting = tx.messages.list(states=[MessageState.CLAIMED], limit=_ALL)
    return [message for message in waiting if message.attempts > 0]


async def _pause(app: App, looked_at: datetime) -> float:
    """Return how many seconds to sleep when nobody wakes us."""
    due = await app.store.view(lambda tx: tx.messages.next_due())
    if due is None:
        return _LONGEST_SLEEP_S
    if due <= looked_at:
        # Due and not sent: its channel is busy or gone, or delivery is held.
        return _BLOCKED_SLEEP_S
    return min(max((due - app.clock.now()).total_seconds(), 0.0), _LONGEST_SLEEP_S)


async def _first_of(*waits: Coroutine[Any, Any, object], timeout: float) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
