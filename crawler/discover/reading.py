"""What one page of a feed, sitemap or listing showed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from state.identity import host_of
from state.records import Candidate

_NOT_PAGES = (
    ".mp3", ".mp4", ".m4a", ".ogg", ".wav", ".avi", ".mov", ".pdf", ".zip", ".gz", ".jpg", ".jpeg", ".png",
    ".gif", ".webp", ".svg", ".css", ".js", ".xml", ".rss", ".ics",
)  # fmt: skip
_LONGEST_URL = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A further file of a sitemap index."""

    url: str
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The items of one page, in its order, and where more of them stand.

    ``parts`` are a sitemap index's files, ``older`` the next page back in time.
    ``whole`` is false where the document broke off: what came is used, but its
    validators must not be kept.  ``notes`` say what a person should know of it:
    that it broke off, that items were left out, that it has moved.  ``language``
    is what the document says of itself.  ``latest_at`` is the latest time of a
    list's rows where they bear days without hours, which no candidate keeps.
    """

    candidates: tuple[Candidate, ...] = ()
    parts: tuple[Part, ...] = ()
    older: str | None = None
    whole: bool = True
    notes: tuple[str, ...] = ()
    language: str | None = None
    latest_at: datetime | None = None


def address(base_url: str, link: str | None) -> str | None:
    """Return a link as an absolute web address of something that may be a page, else None."""
    url = web_address(base_url, link)
    return url if url is not None and not urlsplit(url).path.lower().endswith(_NOT_PAGES) else None


def web_address(base_url: str, link: str | None) -> str | None:
    """Return a link as an absolute http address without its fragment, else None."""
    if not link or len(link) > _LONGEST_URL:
        return None
    try:
        url = urljoin(base_url, link.strip())
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        parts.port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return None
    return parts._replace(fragment="").geturl()


def place(url: str) -> str:
    """Return what tells one page of a list from another: every part of the query counts, ``page=1`` too."""
    parts = urlsplit(url)
    query = "&".join(sorted(parts.query.split("&")))
    return f"{host_of(url)}{parts.path.rstrip('/')}?{query}"


def once(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return each key's first candidate, in order."""
    seen: dict[str, Candidate] = {}
    for candidate in candidates:
        seen.setdefault(candidate.key, candidate)
    return tuple(seen.values())
