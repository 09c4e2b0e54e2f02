"""From a notice to promises: which channel hears it, in which message, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.alerts.digest import DIGEST, digested, next_digest
from rules.alerts.labels import Labels, Subject, labels_of, same_language
from rules.alerts.policy import Policy, Route
from rules.alerts.silences import inhibited_by
from state.records import Notice, NoticeKind, Promise, PromiseState, Severity


def route_for(labels: Labels, severity: Severity, policy: Policy) -> Route | None:
    """Return the first route that fits; None only if the configuration has none."""
    return next((route for route in policy.routes if _takes(route, labels, severity)), None)


def _takes(route: Route, labels: Labels, severity: Severity) -> bool:
    return next(unfit(route, labels, severity), None) is None


def unfit(route: Route, labels: Labels, severity: Severity) -> Iterator[str]:
    """Yield each condition of a route that an alert does not meet, as it is said to a person."""
    if route.severity is not None and severity < route.severity:
        yield f"severity {severity.label}, the route wants at least {route.severity.label}"
    for name, wanted in (("kind", route.kinds), ("rule", route.rules), ("source", route.sources)):
        had = labels.get(name, ())
        if wanted and not set(wanted) & set(had):
            yield f"{name} {_either(had)}, the route wants {_either(wanted)}"
    had = labels.get("language", ())
    if route.languages and not any(same_language(wanted, tag) for wanted in route.languages for tag in had):
        yield f"language {_either(had)}, the route wants {_either(route.languages)}"


def _either(values: Sequence[str]) -> str:
    return " or ".join(values) or "unknown"


@dataclass(frozen=True, slots=True)
class Addressed:
    """The promises of one notice, and in words why there is none, if there is none."""

    promises: tuple[Promise, ...]
    reason: str = ""


def address(
    notice: Notice,
    subject: Subject,
    policy: Policy,
    now: datetime,
    *,
    earlier: Sequence[str] = (),
    live: Iterable[Subject] = (),
) -> Addressed:
    """Return what is promised to whom.

    A first notice goes where the routes send it.  A later one goes to each
    channel that got an earlier one; an update also where the routes now send
    it.  What is low waits for each channel's digest; where a channel has none
    the promise is kept by the record alone.

    Args:
        notice: What is to be told; its severity is the highest its alert ever had.
        subject: The alert and the article's labels.
        policy: Routes and hours.
        now: The present instant.
        earlier: Channels that were promised an earlier notice of this alert.
        live: Other live alerts, for inhibition.
    """
    labels = labels_of(subject, notice.severity)
    route = route_for(labels, notice.severity, policy)
    channels = list(dict.fromkeys(_present(earlier, policy)))
    if notice.kind in (NoticeKind.ALERT, NoticeKind.UPDATE) and route is not None:
        channels = list(dict.fromkeys([*channels, *route.to]))
    if not channels:
        return Addressed((), "no channel: the configuration has no route for it")
    if not earlier and (other := _inhibitor(labels, live, policy)):
        held = tuple(_recorded(notice, channel, now) for channel in channels)
        return Addressed(held, f"held back while {other['alert'][0]} is live")
    shape = route or Route(to=())
    return Addressed(tuple(_promise(notice, name, shape, labels, policy, now) for name in channels))


def _present(channels: Iterable[str], policy: Policy) -> Iterator[str]:
    """Yield channels as they are configured now; one that is no more is replaced by the last route's."""
    for name in channels:
        if name in policy.channels or not policy.channels:
            yield name
        elif policy.routes:
            yield from policy.routes[-1].to


def _inhibitor(labels: Labels, live: Iterable[Subject], policy: Policy) -> Labels | None:
    if not policy.inhibitions:
        return None
    return inhibited_by(labels, [labels_of(other) for other in live], policy.inhibitions)


def _recorded(notice: Notice, channel: str, now: datetime) -> Promise:
    return Promise(
        alert=notice.alert,
        notice=notice.number,
        channel=channel,
        group_key="",
        due_at=now,
        state=PromiseState.RECORDED,
    )


def _promise(
    notice: Notice, name: str, route: Route, labels: Labels, policy: Policy, now: datetime
) -> Promise:
    channel = policy.channel(name)
    if digested(notice.severity, channel):
        due = next_digest(channel, policy.zone, now)
        if due is None:
            return _recorded(notice, name, now)
        return Promise(alert=notice.alert, notice=notice.number, channel=name, group_key=DIGEST, due_at=due)
    urgent = notice.severity >= Severity.CRITICAL
    return Promise(
        alert=notice.alert,
        notice=notice.number,
        channel=name,
        group_key=group_key(route, labels),
        due_at=now if urgent else now + route.group_wait,
    )


def group_key(route: Route, labels: Labels) -> str:
    """Return what shares one message: the values of the route's ``group_by`` labels."""
    return ";".join(f"{name}={','.join(labels.get(name, ()))}" for name in route.group_by) or "all"
