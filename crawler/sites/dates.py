"""The dates that these sites print → instants.

A table, not a guess: digits of all scripts, month names in some forty
languages, Buddhist years, relative words, RFC 822 and ISO variants.  What fits
nothing is None; ``0001-01-01`` and everything before 1990 means "missing".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from crawler.sites.hours import clock_in, zone_in
from crawler.sites.months import AGO, DAYS_AGO, MONTHS, UNITS

_LONGEST = 300
_EARLIEST = 1990
#: How far a clock of a site may run ahead of ours.
_AHEAD = timedelta(days=1)
_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:(?:T|t|[ ,]+(?:at )?)(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d+)?)?"
    r" ?(?P<z>Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?"
)
_ENGLISH = re.compile(
    r"(?P<month>[A-Za-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?, (?P<y>(?:19|20)\d{2}),?(?: -| at)? "
    r"(?P<H>\d{1,2}):(?P<M>\d{2})(?!:)(?: ?(?P<half>[AaPp])\.?[Mm])?"
)
_FIGURES = re.compile(r"\d{1,2}([-./])\d{1,2}\1\d{4}\b")
_FOUR_DIGITS = re.compile(r"\d{4}")
_STAMP = re.compile(
    r"(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)T(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?(?P<z>Z|[+-]\d{4})?"
)
_CJK = re.compile(r"(?P<y>\d{4}) ?[年년] ?(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日號号일]?")
_CJK_DAY = re.compile(r"(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日號号일]")
_VIETNAMESE = re.compile(
    r"(?P<d>\d{1,2}) (?:tháng|thg) (?P<m>\d{1,2})(?:,? năm|,)? (?P<y>\d{4})"
    r"|(?:tháng|thg) (?P<m2>\d{1,2}) (?P<d2>\d{1,2}), (?P<y2>\d{4})"
)
_TIBETAN = re.compile(r"(?P<y>\d{4}).{0,12}?ཟླ་(?:བ་)?(?P<m>\d{1,2}).{0,12}?(?:ཚེས་|ཉིན་)(?P<d>\d{1,2})")
_NUMERIC = re.compile(
    r"(?<![\d.:/-])(?P<a>\d{1,4})(?P<sep>[./-]) ?(?P<b>\d{1,2})(?P=sep) ?(?P<c>\d{4}|\d{2})(?!\d)"
)
_SINCE = re.compile(
    r"(?P<n>\d{1,4}|an?|one|eine[rmn]?|une?|einem)[ +]*(?P<unit>[^\W\d_]+(?:[^\s\d]*[^\W\d_])?)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|\u200b)*", re.IGNORECASE)
#: What may stand around the name of a month: "12, 2017", "04, 07 3:15", "2017 …", and read backwards "… 61".
_MONTH_DAY_YEAR = re.compile(
    r"[ .,-]{0,3}(\d{1,2})(?:st|nd|rd|th)?[ ,.'’-]{1,4}(?:at )?((?:19|20|25)\d{2})(?![\d:])"
)
_MONTH_DAY_SHORT_YEAR = re.compile(r"[ .]{1,2}(\d{1,2}),? [’']?(\d{2})(?= \d{1,2}:)")
_YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})[^\d:]{1,24}(\d{1,2})?\D{0,3}$")
_DAY_AFTER_MONTH = re.compile(r"\D{0,6}(\d{1,2})(?![\d:])")
_DAY_BACKWARDS = re.compile(r"[^\d:]{0,10}(\d{1,2})(?![\d:A-Za-z])")
_YEAR_AFTER = re.compile(r"[^\d:]{0,14}(\d{4})(?!\d)")
_SHORT_YEAR_AFTER = re.compile(r"[ .,'’-]{1,3}(\d{2})(?![\d:])")
_DAY_ALONE = re.compile(r"[ .]{1,2}(\d{1,2})(?:st|nd|rd|th)?(?![\d:])")
_UNSEEN = frozenset("\u200e\u200f\u200b\u200c\u202a\u202c\ufeff")
_BE_SHIFT = 543


def _any_word(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of some words: whole ones in Latin letters, parts of a text elsewhere."""
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    others = "|".join(
        sorted((re.escape(word) for word in words if not word.isascii()), key=len, reverse=True)
    )
    return re.compile(rf"(?<![^\W_])(?:{latin})(?![^\W_])|{others}")


