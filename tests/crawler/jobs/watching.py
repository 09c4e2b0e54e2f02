"""An application that watches sites on loopback, its clock in the test's hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from crawler.app import App
from crawler.fetch.loop import run_async
from crawler.jobs.poll import PollResult, poll_source
from crawler.jobs.recheck import RecheckResult, recheck_due
from crawler.settings import Settings
from state.article import Article
from state.clock import ManualClock
from state.store.article_rows import ArticleRow
from state.store.blind import BlindInterval
from state.store.frontier import FrontierRow
from state.store.sources import SourceRow

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Watcher:
    """Looks at the source ``s`` and at what came of it."""

    app: App
    clock: ManualClock

    def poll(self, **options: Any) -> PollResult:
        """Look once."""
        return run_async(poll_source(self.app, "s", **options))

    def later(self, by: timedelta = timedelta(minutes=15), **options: Any) -> PollResult:
        """Look again after a while."""
        self.clock.advance(by)
        return self.poll(**options)

    def recheck(self, after: timedelta = timedelta()) -> RecheckResult:
        """Read again what is due."""
        self.clock.advance(after)
        return run_async(recheck_due(self.app))

    @property
    def source(self) -> SourceRow:
        """Return the source's row."""
        with self.app.store.read() as tx:
            row = tx.sources.get("s")
        assert row is not None
        return row

    @property
    def rows(self) -> dict[str, ArticleRow]:
        """Return what is stored, by title."""
        with self.app.store.read() as tx:
            return {row.title: row for row in tx.articles.list()}

    def article(self, title: str) -> Article:
        """Return a stored article."""
        with self.app.store.read() as tx:
            article = tx.articles.get(self.rows[title].key)
        assert article is not None
        return article

    @property
    def waiting(self) -> Sequence[FrontierRow]:
        """Return what waits in the frontier."""
        with self.app.store.read() as tx:
            return tx.frontier.list()

    @property
    def unseen(self) -> Sequence[BlindInterval]:
        """Return the times in which we could not see."""
        with self.app.store.read() as tx:
            return tx.blind.list()


@contextmanager
def watching(folder: Path, source: Mapping[str, Any], **tables: Any) -> Iterator[Watcher]:
    """Return who watches one source, with an empty database in ``folder``."""
    clock = ManualClock(NOW)
    settings = Settings.model_validate(
        {
            "fetch": {"delay": "0s", "timeout": "5s"},
            "network": {"allow_private": ["127.0.0.1", "127.0.0.2"]},
            "sources": {"s": source},
            "rules": {"packs": []},
            **tables,
        }
    )
    with App.open(settings, base_dir=folder, clock=clock) as app:
        yield Watcher(app, clock)


def story(title: str, *paragraphs: str, at: datetime | None = None, links: str = "") -> str:
    """Return an article in the markup of a Plone news site."""
    data = f'{{"@context":"http://schema.org","@type":"NewsArticle","headline":"{title}"'
    data += f',"datePublished":"{at.isoformat()}"}}' if at else "}"
    body = "".join(
        f"<p>{escape(text)}</p>" for text in paragraphs or (f"The council met about {title}.", "It rained.")
    )
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:title" content="{title}"/>'
        f'<script type="application/ld+json">{data}</script></head><body><div id="storypagemaincol"><h1>{title}</h1>'
        f'<div id="storytext">{body}</div></div>{links}</body></html>'
    )


def topic(title: str, posts: Sequence[tuple[int, str, datetime]], *, pages: str = "") -> str:
    """Return a topic page in the markup of an Invision 4 board; posts are id, text, time."""
    rows = "".join(
        f'<a id="comment-{number}"></a><article id="elComment_{number}" class="cPost ipsBox ipsComment">'
        f'<aside class="ipsComment_author cAuthorPane"><h3 class="cAuthorPane_author"><strong><a href="/profile/1-a/">'
        f'tester{number}</a></strong></h3></aside><div id="comment-{number}_wrap" data-controller="core.front.core.comment" '
        f'class="ipsComment_content"><div class="ipsComment_meta"><time datetime="{at:%Y-%m-%dT%H:%M:%SZ}">x</time></div>'
        f'<div class="cPost_contentWrap"><div data-role="commentContent" class="ipsType_normal ipsType_richText">'
        f"<p>{escape(text)}</p></div></div></div></article>"
        for number, text, at in posts
    )
    return (
        f'<html lang="en"><head><title>{title}</title></head><body data-pageapp="forums" data-pagecontroller="topic" '
        f'class="ipsApp"><h1 class="ipsType_pageTitle"><span class="ipsType_break ipsContained"><span>{title}</span></span>'
        f'</h1>{pages}<div data-feedid="topic-1">{rows}</div></body></html>'
    )


def board(rows: Sequence[tuple[str, str, datetime, int]]) -> str:
    """Return a board in the markup of Invision 4; rows are path, title, last reply, number of replies."""
    return "<html><body><ol>" + "".join(
        f'<li class="ipsDataItem" data-rowid="1"><h4 class="ipsDataItem_title"><a href="{path}">{title}</a></h4>'
        f'<ul class="ipsDataItem_stats"><li><span class="ipsDataItem_stats_number">{count}</span></li></ul>'
        f'<ul class="ipsDataItem_lastPoster"><li><time datetime="{last:%Y-%m-%dT%H:%M:%SZ}">x</time></li></ul></li>'
        for path, title, last, count in rows
    )
