"""The dates that these sites print → instants.

A table, not a guess: digits of all scripts, month names in some forty
languages, Buddhist, Persian, Ethiopian, Taiwanese and Japanese years, relative
words, RFC 822 and ISO variants.  What fits nothing is None, and so is what
could be two days; ``0001-01-01`` and everything before 1990 means "missing".
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from crawler.sites.ago import read_ago
from crawler.sites.calendars import with_common_years
from crawler.sites.days import AHEAD, Day, Page, day_in_figures, day_of, read_day
from crawler.sites.hours import clock_in, zone_in
from crawler.sites.months import MONTHS, TWO_WORDS

_LONGEST = 300
_DIGIT = re.compile(r"[0-9]")
_EARLIEST = 1990
_ISO = re.compile(
    r"(?<![\d.])(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"
    r"(?:(?:T|t|[ ,]+(?:at )?)(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d+)?)?"
    r" ?(?P<z>Z|z|UTC|GMT|[+-]\d{2}:?\d{2}(?!\d)|[+-]\d{2}(?![\d:]))?)?"
)
_ENGLISH = re.compile(
    r"(?P<month>[A-Za-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?, (?P<y>(?:19|20)\d{2}),?(?: -| at)? "
    r"(?P<H>\d{1,2}):(?P<M>\d{2})(?!:)(?: ?(?P<half>[AaPp])\.?[Mm])?(?![\d:])"
)
_FIGURES = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<c>(?:19|20)\d{2})(?P<clock>,? \d{1,2}:\d{2}(?: [AaPp][Mm])?)",
    re.ASCII,
)
_STAMP = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)T(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?(?P<z>Z|[+-]\d{4})?"
)
_UNSEEN = frozenset("\u200e\u200f\u200b\u200c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff")
_PERSIAN = re.compile("[\u06f0-\u06f9]")
_KHMER = re.compile("[\u1780-\u17ff]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_BURMESE_ZERO = re.compile("(?<=[\u1040-\u1049])\u101d(?![\u102b-\u103e])")
_COMMAS = str.maketrans(
    {
        **dict.fromkeys("၊،、，", ","),
        "।": " ",
        "．": ".",
        "：": ":",
        "།": " ",
        "−": "-",
        "\u2010": "-",
        "\u2011": "-",
    }
)


class Dated(NamedTuple):
    """A date as read.

    ``day_only`` tells that the text names no hour: ``at`` is then the first
    instant of that day.  ``how`` names the form, and after it all that was
    assumed: the zone, the year, the century, the order of day and month.
    """

    at: datetime
    day_only: bool
    how: str


def parse_date(
    text: str | None,
    *,
    now: datetime,
    day_first: bool | None = None,
    zone: tzinfo | None = None,
    language: str | None = None,
) -> Dated | None:
    """Return the instant a text names, or None.

    Args:
        text: A date as printed, or the value of a ``datetime`` attribute.
        now: The present instant: "yesterday" counts from it, later dates are refused.
        day_first: How to read ``5/6/2017``, by evidence of the page.
        zone: The clock of the site; UTC is assumed, and said, where neither text nor caller name one.
        language: Of the page: it orders ``5/6/2017`` where the page does not (said in ``how``), and tells words
            and zones apart that mean two things.  Without either an ambiguous date stays unread.
    """
    if not text or len(text) > _LONGEST:
        return None
    stripped = " ".join(text.split())
    if (
        (iso := _ISO.match(stripped))
        and int(iso["y"]) >= _EARLIEST
        and (iso["H"] or iso.end() == len(stripped))
    ):
        found = _from_iso(iso, stripped, zone, language)
    elif (english := _ENGLISH.search(stripped)) and english["month"].lower() in MONTHS:
        found = _from_english(english, stripped, zone, language)
    else:
        page = _page(stripped, now, day_first, language)
        figures = _FIGURES.fullmatch(stripped)
        found = _from_figures(figures, page, zone) if figures else _from_text(stripped, page, zone)
    if found is None or found.at.year < _EARLIEST or found.at > now + AHEAD:
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
    return at if at.year >= _EARLIEST and at <= now + AHEAD else None


def _plain(text: str) -> str:
    """Return the text with digits and commas of all scripts in ASCII, common years, and bidi marks gone."""
    text = text.replace("»", "|").replace("«", "|")  # the one mark beyond ASCII in many boards' dates
    if text.isascii():
        return text
    out = []
    for char in unicodedata.normalize("NFC", _BURMESE_ZERO.sub("\u1040", text)):
        if char.isascii():
            out.append(char)
        elif char not in _UNSEEN:
            digit = unicodedata.digit(char, -1) if char.isdigit() else -1
            out.append(str(digit) if digit >= 0 else char)
    plain = "".join(out)
    if "།" in plain:
        plain = re.sub(r"(?<=\d)།(?=\d)", ".", plain)
    for two, one in TWO_WORDS.items():
        plain = plain.replace(two, one)
    return with_common_years(plain.translate(_COMMAS))


def _from_iso(found: re.Match[str], text: str, zone: tzinfo | None, language: str | None) -> Dated | None:
    day = day_of(found["y"], found["m"], found["d"], "iso")
    clock = (int(found["H"]), int(found["M"]), int(found["S"] or 0)) if found["H"] else None
    rest = text[found.end() :]
    offset = found["z"]
    named = UTC if offset == "Z" else zone_in(f"0 {offset}" if offset else rest, language)
    if clock and not offset and rest:  # "02:30 PM"
        clock = clock_in(f"{clock[0]}:{clock[1]:02}:{clock[2]:02}{rest}")
    return _instant(day, clock or clock_in(rest), named, zone)


def _from_english(found: re.Match[str], text: str, zone: tzinfo | None, language: str | None) -> Dated | None:
    """Read the form that most forums print: ``Dec 21, 2018 6:11 pm``."""
    half = (found["half"] or "").lower()
    hour = int(found["H"]) % 12 + 12 * (half == "p") if half else int(found["H"])
    day = day_of(found["y"], MONTHS[found["month"].lower()], found["d"], "month name")
    return _instant(day, (hour, int(found["M"]), 0), zone_in(text[found.end() :], language), zone)


def _from_figures(found: re.Match[str], page: Page, zone: tzinfo | None) -> Dated | None:
    """Read another form that most forums print: ``02-16-2013, 08:10 AM``, ``21.01.2009, 05:42``."""
    return _instant(day_in_figures(found, page), clock_in(found["clock"]), None, zone)


def _page(text: str, now: datetime, day_first: bool | None, language: str | None) -> Page:
    spoken = (language or "").split("-")[0].lower()
    is_foreign = not text.isascii()
    return Page(
        now,
        day_first,
        spoken,
        persian=spoken in ("fa", "ps", "prs") or (is_foreign and _PERSIAN.search(text) is not None),
        khmer=is_foreign and _KHMER.search(text) is not None,
        thai=spoken == "th" or (is_foreign and _THAI.search(text) is not None),
    )


def _from_text(text: str, page: Page, zone: tzinfo | None) -> Dated | None:
    plain = _plain(text)
    if ago := read_ago(plain, page.now.astimezone(zone or UTC), page.language):
        if ago.at:
            return Dated(ago.at.astimezone(UTC), False, ago.how)
        day = Day(ago.day.year, ago.day.month, ago.day.day, ago.how)
        return _instant(day, ago.clock, zone_in(plain, page.language), zone)
    return _absolute(plain, page, zone)


def _absolute(text: str, page: Page, zone: tzinfo | None) -> Dated | None:
    for pattern in (_STAMP, _ISO):
        if (found := pattern.search(text)) and int(found["y"]) >= _EARLIEST and int(found["y"]) < 2400:
            return _from_iso(found, f"{text} {text[: found.start()]}", zone, page.language)
    day, rest = read_day(text, page) if _DIGIT.search(text) else (None, text)
    if day is None:
        return None
    return _instant(day, clock_in(rest), zone_in(rest, page.language), zone)


def _instant(
    day: Day | None, clock: tuple[int, int, int] | None, named: tzinfo | None, zone: tzinfo | None
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