_JUST_NOW = frozenset(
    ("just now", "a moment ago", "moments ago", "gerade eben", "刚刚", "剛剛", "방금", "vừa xong")
)
_DAY_WORD = _any_word(DAYS_AGO)
_AGO_WORD = _any_word(AGO)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as read.

    ``day_only`` tells that the text names no hour: ``at`` is then the first
    instant of that day.  ``how`` names the form, and the zone where it was assumed.
    """

    at: datetime
    day_only: bool
    how: str


@dataclass(frozen=True, slots=True)
class _Day:
    year: int
    month: int
    day: int
    how: str


def parse_date(
    text: str | None, *, now: datetime, day_first: bool | None = None, zone: tzinfo | None = None
) -> Dated | None:
    """Return the instant a text names, or None.

    Args:
        text: A date as printed, or the value of a ``datetime`` attribute.
        now: The present instant: "yesterday" counts from it, later dates are refused.
        day_first: How to read ``5/6/2017``; None leaves an ambiguous one unread.
        zone: The clock of the site; UTC is assumed, and said, where neither text nor caller name one.
    """
    if not text or len(text) > _LONGEST:
        return None
    stripped = " ".join(text.split())
    if iso := _ISO.match(stripped):
        found = _from_iso(iso, stripped, zone)
    elif english := _ENGLISH.search(stripped):
        found = _from_english(english, stripped, zone)
    else:
        found = _from_text(_plain(stripped), now, day_first, zone)
    if found is None or found.at.year < _EARLIEST or found.at > now + _AHEAD:
        return None
    return found


def from_epoch(value: object, *, now: datetime) -> datetime | None:
    """Return the instant of a Unix time in seconds (or milliseconds), None if it is none."""
    if value is None:
        return None
    try:
        seconds = float(str(value))
        at = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.year >= _EARLIEST and at <= now + _AHEAD else None


def _plain(text: str) -> str:
    """Return the text with digits of all scripts as ASCII and bidi marks gone."""
    if text.isascii():
        return text
    out = []
    for char in unicodedata.normalize("NFC", text):
        if char.isascii():
            out.append(char)
        elif char not in _UNSEEN:
            digit = unicodedata.digit(char, -1) if char.isdigit() else -1
            out.append(str(digit) if digit >= 0 else char)
    return "".join(out)


def _from_iso(found: re.Match[str], text: str, zone: tzinfo | None) -> Dated | None:
    day = _day(found["y"], found["m"], found["d"], "iso")
    return _instant(day, _clock_of(found), zone_in(found["z"] or text[found.end() :]), zone)


def _from_english(found: re.Match[str], text: str, zone: tzinfo | None) -> Dated | None:
    """Read the form that most forums print: ``Dec 21, 2018 6:11 pm``."""
    month = MONTHS.get(found["month"].lower())
    if month is None:
        return None
    hour = int(found["H"]) % 12 + 12 * (found["half"].lower() == "p") if found["half"] else int(found["H"])
    clock = (hour, int(found["M"]), 0)
    return _instant(
        _day(found["y"], month, found["d"], "month name"), clock, zone_in(text[found.end() :]), zone
    )


def _from_text(text: str, now: datetime, day_first: bool | None, zone: tzinfo | None) -> Dated | None:
    relative = None if _FOUR_DIGITS.search(text) else _relative(text, now)
    return relative or _absolute(text, now, day_first, zone)


def _absolute(text: str, now: datetime, day_first: bool | None, zone: tzinfo | None) -> Dated | None:
    if _FIGURES.match(text):
        day, rest = _numeric(text, now, day_first)
        return _instant(day, clock_in(rest), zone_in(rest), zone)
    for pattern in (_ISO, _STAMP):
        if found := pattern.search(text):
            return _from_iso(found, text, zone)
    readers = (_named, _numeric) if text.isascii() else (_cjk, _vietnamese, _tibetan, _named, _numeric)
    for reader in readers:
        day, rest = reader(text, now, day_first)
        if day:
            return _instant(day, clock_in(rest), zone_in(rest), zone)
    return None


def _day(year: str | int, month: str | int, day: str | int, how: str) -> _Day | None:
    number = int(year)
    if number < 100 and len(str(year)) < 3:
        number += 2000 if number < 70 else 1900
    if 2400 <= number <= 2700:
        number, how = number - _BE_SHIFT, f"{how}, Buddhist year"
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31 and number >= 1):
        return None
    return _Day(number, int(month), int(day), how)


def _instant(
    day: _Day | None, clock: tuple[int, int, int] | None, named: tzinfo | None, zone: tzinfo | None
) -> Dated | None:
    if day is None:
        return None
    how = day.how if named or zone else f"{day.how}, zone assumed UTC"
    hour, minute, second = clock or (0, 0, 0)
    try:
        at = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=named or zone or UTC)
        return Dated(at.astimezone(UTC), clock is None, how)
    except (ValueError, OverflowError):
        return None


def _cjk(text: str, now: datetime, day_first: bool | None) -> tuple[_Day | None, str]:
    if found := _CJK.search(text):
        return _day(found["y"], found["m"], found["d"], "east asian"), text[found.end() :]
    if found := _CJK_DAY.search(text):
        return _latest(now, int(found["m"]), int(found["d"]), "east asian, year assumed"), text[found.end() :]
    return None, text


def _vietnamese(text: str, now: datetime, day_first: bool | None) -> tuple[_Day | None, str]:
    if not (found := _VIETNAMESE.search(text.lower())):
        return None, text
    parts = [found[name] or found[f"{name}2"] for name in "ymd"]
    return _day(parts[0], parts[1], parts[2], "vietnamese"), text[: found.start()] + " " + text[found.end() :]


def _tibetan(text: str, now: datetime, day_first: bool | None) -> tuple[_Day | None, str]:
    found = _TIBETAN.search(text)
    return (_day(found["y"], found["m"], found["d"], "tibetan"), "") if found else (None, text)


def _named(text: str, now: datetime, day_first: bool | None) -> tuple[_Day | None, str]:
    """Read a day and year around the name of a month, in either order.

    A date without a year comes last: "mar 04 mar 2008" is a Tuesday in March.
    """
    names = _month_names(text)
    for start, end, month in names:
        day, rest = _with_year(text[:start], month, text[end:])
        if day:
            return day, rest
    for start, end, month in names:
        if (
            number := _leading(text[end:], _DAY_ALONE)
            or (_leading(text[:start][::-1], _DAY_BACKWARDS) or "")[::-1]
        ):
            return _latest(now, month, int(number), "month name, year assumed"), text[end:]
    return None, text


def _with_year(before: str, month: int, after: str) -> tuple[_Day | None, str]:
    for pattern in (_MONTH_DAY_YEAR, _MONTH_DAY_SHORT_YEAR):
        if found := pattern.match(after):
            return _day(found[2], month, found[1], "month name"), after[found.end() :] + " " + before
    if found := _YEAR_BEFORE.search(before):
        number = found[2] or _leading(after, _DAY_AFTER_MONTH)
        if number:
            return _day(found[1], month, number, "month name"), before[: found.start()] + after
    day = (_leading(before[::-1], _DAY_BACKWARDS) or "")[::-1]
    if day and (found := _YEAR_AFTER.match(after) or _SHORT_YEAR_AFTER.match(after)):
        return _day(found[1], month, day, "month name"), after[found.end() :] + " " + before[:-3]
    return None, after


def _leading(text: str, pattern: re.Pattern[str]) -> str | None:
    found = pattern.match(text)
    return found[1] if found else None


def _month_names(text: str) -> list[tuple[int, int, int]]:
    folded = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    found = []
    for match in _NAME.finditer(folded):
        if month := MONTHS.get(match.group()):
            found.append((match.start(), match.end(), month))
    if found or folded.isascii():
        return found
    plain = folded.replace(".", "")
    for name, month in MONTHS.items():
        if not name.isascii() and len(name) > 1 and (at := plain.find(name)) >= 0 and plain == folded:
            found.append((at, at + len(name), month))
    if not found and "." in folded:
        return _dotted_months(folded)
    return sorted(found, key=lambda item: (item[0], -item[1]))


def _dotted_months(text: str) -> list[tuple[int, int, int]]:
    """Find abbreviations written with inner stops, as Thai's ``พ.ย.``."""
    return [
        (match.start(), match.end(), MONTHS[name])
        for match in re.finditer(r"[^\W\d_]\w?[\u0e31-\u0e4e]?\.[^\W\d_]\.?(?:[^\W\d_]\.?)?", text)
        if (name := match.group().replace(".", "")) in MONTHS
    ]


