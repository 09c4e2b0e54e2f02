"""Muting by hand and inhibition by rule: what is kept, shown and not sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.alerts.labels import Labels, fits
from rules.alerts.policy import Inhibition


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Nothing that fits ``matchers`` is sent from ``starts_at`` until ``ends_at``."""

    id: str
    matchers: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    because: str = ""


def silenced_by(labels: Labels, silences: Iterable[Silence], now: datetime) -> Silence | None:
    """Return the silence in force that covers these labels; one without matchers covers nothing."""
    return next(
        (
            silence
            for silence in silences
            if silence.matchers
            and silence.starts_at <= now < silence.ends_at
            and fits(silence.matchers, labels)
        ),
        None,
    )


def inhibited_by(labels: Labels, live: Iterable[Labels], inhibitions: Iterable[Inhibition]) -> Labels | None:
    """Return the live alert that holds this one back, if any; an alert never inhibits itself."""
    live = [other for other in live if other.get("alert") != labels.get("alert")]
    for rule in inhibitions:
        if not fits(rule.target, labels):
            continue
        for other in live:
            agrees = all(set(other.get(name, ())) & set(labels.get(name, ())) for name in rule.equal)
            if agrees and fits(rule.source, other):
                return other
    return None
