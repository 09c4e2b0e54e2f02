"""500 loopback pages from feed to promise, against bare Scrapy downloading the same pages.

The server runs in a process of its own, so that only the client's work is
counted; both clients run once to warm up and then in turn.
"""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response

from crawler.app import App
from crawler.fetch.guard import Allow
from crawler.fetch.loop import resolver, run_async
from crawler.jobs.poll import poll_source
from crawler.settings import Settings
from state.clock import ManualClock
from tests.support.fake_site import FakeSite, Item

PAGES = 500
ROUNDS = 3
_NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
_SYLLABLES = "ba do ki lu me nor pha ri sok ta ven wi xa yo zu chen dra fel gan hos jin kra".split()


def run() -> list[dict[str, Any]]:
    """Return CPU and wall time of a crawl as multiples of bare Scrapy's."""
    with _server() as base:
        _ours(base)
        _bare(base)
        turns = [(_timed(lambda: _ours(base)), _timed(lambda: _bare(base))) for _ in range(ROUNDS)]
    ours, bare = zip(*turns, strict=True)
    rows = []
    for index, (name, bar) in enumerate((("CPU", 2.5), ("wall", 1.7))):
        mine, peer = min(row[index] for row in ours), min(row[index] for row in bare)
        rows.append(
            {
                "name": f"crawl of {PAGES} loopback pages, end to end, {name}",
                "value": round(mine * 1000 / PAGES, 3),
                "unit": "ms/page",
                "against": "bare Scrapy downloading the same pages",
                "ratio": round(mine / peer, 2),
                "bar": bar,
                "ok": mine <= bar * peer,
            }
        )
    return rows


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _ours(base: str) -> None:
    table = {
        "fetch": {"delay": "0s"},
        "network": {"allow_private": ["127.0.0.1"]},
        "sources": {"bench": {"feeds": [f"{base}/feed"]}},
    }
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate(table)
        with App.open(settings, base_dir=Path(folder), clock=ManualClock(_NOW)) as app:
            done = run_async(poll_source(app, "bench"))
    if done.stored != PAGES:
        raise RuntimeError(f"{done.stored} of {PAGES} pages were stored: {done}")


class _Bare(Spider):
    name = "bare"

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.got = 0

    async def start(self) -> Any:
        for number in range(PAGES):
            yield Request(f"{self.base}/story-{number}.html")

    def parse(self, response: Response) -> None:
        self.got += len(response.body) > 1000


def _bare(base: str) -> None:
    async def crawl() -> None:
        settings = {"REMOTE_CONTROL_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "LOG_ENABLED": False}
        runner = AsyncCrawlerRunner(settings)
        crawler = runner.create_crawler(_Bare)
        with resolver().allowing(Allow.parse(["127.0.0.1"])):
            await runner.crawl(crawler, base=base)
        if crawler.spider.got != PAGES:  # type: ignore[union-attr]
            raise RuntimeError("bare Scrapy did not get every page")

    run_async(crawl())


@contextmanager
def _server() -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        here.send("stop")
        process.join(5)


def _serve(pipe: Connection) -> None:
    chance = random.Random(2026)
    words = _vocabulary(chance)
    with FakeSite() as site:
        items = []
        for number in range(PAGES):
            at = _NOW - timedelta(minutes=number)
            site.page(f"/story-{number}.html", _page(chance, words, number, at), etag="auto")
            items.append(Item(title=f"Story {number}", link=f"/story-{number}.html", published=at))
        site.feed("/feed", items)
        pipe.send(site.url)
        pipe.recv()


def _page(chance: random.Random, words: Sequence[str], number: int, at: datetime) -> str:
    """Return a page of about 31 KB, half of it text, as news pages are."""
    paragraphs = "".join(f"<p>{_sentence(chance, words)} {_sentence(chance, words)}</p>" for _ in range(60))
    menu = "".join(
        f'<li class="menu-item"><a href="/section/{n}/" class="nav-link">Section {n}</a></li>'
        for n in range(90)
    )
    return (
        f'<html lang="en"><head><title>Story {number}</title><meta property="og:title" content="Story {number}"/>'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{at.isoformat()}"}}</script></head>'
        f'<body><ul>{menu}</ul><div id="storypagemaincol"><h1>{_sentence(chance, words)}</h1><div id="storytext">'
        f"{paragraphs}</div></div><ul>{menu}</ul></body></html>"
    )


def _vocabulary(chance: random.Random) -> list[str]:
    """Return invented words, the common ones many times over: without them any two pages would be alike."""
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(6000)]
    return [word for rank, word in enumerate(words) for _ in range(1 + 3000 // (rank + 10))]


def _sentence(chance: random.Random, words: Sequence[str]) -> str:
    return " ".join(chance.choices(words, k=chance.randint(12, 24))).capitalize() + "."


if __name__ == "__main__":
    for row in run():
        print(row)
