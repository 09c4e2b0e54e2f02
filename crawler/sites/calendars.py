"""Years and days that are counted otherwise: Buddhist, Persian, Ethiopian, of Taiwan and Japan; Chinese numerals.

Sources: the 33-year cycle of the Persian calendar (exact from 1244 to 1472),
the Ethiopian epoch of 29 August 8 (Julian), the first years of the Japanese
eras.  A lunar Hijri date is not converted: it rests on a sighting.
"""

from __future__ import annotations

import re
from datetime import date

#: Day of the Persian new year that others are counted from: 1 Farvardin 1403.
_NOWRUZ_YEAR, _NOWRUZ = 1403, date(2024, 3, 20).toordinal()
_PERSIAN_LEAPS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_ETHIOPIAN_FIRST = 2796  # ordinal of 1 Meskerem 1
_BUDDHIST = 543
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA = re.compile(rf"(?:中[華华])?({'|'.join(_ERAS)}) ?(\d{{1,3}}|元) ?年")
_NUMERALS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "两": 2, "兩": 2,
}  # fmt: skip
_CHINESE = re.compile(
    r"[〇零○一二三四五六七八九十百廿卅两兩]+(?= ?(?:年|月|日|[號号]|[时時点點]|分|秒|小|天|[周週]|[个個]))"
)


def persian(year: int, month: int, day: int) -> date | None:
    """Return the day of a Persian (solar Hijri) date between 1300 and 1450, None if there is no such day."""
    if not (1300 <= year <= 1450 and 1 <= month <= 12 and 1 <= day <= _persian_length(year, month)):
        return None
    years = range(_NOWRUZ_YEAR, year) if year >= _NOWRUZ_YEAR else range(year, _NOWRUZ_YEAR)
    days = sum(366 if _is_persian_leap(each) else 365 for each in years)
    first = _NOWRUZ + (days if year >= _NOWRUZ_YEAR else -days)
    return date.fromordinal(first + 31 * (month - 1) - max(0, month - 7) + day - 1)


def _persian_length(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or _is_persian_leap(year) else 29


def _is_persian_leap(year: int) -> bool:
    return year % 33 in _PERSIAN_LEAPS


def ethiopian(year: int, month: int, day: int) -> date | None:
    """Return the day of an Ethiopian date (thirteen months), None if there is no such day."""
    longest = 30 if month <= 12 else 6 if year % 4 == 3 else 5
    if not (1 <= year <= 9000 and 1 <= month <= 13 and 1 <= day <= longest):
        return None
    return date.fromordinal(_ETHIOPIAN_FIRST + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def buddhist(year: int, month: int, *, khmer: bool) -> int | None:
    """Return the common year of a Buddhist one.

    Thailand and Laos begin it with January.  In Cambodia it begins at Visakha
    Bochea, in April or May: those months of a Khmer year are left unread.
    """
    if not khmer or month < 4:
        return year - _BUDDHIST
    return None if month <= 5 else year - _BUDDHIST - 1


def with_common_years(text: str) -> str:
    """Return a text in which 民國106年 and 令和6年 are 2017年 and 2024年, Chinese numerals figures."""
    counted = _CHINESE.sub(lambda found: str(_number(found.group())), text)
    return _ERA.sub(_common, counted)


def _common(found: re.Match[str]) -> str:
    number = 1 if found[2] == "元" else int(found[2])
    return f"{_ERAS[found[1]] + number}年"


def _number(numeral: str) -> int:
    if not set(numeral) & set("十百廿卅"):
        return int("".join(str(_NUMERALS[sign]) for sign in numeral))
    total = held = 0
    for sign in numeral.replace("廿", "二十").replace("卅", "三十"):
        if sign in "十百":
            total += (held or 1) * (10 if sign == "十" else 100)
            held = 0
        else:
            held = _NUMERALS[sign]
    return total + held
