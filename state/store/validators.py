"""What each feed, listing, sitemap or topic page of a source showed at the last look.

Stored in the transaction of its candidates, never before: validators that were
kept without them would hide those items for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from state.article_json import instant_from_json, instant_to_json
from state.store.db import Db
from state.store.tables import sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSeen:
    """One address of a source, as it answered last.

    ``etag`` and ``last_modified`` are the server's own words, replayed as they
    came; ``items`` the article keys it showed, for the check that the next look
    overlaps; ``newest_at`` its newest item's time; ``error`` why it cannot be
    read at present, empty if it can.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    items: tuple[str, ...] = ()
    newest_at: datetime | None = None
    seen_at: datetime | None = None
    ok_at: datetime | None = None
    error: str = ""


_GET = select(sources.c.channels).where(sources.c.name == bindparam("called"))
_PUT = (
    update(sources)
    .where(sources.c.name == bindparam("called"))
    .values(channels=bindparam("seen", type_=sources.c.channels.type))
)


class Validators:
    """The column ``channels`` of ``sources``: address → what it showed."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, source: str, url: str) -> ChannelSeen | None:
        """Return what an address showed last; None if it was never read."""
        return self.of(source).get(url)

    def of(self, source: str) -> dict[str, ChannelSeen]:
        """Return every address of a source that was read."""
        forms: dict[str, Any] = self._db.value(_GET, {"called": source}) or {}
        return {url: _from_json(form) for url, form in forms.items()}

    def put(self, source: str, url: str, seen: ChannelSeen) -> None:
        """Keep what an address showed.

        Raises:
            LookupError: There is no such source.
        """
        forms: dict[str, Any] | None = self._db.value(_GET.with_for_update(), {"called": source})
        if forms is None:
            raise LookupError(source)
        self._db.execute(_PUT, {"called": source, "seen": forms | {url: _to_json(seen)}})


def _to_json(seen: ChannelSeen) -> dict[str, Any]:
    return {
        "etag": seen.etag,
        "last_modified": seen.last_modified,
        "body_hash": seen.body_hash,
        "items": list(seen.items),
        "newest_at": instant_to_json(seen.newest_at),
        "seen_at": instant_to_json(seen.seen_at),
        "ok_at": instant_to_json(seen.ok_at),
        "error": seen.error,
    }


def _from_json(form: dict[str, Any]) -> ChannelSeen:
    instants = {
        name: instant_from_json(form[name]) if form[name] else None
        for name in ("newest_at", "seen_at", "ok_at")
    }
    return ChannelSeen(
        etag=form["etag"],
        last_modified=form["last_modified"],
        body_hash=form["body_hash"],
        items=tuple(form["items"]),
        error=form["error"],
        **instants,
    )
