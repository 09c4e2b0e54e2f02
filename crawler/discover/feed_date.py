"""The dates of feeds: RFC 822 as people write it, ISO 8601, epochs, and the words of the site's language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.sites.dates import from_epoch, parse_date

_DAY_SECONDS = 86400
_LONGEST = 200
_NO_YEAR = re.compile(r"(?<![+\-\d:])0\d{3}(?![\d:])")
_HOURS_ONLY = re.compile(r"(?<=\d)( ?[+-]\d{2})$")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_ZONE_NAME = re.compile(r"(?<=\d) ?([A-Za-z]{3,5}|[A-Z][A-Za-z]+/[A-Za-z_]+)$")
#: Clock abbreviations of Asia and Europe that RFC 822 has not; each means one zone only.
_CLOCKS = {
    "MMT": "Asia/Yangon", "SGT": "Asia/Singapore", "WIB": "Asia/Jakarta", "PHT": "Asia/Manila", "NPT": "Asia/Kathmandu",
    "PKT": "Asia/Karachi", "AEST": "Australia/Brisbane", "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki",
    "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon", "TRT": "Europe/Istanbul", "ICT": "Asia/Bangkok",
    "HKT": "Asia/Hong_Kong", "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "CET": "Europe/Paris", "CEST": "Europe/Paris",
}  # fmt: skip


def feed_date(text: object, now: datetime) -> datetime | None:
    """Return the instant a feed's date names; None for a date alone, an implausible or unreadable one.

    An hour without a zone is taken for UTC.  What lies more than a day ahead of
    ``now`` is no date of anything that was published.
    """
    if not isinstance(text, str) or not text.strip():
        return None
    plain = _HOURS_ONLY.sub(r"\g<1>00", unescape(text.strip()[:_LONGEST]))
    if _NO_YEAR.search(plain):
        return None
    at = _epoch(plain, now) or _rfc822(plain, now) or _other(plain, now)
    return at if at is not None and (at - now).total_seconds() < _DAY_SECONDS else None


def _epoch(text: str, now: datetime) -> datetime | None:
    return from_epoch(text, now=now) if _EPOCH.fullmatch(text) else None


def _rfc822(text: str, now: datetime) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and 1990 <= at.year <= now.year + 1 else None


def _other(text: str, now: datetime) -> datetime | None:
    named = _ZONE_NAME.search(text)
    zone = _zone(named[1]) if named else None
    if named and zone:
        text = text[: named.start()]
    dated = parse_date(text, now=now, zone=zone)
    return dated.at if dated is not None and not dated.day_only else None


def _zone(name: str) -> ZoneInfo | None:
    known = _CLOCKS.get(name.upper(), name if "/" in name else "")
    try:
        return ZoneInfo(known) if known else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
