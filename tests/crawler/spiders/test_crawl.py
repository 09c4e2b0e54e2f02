"""Crawls end: when they are cut off, when they last too long, when the process ends."""

import asyncio
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import timedelta

import pytest

from crawler.fetch.loop import run_async
from crawler.spiders.article import ArticleSpider
from crawler.spiders.asks import Ask, Fetched
from crawler.spiders.crawl import crawl, fetch_page
from crawler.spiders.settings import crawl_settings
from state.errors import FetchError, StoreError, StoreFullError
from tests.crawler.fetch.visiting import visitor
from tests.support.fake_site import FakeSite


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with FakeSite() as running:
        running.page("/slow", "x", delay_s=20)
        running.page("/a", "x")
        yield running


async def ignore(fetched: Fetched) -> None:
    """Take an item and do nothing."""


def test_a_crawl_that_lasts_too_long_is_cut_off_and_the_next_one_works(site: FakeSite) -> None:
    with visitor(timeout="60s") as someone:
        with pytest.raises(TimeoutError):
            run_async(
                crawl(
                    ArticleSpider,
                    someone.visit,
                    [Ask(url=site.url + "/slow")],
                    ignore,
                    longest=timedelta(seconds=0.3),
                )
            )
        assert someone.fetch(site.url + "/a").status == 200


def test_a_crawl_that_is_cancelled_ends(site: FakeSite) -> None:
    async def cut_off() -> None:
        task = asyncio.create_task(crawl(ArticleSpider, someone.visit, [Ask(url=site.url + "/slow")], ignore))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with visitor(timeout="60s") as someone:
        run_async(cut_off())
        assert someone.fetch(site.url + "/a").status == 200


def test_what_the_receiver_raises_comes_out_after_all_others_were_taken(site: FakeSite) -> None:
    taken: list[str] = []

    async def take(fetched: Fetched) -> None:
        taken.append(fetched.ask.url)
        if len(taken) == 1:
            raise LookupError("boom")

    with visitor() as someone, pytest.raises(LookupError, match="boom"):
        run_async(crawl(ArticleSpider, someone.visit, [Ask(url=f"{site.url}/a?{n}") for n in range(5)], take))

    assert len(taken) == 5


def test_a_store_that_refuses_is_no_fault_of_the_site(site: FakeSite) -> None:
    with visitor() as someone:
        someone.parts.store.close()
        someone.parts.store = _Full()  # type: ignore[assignment]
        with pytest.raises(StoreError):
            run_async(crawl(ArticleSpider, someone.visit, [Ask(url=site.url + "/a")], ignore))


class _Full:
    """A store whose disk is full."""

    async def view(self, look: object) -> object:
        raise StoreFullError("the disk is full")

    run = view

    def close(self) -> None:
        """Close nothing."""


def test_a_page_by_itself_raises_what_its_status_means(site: FakeSite) -> None:
    with visitor() as someone:
        assert run_async(fetch_page(someone.parts, site.url + "/a")).body == b"x"  # type: ignore[arg-type]
        with pytest.raises(FetchError, match="no such page"):
            run_async(fetch_page(someone.parts, site.url + "/nothing"))  # type: ignore[arg-type]


def test_what_scrapy_would_open_by_itself_stays_closed() -> None:
    with visitor() as someone:
        settings = crawl_settings(someone.visit)

    assert settings["REMOTE_CONTROL_ENABLED"] is False
    assert settings["TELNETCONSOLE_ENABLED"] is False
    assert settings["DOWNLOAD_VERIFY_CERTIFICATES"] is True
    assert {settings["DOWNLOAD_HANDLERS"][scheme] for scheme in ("file", "ftp", "s3", "data")} == {None}


def test_a_process_with_a_crawl_cut_off_ends_by_itself(site: FakeSite) -> None:
    program = textwrap.dedent(f"""
        import asyncio
        from crawler.fetch.loop import run_async
        from crawler.spiders.article import ArticleSpider
        from crawler.spiders.asks import Ask
        from crawler.spiders.crawl import crawl
        from tests.crawler.fetch.visiting import visitor

        async def take(fetched):
            pass

        async def main():
            asks = [Ask(url="{site.url}/slow"), Ask(url="http://no-such-host.invalid/")]
            task = asyncio.create_task(crawl(ArticleSpider, someone.visit, asks, take))
            await asyncio.sleep(0.5)

        with visitor(timeout="60s") as someone:
            run_async(main())
        print("done")
    """)

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=15,
        check=False,
    )

    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr


def test_ctrl_c_ends_what_runs(site: FakeSite) -> None:
    program = textwrap.dedent(f"""
        import os, signal, threading
        from crawler.fetch.loop import run_async
        from crawler.spiders.asks import Ask
        from crawler.spiders.crawl import fetch_one
        from tests.crawler.fetch.visiting import visitor

        with visitor(timeout="60s") as someone:
            threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT)).start()
            try:
                run_async(fetch_one(someone.visit, Ask(url="{site.url}/slow")))
            except KeyboardInterrupt:
                print("stopped")
    """)

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=15, check=False
    )

    assert done.stdout == "stopped\n", done.stderr
