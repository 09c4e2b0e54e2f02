"""The pages of archives become articles as crawled ones do, as backlog, and what is stored is not done again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.app import App
from crawler.jobs.attribute import Attribution
from crawler.jobs.warc import Backfilled, Skip, Skipped, WarcRun
from crawler.settings import Settings
from state.archive.warc import read_page
from state.clock import ManualClock
from tests.crawler.jobs.test_topics import pager
from tests.crawler.jobs.watching import HOUR, topic
from tests.support import killer
from tests.support.archives import archive, packed, record, response, story
from tests.support.killer import Kill

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DEFECTION = "Ten councillors of the Reed Party defected to the ruling party on Monday, the party said."
TABLE: dict[str, Any] = {
    "sources": {
        "news": {"site": "rfa", "feeds": ["https://news.example/english/rss2.xml"]},
        "board": {"site": "invision", "listings": ["https://board.example/forum/8-news/"]},
    },
    "channels": {"desk": {"url": "json://localhost:9/"}},
    "routes": [{"to": ["desk"], "group_wait": "0s"}],
}
CONFIG = """
[sources.news]
site = "rfa"
feeds = ["https://news.example/english/rss2.xml"]
[rules]
packs = []
files = []
"""


def topic_page(number: int) -> bytes:
    """Return the record of one of three pages of a topic, two posts on each."""
    opened = datetime(2023, 4, 1, tzinfo=UTC)
    posts = [(n, f"Post number {n} of the topic.", opened + n * HOUR) for n in (2 * number - 1, 2 * number)]
    where = "" if number == 1 else f"page/{number}/"
    page = topic("One", posts, pages=pager(number, 3))
    return response(f"https://board.example/topic/1-one/{where}", page.encode())


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with App.open(Settings.model_validate(TABLE), base_dir=tmp_path, clock=ManualClock(NOW)) as opened:
        yield opened


def put(folder: Path, *records: bytes, name: str = "a.warc.gz") -> Path:
    path = folder / name
    path.write_bytes(packed(*records))
    return path


def counts(done: Backfilled) -> tuple[int, int, int]:
    return done.new, done.revised, done.same


def test_a_page_of_an_archive_is_stored_with_its_record_as_it_stood(app: App, tmp_path: Path) -> None:
    url, body = story(1)
    original = response(url, body)
    done = WarcRun(app).read([put(tmp_path, original)])

    with app.store.read() as tx:
        [row] = tx.articles.list()
        article = tx.articles.get(row.key)
        [kept] = tx.responses.of(row.key)
    assert counts(done) == (1, 0, 0)
    assert article is not None
    assert (article.title, article.source) == ("Harbour council hears matter 1", "news")
    assert article.fetched_at == datetime(2023, 5, 1, 10, tzinfo=UTC)
    assert kept.record is not None
    assert read_page(kept.record).body == body
    assert kept.record_id in original.decode()


def test_what_is_stored_is_known_at_the_second_run(app: App, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", range(1, 101))

    assert counts(WarcRun(app).read([path])) == (100, 0, 0)
    assert counts(WarcRun(app).read([path])) == (0, 0, 100)


def test_nothing_of_an_archive_rings_unless_it_is_asked_for(app: App, tmp_path: Path) -> None:
    first = put(tmp_path, response(*story(1, text=DEFECTION)))
    second = put(
        tmp_path,
        response(*story(2, text=DEFECTION.replace("Ten", "Fifty-two").replace("Reed", "Oak"))),
        name="b.warc.gz",
    )

    assert WarcRun(app).read([first]).notices == 0
    assert WarcRun(app, ring=True).read([second]).notices == 1


def test_every_record_that_becomes_no_article_is_counted_and_named(app: App, tmp_path: Path) -> None:
    told: list[Skipped] = []
    url, body = story(1)
    path = put(
        tmp_path,
        record("warcinfo", "", b"software: another"),
        record("request", url, b"GET / HTTP/1.1\r\n\r\n"),
        response("https://news.example/logo.png", b"\x89PNG", headers="Content-Type: image/png"),
        response("https://news.example/english/rss2.xml", b"<rss/>", headers="Content-Type: text/xml"),
        response("https://news.example/sitemap.xml", b"<?xml version='1.0'?><urlset/>", headers="X: y"),
        response("https://news.example/", body),
        response("https://news.example/old", b"", status=301),
        record("revisit", url, b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        response(
            "https://news.example/login",
            b"<html><title>Log in</title><body><p>Sign in</p><input type=password>",
        ),
        response(url, body),
    )
    done = WarcRun(app, told=told.append).read([path])

    assert counts(done) == (1, 0, 0)
    assert done.records == 8
    assert [item.reason for item in told] == [
        Skip.NO_PAGE,
        Skip.LIST,
        Skip.LIST,
        Skip.LIST,
        Skip.NOT_ANSWERED,
        Skip.REVISIT,
        Skip.NO_ARTICLE,
    ]
    assert done.skipped.total() == len(told)


def test_a_later_record_revises_and_an_older_one_does_not_undo_it(app: App, tmp_path: Path) -> None:
    url, body = story(1)
    edited = body.replace(b"Nobody of ward 1", b"Somebody of ward 1")
    old, new = response(url, body), response(url, edited, date="2024-01-01T00:00:00Z")

    assert counts(WarcRun(app).read([put(tmp_path, old, new)])) == (1, 1, 0)
    oldest = response(url, body.replace(b"Nobody", b"Everybody"), date="2020-01-01T00:00:00Z")
    done = WarcRun(app).read([put(tmp_path, oldest, name="b.warc.gz")])

    assert counts(done) == (0, 0, 0)
    assert done.skipped == {Skip.OLDER: 1}


def test_several_archives_are_read_from_the_oldest_on(app: App, tmp_path: Path) -> None:
    url, body = story(1)
    new = put(tmp_path, response(url, body.replace(b"Nobody", b"Somebody"), date="2024-01-01T00:00:00Z"))
    old = put(tmp_path, response(url, body), name="z.warc.gz")

    assert counts(WarcRun(app).read([new, old])) == (1, 1, 0)


def test_a_broken_file_does_not_keep_the_others_from_being_read(app: App, tmp_path: Path) -> None:
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(b"no archive")
    done = WarcRun(app).read([broken, tmp_path / "none.warc", put(tmp_path, response(*story(1)))])

    assert counts(done) == (1, 0, 0)
    assert len(done.unreadable) == 2


@pytest.mark.parametrize("order", [(1, 2, 3), (1, 3, 2)])
def test_the_pages_of_a_topic_join_whatever_their_order(
    app: App, tmp_path: Path, order: tuple[int, ...]
) -> None:
    path = put(tmp_path, *(topic_page(number) for number in order))
    done = WarcRun(app).read([path])
    again = WarcRun(app).read([path])

    with app.store.read() as tx:
        [row] = tx.articles.list()
        article = tx.articles.get(row.key)
    assert article is not None
    assert [comment.id for comment in article.comments] == ["2", "3", "4", "5", "6"]
    assert (article.paragraphs, article.source) == (("Post number 1 of the topic.",), "board")
    assert (counts(done), counts(again)) == ((1, 2, 0), (0, 0, 3))


def test_a_later_page_of_a_topic_waits_for_the_first(app: App, tmp_path: Path) -> None:
    later, first = put(tmp_path, topic_page(2)), put(tmp_path, topic_page(1), name="b.warc.gz")

    assert WarcRun(app).read([later]).skipped == {Skip.LATER_PAGE: 1}
    assert counts(WarcRun(app).read([first])) == (1, 0, 0)
    assert counts(WarcRun(app).read([later])) == (0, 1, 0)


def test_only_pages_of_named_sources_and_of_the_time_asked_for_are_read(app: App, tmp_path: Path) -> None:
    path = put(tmp_path, response(*story(1)), response("https://else.example/a", story(2)[1]))
    done = WarcRun(app, names=["news"], since=datetime(2024, 1, 1, tzinfo=UTC)).read([path])

    assert done.skipped == {Skip.BEFORE: 1, Skip.OTHER_SOURCE: 1}


def test_a_page_of_no_source_is_kept_and_never_asked_for_again(app: App, tmp_path: Path) -> None:
    WarcRun(app).read([put(tmp_path, response("https://else.example/a", story(2)[1]))])

    with app.store.read() as tx:
        [row] = tx.articles.list()
    assert (row.source, row.recheck_at) == (None, None)


def test_a_page_goes_to_the_source_whose_address_fits_best() -> None:
    sources = Settings.model_validate(
        {
            "sources": {
                "khmer": {
                    "feeds": ["https://www.rfa.example/arc/outboundfeeds/khmer/rss/"],
                    "language": "km",
                },
                "burmese": {"feeds": ["https://www.rfa.example/arc/outboundfeeds/burmese/rss/"]},
                "board": {"listings": ["https://board.rfa.example/forum/"]},
            }
        }
    ).sources
    attribution = Attribution(sources)

    assert attribution.fitting("https://www.rfa.example/khmer/news/politics/a") == ("khmer",)
    assert attribution.fitting("https://board.rfa.example/topic/1") == ("board",)
    assert attribution.fitting("https://www.rfa.example/news/a") == ("khmer", "burmese")
    assert attribution.fitting("https://voa.example/a") == ()


@pytest.mark.parametrize(
    "kill",
    [
        Kill("crawler.pipeline:ingest", "before", 55),
        Kill("crawler.jobs.parsing:Parser.parse", "before", 3),
    ],
    ids=str,
)
def test_a_kill_loses_nothing_and_the_next_run_goes_on(tmp_path: Path, kill: Kill) -> None:
    (tmp_path / "tocsin.toml").write_text(CONFIG, "utf-8")
    archive(tmp_path / "a.warc.gz", range(1, 121))
    killed = killer.run(["crawl", "--warc", "a.warc.gz"], cwd=tmp_path, kill=kill)
    again = killer.run(["crawl", "--warc", "a.warc.gz"], cwd=tmp_path)
    audit = killer.run(["audit", "--all"], cwd=tmp_path)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert again.returncode == 0, again.stderr
    assert (
        "80 new articles, 0 revised, 40 known" in again.stdout
        or "40 new articles, 0 revised, 80 known" in again.stdout
    )
    assert audit.returncode == 0, audit.stdout


def test_a_damaged_archive_is_done_in_part_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text(CONFIG, "utf-8")
    archive(tmp_path / "a.warc.gz", range(1, 4))
    (tmp_path / "b.warc.gz").write_bytes((tmp_path / "a.warc.gz").read_bytes()[:-10])
    done = killer.run(["crawl", "--warc", "b.warc.gz", "-v"], cwd=tmp_path)
    nothing = killer.run(["crawl", "--warc", "none.warc.gz"], cwd=tmp_path)

    assert (done.returncode, nothing.returncode) == (3, 1)
    assert "2 new articles" in done.stdout
    assert "b.warc.gz at byte" in done.stdout


def test_a_list_of_news_among_the_pages_is_no_article(app: App, tmp_path: Path) -> None:
    rows = "".join(
        f'<div><h2><a href="/world/{n}">The council of ward {n} opens its talks on the water</a></h2>'
        f"<p>Both sides of ward {n} say that they want the water of the dam to be shared fairly.</p></div>"
        for n in range(8)
    )
    body = f"<html><head><title>World</title></head><body><h1>World</h1>{rows}</body></html>".encode()
    told: list[Skipped] = []

    done = WarcRun(app, told=told.append).read([put(tmp_path, response("https://news.example/world/", body))])

    assert counts(done) == (0, 0, 0)
    assert [(item.reason, item.detail) for item in told] == [
        (Skip.NO_ARTICLE, "a list of articles, not one of them")
    ]
