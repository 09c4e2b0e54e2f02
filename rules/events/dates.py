"""Dates as news writes them, and what they mean beside the day of publication.

``iso`` has the precision of the text: a day, a month or a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

#: A reported act at least this old when the article appeared is background.
OLD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: place, words, and what of it is stated.

    ``days_back`` counts back from publication ("yesterday"), ``weekday`` is 0 for
    Monday, ``long_ago`` marks "years ago" where no more can be read.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    days_back: int | None = None
    long_ago: bool = False
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The day an article is read against; ``published`` is None where the article has no time."""

    published: date | None
    newest: date | None

    @property
    def year(self) -> int | None:
        """Return the year that dates without one are taken to be in."""
        day = self.published or self.newest
        return day.year if day else None


def reference(published_at: datetime | None, found: Iterable[Dated], stamps: Iterable[datetime]) -> Reference:
    """Return what dates are read against: publication, else the newest date in the text."""
    if published_at is not None:
        return Reference(published_at.date(), published_at.date())
    rows = list(found)
    years = [row.year for row in rows if row.year and 1900 < row.year < 2100] + [s.year for s in stamps]
    if not years:
        return Reference(None, None)
    year = max(years)
    days: list[date] = []
    for row in rows:
        if row.month:
            days.append(_safe(row.year or year, row.month, row.day or 1))
    if not days:
        days = [date(year, 1, 1)]
    return Reference(None, max(days))


def iso(row: Dated, ref: Reference) -> str | None:
    """Return our reading of a date, or None where the year cannot be known."""
    base = ref.published
    if row.days_back is not None:
        return (base - timedelta(days=row.days_back)).isoformat() if base else None
    if row.weekday is not None:
        if base is None:
            return None
        return (base - timedelta(days=(base.weekday() - row.weekday) % 7)).isoformat()
    year = row.year or (_year(row, ref) if row.month else None)
    if year is None:
        return None
    if row.month is None:
        return f"{year:04d}"
    if row.day is None:
        return f"{year:04d}-{row.month:02d}"
    return _safe(year, row.month, row.day).isoformat()


def _year(row: Dated, ref: Reference) -> int | None:
    base = ref.published
    if base is None or row.month is None:
        return ref.year
    ahead = timedelta(0) if row.prefix == "last" else timedelta(days=OLD.days)
    for year in (base.year + 1, base.year, base.year - 1):
        if _safe(year, row.month, row.day or 1) <= base + ahead:
            return year
    return base.year


def is_old(row: Dated, ref: Reference) -> bool:
    """Tell whether an act dated so is background: 60 days before publication, or another month than the newest."""
    if row.long_ago:
        return True
    if row.days_back is not None and ref.published is None:
        return row.days_back >= OLD.days
    text = iso(row, ref)
    if text is None:
        return False
    parts = [int(part) for part in text.split("-")]
    if (
        ref.published is not None
        and row.year is None
        and len(parts) > 1
        and date(parts[0], parts[1], 1) > ref.published
    ):
        # what was done in a month to come was done in that of last year
        parts[0] -= 1
    if ref.published is not None:
        return _last_day(parts) <= ref.published - OLD
    if ref.newest is None:
        return False
    newest = [ref.newest.year, ref.newest.month]
    return parts[: min(2, len(parts))] < newest[: min(2, len(parts))]


def _last_day(parts: Sequence[int]) -> date:
    if len(parts) == 3:
        return _safe(*parts)
    if len(parts) == 2:
        following = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
        return following - timedelta(days=1)
    return date(parts[0], 12, 31)


def _safe(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)
