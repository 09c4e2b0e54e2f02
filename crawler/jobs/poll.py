"""Look at one source: its channels, what is new there, the articles themselves, and how the source is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.discover.health import BUT
from crawler.jobs.articles import ArticleRun, Progress, Tally
from crawler.jobs.channels import Look, look_at_channels
from crawler.jobs.conclude import conclude, keep_account
from crawler.jobs.lease import source_lease
from crawler.jobs.recheck import reread
from crawler.jobs.topics import changed_topics, followed_topics, shrunk_topics
from state.errors import ConfigError
from state.records import Candidate

if TYPE_CHECKING:
    from crawler.app import App
    from state.store.sources import SourceRow
    from state.store.tx import Tx
    from state.store.validators import ChannelSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """What a look at one source came to.

    ``found`` counts the items its channels show, ``new`` those not known
    before, ``stored`` and ``revised`` articles, ``failed`` pages that could not
    be had this time and ``failure`` why one could not, ``left`` addresses that
    still wait and are due.
    ``remark`` says what is wrong with a source that we can see; ``notes`` what a
    person should know of its channels.
    ``busy`` tells that somebody else was looking, so nothing was done.
    """

    source: str
    ok: bool
    error: str = ""
    found: int = 0
    new: int = 0
    stored: int = 0
    revised: int = 0
    failed: int = 0
    failure: str = ""
    left: int = 0
    notices: int = 0
    state: str = "well"
    busy: bool = False
    remark: str = ""
    notes: tuple[str, ...] = ()


async def poll_source(
    app: App,
    name: str,
    *,
    ring: bool = False,
    budget: timedelta | None = None,
    progress: Progress | None = None,
) -> PollResult:
    """Look at a source now; returns when its due articles are stored or have failed.

    Args:
        app: The joined parts.
        name: The source.
        ring: Whether also old items ring.
        budget: Time after which no further batch of articles is begun; the rest waits.
        progress: Told after each article, how many are done.

    Raises:
        ConfigError: There is no such source.
        StoreError: The database refuses; what was stored stays.
    """
    table = app.settings.sources.get(name)
    if table is None:
        raise ConfigError(f"there is no source {name!r}", hint="see `tocsin sources list`")
    await app.store.run(lambda tx: tx.sources.upsert(name, table.model_dump(mode="json")))
    async with source_lease(app, name) as is_ours:
        if not is_ours:
            return PollResult(source=name, ok=True, busy=True, error="it is being looked at already")
        started_at = app.clock.now()
        row, known = await app.store.run(lambda tx: _begin(tx, name, started_at))
        looks = await look_at_channels(app, name, known)
        look = await app.store.run(lambda tx: _accept(tx, app, row, looks, started_at))
        run = ArticleRun(app, name, ring=ring, progress=progress)
        await run.fetch_due(until=None if budget is None else started_at + budget)
        await reread(app, name, look.again, run.tally, whole=look.whole)
        return await app.store.run(lambda tx: _finish(tx, app, row, looks, look, run.tally))


@dataclass(frozen=True, slots=True)
class _Accepted:
    found: int
    new: int
    again: tuple[str, ...]
    #: Which of them are read on all their pages.
    whole: frozenset[str]


def _begin(tx: Tx, name: str, now: datetime) -> tuple[SourceRow, dict[str, ChannelSeen]]:
    tx.sources.begin_poll(name, now)
    row = tx.sources.get(name)
    if row is None:
        raise LookupError(name)
    return row, tx.validators.of(name)


def _accept(tx: Tx, app: App, row: SourceRow, looks: Sequence[Look], now: datetime) -> _Accepted:
    """Keep what the channels showed, and with it their validators: one transaction."""
    found: dict[str, Candidate] = {}
    new = 0
    site = app.settings.sources[row.name].site
    topics = followed_topics(app.settings.sources[row.name], row.name)
    for look in looks:
        is_first = row.first_finished_at is None or look.is_first
        candidates = app.names.candidates(look.candidates, site) if app.names else look.candidates
        new += len(tx.frontier.add(candidates, now, backlog=is_first))
        for candidate in look.candidates:
            found.setdefault(candidate.key, candidate)
        tx.validators.put(row.name, look.channel.url, look.seen)
    added = {c.key for c in tx.frontier.add(topics, now, backlog=row.first_finished_at is None)}
    again = changed_topics(tx, [c for look in looks for c in look.candidates], now)
    whole = shrunk_topics(tx, [c for look in looks for c in look.candidates], now)
    again += [topic.key for topic in topics if topic.key not in added]
    return _Accepted(
        len(found) + len(topics), new + len(added), tuple(dict.fromkeys([*again, *whole])), frozenset(whole)
    )


def _finish(
    tx: Tx, app: App, row: SourceRow, looks: Sequence[Look], accepted: _Accepted, tally: Tally
) -> PollResult:
    now = app.clock.now()
    verdict = conclude(tx, app, row, looks, accepted.new, tally, now)
    is_blind = verdict.state.is_blind
    keep_account(tx, app, row, looks, verdict, now)
    error = verdict.sentence if is_blind else ""
    tx.sources.finish_poll(
        row.name, now, ok=not is_blind, error=error, found=accepted.found, new=accepted.new
    )
    tx.sources.set_next(row.name, now + app.settings.sources[row.name].every)
    left = tx.frontier.count(row.name) if tx.frontier.due(now, 1, row.name) else 0
    return PollResult(
        source=row.name,
        ok=not is_blind,
        error=error,
        found=accepted.found,
        new=accepted.new,
        stored=tally.stored,
        revised=tally.revised,
        failed=tally.failed,
        failure=tally.last_error if tally.failed else "",
        left=left,
        notices=tally.notices,
        state=verdict.state.value,
        remark=verdict.sentence if verdict.sentence.startswith(BUT) else "",
        notes=tuple(f"{look.channel.url}: {note}" for look in looks for note in look.notes),
    )
