"""Forum topics: which of those we know have new replies, as their lists tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crawler.settings import SourceTable
from state.identity import article_key
from state.records import Candidate

if TYPE_CHECKING:
    from state.store.tx import Tx


#: A site that marks everything as changed is read again over several looks.
_MOST_AT_ONCE = 50


def followed_topics(table: SourceTable, source: str) -> list[Candidate]:
    """Return the single topics that a source follows; each is its own channel."""
    return [
        Candidate(url=url, key=article_key(url), source=source, channel=url, kind="topic")
        for url in table.topics
    ]


def changed_topics(tx: Tx, candidates: Iterable[Candidate]) -> list[str]:
    """Return the keys of stored topics that a list shows with a later reply, or more of them, than we read.

    A feed's "updated" counts as well: an article it names again is read again.
    """
    shown = {c.key: c for c in candidates if c.modified_at is not None or c.comments is not None}
    changed: list[str] = []
    for key, row in tx.articles.heads(shown).items():
        candidate = shown[key]
        if candidate.modified_at is not None:
            if candidate.modified_at > row.fetched_at:
                changed.append(key)
        elif candidate.comments is not None and candidate.kind == "listing":
            article = tx.articles.get(key)
            if article is not None and candidate.comments > len(article.comments):
                changed.append(key)
    return changed[:_MOST_AT_ONCE]
