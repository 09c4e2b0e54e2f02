"""An article's place among those stored: look-up by keys, comparison, and what it changes for others."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from rules.stories import Neighbour, addresses, assign, signature, story_id
from rules.stories.body import Body, body_of
from state.article import Article
from state.errors import InputError
from state.records import Event, Placement
from state.store.stories import StoryNeighbour
from state.store.tx import Tx

Reading = tuple[str | int | None, ...]
#: Stored articles that are read and compared, those that share most keys first.
COMPARED = 24
#: Of those that share an address so many are compared whatever else they share: a stated source decides.
ADDRESSED = 4
#: Articles compared lately, taken apart: those of a few days share names and figures again and again.
_MOST_LATELY = 600
_LATELY: WeakKeyDictionary[Engine, OrderedDict[Reading, Body]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article stands; ``found_original`` is the repost whose original it turned out to be."""

    placement: Placement
    found_original: str | None = None


def place(
    article: Article, key: str, events: Sequence[Event], tx: Tx, now: datetime, *, is_new: bool
) -> Placed:
    """Put a stored article into its story; one that was placed before stays where it is."""
    found = signature(article, events)
    known = None if is_new else tx.stories.of(key)
    if known is not None:
        tx.stories.place(key, known, found.keys, now=now)
        return Placed(known)
    assigned = assign(key, found, _neighbours(key, found.lookup, tx))
    reading = tx.stories.place(key, assigned.placement, found.keys, now=now)
    _LATELY[tx.db.connection.engine][reading] = found.body
    for other, placement in assigned.demoted:
        tx.stories.place(other, placement, None, now=now)
    if assigned.demoted:
        tx.stories.set_original(assigned.placement.story, key)
    return Placed(assigned.placement, assigned.found_original)


def _neighbours(key: str, lookup: Sequence[str], tx: Tx) -> list[Neighbour]:
    lately = _LATELY.setdefault(tx.db.connection.engine, OrderedDict())
    found = []
    near = tx.stories.neighbours(lookup, always=addresses(lookup), at_least=ADDRESSED + 1, limit=COMPARED + 1)
    for stored in near:
        body = lately.pop(stored.reading, None)
        if body is None and stored.key != key:
            article = tx.articles.get(stored.key)
            if article is not None:
                body = body_of(article, tx.events.of(stored.key, article.version))
        if body is None:
            continue
        lately[stored.reading] = body
        if stored.key != key:
            found.append(_neighbour(stored, body))
    while len(lately) > _MOST_LATELY:
        lately.popitem(last=False)
    return found


def _neighbour(stored: StoryNeighbour, body: Body) -> Neighbour:
    return Neighbour(
        key=stored.key, placement=stored.placement, article=body.article, events=body.events, body=body
    )


def split_off(key: str, tx: Tx, now: datetime) -> Placement:
    """Take an article out of its story, as the first of its own.

    Raises:
        InputError: The article is unknown, or stands alone already.
    """
    known = tx.stories.of(key)
    if known is None:
        raise InputError(f"there is no article {key}", hint="tocsin articles list shows the keys")
    others = [member for member in tx.stories.members(known.story) if member.key != key]
    if not others:
        raise InputError(f"{key} is the only article of its story")
    own = _unused(story_id(key), known.story)
    placement = Placement(own, "original", None, "split off by hand")
    tx.stories.place(key, placement, None, now=now)
    if known.relation == "original":
        heir = others[0].key
        tx.stories.place(
            heir, Placement(known.story, "original", None, f"{key} was split off"), None, now=now
        )
        tx.stories.set_original(known.story, heir)
    return placement


def _unused(own: str, current: str) -> str:
    """Return an id that differs from the story that the article itself began."""
    return f"{own}s" if own == current else own


def merge(into: str, other: str, tx: Tx, now: datetime) -> int:
    """Put all articles of one story into another, with the alerts of kinds that the other lacks.

    Returns how many articles moved.

    Raises:
        InputError: A story is unknown, or both are one.
    """
    target = tx.stories.row(into)
    members = tx.stories.members(other)
    if target is None or not members or into == other:
        raise InputError(f"{into} and {other} are not two stories", hint="tocsin stories list shows the ids")
    for member in members:
        why = f"merged by hand from {other}"
        tx.stories.place(member.key, Placement(into, "joined", target.original, why), None, now=now)
    kinds = {alert.kind for alert in tx.alerts.of_story(into)}
    for alert in tx.alerts.of_story(other):
        if alert.kind not in kinds:
            tx.alerts.update(replace(alert, story=into))
    return len(members)
