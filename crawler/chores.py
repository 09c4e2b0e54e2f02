"""What the daemon does beside polling and delivering: small pieces of work by name, each with its interval."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from crawler.app import App
from crawler.jobs.recheck import recheck_due
from crawler.notify.operator import tell

Work = Callable[[App], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Chore:
    """One piece of work and how often it is woken; what is due is told by the database."""

    every: timedelta
    do: Work


async def reread(app: App) -> None:
    """Read young articles again: an edit or a deletion after an alert must be told."""
    await recheck_due(app)


async def seal(app: App) -> None:
    """Seal the ledger's new entries."""
    await app.store.run(lambda tx: tx.seals.seal(app.clock.now()))


async def index(app: App) -> None:
    """Make what came in findable, a little at a time."""
    while await app.store.run(lambda tx: tx.search.index()):
        continue


ALL: Mapping[str, Chore] = {
    "reread": Chore(timedelta(minutes=1), reread),
    "seal": Chore(timedelta(minutes=5), seal),
    "index": Chore(timedelta(minutes=1), index),
}


async def tell_operator(app: App, subject: str, lines: Sequence[str]) -> None:
    """Let the operator's channels hear of a trouble of our own, once for the same words."""
    text = "\n".join(lines)
    await app.store.run(lambda tx: tell(tx, app.policy, subject, text, app.clock.now(), key=subject))
    app.wake_deliver.set()
