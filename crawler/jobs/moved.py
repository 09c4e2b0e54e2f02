"""Where an address leads that was read before: to the same article elsewhere, or to something else.

A publisher who moves a story redirects its old address to the new one; one who
takes it down redirects it to a section or to another story.  What stands there
decides: its own words, not the redirect.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from state.article import Article
from state.identity import article_key
from state.records import Candidate, Page

if TYPE_CHECKING:
    from state.store.article_rows import ArticleRow
    from state.store.tx import Tx

#: So much of the shorter text's word runs stands in both, or they are two texts.
_SAME_TEXT = 0.4
_RUN = 12


def address_of(row: ArticleRow) -> str:
    """Return where to look for an article now: where its address fell silent, every other time at its last other one."""
    others = [alias["url"] for alias in row.aliases if alias["rendering"] == row.rendering and alias["url"]]
    return others[-1] if others and row.gone_count % 2 else row.url or ""


def is_elsewhere(page: Page, row: ArticleRow) -> bool:
    """Tell whether an answer came from another address than the article's."""
    return article_key(page.url) not in (row.key, article_key(row.url or ""))


def leads_to_another(found: Article, page: Page, row: ArticleRow, stored: Article | None) -> bool:
    """Tell whether an article's address now shows another article.

    At its own address an article may be rewritten throughout; behind a redirect
    it must still have its headline or a good part of its text.  Of an article
    that only a feed told of, too little is known to say.
    """
    if found.key == row.key or stored is None or row.rendering == "feed" or not is_elsewhere(page, row):
        return False
    return _plain(found.title) != _plain(stored.title) and _shared(found, stored) < _SAME_TEXT


def remember_address(tx: Tx, url: str, row: ArticleRow, now: datetime) -> None:
    """Keep a moved article's new address as a further name of it, so that it is not taken for a new article."""
    key = article_key(url)
    if key in (row.key, article_key(row.url or "")):
        return
    tx.articles.add_alias(row.key, url, row.rendering)
    new = Candidate(url=url, key=key, source=row.source or "", channel=row.url or "", kind="recheck")
    tx.frontier.add([new], now)
    tx.frontier.done(key, row.key)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _shared(one: Article, two: Article) -> float:
    """Return how much of the shorter text stands in the longer, by runs of letters, in any script."""
    shorter, longer = sorted((_runs(one), _runs(two)), key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0.0


def _runs(article: Article) -> set[str]:
    text = _plain(" ".join(article.paragraphs))
    return {text[at : at + _RUN] for at in range(max(0, len(text) - _RUN + 1))}
