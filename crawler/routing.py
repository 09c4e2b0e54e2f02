"""Where an article would go if it were new: found by letting it arrive in a store that is forgotten afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from crawler.app import App
from crawler.jobs.outbox import active_silences
from crawler.pipeline import ingest
from rules.alerts.digest import DIGEST
from rules.alerts.hold import waits_until
from rules.alerts.labels import Subject, labels_of
from rules.alerts.routes import route_for, unfit
from rules.alerts.silences import Silence, silenced_by
from state.article import Article
from state.records import Alert, Notice, Promise, PromiseState
from state.store.store import Store


@dataclass(frozen=True, slots=True)
class Passed:
    """A route that does not take an alert, by its number in the file, and why."""

    number: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One channel that would hear of it: as a message or in a digest at an instant, or never (``record``)."""

    channel: str
    manner: Literal["message", "digest", "record"]
    at: datetime
    group: str
    is_held: bool = False
    muted_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where one alert would go; ``route`` None if none takes it, ``reason`` why nobody hears, if nobody does."""

    alert: Alert
    headline: str
    route: int | None
    passed: tuple[Passed, ...]
    heard: tuple[Heard, ...]
    reason: str


def ways(app: App, article: Article) -> list[Way]:
    """Return the way of each alert that an article would open; silences in force count."""
    now = app.clock.now()
    with app.store.read() as tx:
        silences = active_silences(tx, now)
    aside = Store.in_memory()
    try:
        with aside.begin() as tx:
            arrived = replace(article, key=article.key or "file:1", fetched_at=article.fetched_at or now)
            done = ingest(arrived, None, app, tx, rings=True, now=now)
            found = []
            for notice in done.notices:
                alert = tx.alerts.get(notice.alert)
                if alert is not None:
                    subject = Subject(alert=alert, source=article.source, language=article.language)
                    case = _Case(subject, notice, tx.promises.of(alert.id), silences)
                    found.append(_way(app, case, article.title, done.reasons.get(alert.kind, "")))
            return found
    finally:
        aside.close()


@dataclass(frozen=True, slots=True)
class _Case:
    """One alert on its way."""

    subject: Subject
    notice: Notice
    promises: Sequence[Promise]
    silences: Sequence[Silence]


def _way(app: App, case: _Case, headline: str, reason: str) -> Way:
    policy, severity = app.policy, case.notice.severity
    labels = labels_of(case.subject, severity)
    taken = route_for(labels, severity, policy)
    numbered = list(enumerate(policy.routes, 1))
    number = next((number for number, route in numbered if route is taken), None)
    return Way(
        alert=case.subject.alert,
        headline=headline,
        route=number,
        passed=tuple(
            Passed(at, tuple(unfit(route, labels, severity)))
            for at, route in numbered[: (number or len(numbered) + 1) - 1]
        ),
        heard=tuple(_heard(app, case, promise) for promise in case.promises),
        reason=reason,
    )


def _heard(app: App, case: _Case, promise: Promise) -> Heard:
    severity, channel = case.notice.severity, promise.channel
    muted = silenced_by(labels_of(case.subject, severity, channel), case.silences, case.notice.created_at)
    manner: Literal["message", "digest", "record"] = "message"
    if promise.state is PromiseState.RECORDED:
        manner = "record"
    elif promise.group_key == DIGEST:
        manner = "digest"
    held = (
        waits_until(app.policy.channel(channel), severity, app.policy, promise.due_at)
        if manner == "message"
        else None
    )
    return Heard(
        channel=channel,
        manner=manner,
        at=held or promise.due_at,
        group=promise.group_key,
        is_held=held is not None,
        muted_by=muted.id if muted else None,
    )
