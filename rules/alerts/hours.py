"""Local hours as instants: calendar arithmetic that survives both clock changes.

A wall time that a clock change skips is read with the offset before the change
(02:30 becomes 03:30); one that comes twice means its first coming (PEP 495,
``fold=0``).  So every local day has each hour exactly once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.alerts.policy import Quiet
from state.records import Severity


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which this wall time stands on that local day."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def next_local(at: time, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first UTC instant later than ``after`` at which the wall clock shows ``at``."""
    day = after.astimezone(zone).date()
    for ahead in range(-1, 3):
        found = instant(day + timedelta(days=ahead), at, zone)
        if found > after:
            return found
    raise ValueError(f"no {at} follows {after} in {zone}")


def quiet_until(quiet: Quiet | None, zone: ZoneInfo, severity: Severity, now: datetime) -> datetime | None:
    """Return when the present quiet hours end, or None if this severity may ring now.

    Hours that begin and end at the same minute are no hours.
    """
    if quiet is None or severity >= quiet.except_ or quiet.from_ == quiet.until:
        return None
    today = now.astimezone(zone).date()
    wraps = timedelta(days=1 if quiet.until < quiet.from_ else 0)
    for day in (today - timedelta(days=1), today):
        end = instant(day + wraps, quiet.until, zone)
        if instant(day, quiet.from_, zone) <= now < end:
            return end
    return None
