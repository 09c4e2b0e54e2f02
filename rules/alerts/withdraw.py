"""When what was told is taken back: by the page's end, by its own source, or by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from rules.alerts.meaning import GROUPS, plain
from rules.alerts.reading import Decision, Reading, Standing
from state.records import Alert, Claim, Event, Notice, NoticeKind

#: How often, and over how long, an address must answer "not here" before it is believed.
TIMES = 3
OVER = timedelta(hours=2)
#: A 410 says that it is meant; twice is enough.
TIMES_MEANT = 2
#: More than this many, and more than this share, of a source's re-read pages at once is a fault of ours or theirs.
MASS_COUNT = 3
MASS_SHARE = 0.2

_TAKEN_BACK = (Claim.DENIED, Claim.REVERSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """An address that answered "not here": how often in a row, since when, and how often with 410."""

    times: int
    since: datetime
    meant: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A source's re-read pages of late: how many were looked at, how many were not there."""

    read: int
    gone: int


def believed(absence: Absence, recheck: Recheck, now: datetime) -> bool:
    """Tell whether a page counts as gone.

    Three times over at least two hours while other pages of the source answer,
    or 410 twice; never while many pages vanish together.
    """
    if vanish_together(recheck):
        return False
    if absence.meant >= TIMES_MEANT:
        return True
    others_answer = recheck.read > recheck.gone
    return absence.times >= TIMES and now - absence.since >= OVER and others_answer


def vanish_together(recheck: Recheck) -> bool:
    """Tell whether so many pages are missing at once that the source, not the articles, is in trouble."""
    return recheck.gone > MASS_COUNT and recheck.gone > MASS_SHARE * recheck.read


def all_denied(standing: Standing, reading: Reading) -> bool:
    """Tell whether another article of the same source denies or takes back every event told."""
    told = [
        (notice, event)
        for notice in standing.notices
        for event in notice.events
        if GROUPS.get(event.claim) in ("said", "done", "not done")
    ]
    answers = reading.telling(standing.kind)
    if not told or not answers or any(event.claim not in _TAKEN_BACK for event in answers):
        return False
    same_source = all(notice.told.get("source") == reading.article.source for notice, _ in told)
    return same_source and all(any(_about(event, answer) for answer in answers) for _, event in told)


def _about(event: Event, answer: Event) -> bool:
    """Tell whether an answer may speak of this event: no side of both is named differently."""
    pairs = (
        (event.actor_id or plain(event.actor or ""), answer.actor_id or plain(answer.actor or "")),
        (event.from_id or plain(event.from_ or ""), answer.from_id or plain(answer.from_ or "")),
        (event.to_id or plain(event.to or ""), answer.to_id or plain(answer.to or "")),
    )
    return all(not one or not two or one in two or two in one for one, two in pairs)


def withdrawal(standing: Standing, key: str, version: str, now: datetime, why: str) -> Decision:
    """Return the notice that the last live page of an alert is gone."""
    return _end(standing, NoticeKind.WITHDRAWAL, key, version, now, why, {"pages_gone": True})


def retraction(standing: Standing, now: datetime, *, because: str, by: str | None = None) -> Decision:
    """Return the notice that a person took the alert back; it rests on what was told last."""
    last = standing.notices[-1]
    facts = {"because": because} | ({"by": by} if by else {})
    return _end(standing, NoticeKind.RETRACTION, last.article, last.version, now, because, facts)


def _end(
    standing: Standing,
    kind: NoticeKind,
    key: str,
    version: str,
    now: datetime,
    reason: str,
    facts: dict[str, Any],
) -> Decision:
    alert = standing.alert
    if alert is None or not standing.notices:
        return Decision(kind=standing.kind, alert=None, notice=None, reason="nothing was told of it")
    last = standing.told_of(key) or standing.notices[-1]
    notice = Notice(
        alert=alert.id,
        number=standing.next_number,
        kind=kind,
        severity=alert.severity,
        claim=alert.claim,
        article=key,
        version=version,
        events=last.events,
        reason=reason,
        created_at=now,
        told={**_article_facts(last.told), **facts},
    )
    return Decision(kind=standing.kind, alert=_ended(alert, kind), notice=notice, reason=reason)


def _ended(alert: Alert, kind: NoticeKind) -> Alert:
    return replace(alert, state="retracted" if kind is NoticeKind.RETRACTION else "withdrawn")


def _article_facts(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an earlier notice said of its article, without what it said of changes."""
    changing = ("was", "now", "changed", "gone", "reasons", "joined_to", "because", "by", "changed_after")
    return {name: value for name, value in told.items() if name not in changing}


def live_pages(keys: Sequence[str], gone: Sequence[str]) -> list[str]:
    """Return the pages of an alert that still answer."""
    return [key for key in keys if key not in set(gone)]
