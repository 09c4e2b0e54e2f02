"""Read stored articles again: often while they are young, rarely later; what vanished is counted, not guessed.

A page is asked for with the server's own validators where it is one page; a
topic is read from its end.  Where many pages of a source vanish together, the
site is in trouble, not its articles: the operator is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from crawler import pipeline
from crawler.discover.topic import TopicReader
from crawler.fetch.visit import Visit
from crawler.jobs.articles import Tally, follow_topic, store_article
from crawler.jobs.layout import mark
from crawler.jobs.moved import address_of, is_elsewhere, leads_to_another, remember_address
from crawler.jobs.retry import reread_in, retry_in, stands_there
from crawler.jobs.ringing import Finding
from crawler.notify.operator import tell
from crawler.sites import read_topic_page
from crawler.spiders.asks import Ask, Fetched, Follow
from state.article import Article
from state.errors import FetchError, NotArticleError, ParseError, SourceError
from state.records import Page
from state.store.articles import PutStatus

if TYPE_CHECKING:
    from crawler.app import App
    from crawler.withdrawal import Gone
    from state.store.article_rows import ArticleRow
    from state.store.tx import Tx

_NOT_THERE = frozenset({302, 404, 410})
_ANOTHER = "it sends us to another page, which is not this article"
_LOOK_AGAIN = timedelta(minutes=50)
_GONE_REREAD = timedelta(hours=12)
_TOLD_AGAIN = timedelta(days=1)
_LOOK_BACK = 500


@dataclass(slots=True)
class RecheckResult:
    """What reading again came to; ``vanished`` counts pages found gone this time."""

    read: int = 0
    unchanged: int = 0
    revised: int = 0
    vanished: int = 0
    failed: int = 0
    notices: int = 0
    misread: int = 0
    #: Why pages could not be had, by key.
    errors: dict[str, SourceError] = field(default_factory=dict)


async def recheck_due(app: App, *, limit: int = 200) -> RecheckResult:
    """Read again what is due, source by source.

    Raises:
        StoreError: The database refuses; what was done stays.
    """
    result = RecheckResult()
    now = app.clock.now()
    rows = await app.store.view(lambda tx: tx.articles.due_recheck(now, limit))
    for source, group in groupby(sorted(rows, key=_source), key=_source):
        await _Reread(app, source, result).all(list(group))
    return result


async def reread(
    app: App, source: str, keys: Sequence[str], tally: Tally, *, whole: frozenset[str] = frozenset()
) -> None:
    """Read these articles of a source again now, because its lists show that they changed; ``whole`` on all pages."""
    if not keys:
        return
    result = RecheckResult()
    heads = await app.store.view(lambda tx: tx.articles.heads(keys))
    await _Reread(app, source, result, whole).all([heads[key] for key in keys if key in heads])
    tally.revised += result.revised
    tally.notices += result.notices
    tally.misread += result.misread
    tally.errors |= result.errors


def _source(row: ArticleRow) -> str:
    return row.source or ""


@dataclass(slots=True)
class _Known:
    row: ArticleRow
    article: Article | None
    reader: TopicReader


class _Reread:
    """Reading again articles of one source."""

    def __init__(
        self, app: App, source: str, result: RecheckResult, whole: frozenset[str] = frozenset()
    ) -> None:
        self._app = app
        self._source = source
        self._result = result
        self._whole = whole
        self._vanished: list[tuple[str, int]] = []

    async def all(self, rows: Sequence[ArticleRow]) -> None:
        """Read them, then decide about those that vanished."""
        from crawler.spiders.article import ArticleSpider
        from crawler.spiders.crawl import crawl

        web = [row for row in rows if row.url is not None and row.url.startswith(("http://", "https://"))]
        stuck = [row.key for row in rows if row not in web]
        if stuck:
            await self._app.store.run(lambda tx: _never_again(tx, stuck))
        asks = await self._app.store.view(lambda tx: [self._ask(tx, row) for row in web])
        await crawl(ArticleSpider, Visit.of(self._app, self._source), asks, self._take)
        await self._judge_vanished()

    def _ask(self, tx: Tx, row: ArticleRow) -> Ask:
        article = tx.articles.get(row.key)
        known = _Known(row, article, TopicReader(self._reading(), article, whole=row.key in self._whole))
        stands_alone = article is not None and not article.comments
        return Ask(
            url=address_of(row),
            about=known,
            etag=row.etag if stands_alone else None,
            last_modified=row.last_modified if stands_alone else None,
            stay=True,
            follow=_unless_unchanged(follow_topic(known.reader, self._source, self._app)),
        )

    def _reading(self) -> Callable[[Page], tuple[Article, str | None]]:
        table = self._app.settings.sources.get(self._source)

        def read(page: Page) -> tuple[Article, str | None]:
            return read_topic_page(
                page,
                site=table.site if table else None,
                source=self._source or None,
                language=table.language if table else None,
            )

        return read

    async def _take(self, fetched: Fetched) -> None:
        known: _Known = fetched.ask.about
        self._result.read += 1
        if fetched.error is None and fetched.pages[-1].status == 304:
            await self._unchanged(known.row, fetched.pages[-1].url)
        elif known.reader.is_empty:
            error = fetched.error or FetchError("no answer", url=fetched.ask.url)
            led_away = bool(fetched.pages) and is_elsewhere(fetched.pages[-1], known.row)
            await self._could_not(known.row, _removed(error) if led_away else error)
        elif leads_to_another(known.reader.article(), fetched.pages[0], known.row, known.article):
            error = FetchError(_ANOTHER, url=fetched.ask.url, status=302)
            await self._could_not(known.row, error)
        else:
            await self._ingest(known, fetched.pages[0])

    async def _unchanged(self, row: ArticleRow, url: str) -> None:
        now = self._app.clock.now()
        self._result.unchanged += 1

        def note(tx: Tx) -> pipeline.Ingested | None:
            remember_address(tx, url, row, now)
            done = pipeline.came_back(row.key, self._app, tx, now)
            tx.articles.set_recheck(row.key, now + reread_in(now - row.first_seen_at))
            return done

        done = await self._app.store.run(note)
        if done is not None and done.notices:
            self._result.notices += len(done.notices)
            self._app.wake_deliver.set()

    async def _ingest(self, known: _Known, page: Page) -> None:
        app, row, now = self._app, known.row, self._app.clock.now()
        alerts = app.settings.alerts
        finding = Finding(
            found_at=now,
            is_first=row.backlog,
            lookback=alerts.lookback,
            first_run_lookback=alerts.first_run_lookback,
        )
        found = known.reader.article()
        article = found if found.key == row.key else replace(found, key=row.key)
        # What a parser missed is not gone from the page: nobody is told that it was taken back.
        is_missed = mark(found) == "missed" and known.article is not None and mark(known.article) != "missed"

        def put(tx: Tx) -> pipeline.Ingested:
            remember_address(tx, page.url, row, now)
            done = store_article(tx, app, article, page, finding, now, quiet=is_missed)
            changed = done.status is PutStatus.REVISED
            tx.articles.set_recheck(row.key, now + reread_in(now - row.first_seen_at, changed=changed))
            return done

        done = await app.store.run(put)
        self._result.revised += done.status is PutStatus.REVISED
        self._result.unchanged += done.status is PutStatus.SAME
        self._result.notices += len(done.notices)
        self._result.misread += mark(found) != ""
        if done.notices:
            app.wake_deliver.set()

    async def _could_not(self, row: ArticleRow, error: SourceError) -> None:
        now = self._app.clock.now()
        self._result.errors[row.key] = error
        status = _gone_status(error)
        if status is not None and row.rendering != "feed":
            self._vanished.append((row.key, status))
            return
        self._result.failed += 1
        wait = max(retry_in(error, min(row.checks, 4)), timedelta(minutes=15))
        await self._app.store.run(lambda tx: tx.articles.set_recheck(row.key, now + wait))

    async def _judge_vanished(self) -> None:
        """Count pages that were not there once all others have answered, so that a mass of them is seen as one."""
        trouble = ""
        for key, status in self._vanished:
            done = await self._app.store.run(lambda tx: self._note_gone(tx, key, status))  # noqa: B023
            self._result.vanished += 1
            self._result.notices += len(done.notices)
            trouble = done.trouble or trouble
            if done.notices:
                self._app.wake_deliver.set()
        if trouble:
            told = await self._app.store.run(lambda tx: self._tell_of_mass(tx, trouble))
            if told:
                self._app.wake_deliver.set()

    def _note_gone(self, tx: Tx, key: str, status: int) -> Gone:
        app, now = self._app, self._app.clock.now()
        done = pipeline.gone(key, status, app, tx, now)
        tx.articles.set_recheck(key, now + (_LOOK_AGAIN if done.state == "doubted" else _GONE_REREAD))
        return done

    def _tell_of_mass(self, tx: Tx, trouble: str) -> bool:
        """Tell the operator, once a day at most: the number of missing pages changes with each look."""
        now, key = self._app.clock.now(), f"vanished:{self._source}"
        for message in tx.messages.list(limit=_LOOK_BACK):
            if message.group_key == f"operator:{key}" and now - (message.opened_at or now) < _TOLD_AGAIN:
                return False
        text = f"{trouble}. Nothing was withdrawn. Next: tocsin sources test {self._source}"
        return bool(tell(tx, self._app.policy, f"source {self._source}", text, now, key=key))


def _never_again(tx: Tx, keys: Sequence[str]) -> None:
    for key in keys:
        tx.articles.set_recheck(key, None)


def _gone_status(error: SourceError) -> int | None:
    if isinstance(error, FetchError):
        return error.status if error.status in _NOT_THERE else None
    if isinstance(error, NotArticleError) and stands_there(error) == "nothing":
        return 404
    return None


def _removed(error: SourceError) -> SourceError:
    """Return the error of an address that now leads to something that is no article: a list, a notice."""
    if not isinstance(error, ParseError):
        return error
    if isinstance(error, NotArticleError) and stands_there(error) == "refusal":
        return error
    return FetchError(_ANOTHER, url=error.url, status=302)


def _unless_unchanged(follow: Follow) -> Follow:
    async def next_url(pages: Sequence[Page]) -> str | None:
        return None if pages[-1].status == 304 else await follow(pages)

    return next_url
