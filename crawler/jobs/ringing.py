"""What rings: is an item young enough to be news, or does it belong to the backlog?

Pure; the age is taken at the moment an address was found, so that a page that
could not be had for a week still rings when it comes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from state.article import Article

_DAY = timedelta(days=1)
#: Radio Free Asia's addresses end in the draft's creation time, on the clock of Washington.
_STAMP = re.compile(r"-(\d{2})(\d{2})((?:19|20)\d{2})(\d{2})(\d{2})(\d{2})(?:-\d+)?(?:\.html?)?/?$")
_DAY_STAMP = re.compile(r"-((?:19|20)\d{2})(\d{2})(\d{2})(?:\.html?)?/?$")
_DATED_PATH = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
_EASTERN = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How an item was found.

    ``is_first`` tells that its source (or the channel that showed it) had never
    been read to the end before; ``ring`` that a person asked for everything.
    """

    found_at: datetime
    is_first: bool
    lookback: timedelta
    first_run_lookback: timedelta
    ring: bool = False

    @property
    def horizon(self) -> datetime:
        """Return the instant before which an item is backlog."""
        return self.found_at - (self.first_run_lookback if self.is_first else self.lookback)


def fresh_posts(article: Article, finding: Finding) -> frozenset[int]:
    """Return the indexes of the posts that may ring: -1 is the article itself, else a comment's index.

    A reply without a time of its own is as old as the article.
    """
    opening = is_fresh(article_time(article), finding)
    fresh = {-1} if opening else set()
    for index, comment in enumerate(article.comments):
        if opening if comment.posted_at is None else is_fresh(comment.posted_at, finding):
            fresh.add(index)
    return frozenset(fresh)


def is_fresh(at: datetime | None, finding: Finding) -> bool:
    """Tell whether an item of this time rings; one without a time rings if its source was read before."""
    if finding.ring:
        return True
    if at is None:
        return not finding.is_first
    return at >= finding.horizon


def article_time(article: Article) -> datetime | None:
    """Return when an article was published: its own time, the end of its day, or the stamp in its address.

    A time that was only guessed from the page's text stands after the address.
    """
    at = article.published_at
    in_address = address_time(article.url or article.canonical_url or "")
    if at is not None and not (in_address and "published_at" in article.provenance.get("guessed", ())):
        how = article.provenance.get("published_at")
        is_day = isinstance(how, Mapping) and how.get("day_only") is True
        return at + _DAY if is_day else at
    return in_address


def address_time(url: str) -> datetime | None:
    """Return the time that an address carries: a stamp to the second, or the end of the day it names."""
    path = url.partition("?")[0].partition("#")[0]
    try:
        if found := _STAMP.search(path):
            month, day, year, hour, minute, second = (int(text) for text in found.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=_EASTERN).astimezone(UTC)
        if found := _DAY_STAMP.search(path) or _DATED_PATH.search(path):
            year, month, day = (int(text) for text in found.groups())
            return datetime(year, month, day, tzinfo=UTC) + _DAY
    except ValueError:
        return None
    return None
