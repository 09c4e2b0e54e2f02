"""What happens to an alert that nobody has acknowledged: it is said again, then told to others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.alerts.labels import Subject, labels_of
from rules.alerts.policy import Policy
from rules.alerts.routes import group_key, route_for
from state.records import Notice, Promise


@dataclass(frozen=True, slots=True)
class Said:
    """A message about the alert that a channel took; a repetition counts by itself."""

    channel: str
    message: str
    at: datetime


def to_repeat(subject: Subject, said: Iterable[Said], policy: Policy, now: datetime) -> list[Said]:
    """Return what each channel heard last, where its route wants it said again by now."""
    route = route_for(labels_of(subject), subject.alert.severity, policy)
    if route is None or route.repeat is None:
        return []
    newest = {item.channel: item for item in sorted(said, key=lambda item: item.at)}
    return [item for item in newest.values() if item.channel in route.to and item.at + route.repeat <= now]


def escalation(
    subject: Subject,
    newest: Notice,
    promised: Sequence[str],
    said: Iterable[Said],
    policy: Policy,
    now: datetime,
) -> list[Promise]:
    """Return promises of the newest notice to those who are told when nobody has seen an alert in time.

    Args:
        subject: The alert, which nobody has acknowledged.
        newest: Its newest notice.
        promised: Channels that were promised this notice.
        said: What was sent about the alert; time runs from the first.
        policy: Routes.
        now: The present instant.
    """
    labels = labels_of(subject)
    route = route_for(labels, subject.alert.severity, policy)
    first = min((item.at for item in said), default=None)
    if route is None or route.escalate is None or first is None or first + route.escalate.after > now:
        return []
    key = group_key(route, labels)
    return [
        Promise(alert=newest.alert, notice=newest.number, channel=name, group_key=key, due_at=now)
        for name in route.escalate.to
        if name not in promised
    ]
