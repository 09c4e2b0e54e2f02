"""The hour and the zone in a printed date."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo

from crawler.sites.months import AM, PM

_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "msk": 3, "ict": 7, "hkt": 8, "jst": 9,
    "kst": 9,
}  # fmt: skip
_TIME = re.compile(
    r"(?<![\d:.])(?P<H>\d{1,2})(?:[:h](?P<M>\d{2})(?::(?P<S>\d{2}))?| ?(?=[ap]\.?m))(?!\d)(?: ?(?P<ampm>[ap]\.?m\b))?"
)
_CJK_TIME = re.compile(r"(?P<H>\d{1,2}) ?[点點时時시] ?(?:(?P<M>\d{1,2}) ?[分분]?)?")
_OFFSET = re.compile(
    r"(?:(?:utc|gmt) ?)?(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2})\b|(?:utc|gmt) ?(?P<sign2>[+-])(?P<h2>\d{1,2})\b"
)


def clock_in(text: str) -> tuple[int, int, int] | None:
    """Return hour, minute and second that a text names, None if it names no hour."""
    low = text.lower()
    found = _TIME.search(low) or _CJK_TIME.search(low)
    if not found:
        return None
    hour = int(found["H"])
    minute = int(found["M"] or 0)
    second = int(found.groupdict().get("S") or 0)
    words = set(re.findall(r"[^\W\d_]+(?:\.[^\W\d_])?", low[max(0, found.start() - 12) : found.end() + 8]))
    marker = (found.groupdict().get("ampm") or "").replace(".", "")
    if (marker == "pm" or (not marker and words & PM)) and hour < 12:
        hour += 12
    elif (marker == "am" or (not marker and words & AM)) and hour == 12:
        hour = 0
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def zone_in(text: str | None) -> tzinfo | None:
    """Return the zone that a text names by offset or abbreviation, None if it names none."""
    if not text:
        return None
    low = text.lower()
    if found := _OFFSET.search(low):
        hours, minutes = int(found["h"] or found["h2"]), int(found["m"] or 0)
        if hours <= 15 and minutes < 60:
            offset = timedelta(hours=hours, minutes=minutes)
            return timezone(-offset if (found["sign"] or found["sign2"]) == "-" else offset)
    for word in re.findall(r"(?<![^\W\d_])[a-z]{1,4}(?![^\W\d_])", low):
        if word in _ZONES:
            return timezone(timedelta(hours=_ZONES[word]))
    return None
