"""When a page that could not be had is tried again: soon at first, never not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from state.errors import FetchError, NotArticleError, TocsinError

_SOON = tuple(timedelta(minutes=m) for m in (5, 15, 60, 180, 360, 720, 1440))
_LATE = tuple(timedelta(hours=h) for h in (1, 6, 24, 72, 168))
_RARELY = tuple(timedelta(days=d) for d in (1, 7, 30))


def retry_in(error: TocsinError, attempts: int) -> timedelta:
    """Return how long to wait after this error, the ``attempts``-th in a row before it counted.

    A server's own wish to be left alone is the least.
    """
    if isinstance(error, NotArticleError):
        steps = _RARELY if stands_there(error) == "other" else _LATE
    elif isinstance(error, FetchError) and error.retryable:
        steps = _SOON
    else:
        steps = _LATE
    wait = steps[min(attempts, len(steps) - 1)]
    asked = error.retry_after if isinstance(error, FetchError) else None
    return max(wait, asked) if asked is not None else wait


Standing = Literal["refusal", "nothing", "other"]


def stands_there(error: NotArticleError) -> Standing:
    """Return what stands in the article's place: a wall before it, the word that there is nothing, something else."""
    if "nothing here" in error.problem:
        return "nothing"
    if any(word in error.problem for word in ("challenge", "login", "refuses")):
        return "refusal"
    return "other"


_FIRST_REREAD = timedelta(minutes=12)
#: Age of an article → time until it is read again.
_REREADS = (
    (timedelta(hours=2), timedelta(minutes=20)),
    (timedelta(hours=12), timedelta(hours=1)),
    (timedelta(days=1), timedelta(hours=3)),
    (timedelta(days=7), timedelta(hours=12)),
    (timedelta(days=30), timedelta(days=3)),
    (timedelta(days=365), timedelta(days=30)),
)
_LONGEST_REREAD = timedelta(days=90)


def reread_in(age: timedelta, *, changed: bool = False) -> timedelta:
    """Return when an article of this age (since we first saw it) is read again: often while young, later rarely.

    One that just changed is read again like a young one.
    """
    if changed:
        return _FIRST_REREAD
    return next((wait for limit, wait in _REREADS if age < limit), _LONGEST_REREAD)
