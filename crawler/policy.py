"""The configuration's routes and channels as the values that ``rules.alerts`` decides with."""

from __future__ import annotations

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from crawler.settings import ChannelTable, QuietTable, RouteTable, Settings, parse_duration
from rules.alerts.policy import ChannelPolicy, Escalation, Inhibition, Limit, Policy, Quiet, Route
from state.records import Severity


def policy_of(settings: Settings) -> Policy:
    """Return who hears what, when.

    Without ``[[routes]]`` every channel hears everything; without ``[operator]``
    the last route's channels hear of our own troubles.
    """
    routes = tuple(_route(table) for table in settings.routes) or (Route(to=tuple(settings.channels)),)
    return Policy(
        routes=routes,
        channels={name: _channel(name, table) for name, table in settings.channels.items()},
        inhibitions=tuple(Inhibition(t.source, t.target, t.equal) for t in settings.inhibit),
        zone=ZoneInfo(settings.display.timezone),
        operator=settings.operator.to or routes[-1].to,
    )


def _route(table: RouteTable) -> Route:
    escalate = Escalation(table.escalate.after, table.escalate.to) if table.escalate else None
    return Route(
        to=table.to,
        severity=_severity(table.severity),
        kinds=table.kinds,
        rules=table.rules,
        sources=table.sources,
        languages=table.languages,
        group_by=table.group_by,
        group_wait=table.group_wait,
        repeat=table.repeat,
        escalate=escalate,
    )


def _channel(name: str, table: ChannelTable) -> ChannelPolicy:
    return ChannelPolicy(
        name=name,
        digest=time.fromisoformat(table.digest) if table.digest else None,
        digest_below=Severity.parse(table.digest_below),
        quiet=_quiet(table.quiet) if table.quiet else None,
        limit=_limit(table.limit) if table.limit else None,
    )


def _quiet(table: QuietTable) -> Quiet:
    return Quiet(
        time.fromisoformat(table.from_), time.fromisoformat(table.until), Severity.parse(table.except_)
    )


def _limit(written: str) -> Limit:
    count, _, within = written.partition("/")
    length: timedelta = parse_duration(within)
    return Limit(int(count), length)


def _severity(label: str | None) -> Severity | None:
    return None if label is None else Severity.parse(label)
