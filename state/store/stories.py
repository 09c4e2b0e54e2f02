"""Stories: which articles belong together, and how a later one finds them.

An article is found by its rare keys (bands of a MinHash, a person with a date).
Of each key only the newest articles are looked at, so that the cost of placing
one does not grow with the archive.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, bindparam, literal, select, union_all, update

from state.records import Placement
from state.store.db import AnyRow, Db
from state.store.prepared import Prepared
from state.store.tables import articles, stories, story_keys

#: Articles looked at for one key, the newest.
PER_KEY = 64
#: Articles returned, those that share most.
MOST_NEIGHBOURS = 24
_MOST_KEYS = 128
_STEP = 8


@dataclass(frozen=True, slots=True)
class StoryNeighbour:
    """An article that shares ``shared`` keys with another, and its place.

    ``reading`` changes whenever its text, or what the rules found in it, does.
    """

    key: str
    placement: Placement
    shared: int
    first_seen_at: datetime
    reading: tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One article of a story, and as what it belongs there."""

    key: str
    url: str | None
    title: str
    source: str | None
    language: str | None
    relation: str
    of: str | None
    why: str | None
    state: str
    published_at: datetime | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story; ``original`` is the key of the article it is told by."""

    id: str
    original: str
    opened_at: datetime
    changed_at: datetime


_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_PLACED = (
    articles.c.key,
    articles.c.story,
    articles.c.relation,
    articles.c.relation_of,
    articles.c.relation_why,
)
_READING = (
    articles.c.key,
    articles.c.state,
    articles.c.versions,
    articles.c.version,
    articles.c.matched_version,
    articles.c.ruleset,
    articles.c.engine,
)
_CANDIDATES = select(articles.c.id, articles.c.first_seen_at, *_PLACED, *_READING[1:]).where(
    articles.c.id.in_(_IDS), articles.c.story.is_not(None)
)
_OF = Prepared(select(*_PLACED).where(articles.c.key == bindparam("called"), articles.c.story.is_not(None)))
_PLACE = Prepared(
    update(articles)
    .where(articles.c.key == bindparam("called"))
    .values(
        story=bindparam("in_story"),
        relation=bindparam("as_what"),
        relation_of=bindparam("of"),
        relation_why=bindparam("because", type_=articles.c.relation_why.type),
    )
    .returning(articles.c.id, *_READING)
)
_CHANGED = Prepared(
    update(stories).where(stories.c.id == bindparam("called")).values(changed_at=bindparam("now"))
)
_TOLD_BY = update(stories).where(stories.c.id == bindparam("called")).values(original=bindparam("by"))
_GET = select(stories).where(stories.c.id == bindparam("called"))
_MEMBERS = (
    select(
        articles.c.key,
        articles.c.url,
        articles.c.title,
        articles.c.source,
        articles.c.language,
        articles.c.relation,
        articles.c.relation_of,
        articles.c.relation_why,
        articles.c.state,
        articles.c.published_at,
        articles.c.first_seen_at,
    )
    .where(articles.c.story == bindparam("called"))
    .order_by(articles.c.first_seen_at, articles.c.id)
)


class Stories:
    """Rows of ``stories`` and ``story_keys``, and the place of each article among them."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def place(
        self, key: str, placement: Placement, keys: Sequence[str] | None, *, now: datetime
    ) -> tuple[str | int | None, ...]:
        """Put a stored article into a story, opening it if it is new, and remember by which keys to find it.

        Keys are added to those it has: what it said before still leads to it.
        Returns what tells its present reading apart, as ``StoryNeighbour.reading`` does.

        Raises:
            LookupError: The article is not stored.
        """
        opened = {"id": placement.story, "original": key, "opened_at": now, "changed_at": now}
        if not self._db.insert_new(stories, opened):
            self._db.run(_CHANGED, {"called": placement.story, "now": now})
        row = self._db.one(_PLACE, _place_values(key, placement))
        if row is None:
            raise LookupError(key)
        if keys:
            self._db.insert_all_new(
                story_keys, [{"key": _digest(key), "article": row.id} for key in dict.fromkeys(keys)]
            )
        return _reading(row)

    def of(self, key: str) -> Placement | None:
        """Return the place of an article; None if it has none yet."""
        row = self._db.one(_OF, {"called": key})
        return None if row is None else _placement(row)

    def neighbours(
        self,
        keys: Sequence[str],
        *,
        always: Sequence[str] = (),
        at_least: int = 0,
        per_key: int = PER_KEY,
        limit: int = MOST_NEIGHBOURS,
    ) -> Sequence[StoryNeighbour]:
        """Return the articles that share the rarest keys, of those the ones that share most first.

        Of each key the ``per_key`` newest are looked at, and no more than 128 keys.  A key counts
        the less, the more articles hold it: a paragraph of background is shared by many.  Up to
        ``at_least`` holders of the keys in ``always`` are there whatever else they share.
        """
        wanted = list(dict.fromkeys([*always, *keys]))[:_MOST_KEYS]
        if not wanted:
            return []
        slots = -(-len(wanted) // _STEP) * _STEP
        values = {f"k{n}": _digest(wanted[n]) if n < len(wanted) else None for n in range(slots)}
        found_by = self._db.all(_newest(slots, per_key), values)
        shared = Counter(row.article for row in found_by)
        surely = [row for row in found_by if row.slot < len(set(always))]
        closest = {*_closest(surely, at_least), *_closest(found_by, limit)}
        rows = self._db.all(_CANDIDATES, {"ids": sorted(closest)}) if closest else ()
        found = [
            StoryNeighbour(
                row.key,
                _placement(row),
                shared[row.id],
                row.first_seen_at,
                _reading(row),
            )
            for row in rows
        ]
        return sorted(found, key=lambda one: (-one.shared, one.first_seen_at, one.key))

    def members(self, story: str) -> Sequence[Member]:
        """Return a story's articles in the order in which they were first seen."""
        return [Member(*row) for row in self._db.all(_MEMBERS, {"called": story})]

    def row(self, story: str) -> StoryRow | None:
        """Return one story."""
        row = self._db.one(_GET, {"called": story})
        return None if row is None else StoryRow(*row)

    def set_original(self, story: str, key: str) -> None:
        """Say which article the story is told by: the original of what were copies was found."""
        self._db.run(_TOLD_BY, {"called": story, "by": key})

    def list(self, *, since: datetime | None = None, limit: int = 100) -> Sequence[StoryRow]:
        """Return stories by their last change, newest first, without canaries and those left empty."""
        told = select(articles.c.story).where(articles.c.story == stories.c.id, articles.c.canary.is_(False))
        query = select(stories).where(told.exists()).order_by(stories.c.changed_at.desc(), stories.c.id)
        if since is not None:
            query = query.where(stories.c.changed_at >= since)
        return [StoryRow(*row) for row in self._db.all(query.limit(limit))]


def _reading(row: AnyRow) -> tuple[str | int | None, ...]:
    return tuple(getattr(row, column.name) for column in _READING)


def _place_values(key: str, placement: Placement) -> dict[str, Any]:
    return {
        "called": key,
        "in_story": placement.story,
        "as_what": placement.relation,
        "of": placement.of,
        "because": placement.why,
    }


def _digest(key: str) -> int:
    """Return 64 bits for a key: keys may hold names, and those are not to outlive their text."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _placement(row: AnyRow) -> Placement:
    return Placement(row.story, row.relation, row.relation_of, row.relation_why or "")


@lru_cache(maxsize=64)
def _newest(slots: int, per_key: int) -> Prepared:
    """Return a query for the newest articles of each of so many keys."""
    parts = []
    for number in range(slots):
        newest = (
            select(story_keys.c.article)
            .where(story_keys.c.key == bindparam(f"k{number}", type_=story_keys.c.key.type))
            .order_by(story_keys.c.article.desc())
            .limit(per_key)
            .subquery()
        )
        parts.append(select(newest.c.article, literal(number).label("slot")))
    return Prepared(union_all(*parts))


def _closest(found_by: Sequence[AnyRow], limit: int) -> list[int]:
    """Return the articles that hold most of the keys, a key that many hold counting little."""
    holders = Counter(row.slot for row in found_by)
    weights: dict[int, float] = defaultdict(float)
    for row in found_by:
        weights[row.article] += 1 / holders[row.slot]
    return sorted(weights, key=lambda number: (-weights[number], number))[:limit]
