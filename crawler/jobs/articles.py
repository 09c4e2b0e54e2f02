"""Fetch what waits in the frontier: page → article → one transaction; a failure never loses an address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler import pipeline
from crawler.discover.health import PageReport
from crawler.discover.topic import TopicReader
from crawler.fetch.domains import is_same_house
from crawler.fetch.faults import refusal
from crawler.fetch.visit import Visit
from crawler.jobs.layout import mark
from crawler.jobs.retry import reread_in, retry_in, stands_there
from crawler.jobs.ringing import Finding, fresh_posts
from crawler.sites import article_from_candidate, read_topic_page
from crawler.spiders.asks import Ask, Fetched, Follow
from state.archive.warc import WarcRecord
from state.article import Article
from state.errors import (
    FetchError,
    LayoutError,
    NotArticleError,
    ParseError,
    RobotsError,
    SourceError,
    StoreError,
)
from state.records import Candidate, Page
from state.store.articles import PutStatus, Rendering

if TYPE_CHECKING:
    from crawler.app import App
    from state.store.frontier import FrontierRow
    from state.store.tx import Tx

_BATCH = 60
_REFUSING = frozenset({401, 402, 403, 429, 451})
#: What the error of a waiting address begins with where its page had no title or body.
UNREADABLE = "could not be read: "
#: … where the site would not let us have it.
REFUSED = "refused: "
_TRIES_OF_NO_ARTICLE = 3
_RENDERINGS: tuple[Rendering, ...] = ("page", "embedded", "alternate", "feed")

#: Told after each address: how many are done in this run.
Progress = Callable[[int], None]


@dataclass(slots=True)
class Tally:
    """What one run through the frontier brought."""

    stored: int = 0
    revised: int = 0
    failed: int = 0
    notices: int = 0
    refused: int = 0
    unreadable: int = 0
    #: Pages that were read, but not by the parser that should have taken all of them.
    misread: int = 0
    last_error: str = ""
    done: int = 0
    seen: set[str] = field(default_factory=set)
    #: Why pages could not be had, by key.
    errors: dict[str, SourceError] = field(default_factory=dict)

    @property
    def report(self) -> PageReport:
        """Return how the pages went, for the source's state."""
        return PageReport(
            tried=len(self.seen), refused=self.refused, unreadable=self.unreadable, last_error=self.last_error
        )


