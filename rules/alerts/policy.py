"""Who hears what, when: the configuration's routes, hours and limits as plain values.

The words are Alertmanager's (route, group wait, silence, inhibition); unlike
there, every wait is an instant in the database, so a restart forgets nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from state.records import Severity


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who is told when nobody has seen an alert for ``after``."""

    after: timedelta
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Which alerts go to which channels; empty conditions fit everything."""

    to: tuple[str, ...]
    severity: Severity | None = None
    kinds: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ("story",)
    group_wait: timedelta = timedelta(seconds=60)
    repeat: timedelta | None = None
    escalate: Escalation | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local hours in which a channel is not woken, save by ``except_`` and above."""

    from_: time
    until: time
    except_: Severity = Severity.CRITICAL


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` messages within ``within``; the rest come as lists."""

    count: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPolicy:
    """When one channel may be written to.

    What is below ``digest_below`` waits for the local hour ``digest``; a channel
    without a digest never hears of what is low.
    """

    name: str
    digest: time | None = None
    digest_below: Severity = Severity.MEDIUM
    quiet: Quiet | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Inhibition:
    """While an alert that fits ``source`` is live, one that fits ``target`` does not ring.

    ``equal`` names labels on which both must agree.
    """

    source: Mapping[str, str]
    target: Mapping[str, str]
    equal: tuple[str, ...] = ("story",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All of it; ``zone`` is the zone of every local hour.

    The first route that fits wins; the last fits everything, so that no alert
    is without a reader.
    """

    routes: tuple[Route, ...]
    channels: Mapping[str, ChannelPolicy] = field(default_factory=dict)
    inhibitions: tuple[Inhibition, ...] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    operator: tuple[str, ...] = ()

    def channel(self, name: str) -> ChannelPolicy:
        """Return the channel's hours; one without any if the name is not configured."""
        return self.channels.get(name) or ChannelPolicy(name=name)
