"""Finding words in every script, also where no spaces stand between them.

On SQLite a trigram index answers for terms of three characters and more; it is
brought up to date outside the ingest transaction, and what it lacks is read
word by word, so that a search is complete at any time.  Shorter terms, and
PostgreSQL, are answered by reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, column, func, or_, select, table

from state.store import sqlite
from state.store.article_rows import ArticleRow, ArticleRows
from state.store.db import Db
from state.store.stored_article import fold_for_search
from state.store.tables import articles, versions

_TRIGRAM = 3
_MOST_TERMS = 16
_TERM = re.compile(r'"([^"]+)"|([^\s"]+)')
_INDEX = table("versions_search", column("rowid"))
_DOCUMENTS = table("versions_search_docsize", column("id"))
_INDEXED = select(func.coalesce(func.max(_DOCUMENTS.c.id), 0)).scalar_subquery()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article in one of whose versions all terms stand; ``current`` tells whether they still do."""

    row: ArticleRow
    version: str
    current: bool


class Search:
    """The words of all versions."""

    def __init__(self, db: Db, rows: ArticleRows) -> None:
        self._db = db
        self._rows = rows

    def find(self, text: str, limit: int = 50) -> list[SearchHit]:
        """Return the articles in which every term stands, the newest versions first.

        Terms are parted by spaces; "several words" in quotation marks are one.
        Case, width and zero-width characters do not matter.
        """
        terms = _terms(text)
        if not terms:
            return []
        query = (
            select(versions.c.article, versions.c.version, versions.c.number)
            .join_from(versions, articles, articles.c.key == versions.c.article)
            .where(articles.c.canary.is_(False), versions.c.text.is_not(None), self._condition(terms))
            .order_by(versions.c.id.desc())
        )
        found: dict[str, Any] = {}
        for row in self._db.execute(query):
            found.setdefault(row.article, row)
            if len(found) == limit:
                break
        heads = self._rows.heads(found)
        return [
            SearchHit(heads[key], row.version, row.number == heads[key].versions)
            for key, row in found.items()
        ]

    def index(self, limit: int = 500) -> int:
        """Index up to ``limit`` versions more; return how many were, 0 when the index is complete."""
        return sqlite.index_more(self._db.connection, limit) if self._db.dialect == "sqlite" else 0

    def _condition(self, terms: list[str]) -> ColumnElement[bool]:
        every = and_(*(versions.c.text.contains(term, autoescape=True) for term in terms))
        long = [term for term in terms if len(term) >= _TRIGRAM]
        if self._db.dialect != "sqlite" or not long:
            return every
        phrases = " AND ".join('"' + term.replace('"', '""') + '"' for term in long)
        indexed = select(_INDEX.c.rowid).where(column("versions_search").op("MATCH")(phrases))
        short = [versions.c.text.contains(term, autoescape=True) for term in terms if len(term) < _TRIGRAM]
        return or_(
            and_(versions.c.id.in_(indexed), *short),
            and_(versions.c.id > _INDEXED, every),
        )


def _terms(text: str) -> list[str]:
    """Return the terms of a query, folded: words, and what stands between quotation marks."""
    parts = (quoted or plain for quoted, plain in _TERM.findall(text))
    folded = (" ".join(fold_for_search(part).split()) for part in parts)
    return [term for term in folded if term][:_MOST_TERMS]
