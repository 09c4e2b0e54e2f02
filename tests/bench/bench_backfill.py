"""Pages of an archive into the store, against parsing and storing the same pages and nothing else.

The floor parses each page and puts article and response into the store, forty
to a transaction as a backfill does: no archive is read in the time measured,
nothing matched, placed in a story, decided or looked up.  Each runs in a
process of its own, 1,000 pages at a time in turns, so that what else the machine
does falls on both; memory is what the backfill's process holds after 1,000
pages and after all of them.

Pages are as large and as full of furniture as real ones of news sites are:
about 190 KB, six elements to a kilobyte, with an article of the news load.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crawler.app import App
from crawler.jobs.warc import WarcRun
from crawler.settings import Settings
from crawler.sites import parse_page
from state.archive.answer import page_of
from state.archive.reading import Record, read_archive
from state.archive.warc import response_record
from state.article import Article
from state.clock import ManualClock
from state.records import Page
from state.store.store import Store
from tests.bench.news_load import NewsLoad

PAGES = 5_000
EARLY = 1_000
STEP = 1_000
BATCH = 40
RATE, GROWTH = 0.6, 1.1
_NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
_MENU = '<li class="menu__item"><a class="menu__link" href="/section/{n}">Section {n}</a></li>'
_TEASER = (
    '<li class="mb-grid"><div class="media-block"><a href="/a/{n}.html" class="img-wrap" title="{title}"><div class="thumb">'
    '<img data-src="https://cdn.example/{n}_w33_r1.jpg" src="" alt="{title}"></div></a><div class="media-block__content">'
    '<a href="/a/{n}.html"><h4 class="media-block__title">{title}</h4></a></div></div></li>'
)
_SCRIPT = (
    "<script>var settings={"
    + ",".join(f'"option{n}":"value {n} of the site"' for n in range(40))
    + "};</script>"
)
_TABLE = {"sources": {"bench": {"site": "rfa", "feeds": ["https://news.example/feed"]}}}


def run() -> list[dict[str, Any]]:
    """Return the rate against the floor's, and what memory grew by."""
    spent = {"floor": 0.0, "ours": 0.0}
    held: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            _process(_parse_and_store, folder / "floor") as floor,
            _process(_backfill, folder / "ours") as ours,
        ):
            for archive in _archives(folder):
                spent["floor"] += _step(floor, archive)[0]
                seconds, megabytes = _step(ours, archive)
                spent["ours"] += seconds
                held.append(megabytes)
    early, late = held[EARLY // STEP - 1], held[-1]
    ratio = spent["floor"] / spent["ours"]
    return [
        {
            "name": f"backfill of {PAGES:,} pages from an archive",
            "value": round(PAGES / spent["ours"], 1),
            "unit": "pages/s",
            "against": f"parsing and storing alone, {PAGES / spent['floor']:.1f}/s (bar: at least)",
            "ratio": round(ratio, 2),
            "bar": RATE,
            "ok": ratio >= RATE,
        },
        {
            "name": f"backfill, memory after {PAGES:,} pages",
            "value": round(late, 1),
            "unit": "MB",
            "against": f"after {EARLY:,}, {early:.1f} MB",
            "ratio": round(late / early, 2),
            "bar": GROWTH,
            "ok": late <= GROWTH * early,
        },
    ]


def _archives(folder: Path) -> Iterator[Path]:
    """Yield archives of ``STEP`` pages each, the older first."""
    records = _records()
    for number in range(PAGES // STEP):
        path = folder / f"pages-{number}.warc.gz"
        path.write_bytes(b"".join(islice(records, STEP)))
        yield path
        path.unlink()


def _records() -> Iterator[bytes]:
    for number, article in enumerate(NewsLoad().articles(PAGES)):
        at = _NOW - timedelta(hours=9000 - number)
        body = _page(article, number, at).encode()
        yield response_record(
            Page(
                url=f"https://news.example/english/story-{number}.html",
                status=200,
                headers={"content-type": "text/html; charset=utf-8"},
                body=body,
                fetched_at=at + timedelta(hours=1),
            )
        ).data


def _page(article: Article, number: int, at: datetime) -> str:
    headline = escape(article.title)
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)
    data = f'{{"@context":"http://schema.org","@type":"NewsArticle","datePublished":"{at.isoformat()}"}}'
    menu = "".join(_MENU.format(n=n) for n in range(75))
    teasers = "".join(
        _TEASER.format(n=number + n, title=f"Another story of the day, number {number + n}")
        for n in range(90)
    )
    return (
        f'<html lang="en"><head><title>{headline}</title><meta property="og:title" content="{headline}"/>'
        f'<script type="application/ld+json">{data}</script>{_SCRIPT * 80}</head><body><ul>{menu}</ul>'
        f'<div id="storypagemaincol"><h1>{headline}</h1><div id="storytext">{text}</div></div>'
        f'<ul class="teasers">{teasers}</ul><ul>{menu}</ul></body></html>'
    )


@contextmanager
def _process(work: Any, folder: Path) -> Iterator[Connection]:
    """Start a process that does ``work`` for each archive it is named, and tells what that took."""
    folder.mkdir()
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=work, args=(there, folder))
    process.start()
    try:
        yield here
    finally:
        here.send(None)
        process.join()


def _step(process: Connection, archive: Path) -> tuple[float, float]:
    process.send(archive)
    found: tuple[float, float] = process.recv()
    return found


def _parse_and_store(pipe: Connection, folder: Path) -> None:
    store = Store.open(f"sqlite:///{folder / 'state.db'}")
    while archive := pipe.recv():
        records = (record for record in read_archive(archive) if isinstance(record, Record))
        spent = 0.0
        while pages := [page_of(record) for record in islice(records, BATCH)]:
            began = time.perf_counter()
            read = [(parse_page(page, site="rfa", source="bench"), response_record(page)) for page in pages]
            with store.begin() as tx:
                for article, record in read:
                    tx.articles.put(article, page=record, now=_NOW, backlog=True)
            spent += time.perf_counter() - began
        pipe.send((spent, _held()))
    store.close()


def _backfill(pipe: Connection, folder: Path) -> None:
    with App.open(Settings.model_validate(_TABLE), base_dir=folder, clock=ManualClock(_NOW)) as app:
        while archive := pipe.recv():
            began = time.perf_counter()
            done = WarcRun(app).read([archive])
            if done.new != STEP:
                raise RuntimeError(f"{done.new} of {STEP} pages were stored: {done}")
            pipe.send((time.perf_counter() - began, _held()))


def _held() -> float:
    """Return the megabytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
