"""The day in a printed date, with month names, words and calendars of many languages.

Each reader takes a text with ASCII digits and returns the day it names and
the rest of the text, in which the hour and the zone stand.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from crawler.sites.calendars import buddhist, ethiopian, persian
from crawler.sites.months import (
    CONTESTED,
    ETHIOPIAN_MONTHS,
    MONTHS,
    PERSIAN_MONTHS,
    VIETNAMESE_MONTHS,
    unspaced_months,
)

#: How far a clock of a site may run ahead of ours.
AHEAD = timedelta(days=1)
#: Day, month and year as figures with words of their own, per script.
_WORDED = (
    re.compile(r"(?<!\d)(?P<y>\d{4}) ?[年년] ?(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2})(?: ?[日號号일]|(?!\d))"),
    re.compile(r"(?<!\d)(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}), ?(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2}) ?(?:ខែ|ເດືອນ|เดือน)(?:ទី|ທີ|ที่)? ?(?P<m>\d{1,2})"
        r" ?,?(?:ឆ្នាំ|ປີ|ปี)(?: ?พ\.ศ\.)? ?(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4}) ?ခုနှစ်[ ,]*(?P<m>\d{1,2}) ?(?:လပိုင်း|လ)[ ,]*(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})\D{0,16}?ཟླ་(?:བ་)?\s?(?P<m>\d{1,2})\D{0,14}?(?:ཚེས་|ཉིན་)\s?(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?:ཚེས་|ཉིན་)\s?(?P<d>\d{1,2})\D{0,14}?ཟླ་(?:བ་)?\s?(?P<m>\d{1,2})\D{0,16}?(?:ལོ་?)\s?(?P<y>\d{4})(?!\d)"),
    re.compile(r"ཟླ་?(?:བ་)?\s?(?P<m>\d{1,2})\D{0,14}?(?:ཚེས་?|ཉིན་)\s?(?P<d>\d{1,2})\D{1,12}(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4}) ?- ?يىل\w* (?P<m>\d{1,2}) ?- ?ئاي\w* (?P<d>\d{1,2})(?!\d)"),
)  # fmt: skip
#: A Tibetan month or year: lunar, not converted.
_LUNAR = re.compile("བོད་(?:ཟླ|ལོ)|រោច|កើត ?ខែ")
_CJK_DAY = re.compile(r"(?<![年년\d])(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日號号일]")
_VIETNAMESE = re.compile(
    rf"(?<!\d)(?:(?P<d>\d{{1,2}}) )?(?:tháng|thg) (?P<m>\d{{1,2}}|{'|'.join(VIETNAMESE_MONTHS)})"
    r"(?P<d2> \d{1,2}(?=,? (?:năm )?\d{4}))?"
    r"(?:,? năm|,)? (?P<y>\d{4})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\w.:/-])(?P<a>\d{1,4})(?P<sep>[./-]) ?(?P<b>\d{1,2})(?P=sep) ?(?P<c>\d{4}|\d{2})(?![\d:/-])"
)
_NAME = re.compile(r"[^\s\d.,;:/()\[\]{}|_«»\"“”‘’【】+*–—-]+")
#: What may stand around the name of a month: "12, 2017", "04, 07 3:15", "2017 …", and read backwards "… 61".
_MONTH_DAY_YEAR = re.compile(
    r"လ?[ .,-]{0,3}(\d{1,2})(?:st|nd|rd|th)?(?: ቀን| ?ရက်)?[ ,.'’-]{1,4}(?:at |de[l]? )?(\d{4})(?![\d:])"
)
_MONTH_DAY_CLOCK_YEAR = re.compile(
    r" (\d{1,2}),? (?=\d{1,2}:\d{2}(?::\d{2})? (?:[A-Z]{2,5} )?((?:19|20)\d{2})(?!\d))"
)
_MONTH_DAY_SHORT_YEAR = re.compile(r"[ .]{1,2}(\d{1,2}),? (?:[’'](\d{2})(?!\d)|(\d{2})(?= \d{1,2}:))")
_YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})[^\d:]{1,24}(\d{1,2})?[^\d:]{0,3}$")
_DAY_AFTER_MONTH = re.compile(r"\D{0,6}(\d{1,2})(?![\d:])")
_DAY_BACKWARDS = re.compile(r"[^\d:]{0,10}(\d{1,2})(?![\d:A-Za-z])")
_YEAR_AFTER = re.compile(r"[^\d:]{0,14}(\d{4})(?!\d)")
_SHORT_YEAR_AFTER = re.compile(r"[ .,'’-]{1,3}(\d{2})(?![\d:.])")
_DAY_ALONE = re.compile(r"[ .]{1,2}(\d{1,2})(?:st|nd|rd|th)?(?![\d:])")
_LONG_FIGURE = re.compile(r"\d{3}")
#: Languages that write the day before the month; English does both, and is not here.
_DAY_FIRST = frozenset(
    "vi fr es pt it nl ru uk be bg sr hr bs ro pl cs sk tr az de da no nb sv fi el "
    "id ms th lo km my ar fa ur hi bn ta sw ha am ug bo he".split()
)


class Day(NamedTuple):
    """A day of the common calendar, and how it was found."""

    year: int
    month: int
    day: int
    how: str


class Page(NamedTuple):
    """What the page tells about its dates."""

    now: datetime
    day_first: bool | None
    language: str
    persian: bool = False
    khmer: bool = False
    thai: bool = False


def read_day(text: str, page: Page) -> tuple[Day | None, str]:
    """Return the day that a text names, and the rest of the text; None for a lunar date."""
    if not _LUNAR.search(text):
        foreign = () if text.isascii() else (_worded, _vietnamese, _other_calendar)
        for reader in (*foreign, _named, _numeric):
            day, rest = reader(text, page)
            if day:
                return day, rest
    return None, text


def day_of(
    year: str | int, month: str | int, day: str | int, how: str, page: Page | None = None
) -> Day | None:
    """Return the common day of figures as printed; None if there can be none."""
    number, month = int(year), int(month)
    if len(str(year)) < 3:
        how = f"{how}, century assumed"
        number += (2500 if page and page.thai else 2000) if number < 70 else 1900
    if 2400 <= number <= 2700:
        common = buddhist(number, month, khmer=bool(page and page.khmer))
        number, how = common or 0, f"{how}, Buddhist year"
    if page and page.persian and 1369 <= number <= 1409:
        return _converted(persian(number, month, int(day)), f"{how}, Persian calendar")
    if not (1 <= month <= 12 and 1 <= int(day) <= 31 and number >= 1):
        return None
    return Day(number, month, int(day), how)


def _converted(day: date | None, how: str) -> Day | None:
    return Day(day.year, day.month, day.day, how) if day else None


def _worded(text: str, page: Page) -> tuple[Day | None, str]:
    for pattern in _WORDED:
        if found := pattern.search(text):
            rest = f"{text[found.end() :]} {text[: found.start()]}"
            return day_of(found["y"], found["m"], found["d"], "figures with words", page), rest
    if (found := _CJK_DAY.search(text)) and not _LONG_FIGURE.search(text):
        how = "figures with words, year assumed"
        return _latest(page.now, int(found["m"]), int(found["d"]), how), text[found.end() :]
    return None, text


def _vietnamese(text: str, page: Page) -> tuple[Day | None, str]:
    low = text.lower()
    if not (found := _VIETNAMESE.search(low)) or not (day := found["d"] or found["d2"]):
        return None, text
    month = VIETNAMESE_MONTHS.get(found["m"]) or found["m"]
    return day_of(found["y"], month, day, "vietnamese"), low[: found.start()] + " " + low[found.end() :]


def _other_calendar(text: str, page: Page) -> tuple[Day | None, str]:
    """Read a day of the Persian or Ethiopian calendar by the name of its month."""
    for word in _NAME.finditer(text):
        name = word.group().casefold()
        table = (
            PERSIAN_MONTHS
            if name in PERSIAN_MONTHS
            else ETHIOPIAN_MONTHS
            if name in ETHIOPIAN_MONTHS
            else None
        )
        if table is None:
            continue
        day, rest = _with_year(text[: word.start()], table[name], text[word.end() :], None)
        if day and table is PERSIAN_MONTHS and day.year < 1500:
            return _converted(persian(day.year, day.month, day.day), "Persian calendar"), rest
        if day and table is ETHIOPIAN_MONTHS:
            return _converted(ethiopian(day.year, table[name], day.day), "Ethiopian calendar"), rest
    return None, text


def _named(text: str, page: Page) -> tuple[Day | None, str]:
    """Read a day and year around the name of a month, in either order.

    A date without a year comes last: "mar 04 mar 2008" is a Tuesday in March.
    """
    names = _month_names(text, page.language)
    for start, end, month in names:
        day, rest = _with_year(text[:start], month, text[end:], page)
        if day:
            return day, rest
    if _LONG_FIGURE.search(text):
        return None, text
    for start, end, month in names:
        number = (
            _leading(text[end:], _DAY_ALONE) or (_leading(text[:start][::-1], _DAY_BACKWARDS) or "")[::-1]
        )
        if number:
            return _latest(page.now, month, int(number), "month name, year assumed"), text[end:]
    return None, text


def _with_year(before: str, month: int, after: str, page: Page | None) -> tuple[Day | None, str]:
    for pattern in (_MONTH_DAY_YEAR, _MONTH_DAY_CLOCK_YEAR, _MONTH_DAY_SHORT_YEAR):
        if found := pattern.match(after):
            day = _named_day(found[found.lastindex or 2], month, found[1], page)
            return day, after[found.end() :] + " " + before
    if found := _YEAR_BEFORE.search(before):
        number = found[2] or _leading(after, _DAY_AFTER_MONTH)
        if number:
            return _named_day(found[1], month, number, page), before[: found.start()] + after
    number = (_leading(before[::-1], _DAY_BACKWARDS) or "")[::-1]
    if number and (found := _YEAR_AFTER.match(after) or _SHORT_YEAR_AFTER.match(after)):
        return _named_day(found[1], month, number, page), after[found.end() :] + " " + before[
            : -len(number) - 1
        ]
    return None, after


def _named_day(year: str, month: int, day: str, page: Page | None) -> Day | None:
    if page is None:  # of another calendar: its own months and years
        return Day(int(year), month, int(day), "") if len(year) == 4 else None
    return day_of(year, month, day, "month name", page)


def _leading(text: str, pattern: re.Pattern[str]) -> str | None:
    found = pattern.match(text)
    return found[1] if found else None


def _month_names(text: str, language: str) -> list[tuple[int, int, int]]:
    found = []
    for match in _NAME.finditer(text):
        name = match.group().casefold().removesuffix("نىڭ")  # the Uyghur genitive
        month = MONTHS.get(name) or CONTESTED.get(name, {}).get(language)
        if month:
            found.append((match.start(), match.end(), month))
    return found or ([] if text.isascii() else unspaced_months(text))


def _numeric(text: str, page: Page) -> tuple[Day | None, str]:
    found = _NUMERIC.search(text)
    if found is None:
        return None, text
    return day_in_figures(found, page), text[: found.start()] + " " + text[found.end() :]


def day_in_figures(found: re.Match[str], page: Page) -> Day | None:
    """Return the day of the figures ``a``, ``b`` and ``c`` between which ``sep`` stands; None if it may be another."""
    one, two = int(found["a"]), int(found["b"])
    if len(found["a"]) == 4:
        return day_of(found["a"], two, found["c"], "numeric", page) if len(found["c"]) == 2 else None
    if len(found["a"]) == 3 or (len(found["c"]) == 2 and page.day_first is None):
        return None  # a two-digit year could be any of the three
    how = "numeric"
    day_first = page.day_first
    if one > 12 or two > 12:
        day_first = one > 12
    elif day_first is None and one != two:
        if found["sep"] != "." and page.language not in _DAY_FIRST:
            return None
        day_first, how = True, "numeric, order of day and month assumed"
    day, month = (found["a"], two) if day_first else (found["b"], one)
    return day_of(found["c"], month, day, how, page)


def _latest(now: datetime, month: int, day: int, how: str) -> Day | None:
    """Return the last such day that is not in the future."""
    for year in (now.year, now.year - 1):
        try:
            if datetime(year, month, day, tzinfo=UTC) <= now + AHEAD:
                return Day(year, month, day, how)
        except ValueError:
            continue
    return None
