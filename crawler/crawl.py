"""One pass over sources, then everything due is delivered: what ``crawl`` and the demo do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import chores
from crawler.app import App
from crawler.jobs.deliver import DeliverResult, deliver_all_now
from crawler.jobs.poll import PollResult, poll_source
from crawler.jobs.readback import read_back
from state.errors import TocsinError


@dataclass(slots=True)
class Going:
    """How far a pass has come: pages of lists read back, addresses found on them, articles done."""

    lists: int = 0
    found: int = 0
    articles: int = 0


Told = Callable[[PollResult], None]
Progress = Callable[[Going], None]


#: Fewer responses stay in the database until a later pass moves them: files of evidence are not to be tiny.
_WORTH_A_FILE = 1000


@dataclass(frozen=True, slots=True)
class Crawled:
    """What one pass came to."""

    polls: tuple[PollResult, ...]
    delivered: DeliverResult

    @property
    def failed(self) -> tuple[PollResult, ...]:
        """Return the sources that could not be read."""
        return tuple(poll for poll in self.polls if not poll.ok)

    @property
    def stored(self) -> int:
        """Return how many articles are new."""
        return sum(poll.stored for poll in self.polls)


async def crawl(
    app: App,
    names: Sequence[str],
    *,
    since: datetime | None = None,
    ring: bool = False,
    told: Told | None = None,
    progress: Progress | None = None,
) -> Crawled:
    """Look at sources, read again what is due, deliver, and put the record in order.

    The arguments are those of ``look_at``.
    """
    polls = await look_at(app, names, since=since, ring=ring, told=told, progress=progress)
    await chores.reread(app)
    return Crawled(polls, await put_in_order(app))


async def put_in_order(app: App) -> DeliverResult:
    """Deliver what is due, put the record in order, and keep the disk within its bounds."""
    delivered = await deliver_all_now(app)
    await chores.seal(app)
    await chores.index(app)
    await chores.feeds(app)
    if await app.store.view(lambda tx: tx.responses.unmoved_count()) >= _WORTH_A_FILE:
        await chores.archive(app)
    await chores.prune(app)
    return delivered


async def look_at(
    app: App,
    names: Sequence[str],
    *,
    since: datetime | None = None,
    ring: bool = False,
    told: Told | None = None,
    progress: Progress | None = None,
) -> tuple[PollResult, ...]:
    """Look at sources, few at a time; a source that fails does not stop the others.

    Args:
        app: The joined parts.
        names: Sources, all of them configured.
        since: How far back to read.
        ring: Whether also old items ring.
        told: Called as each source is done.
        progress: Called after each page.
    """
    slots = asyncio.Semaphore(app.settings.fetch.concurrency)
    going = Going()

    def tell(**more: int) -> None:
        for field, number in more.items():
            setattr(going, field, getattr(going, field) + number)
        if progress is not None:
            progress(going)

    def reached(new: int) -> None:
        tell(lists=1, found=new)

    def taken(_done: int) -> None:
        tell(articles=1)

    async def look(name: str) -> PollResult:
        async with slots:
            try:
                stopped = [] if since is None else await read_back(app, name, since, reached)
                result = await poll_source(app, name, ring=ring, progress=taken)
                if stopped and result.ok:
                    result = replace(
                        result, ok=False, error=f"it was not read back to the end: {stopped[0].problem}"
                    )
            except TocsinError as error:
                if error.retryable:
                    raise
                result = PollResult(source=name, ok=False, error=error.problem)
        if told is not None:
            told(result)
        return result

    return tuple(await asyncio.gather(*(look(name) for name in names)))
