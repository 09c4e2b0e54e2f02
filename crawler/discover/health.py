"""The state of a source after a look at it: a pure decision.

States: well, slow, no news, frozen, refuses us, unreadable, moved, gone, ended,
never worked.  *Slow*, *no news* and *ended* are not blindness: what there was,
we saw.  Everything else but *well* is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from crawler.fetch.faults import MovedError
from state.errors import FetchError, RobotsError, SourceError

_REFUSALS = frozenset({401, 402, 403, 406, 407, 429, 451})
_GONE = frozenset({404, 410})
_HABITS = 4
_NO_NEWS_TIMES = 3
_NO_NEWS_AT_LEAST = timedelta(days=7)
_FEWEST_GAPS = 5
_FEWEST_PAGES = 3
#: What the sentence of a source begins with that we can see, though something of it fails.
BUT = "Well, but "
#: What is told of a source whose pages no longer read as they did, and of one whose pages are not read to the end.
CHANGED = "layout changed?"
CUT = "was not read: too long, or nested too deep"


class State(StrEnum):
    """What a source is to us."""

    WELL = "well"
    SLOW = "slow"
    NO_NEWS = "no news"
    FROZEN = "frozen"
    REFUSES_US = "refuses us"
    UNREADABLE = "unreadable"
    MOVED = "moved"
    GONE = "gone"
    ENDED = "ended"
    NEVER_WORKED = "never worked"

    @property
    def is_blind(self) -> bool:
        """Tell whether time in this state is time when we could not see."""
        return self not in (State.WELL, State.SLOW, State.NO_NEWS, State.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReport:
    """How one channel answered.

    ``shows_less`` tells that it took back items we had seen: its newest is now
    older than before.  ``cut`` says what is missing where it did not come whole.
    """

    url: str
    error: SourceError | None = None
    newest_at: datetime | None = None
    shows_less: bool = False
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What is to be told of the layout of a source's newest pages; ``prevails``: most of their text is missed."""

    trouble: str = ""
    prevails: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReport:
    """How the article pages of this look went: tried, refused, without title or body.

    ``ever_read`` tells that some page of the source was read before: then a few
    bad ones are not yet the layout's fault.  ``layout`` is about those that were
    read, but not as they should be.
    """

    tried: int = 0
    refused: int = 0
    unreadable: int = 0
    last_error: str = ""
    ever_read: bool = True
    layout: Layout = Layout()

    def prevail(self, bad: int) -> bool:
        """Tell whether so many bad pages are most of what was tried, and enough to judge the source by."""
        return bad * 2 > self.tried and (self.tried >= _FEWEST_PAGES or not self.ever_read)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state and why, in one plain sentence."""

    state: State
    sentence: str


def judge(
    channels: Sequence[ChannelReport],
    pages: PageReport,
    *,
    now: datetime,
    alarm_after: timedelta,
    gaps: Sequence[timedelta] = (),
    newest_at: datetime | None = None,
    new_items: int = 0,
    has_worked: bool,
    retired_why: str | None = None,
) -> Verdict:
    """Return the state of a source.

    Args:
        channels: Every channel of the source, as it answered now.
        pages: How its article pages went.
        now: The present instant.
        alarm_after: Silence this long is told, at the least.
        gaps: Times between its last items, at most 200 of them.
        newest_at: Time of the newest item ever seen.
        new_items: How many items this look found that were not known.
        has_worked: Whether a look ever succeeded.
        retired_why: Why a person said that it has ended.
    """
    failed = [channel for channel in channels if channel.error is not None]
    if retired_why is not None and not new_items:
        return Verdict(State.ENDED, f"Ended: {retired_why}.")
    if channels and len(failed) == len(channels):
        state, why = _all_failed([channel.error for channel in failed if channel.error is not None])
        if not has_worked:
            return Verdict(State.NEVER_WORKED, f"It has never worked: {why}.")
        return Verdict(state, f"{why[:1].upper()}{why[1:]}.")
    if pages.prevail(pages.unreadable):
        return Verdict(State.UNREADABLE, f"{_of(pages.unreadable, pages)} had no title or body.")
    if pages.prevail(pages.refused):
        return Verdict(State.REFUSES_US, f"{_of(pages.refused, pages)} refused us: {pages.last_error}.")
    if pages.layout.prevails:
        trouble = pages.layout.trouble
        return Verdict(State.UNREADABLE, f"{trouble[:1].upper()}{trouble[1:]}.")
    threshold = silence_allowed(alarm_after, gaps)
    if (still := _frozen(channels, now, threshold)) is not None:
        return Verdict(State.FROZEN, still)
    if newest_at is not None and not new_items and now - newest_at > threshold:
        silence = now - newest_at
        is_long = silence > max(threshold * _NO_NEWS_TIMES, _NO_NEWS_AT_LEAST)
        sentence = f"Nothing new since {day(newest_at)}, {length(silence)}."
        return Verdict(State.NO_NEWS if is_long else State.SLOW, sentence)
    return Verdict(State.WELL, _well(failed, [channel for channel in channels if channel.cut], pages))


def _well(failed: Sequence[ChannelReport], cut: Sequence[ChannelReport], pages: PageReport) -> str:
    """Return the sentence of a source that we can see: nothing that went wrong on the way is passed over."""
    troubles = []
    if failed:
        troubles.append(f"one of its addresses is not: {_why(failed[0].error)}")
    troubles += [f"{channel.url}: {channel.cut}" for channel in cut[:1]]
    if pages.unreadable:
        troubles.append(f"{_of(pages.unreadable, pages)} had no title or body")
    if pages.refused:
        troubles.append(f"{_of(pages.refused, pages)} refused us: {pages.last_error}")
    if pages.layout.trouble:
        troubles.append(pages.layout.trouble)
    return f"{BUT}{'; '.join(troubles)}." if troubles else "Well."


def _of(bad: int, pages: PageReport) -> str:
    return f"{bad} of {pages.tried} page{'s' if pages.tried != 1 else ''}"


def silence_allowed(alarm_after: timedelta, gaps: Sequence[timedelta]) -> timedelta:
    """Return how long this source may be still: its habit decides where it is slower than ``alarm_after``."""
    if len(gaps) < _FEWEST_GAPS:
        return alarm_after
    ordered = sorted(gaps)
    usual = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return max(alarm_after, usual * _HABITS)


def _frozen(channels: Sequence[ChannelReport], now: datetime, threshold: timedelta) -> str | None:
    answering = [channel for channel in channels if channel.error is None]
    for channel in answering:
        if channel.shows_less:
            return f"{channel.url} no longer shows items that we saw there."
    dated = [channel for channel in answering if channel.newest_at is not None]
    if len(dated) < 2:
        return None
    fresh = max(dated, key=lambda channel: channel.newest_at or now)
    still = min(dated, key=lambda channel: channel.newest_at or now)
    if fresh.newest_at is None or still.newest_at is None:
        return None
    if now - still.newest_at > threshold and fresh.newest_at - still.newest_at > threshold:
        return f"{still.url} stands still since {day(still.newest_at)} while {fresh.url} shows newer items."
    return None


def _all_failed(errors: Sequence[SourceError]) -> tuple[State, str]:
    for error in errors:
        if isinstance(error, MovedError):
            return State.MOVED, _why(error)
    for error in errors:
        if isinstance(error, RobotsError) or _status(error) in _REFUSALS or "challenge page" in error.problem:
            return State.REFUSES_US, _why(error)
    if all(_status(error) in _GONE or "no such host" in error.problem for error in errors):
        return State.GONE, _why(errors[0])
    return State.UNREADABLE, _why(errors[0])


def _status(error: SourceError) -> int | None:
    return error.status if isinstance(error, FetchError) else None


def _why(error: SourceError | None) -> str:
    if error is None:
        return ""
    where = ": ".join(part for part in (error.source, error.url) if part)
    return error.problem.removeprefix(f"{where}: ")


def day(at: datetime) -> str:
    """Return a date as people write it: 15 Mar 2025."""
    return f"{at.day} {at:%b %Y}"


def length(time: timedelta) -> str:
    """Return a length as people say it: 40 minutes, 9 hours, 619 days."""
    if time < timedelta(hours=2):
        return f"{int(time.total_seconds() // 60)} minutes"
    if time < timedelta(days=2):
        return f"{int(time.total_seconds() // 3600)} hours"
    return f"{time.days} days"
