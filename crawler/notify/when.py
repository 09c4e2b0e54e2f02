"""Instants for people: the reader's zone first, UTC beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.notify.labels import Labels

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


def place(zone: ZoneInfo) -> str:
    """Return a zone's name as people say it: ``Asia/Phnom_Penh`` is Phnom Penh."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def day(at: datetime, zone: ZoneInfo) -> str:
    """Return ``7 Nov 2017`` in the zone."""
    local = at.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def full(at: datetime, zone: ZoneInfo) -> str:
    """Return ``7 Nov 2017 08:02 Phnom Penh (01:02 UTC)``; the day is repeated where UTC has another."""
    local, utc = at.astimezone(zone), at.astimezone(UTC)
    said = f"{day(at, zone)} {local:%H:%M} {place(zone)}"
    if local.utcoffset() == timedelta():
        return said if place(zone) == "UTC" else f"{said} (UTC)"
    other = "" if local.date() == utc.date() else f"{utc.day} {_MONTHS[utc.month - 1]} "
    return f"{said} ({other}{utc:%H:%M} UTC)"


def short(at: datetime, zone: ZoneInfo) -> str:
    """Return ``Mon 09:14`` in the zone, for what lies within a week."""
    local = at.astimezone(zone)
    return f"{_DAYS[local.weekday()]} {local:%H:%M}"


def near(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return ``Mon 09:14``, or with its date where a weekday would mislead (six days and more)."""
    return (
        short(at, zone)
        if timedelta() <= now - at < timedelta(days=6)
        else f"{day(at, zone)} {at.astimezone(zone):%H:%M}"
    )


def headed(at: datetime, zone: ZoneInfo) -> str:
    """Return ``Tue 24 Nov 2026 07:00 Phnom Penh``."""
    local = at.astimezone(zone)
    return f"{_DAYS[local.weekday()]} {day(at, zone)} {local:%H:%M} {place(zone)}"


def span(length: timedelta, words: Labels) -> str:
    """Return ``41 min``, ``6 h`` or ``619 days``: the largest unit that is not a fraction."""
    minutes = max(0, round(length.total_seconds() / 60))
    if minutes < 120:
        return words.word("digest", "minutes", count=minutes)
    if minutes < 48 * 60:
        return words.word("digest", "hours", count=minutes // 60)
    return words.word("digest", "days", count=minutes // 1440)
