"""The configuration's routes, channels and hours as the values that decisions take."""

from __future__ import annotations

import re
from datetime import time
from zoneinfo import ZoneInfo

from crawler.settings import ChannelTable, RouteTable, Settings, parse_duration
from rules.alerts.policy import ChannelPolicy, Escalation, Inhibition, Limit, Policy, Quiet, Route
from state.errors import ConfigError
from state.records import Severity

_LIMIT = re.compile(r"\s*(\d+)\s*/\s*(\S+)\s*")


def policy_from(settings: Settings) -> Policy:
    """Return who hears what and when.

    A configuration without routes sends everything to every channel.

    Raises:
        ConfigError: A limit is not written like ``20/10m``.
    """
    routes = tuple(_route(table) for table in settings.routes)
    if not routes and settings.channels:
        routes = (Route(to=tuple(settings.channels)),)
    return Policy(
        routes=routes,
        channels={name: _channel(name, table) for name, table in settings.channels.items()},
        inhibitions=tuple(Inhibition(item.source, item.target, item.equal) for item in settings.inhibit),
        zone=ZoneInfo(settings.display.timezone),
        operator=settings.operator.to or (routes[-1].to if routes else ()),
    )


def _route(table: RouteTable) -> Route:
    escalate = table.escalate
    return Route(
        to=table.to,
        severity=Severity.parse(table.severity) if table.severity else None,
        kinds=table.kinds,
        rules=table.rules,
        sources=table.sources,
        languages=table.languages,
        group_by=tuple(table.group_by),
        group_wait=table.group_wait,
        repeat=table.repeat,
        escalate=Escalation(escalate.after, escalate.to) if escalate else None,
    )


def _channel(name: str, table: ChannelTable) -> ChannelPolicy:
    quiet = table.quiet
    return ChannelPolicy(
        name=name,
        digest=time.fromisoformat(table.digest) if table.digest else None,
        digest_below=Severity.parse(table.digest_below),
        quiet=Quiet(
            time.fromisoformat(quiet.from_), time.fromisoformat(quiet.until), Severity.parse(quiet.except_)
        )
        if quiet
        else None,
        limit=parse_limit(table.limit) if table.limit else None,
    )


def parse_limit(text: str) -> Limit:
    """Return the limit that ``20/10m`` names: at most 20 messages in 10 minutes.

    Raises:
        ConfigError: It is written otherwise.
    """
    found = _LIMIT.fullmatch(text)
    try:
        if not found or int(found.group(1)) < 1:
            raise ValueError(text)
        return Limit(int(found.group(1)), parse_duration(found.group(2)))
    except ValueError as error:
        raise ConfigError(
            f"{text!r} is no limit", hint='write a count and a time, e.g. limit = "20/10m"'
        ) from error
