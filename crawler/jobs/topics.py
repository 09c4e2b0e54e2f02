"""Forum topics: which of those we know have new replies, as their lists tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from crawler.settings import SourceTable
from state.identity import article_key
from state.records import Candidate

if TYPE_CHECKING:
    from state.store.tx import Tx


#: A site that marks everything as changed is read again over several looks.
_MOST_AT_ONCE = 50
_REST = timedelta(hours=1)
_REST_OF_WHOLE = timedelta(days=1)
_MOST_WHOLE = 5
_CLOCKS_DIFFER = timedelta(minutes=5)


def followed_topics(table: SourceTable, source: str) -> list[Candidate]:
    """Return the single topics that a source follows; each is its own channel."""
    return [
        Candidate(url=url, key=article_key(url), source=source, channel=url, kind="topic")
        for url in table.topics
    ]


def changed_topics(tx: Tx, candidates: Iterable[Candidate], now: datetime) -> list[str]:
    """Return the keys of stored topics that a list shows with a later reply, or more of them, than we read.

    A feed's "updated" counts as well: an article it names again is read again.
    Where the sign is weak (a count, which hidden posts make wrong for ever, or
    a time ahead of ours) it is followed once an hour at most.
    """
    shown = {c.key: c for c in candidates if c.modified_at is not None or c.comments is not None}
    changed: list[str] = []
    for key, row in tx.articles.heads(shown).items():
        candidate, rested = shown[key], now - row.fetched_at > _REST
        if candidate.modified_at is not None:
            is_later = candidate.modified_at > row.fetched_at
            if is_later and (rested or candidate.modified_at <= now + _CLOCKS_DIFFER):
                changed.append(key)
        elif candidate.comments is not None and candidate.kind == "listing" and rested:
            article = tx.articles.get(key)
            if article is not None and candidate.comments > len(article.comments):
                changed.append(key)
    return changed[:_MOST_AT_ONCE]


def shrunk_topics(tx: Tx, candidates: Iterable[Candidate], now: datetime) -> list[str]:
    """Return the keys of stored topics of which a board counts fewer replies than we hold: some were deleted.

    These are read whole, so once a day at most and few at a time: a board may count otherwise for ever.
    """
    shown = {c.key: c.comments for c in candidates if c.comments is not None and c.kind == "listing"}
    rested = (key for key, row in tx.articles.heads(shown).items() if now - row.fetched_at > _REST_OF_WHOLE)
    found = (
        key
        for key in rested
        if (article := tx.articles.get(key)) and len(article.comments) > (shown[key] or 0)
    )
    return list(islice(found, _MOST_WHOLE))
