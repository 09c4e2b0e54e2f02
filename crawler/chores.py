"""What the daemon does beside polling and delivering: small pieces of work by name, each with its interval."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from crawler.app import App, archive_path
from crawler.canary import release
from crawler.heartbeat import beat
from crawler.jobs.feeds import write_feeds
from crawler.jobs.recheck import recheck_due
from crawler.notify.operator import tell
from crawler.settings import Settings
from crawler.wordshares import measure_if_due
from state.archive.forget import forget_quiet
from state.archive.prune import prune_responses
from state.archive.rotate import move_records

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


async def archive(app: App) -> None:
    """Move responses out of the database into files of evidence."""
    folder = archive_folder(app)
    await asyncio.to_thread(move_records, app.store, folder, app.clock.now())


async def prune(app: App) -> None:
    """Give up what is old and no alert rests on, and more raw responses if they take too much room."""
    done = await asyncio.to_thread(retire, app)
    if done.responses or done.articles:
        app.log.info("what was old is given up", **asdict(done))


@dataclass(frozen=True, slots=True)
class Retired:
    """How many raw responses were given up, the bytes they had, and how many articles lost their text."""

    responses: int
    bytes: int
    articles: int


def retire(app: App) -> Retired:
    """Give up raw responses by ``[store]`` and articles that never rang by ``[retention]``.

    Raises:
        StoreError: The database is busy or full.
        ArchiveError: The archive's folder refuses, or a record that is to stay was altered.
    """
    kept, now, folder = app.settings.store, app.clock.now(), archive_folder(app)
    pruned = prune_responses(app.store, folder, now, keep=kept.keep_raw, max_size=kept.max_size)
    before = now - app.settings.retention.backlog
    return Retired(pruned.responses, pruned.bytes, forget_quiet(app.store, folder, before, now))


async def canary(app: App) -> None:
    """Let an invented article go the real way to nobody."""
    await app.store.run(lambda tx: release(app, tx, app.clock.now()))
    app.wake_deliver.set()


async def feeds(app: App) -> None:
    """Bring the feed files up to date."""
    await asyncio.to_thread(write_feeds, app)


async def frequencies(app: App) -> None:
    """Measure which words are common in the archive: rules compiled from then on are found by rare ones."""
    read = await asyncio.to_thread(measure_if_due, app.store, app.ruleset, app.base_dir)
    if read:
        app.log.info("words of the archive counted", articles=read)


async def heartbeat(app: App) -> None:
    """Tell the dead man's switch that the loop turns and the database answers."""
    await app.store.view(lambda tx: tx.sources.next_due())
    await asyncio.to_thread(beat, app)


def archive_folder(app: App) -> Path:
    """Return the folder of WARC files, made if it is not there."""
    folder = archive_path(app.settings, app.base_dir)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def all_of(settings: Settings) -> Mapping[str, Chore]:
    """Return the chores that a configuration asks for, by name."""
    chores = {
        "reread": Chore(timedelta(minutes=1), reread),
        "seal": Chore(timedelta(minutes=5), seal),
        "index": Chore(timedelta(minutes=1), index),
        "archive": Chore(timedelta(minutes=10), archive),
        "prune": Chore(timedelta(hours=6), prune),
        "frequencies": Chore(timedelta(hours=24), frequencies),
    }
    if settings.canary.every:
        chores["canary"] = Chore(settings.canary.every, canary)
    if settings.feeds.folder is not None:
        chores["feeds"] = Chore(timedelta(minutes=1), feeds)
    if settings.heartbeat.url is not None:
        chores["heartbeat"] = Chore(settings.heartbeat.every, heartbeat)
    return chores


async def tell_operator(app: App, subject: str, lines: Sequence[str]) -> None:
    """Let the operator's channels hear of a trouble of our own, once for the same words."""
    text = "\n".join(lines)
    await app.store.run(lambda tx: tell(tx, app.policy, subject, text, app.clock.now(), key=subject))
    app.wake_deliver.set()
