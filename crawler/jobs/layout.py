"""Whether a site changed its layout: what parsers noted in the newest articles of a source, against those before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from crawler.discover.health import CHANGED, CUT, Layout
from state.article import Article

if TYPE_CHECKING:
    from state.store.article_rows import ArticleRow
    from state.store.sources import SourceRow
    from state.store.tx import Tx

Mark = Literal["", "missed", "cut", "stood in"]

#: How many of the newest pages are judged, and by how many in all a source's habit is told.
_NEWEST, _HABIT = 3, 13
_FEWEST_STAND_INS = 2
_HELD_AGAINST = timedelta(days=7)
_STAND_INS = frozenset({"generic", "structure"})


def mark(article: Article) -> Mark:
    """Return how a page was read where no parser took all of it.

    ``missed``: less than a fifth of what a reader sees was taken, and more running text was left than taken (a short
    notice among many links is no missed article); ``cut``: its end was not read; ``stood in``: no parser made for
    this layout took it.
    """
    told = article.provenance
    drift, left = told.get("drift"), told.get("outside")
    if isinstance(drift, dict) and isinstance(left, list) and sum(map(len, left)) > drift.get("taken", 0):
        return "missed"
    if told.get("truncated"):
        return "cut"
    return "stood in" if told.get("failed") or told.get("less") or told.get("parser") in _STAND_INS else ""


class Readings:
    """How the pages of each source were read in one run over an archive."""

    def __init__(self) -> None:
        self._marks: dict[str, Counter[Mark]] = {}

    def add(self, article: Article) -> None:
        """Count one page."""
        whose = article.source or urlsplit(article.url or "").hostname or "no address"
        self._marks.setdefault(whose, Counter())[mark(article)] += 1

    def remarks(self) -> list[str]:
        """Return what is to be told of layouts, source by source.

        Stand-ins are told of only where others of the source's pages were read by
        a parser made for them: else that is how the source is read.
        """
        return [remark for whose in sorted(self._marks) for remark in _remarks(whose, self._marks[whose])]


def _remarks(whose: str, marks: Counter[Mark]) -> Iterator[str]:
    of = f"of {marks.total():,} page{'s' if marks.total() != 1 else ''}"
    if missed := marks["missed"]:
        yield f"{whose}: {CHANGED} less than a fifth of the text was taken from {missed:,} {of}"
    if cut := marks["cut"]:
        yield f"{whose}: the end of {cut:,} {of} {CUT}"
    if marks["stood in"] >= _FEWEST_STAND_INS and marks[""]:
        yield f"{whose}: {CHANGED} the parser of the others fits not {marks['stood in']:,} {of}, another stood in"


def layout_of(tx: Tx, source: SourceRow, now: datetime, *, misread: int) -> Layout:
    """Return what is to be told of a source's layout.

    Nothing is looked up where no page of this look was misread and nothing stands from the look before.
    """
    if not misread and CHANGED not in source.sentence.lower() and CUT not in source.sentence:
        return Layout()
    rows = [row for row in tx.articles.list(source=source.name, limit=_HABIT) if row.rendering != "feed"]
    newest = [row for row in rows[:_NEWEST] if now - row.fetched_at < _HELD_AGAINST]
    marks = [_mark_now(tx, row) for row in newest]
    of = f"of the newest {len(marks)} page{'s' if len(marks) != 1 else ''}"
    if missed := marks.count("missed"):
        trouble = f"{CHANGED} less than a fifth of the text was taken from {missed} {of}"
        is_most = missed * 2 > len(marks) and (len(marks) == _NEWEST or len(rows) == len(marks))
        return Layout(trouble, prevails=is_most)
    if (cut := marks.count("cut")) != 0:
        return Layout(f"the end of {cut} {of} {CUT}")
    if _was_fitted(tx, rows, marks):
        return Layout(
            f"{CHANGED} the parser that read the pages before no longer fits, another stood in for it"
        )
    return Layout()


def _was_fitted(tx: Tx, rows: list[ArticleRow], marks: list[Mark]) -> bool:
    """Tell whether stand-ins read the newest pages, and none of those before: else that is how the source is read."""
    if len(list(takewhile(lambda found: found == "stood in", marks))) < _FEWEST_STAND_INS:
        return False
    at_first = [_mark_at_first(tx, row) for row in rows]
    before = at_first[len(list(takewhile(lambda found: found == "stood in", at_first))) :]
    return bool(before) and "stood in" not in before


def _mark_now(tx: Tx, row: ArticleRow) -> Mark:
    article = tx.articles.get(row.key)
    return mark(article) if article is not None else ""


def _mark_at_first(tx: Tx, row: ArticleRow) -> Mark:
    """Return the mark of an article's first version: old pages change with the layout when they are read again."""
    versions = tx.articles.versions(row.key)
    article = tx.articles.version(row.key, versions[0].version) if versions else None
    return mark(article) if article is not None else ""
