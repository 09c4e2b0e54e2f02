"""What waits for the daily digest, and when that is due."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from rules.alerts.hours import next_local
from rules.alerts.policy import ChannelPolicy
from state.records import Severity

#: Group key of a channel's open digest: it has one at a time.
DIGEST = "digest"


def digested(severity: Severity, channel: ChannelPolicy) -> bool:
    """Tell whether this severity waits for the channel's digest.

    What is low never rings by itself; critical never waits.
    """
    if severity >= Severity.CRITICAL:
        return False
    return severity == Severity.LOW or (channel.digest is not None and severity < channel.digest_below)


def next_digest(channel: ChannelPolicy, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return when the channel's next digest is due, None if it has none."""
    return next_local(channel.digest, zone, now) if channel.digest is not None else None
