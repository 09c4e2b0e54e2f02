"""Work by name: at most one task per name, few at once, each with a time limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

_LOG = structlog.stdlib.get_logger("tocsin.work")


class Pool:
    """Runs ``work(name)`` when woken; woken again while running, it runs once more afterwards.

    A fault in one task is logged and counted and touches no other.
    """

    def __init__(self, work: Callable[[str], Awaitable[None]], *, at_once: int, limit: timedelta) -> None:
        self._work = work
        self._slots = asyncio.Semaphore(at_once)
        self._limit = limit
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._is_closing = False
        #: Tasks that ended in a fault of ours, or over time, since the start.
        self.faults = 0

    def wake(self, name: str) -> None:
        """Let the work of this name be done soon."""
        if self._is_closing:
            return
        if name in self._running:
            self._again.add(name)
            return
        self._running[name] = asyncio.create_task(self._run(name), name=name)

    async def drain(self, deadline: timedelta) -> bool:
        """Start nothing more, wait for what runs, cancel what is late; tell whether all ended by itself."""
        self._is_closing = True
        running = list(self._running.values())
        if not running:
            return True
        _, late = await asyncio.wait(running, timeout=deadline.total_seconds())
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1)
        return not late

    async def _run(self, name: str) -> None:
        try:
            async with self._slots, asyncio.timeout(self._limit.total_seconds()):
                await self._work(name)
        except TimeoutError:
            self.faults += 1
            _LOG.error("took too long and was stopped", work=name, limit_s=self._limit.total_seconds())
        except Exception:
            self.faults += 1
            _LOG.exception("failed", work=name)
        finally:
            del self._running[name]
            if name in self._again:
                self._again.discard(name)
                self.wake(name)
