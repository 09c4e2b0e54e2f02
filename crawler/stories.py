"""An article's place among those stored: look-up by keys, comparison, and what it changes for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.stories import Neighbour, assign, signature
from state.article import Article
from state.records import Event, Placement
from state.store.tx import Tx

#: Stored articles that are read and compared, those that share most keys first.
COMPARED = 24


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
    tx.stories.place(key, assigned.placement, found.keys, now=now)
    for other, placement in assigned.demoted:
        tx.stories.place(other, placement, None, now=now)
    if assigned.demoted:
        tx.stories.set_original(assigned.placement.story, key)
    return Placed(assigned.placement, assigned.found_original)


def _neighbours(key: str, lookup: Sequence[str], tx: Tx) -> list[Neighbour]:
    found = []
    for stored in tx.stories.neighbours(lookup, limit=COMPARED + 1):
        article = tx.articles.get(stored.key) if stored.key != key else None
        if article is not None:
            events = tuple(tx.events.of(stored.key, article.version))
            found.append(
                Neighbour(key=stored.key, placement=stored.placement, article=article, events=events)
            )
    return found