def _numeric(text: str, now: datetime, day_first: bool | None) -> tuple[_Day | None, str]:
    if not (found := _NUMERIC.search(text)):
        return None, text
    rest = text[: found.start()] + " " + text[found.end() :]
    one, two, three, sep = int(found["a"]), int(found["b"]), int(found["c"]), found["sep"]
    if one > 31:
        return _day(one, two, three, "numeric"), rest
    if len(found["a"]) > 2:
        return None, text
    if sep == "." or one > 12 or (day_first and two <= 12):
        return _day(three, two, one, "numeric"), rest
    if two > 12 or day_first is False or one == two:
        return _day(three, one, two, "numeric"), rest
    return None, text


def _latest(now: datetime, month: int, day: int, how: str) -> _Day | None:
    """Return the last such day that is not in the future."""
    for year in (now.year, now.year - 1):
        try:
            if datetime(year, month, day, tzinfo=UTC) <= now + _AHEAD:
                return _Day(year, month, day, how)
        except ValueError:
            continue
    return None


def _clock_of(found: re.Match[str]) -> tuple[int, int, int] | None:
    return (int(found["H"]), int(found["M"]), int(found["S"] or 0)) if found["H"] else None


def _relative(text: str, now: datetime) -> Dated | None:
    low = text.casefold()
    if low.strip(" .…") in _JUST_NOW:
        return Dated(now, False, "relative")
    if found := _DAY_WORD.search(low):
        return _days_ago(low, DAYS_AGO[found.group()], now)
    if not _AGO_WORD.search(low):
        return None
    for found in _SINCE.finditer(low):
        unit = UNITS.get(found["unit"]) or next(
            (
                length
                for name, length in UNITS.items()
                if not name.isascii() and found["unit"].startswith(name)
            ),
            None,
        )
        if unit:
            number = int(found["n"]) if found["n"].isdigit() else 1
            return Dated(now - timedelta(seconds=number * unit), unit >= 86400, "relative")
    return None


def _days_ago(text: str, days: int, now: datetime) -> Dated | None:
    then = now - timedelta(days=days)
    if re.search(r"\d{4}|\d{1,2}[./-]\d{1,2}", text):
        return None
    clock = clock_in(text)
    how = "relative" if zone_in(text) else "relative, zone assumed UTC"
    return _instant(_Day(then.year, then.month, then.day, how), clock, None, UTC)
