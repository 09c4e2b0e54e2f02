"""The pages of WARC files through the whole walk of a crawled article, as backlog, without any network.

Several pages share one transaction; while one batch is stored the next is
parsed.  What a kill takes away is at most what the last transaction had not
committed; the next run finds by their records which pages are stored and does
only the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from crawler import pipeline
from crawler.discover.topic import is_later_page, joined
from crawler.jobs.articles import rendering_of
from crawler.jobs.attribute import Attribution
from crawler.jobs.layout import Readings
from crawler.jobs.parsing import Outcome, Parser, Refused, Wanted
from crawler.jobs.retry import reread_in
from state.archive.answer import page_of
from state.archive.reading import Damage, Record, read_archive
from state.archive.warc import WarcRecord, kept_record
from state.article import Article
from state.errors import ArchiveError, StoreError
from state.identity import article_key
from state.records import Page
from state.store.articles import PutStatus

if TYPE_CHECKING:
    from crawler.app import App
    from state.store.tx import Tx

_BATCH = 40
_BATCH_BYTES = 16 << 20
_LISTS = (b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<rdf:rdf")
_PAGES = frozenset({"", "text/html", "application/xhtml+xml", "application/json"})
_LISTING_TYPES = ("rss", "atom", "feed+json")


class Skip(StrEnum):
    """Why a record became no article."""

    NOT_ANSWERED = "answers other than 200"
    NO_PAGE = "no pages: pictures, scripts, other files"
    LIST = "feeds, sitemaps, front pages and lists"
    REVISIT = "revisits: unchanged since another record"
    NO_ARTICLE = "pages without an article"
    UNREADABLE = "pages that could not be read"
    OLDER = "older than the version stored"
    BEFORE = "from before --since"
    OTHER_SOURCE = "of no source that was named"
    LATER_PAGE = "later pages of a topic whose first page is not stored"
    DAMAGED = "damaged"
    FAULT = "faults of Tocsin's own"


@dataclass(frozen=True, slots=True)
class Skipped:
    """One record that became no article, and why."""

    reason: Skip
    url: str
    detail: str


@dataclass(slots=True)
class Backfilled:
    """What a run over archives came to."""

    records: int = 0
    new: int = 0
    revised: int = 0
    same: int = 0
    notices: int = 0
    skipped: Counter[Skip] = field(default_factory=Counter)
    #: Files of which nothing could be read, with the reason.
    unreadable: list[str] = field(default_factory=list)
    readings: Readings = field(default_factory=Readings)


#: Told as the run goes on: what it came to so far, and how many bytes of all files are read.
Progress = Callable[[Backfilled, int], None]
Told = Callable[[Skipped], None]


@dataclass(frozen=True, slots=True)
class _Capture:
    page: Page
    record: WarcRecord
    key: str
    fitting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Parsing:
    """Pages that are being parsed, and where in their file they end."""

    captures: Sequence[_Capture]
    outcomes: Future[list[Outcome]]
    end: int


_Parse = Callable[[Sequence[Wanted]], Future[list[Outcome]]]


class WarcRun:
    """One run over archives.

    Args:
        app: The joined parts.
        names: Only pages of these sources; None for every page, of whatever site.
        since: Pages fetched before are passed over.
        ring: Whether what they tell rings as news.
        progress: Told after each transaction.
        told: Told of each record that became no article.
    """

    def __init__(
        self,
        app: App,
        *,
        names: Sequence[str] | None = None,
        since: datetime | None = None,
        ring: bool = False,
        progress: Progress | None = None,
        told: Told | None = None,
    ) -> None:
        self._app = app
        self._names = None if names is None else frozenset(names)
        self._since = since
        self._ring = ring
        self._progress = progress
        self._told = told
        self._attribution = Attribution(app.settings.sources)
        self.done = Backfilled()

    def read(self, files: Sequence[Path]) -> Backfilled:
        """Take in the pages of all files, the oldest file first.

        Raises:
            StoreError: The database refuses; what was stored stays.
        """
        begun = 0
        with Parser() as parser, ThreadPoolExecutor(1, "parse") as thread:
            for path in sorted(files, key=_first_date):
                try:
                    self._read_file(path, begun, lambda batch: thread.submit(parser.parse, batch))
                except ArchiveError as error:
                    self.done.unreadable.append(error.problem)
                begun += path.stat().st_size if path.exists() else 0
        return self.done

    def _read_file(self, path: Path, begun: int, parse: _Parse) -> None:
        waiting: _Parsing | None = None
        for batch, end in self._batches(path):
            captures = self._unknown(batch)
            following = _Parsing(captures, parse([self._wanted(capture) for capture in captures]), end)
            self._finish(waiting, begun)
            waiting = following
        self._finish(waiting, begun)
        self._tell(begun + path.stat().st_size)

    def _batches(self, path: Path) -> Iterator[tuple[list[_Capture], int]]:
        """Yield pages that fit one transaction, with the place in the file where they end."""
        batch: list[_Capture] = []
        size = end = 0
        for part in read_archive(path):
            end = part.end
            capture = self._admit(part, path)
            if capture is not None:
                batch.append(capture)
                size += len(capture.page.body) + len(capture.record.data)
            if len(batch) >= _BATCH or size >= _BATCH_BYTES:
                yield batch, end
                batch, size = [], 0
        yield batch, end

    def _finish(self, parsing: _Parsing | None, begun: int) -> None:
        if parsing is None:
            return
        read: list[tuple[_Capture, Article]] = []
        for capture, outcome in zip(parsing.captures, parsing.outcomes.result(), strict=True):
            if isinstance(outcome, Refused):
                self._refused(capture.page.url, outcome)
                continue
            article = self._attributed(capture, outcome)
            read.append((capture, article))
            self.done.readings.add(article)
        try:
            self._store(read)
        except StoreError:
            raise
        except Exception:  # one article must not take the others with it: each by itself
            for one in read:
                self._store_alone(one)
        self._tell(begun + parsing.end)

    def _tell(self, read: int) -> None:
        if self._progress is not None:
            self._progress(self.done, read)

    def _skip(self, reason: Skip, url: str, detail: str = "") -> None:
        self._count(Skipped(reason, url, detail))

    def _count(self, skipped: Skipped) -> None:
        self.done.skipped[skipped.reason] += 1
        if self._told is not None:
            self._told(skipped)

    # ---- which records are pages of articles, as far as can be told without parsing

    def _admit(self, part: Record | Damage, path: Path) -> _Capture | None:
        if isinstance(part, Damage):
            self._skip(Skip.DAMAGED, f"{path.name} at byte {part.offset:,}", part.why)
            return None
        url = part.fields.get("warc-target-uri", "").strip("<>")
        if part.type not in ("response", "revisit") or not url.startswith(("http://", "https://")):
            return None
        self.done.records += 1
        if part.type == "revisit":
            self._skip(Skip.REVISIT, url)
            return None
        try:
            page = page_of(part)
        except ArchiveError as error:
            self._skip(Skip.DAMAGED, url, error.problem)
            return None
        fitting = self._attribution.fitting(url)
        reason, detail = self._refusal(page, part, fitting)
        if reason is not None:
            self._skip(reason, url, detail)
            return None
        return _Capture(page, kept_record(part, page), article_key(url), fitting)

    def _refusal(self, page: Page, record: Record, fitting: Sequence[str]) -> tuple[Skip | None, str]:
        kind = page.headers.get("content-type", "").partition(";")[0].strip().lower()
        if page.status not in (200, 203):
            return Skip.NOT_ANSWERED, str(page.status)
        if self._names is not None and self._names.isdisjoint(fitting):
            return Skip.OTHER_SOURCE, ""
        if self._since is not None and page.fetched_at < self._since:
            return Skip.BEFORE, f"{page.fetched_at:%Y-%m-%d}"
        if _is_feed(page, kind) or self._attribution.is_list(page.url):
            return Skip.LIST, kind
        if kind not in _PAGES or not record.whole:
            return Skip.NO_PAGE, kind if record.whole else f"{kind}, longer than we read"
        return None, ""

    # ---- pages into articles, articles into the store

    def _unknown(self, batch: Sequence[_Capture]) -> list[_Capture]:
        """Return the pages that are not stored already, by record or by the bytes that came."""
        with self._app.store.read() as tx:
            stored = tx.responses.recorded({capture.key for capture in batch})
        found = []
        for capture in batch:
            known = stored.get(capture.key, frozenset())
            if capture.record.id in known or capture.record.payload_digest in known:
                self.done.same += 1
            else:
                found.append(capture)
        return found

    def _wanted(self, capture: _Capture) -> Wanted:
        names = capture.fitting
        if len(names) != 1:
            return Wanted(capture.page)
        table = self._app.settings.sources[names[0]]
        return Wanted(capture.page, site=table.site, source=names[0], language=table.language)

    def _attributed(self, capture: _Capture, article: Article) -> Article:
        names = capture.fitting
        return (
            article if len(names) == 1 else replace(article, source=self._attribution.chosen(names, article))
        )

    def _refused(self, url: str, refused: Refused) -> None:
        if refused.why != "fault":
            reason = Skip.NO_ARTICLE if refused.why == "no article" else Skip.UNREADABLE
            self._skip(reason, url, refused.detail)
            return
        self._app.log.error(
            "a page of an archive broke on a fault of ours", url=url, exception=refused.detail
        )
        kind = refused.detail.rstrip().rpartition("\n")[2].partition(":")[0]
        self._skip(Skip.FAULT, url, kind or "it ended the process that parsed it")

    def _store(self, read: Sequence[tuple[_Capture, Article]]) -> None:
        if not read:
            return
        with self._app.store.begin() as tx:
            results = [self._put(tx, capture, article) for capture, article in read]
        for (capture, _), result in zip(read, results, strict=True):
            if isinstance(result, Skip):
                self._skip(result, capture.page.url)
                continue
            self.done.new += result.status is PutStatus.NEW
            self.done.revised += result.status is PutStatus.REVISED
            self.done.same += result.status is PutStatus.SAME
            self.done.notices += len(result.notices)

    def _store_alone(self, one: tuple[_Capture, Article]) -> None:
        try:
            self._store([one])
        except StoreError:
            raise
        except Exception as fault:
            self._count(self._fault(one[0], fault))

    def _fault(self, capture: _Capture, fault: Exception) -> Skipped:
        self._app.log.error(
            "a page of an archive broke on a fault of ours", url=capture.page.url, exc_info=fault
        )
        return Skipped(Skip.FAULT, capture.page.url, type(fault).__name__)

    def _put(self, tx: Tx, capture: _Capture, article: Article) -> pipeline.Ingested | Skip:
        """Keep an article, unless the store holds a newer version of it, which stays the current one."""
        app, page, now = self._app, capture.page, self._app.clock.now()
        key = article.key or capture.key
        stored = tx.articles.get(key)
        newer = stored is None or stored.fetched_at is None or page.fetched_at >= stored.fetched_at
        if "posts" in article.provenance:  # a forum's topic, of which an archive holds the pages one by one
            later = is_later_page(page)
            if stored is None and later:
                return Skip.LATER_PAGE
            if stored is not None:
                article = joined(stored, article, later=later, newer=newer)
        elif not newer:
            same = tx.articles.version(key, article.version)
            return Skip.OLDER if same is None else _same(key, article)
        done = pipeline.ingest(
            article,
            capture.record,
            app,
            tx,
            rings=self._ring,
            quiet=not self._ring,
            rendering=rendering_of(article),
            now=now,
        )
        if done.status is PutStatus.NEW and article.source is not None:
            tx.articles.set_recheck(key, now + reread_in(now - page.fetched_at))
        return done


def _same(key: str, article: Article) -> pipeline.Ingested:
    return pipeline.Ingested(status=PutStatus.SAME, key=key, version=article.version, reasons={})


def _is_feed(page: Page, kind: str) -> bool:
    if any(word in kind for word in _LISTING_TYPES):
        return True
    head = page.body[:600].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<?xml", *_LISTS)) and any(mark in head for mark in _LISTS)


def _first_date(path: Path) -> str:
    """Return the date of a file's first record, by which several files are put in order."""
    try:
        for part in read_archive(path):
            if isinstance(part, Record):
                return part.fields.get("warc-date", "")
    except ArchiveError:
        pass  # it is told when the file's turn comes
    return ""
