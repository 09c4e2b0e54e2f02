"""What goes into a crawl and what comes out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from state.errors import SourceError
from state.records import Page

#: Given the pages read so far for one ask, the next address to read, or None.
Follow = Callable[[Sequence[Page]], Awaitable[str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One address to fetch, and how.

    ``etag`` and ``last_modified`` are the server's own validators of an earlier
    answer.  ``stay`` refuses redirects to another registered domain; with
    ``whole`` a body that broke off is an error rather than a truncated page.
    ``about`` is handed back untouched.
    """

    url: str
    about: Any = None
    etag: str | None = None
    last_modified: str | None = None
    stay: bool = False
    whole: bool = True
    follow: Follow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """All that one ask brought: its pages in reading order, and the error that ended it, if one did."""

    ask: Ask
    pages: tuple[Page, ...] = ()
    error: SourceError | None = None