class ArticleRun:
    """One run through a source's frontier.

    Args:
        app: The joined parts.
        source: Its name.
        ring: Whether everything rings, however old.
        progress: Told after each address.
    """

    def __init__(
        self, app: App, source: str, *, ring: bool = False, progress: Progress | None = None
    ) -> None:
        self._app = app
        self._source = source
        self._table = app.settings.sources[source]
        self._ring = ring
        self._progress = progress
        self.tally = Tally()

    async def fetch_due(self, *, until: datetime | None = None) -> None:
        """Fetch everything that is due, the newest first, until ``until``; the rest stays for the next run."""
        while until is None or self._app.clock.now() < until:
            now = self._app.clock.now()
            rows = await self._app.store.view(lambda tx: tx.frontier.due(now, _BATCH, self._source))  # noqa: B023
            rows = [row for row in rows if row.candidate.key not in self.tally.seen]
            if not rows:
                return
            rows.sort(key=lambda row: row.candidate.published_at or row.added_at, reverse=True)
            await self._fetch(rows)

    async def _fetch(self, rows: Sequence[FrontierRow]) -> None:
        from crawler.spiders.article import ArticleSpider
        from crawler.spiders.crawl import crawl

        readers = {row.candidate.key: TopicReader(self._reading(row.candidate)) for row in rows}

        async def take(fetched: Fetched) -> None:
            row: FrontierRow = fetched.ask.about
            await self._take(row, readers.pop(row.candidate.key), fetched)

        asks = [
            Ask(
                url=row.candidate.url,
                about=row,
                # The publisher's own page that leads to a stranger is a domain that was sold; a link of
                # a feed service leads to the publisher.
                stay=is_same_house(row.candidate.url, row.candidate.channel),
                follow=follow_topic(readers[row.candidate.key], self._source, self._app),
            )
            for row in rows
        ]
        await crawl(ArticleSpider, Visit.of(self._app, self._source), asks, take)

    def _reading(self, candidate: Candidate) -> Callable[[Page], tuple[Article, str | None]]:
        # A list tells a topic's last reply, which is no time of the topic itself.
        item = (
            replace(candidate, published_at=None, modified_at=None)
            if candidate.kind == "listing"
            else candidate
        )

        def read(page: Page) -> tuple[Article, str | None]:
            return read_topic_page(
                page,
                site=self._table.site,
                source=self._source,
                language=self._table.language,
                feed_item=item,
            )

        return read

    async def _take(self, row: FrontierRow, reader: TopicReader, fetched: Fetched) -> None:
        self.tally.seen.add(row.candidate.key)
        try:
            await self._take_in(row, reader, fetched)
        except StoreError:
            raise
        except Exception as fault:  # one article must not take the others with it
            self._app.log.exception("an article could not be taken in", url=row.candidate.url)
            self.tally.failed += 1
            problem = f"a fault of Tocsin's own ({type(fault).__name__}: {fault})"
            await self._wait(row, ParseError(problem, source=self._source, url=row.candidate.url))
        finally:
            self.tally.done += 1
            if self._progress is not None:
                self._progress(self.tally.done)

    async def _take_in(self, row: FrontierRow, reader: TopicReader, fetched: Fetched) -> None:
        """Store the article; where its page cannot be had, what the feed says of it; else let the address wait."""
        if not reader.is_empty:
            await self._ingest(row, reader.article(), fetched.pages[0])
            return
        error = fetched.error or FetchError("no answer", source=self._source, url=row.candidate.url)
        self._count(row.candidate.key, error)
        article = self._from_feed(row.candidate)
        if article is not None:
            await self._ingest(row, article, None)
        else:
            await self._wait(row, error)

    async def _wait(self, row: FrontierRow, error: SourceError) -> None:
        retry_at = self._app.clock.now() + retry_in(error, row.attempts)
        is_something_else = isinstance(error, NotArticleError) and stands_there(error) == "other"
        is_hopeless = is_something_else and row.attempts + 1 >= _TRIES_OF_NO_ARTICLE

        def note(tx: Tx) -> None:
            tx.frontier.fail(row.candidate.key, _noted(error), retry_at)
            if is_hopeless:
                tx.frontier.drop(row.candidate.key)

        await self._app.store.run(note)

    def _count(self, key: str, error: SourceError) -> None:
        self.tally.errors[key] = error
        self.tally.failed += 1
        self.tally.last_error = error.problem
        if isinstance(error, LayoutError):
            self.tally.unreadable += 1
        elif is_refusal(error):
            self.tally.refused += 1

    def _from_feed(self, candidate: Candidate) -> Article | None:
        if not candidate.body and not candidate.summary:
            return None
        try:
            return article_from_candidate(candidate, language=self._table.language)
        except SourceError:
            return None

    async def _ingest(self, row: FrontierRow, article: Article, page: Page | None) -> None:
        now = self._app.clock.now()
        alerts = self._app.settings.alerts
        finding = Finding(
            found_at=row.added_at,
            is_first=row.backlog,
            lookback=alerts.lookback,
            first_run_lookback=alerts.first_run_lookback,
            ring=self._ring,
        )
        done = await self._app.store.run(
            lambda tx: store_article(
                tx, self._app, article, page, finding, now, frontier_key=row.candidate.key
            )
        )
        self.tally.stored += done.status is PutStatus.NEW
        self.tally.revised += done.status is PutStatus.REVISED
        self.tally.misread += mark(article) != ""
        self.tally.notices += len(done.notices)
        if done.notices:
            self._app.wake_deliver.set()


def is_refusal(error: SourceError) -> bool:
    """Tell whether the site would not let us have a page."""
    if isinstance(error, NotArticleError):
        return stands_there(error) == "refusal"
    return isinstance(error, RobotsError) or (isinstance(error, FetchError) and error.status in _REFUSING)


def _noted(error: SourceError) -> str:
    """Return what to write beside a waiting address."""
    mark = UNREADABLE if isinstance(error, LayoutError) else REFUSED if is_refusal(error) else ""
    return f"{mark}{error.problem}"[:500]


def store_article(
    tx: Tx,
    app: App,
    article: Article,
    page: Page | WarcRecord | None,
    finding: Finding,
    now: datetime,
    *,
    frontier_key: str | None = None,
    quiet: bool = False,
) -> pipeline.Ingested:
    """Ingest one article, take its address from the frontier and say when it is read again: one transaction.

    With ``quiet`` nobody is told, not even of a correction.
    """
    fresh = fresh_posts(article, finding)
    done = pipeline.ingest(
        article,
        page,
        app,
        tx,
        rings=bool(fresh),
        fresh_posts=fresh,
        rendering=rendering_of(article),
        now=now,
        quiet=quiet,
    )
    key = article.key or ""
    if frontier_key is not None:
        tx.frontier.done(frontier_key, key)
    tx.articles.set_recheck(key, now + reread_in(timedelta(), changed=True))
    return done


def rendering_of(article: Article) -> Rendering:
    """Return what kind of rendering a parser made the article from."""
    told = article.provenance.get("body")
    return next((name for name in _RENDERINGS if name == told), "page")


def follow_topic(reader: TopicReader, source: str, app: App) -> Follow:
    """Return what reads each page in a thread as it comes and names the next."""

    async def follow(pages: Sequence[Page]) -> str | None:
        error = refusal(pages[-1], source=source, now=app.clock.now())
        if error is not None:
            raise error
        return await asyncio.to_thread(reader.next_url, pages)

    return follow
