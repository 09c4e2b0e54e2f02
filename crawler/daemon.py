"""The daemon: one process, one loop; reads top to bottom.

Timers and commits wake work; work is done by name in two pools, one for
sources and one for chores; a signal drains both within a deadline.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from crawler import chores, systemd
from crawler.app import App
from crawler.config import Loaded
from crawler.jobs.deliver import run_deliverer
from crawler.jobs.poll import poll_source
from crawler.pool import Pool
from crawler.schedule import Timetable
from state.errors import ConfigError, TocsinError

#: How long running work may go on after a signal; what is cut off is taken up again by the next start.
DRAIN = timedelta(seconds=20)
#: A look at a source that takes longer is stopped; its site's articles wait in the frontier.
LONGEST_POLL = timedelta(minutes=30)
#: After this no further articles of a long list are begun in one look.
POLL_BUDGET = timedelta(minutes=20)
LONGEST_CHORE = timedelta(minutes=10)
_CHORES_AT_ONCE = 4
_SOURCE = "source:"
_AFTER_A_FAULT_S = 5


@dataclass(slots=True)
class Daemon:
    """What runs between start and stop."""

    app: App
    #: Reads the configuration file again.
    read_settings: Callable[[], Loaded]
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    is_ready: bool = False
    polls: Pool = field(init=False)
    chores: Pool = field(init=False)
    timetable: Timetable = field(init=False)

    def __post_init__(self) -> None:
        at_once = self.app.settings.fetch.concurrency
        self.polls = Pool(self._poll, at_once=at_once, limit=LONGEST_POLL)
        self.chores = Pool(self._chore, at_once=_CHORES_AT_ONCE, limit=LONGEST_CHORE)
        self.timetable = Timetable(self._wake, self.app.clock)

    async def run(self) -> None:
        """Work until ``stop`` is set, then drain; if it is set already, nothing is begun."""
        if self.stop.is_set():
            return
        self.timetable.start()
        await self._set_timers()
        delivering = asyncio.create_task(self._deliver())
        serving = asyncio.create_task(self._serve())
        async with _background(self._feed_watchdog()):
            self.is_ready = True
            systemd.notify("READY=1", f"STATUS=watching {len(self.app.settings.sources)} sources")
            self.app.log.info("watching", sources=len(self.app.settings.sources))
            await self.stop.wait()
        self.is_ready = False
        systemd.notify("STOPPING=1")
        self.app.log.info("stopping")
        self.timetable.stop()
        await asyncio.gather(self.polls.drain(DRAIN), self.chores.drain(DRAIN), delivering, serving)

    async def reload(self) -> bool:
        """Put the configuration file and the rule files in force again; False if the old stay."""
        systemd.notify("RELOADING=1")
        try:
            await asyncio.to_thread(self.app.reload, self.read_settings().settings)
            await self._set_timers()
        except ConfigError as error:
            self.app.log.error("not reloaded, the old configuration stays", problems=list(error.problems))
            await chores.tell_operator(
                self.app, "Reload refused, the old configuration stays", error.problems
            )
            return False
        finally:
            systemd.notify("READY=1")
        self.app.log.info("reloaded", sources=len(self.app.settings.sources))
        return True

    # ---- what is woken

    def _wake(self, name: str) -> None:
        (self.polls if name.startswith(_SOURCE) else self.chores).wake(name)

    async def _poll(self, name: str) -> None:
        source = name.removeprefix(_SOURCE)
        if source not in self.app.settings.sources:
            return
        try:
            poll = await poll_source(self.app, source, budget=POLL_BUDGET)
            told = {"found": poll.found, "new": poll.new, "stored": poll.stored, "revised": poll.revised}
            if poll.failed:
                told |= {"failed": poll.failed, "left": poll.left}
            self.app.log.info("looked at", source=source, state=poll.state, **told, notices=poll.notices)
        except TocsinError as error:
            self.app.log.warning("source not read", source=source, error=str(error))
        row = await self.app.store.view(lambda tx: tx.sources.get(source))
        if row is not None and row.next_at is not None:
            self.timetable.move(name, max(row.next_at, self.app.clock.now()))

    async def _chore(self, name: str) -> None:
        chore = chores.all_of(self.app.settings).get(name)
        if chore is None:
            return
        try:
            await chore.do(self.app)
        except TocsinError as error:
            self.app.log.warning("chore not done", chore=name, problem=error.problem)

    async def _serve(self) -> None:
        """Answer health checks; that nobody can ask must not stop the watch."""
        listen = self.app.settings.web.listen
        if listen is None:
            return
        from starlette.applications import Starlette

        from crawler.web.health import routes
        from crawler.web.serve import serve

        asked = Starlette(routes=routes(self.app, is_ready=lambda: self.is_ready, reload=self.reload))
        try:
            await serve(asked, listen, self.stop)
        except ConfigError as error:
            self.app.log.error("the web part does not run", problem=error.problem)

    async def _deliver(self) -> None:
        """Deliver until the end; a fault is logged and the deliverer begun anew: the messages wait in the store."""
        while not self.stop.is_set():
            try:
                await run_deliverer(self.app, self.stop)
            except Exception:
                self.app.log.exception("delivery failed and begins anew")
                await asyncio.sleep(_AFTER_A_FAULT_S)

    # ---- what wakes

    async def _set_timers(self) -> None:
        """Give each source and chore its timer, the first at the instant the database names."""
        due = await self.app.store.view(lambda tx: {n: tx.sources.get(n) for n in self.app.settings.sources})
        now = self.app.clock.now()
        names = [f"{_SOURCE}{source}" for source in self.app.settings.sources]
        for source, table in self.app.settings.sources.items():
            row = due[source]
            first = max(row.next_at, now) if row and row.next_at else now
            self.timetable.every(f"{_SOURCE}{source}", table.every, first=first)
        todo = chores.all_of(self.app.settings)
        for name, chore in todo.items():
            self.timetable.every(name, chore.every)
        self.timetable.keep_only([*names, *todo])

    async def _feed_watchdog(self) -> None:
        """Feed systemd's watchdog only while the loop turns and the database answers."""
        every = systemd.watchdog_every()
        while every is not None:
            try:
                await self.app.store.view(lambda tx: tx.sources.next_due())
                systemd.notify("WATCHDOG=1")
            except TocsinError as error:
                self.app.log.error("the database does not answer", error=str(error))
            await asyncio.sleep(every.total_seconds())


@asynccontextmanager
async def _background(*loops: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Run endless tasks while the body runs; one that dies ends the body with its error."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(loop) for loop in loops]
        yield
        for task in tasks:
            task.cancel()
