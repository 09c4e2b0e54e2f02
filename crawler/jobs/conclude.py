"""What a look means: the state of the source, and for which time we could not see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.discover.health import CHANGED, ChannelReport, PageReport, Verdict, day, judge, length
from crawler.jobs.articles import REFUSED, UNREADABLE, Tally
from crawler.jobs.channels import Look
from crawler.jobs.layout import layout_of
from crawler.jobs.topics import followed_topics
from crawler.notify.operator import tell
from state.errors import FetchError
from state.records import Candidate

if TYPE_CHECKING:
    from crawler.app import App
    from state.store.sources import SourceRow
    from state.store.tx import Tx

_SLACK = timedelta(hours=1)
_LOOKED_THROUGH = 50
_HELD_AGAINST = timedelta(days=7)


def conclude(
    tx: Tx, app: App, row: SourceRow, looks: Sequence[Look], new: int, tally: Tally, now: datetime
) -> Verdict:
    """Return the state that a source is in after this look."""
    table = app.settings.sources[row.name]
    arrivals = list(tx.articles.arrivals(row.name))
    times = [look.seen.newest_at for look in looks if look.seen.newest_at is not None]
    newest_at = max(times, default=arrivals[0] if arrivals else None)
    return judge(
        [*(_report(look) for look in looks), *_topics(tx, followed_topics(table, row.name), tally)],
        replace(
            _pages(tx, row.name, tally, now),
            ever_read=bool(arrivals),
            layout=layout_of(tx, row, now, misread=tally.misread),
        ),
        now=now,
        alarm_after=table.alarm_after,
        gaps=[later - earlier for later, earlier in pairwise(arrivals)],
        newest_at=newest_at,
        new_items=new,
        has_worked=row.first_finished_at is not None,
        retired_why=row.retired_why if row.retired_at is not None else None,
    )


def _topics(tx: Tx, topics: Sequence[Candidate], tally: Tally) -> Iterator[ChannelReport]:
    """Tell how each followed topic answered: it is a channel of its own."""
    for topic in topics:
        error = tally.errors.get(topic.key)
        waiting = tx.frontier.get(topic.key)
        if error is None and waiting is not None and waiting.state == "waiting":
            error = FetchError(waiting.error or "it was not read yet", url=topic.url)
        yield ChannelReport(url=topic.url, error=error)


def _pages(tx: Tx, name: str, tally: Tally, now: datetime) -> PageReport:
    """Tell how the pages went, those that wait since earlier looks included: one bad page a day is bad, too.

    After some days a bad page is tried again as ever, and no longer held against its source.
    """
    report = tally.report
    found = tx.frontier.list(name, _LOOKED_THROUGH)
    waiting = [row for row in found if row.attempts and now - row.added_at < _HELD_AGAINST]
    earlier = [row for row in waiting if row.candidate.key not in tally.seen]
    return replace(
        report,
        tried=report.tried + len(earlier),
        refused=report.refused + sum(row.error.startswith(REFUSED) for row in earlier),
        unreadable=report.unreadable + sum(row.error.startswith(UNREADABLE) for row in earlier),
        last_error=report.last_error or next((row.error for row in earlier), ""),
    )


def _report(look: Look) -> ChannelReport:
    before = look.before
    shows_less = (
        look.changed
        and before is not None
        and before.newest_at is not None
        and look.seen.newest_at is not None
        and look.seen.newest_at < before.newest_at - _SLACK
        and len(set(look.seen.items) & set(before.items)) * 2 < len(before.items)
    )
    return ChannelReport(
        url=look.channel.url,
        error=look.error,
        newest_at=look.seen.newest_at,
        shows_less=shows_less,
        cut=look.cut,
    )


def keep_account(
    tx: Tx, app: App, row: SourceRow, looks: Sequence[Look], verdict: Verdict, now: datetime
) -> None:
    """Keep state and time unseen; a change of state, or of the layout, is told to the operator, once.

    Time unseen begins at the last good look and ends at the next.  Where we can
    see, but no channel shows an item of the look before, what came and went
    between the two looks may be missing.
    """
    changed = tx.sources.set_state(row.name, verdict.state.value, now, verdict.sentence)
    unseen = ""
    last_good = row.ok_at or now
    if verdict.state.is_blind:
        tx.blind.open(row.name, last_good, verdict.sentence)
    else:
        interval = tx.blind.close(row.name, now)
        if interval is not None:
            unseen = f"We could not see it for {length(now - interval.since)}."
        _record_gap(tx, row, looks, last_good, now)
    if changed:
        subject = verdict.state.value
    elif _says_changed(verdict.sentence) and not _says_changed(row.sentence):
        subject = CHANGED
    else:
        return
    parts = (verdict.sentence, unseen, _of_layout(verdict, now), _next_step(row.name, verdict))
    tell(
        tx,
        app.policy,
        f"source {row.name}: {subject}",
        "\n".join(part for part in parts if part),
        now,
        key=f"source:{row.name}",
    )


def _says_changed(sentence: str) -> bool:
    return CHANGED in sentence.lower()


def _of_layout(verdict: Verdict, now: datetime) -> str:
    """Return what a changed layout means; the day keeps a later change from passing for the same."""
    if not _says_changed(verdict.sentence):
        return ""
    return (
        f"Noticed {day(now)}. Pages are kept as they came, and what no parser placed is searched, too: a match there "
        "is told as low, outside the article."
    )


def _next_step(name: str, verdict: Verdict) -> str:
    is_trouble = verdict.state.is_blind or _says_changed(verdict.sentence)
    return f"Next: tocsin sources test {name}" if is_trouble else ""


def _record_gap(tx: Tx, row: SourceRow, looks: Sequence[Look], last_good: datetime, now: datetime) -> None:
    gaps = [look for look in looks if look.gap]
    closed_by_others = any(look.error is None and not look.gap and not look.is_first for look in looks)
    if not gaps or closed_by_others or row.ok_at is None:
        return
    oldest = min((c.published_at or now for look in gaps for c in look.candidates), default=now)
    until = min(max(oldest, last_good), now)
    why = "its list no longer showed any item of the look before: articles may be missing"
    tx.blind.record(row.name, last_good, until, why)
