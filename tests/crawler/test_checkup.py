"""What ``doctor`` says of a source: what came in place of its list is named, with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.checkup import Check, sources
from crawler.fetch.loop import run_async
from state.clock import SystemClock
from tests.crawler.jobs.watching import NOW, story, watching
from tests.support.fake_site import FakeSite, Item, rss, sitemap

HOUR = timedelta(hours=1)
CHALLENGE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    "<p>Checking your browser before accessing the site. Enable JavaScript and cookies to continue.</p></body></html>"
)
LOGIN = "<html><head><title>Log in</title></head><body><form><input name=user><input type=password></form></body></html>"
HTML = "<html><head><title>News</title></head><body><p>Read our news.</p></body></html>"
EMPTY_FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title></channel></rss>'


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with FakeSite() as running:
        yield running


def items(base: str, age: timedelta, number: int = 6) -> bytes:
    at = SystemClock().now() - age
    return rss(base, [Item(title=f"Item {n}", link=f"/item-{n}.html", published=at) for n in range(number)])


def checked(folder: Path, source: dict[str, object]) -> Check:
    async def first() -> Check:
        async for check in sources(desk.app):
            return check
        raise AssertionError("nothing was checked")

    with watching(folder, source) as desk:
        desk.clock.advance(SystemClock().now() - NOW)
        return run_async(first())


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (CHALLENGE, "challenge page"),
        (LOGIN, "login page"),
        (HTML, "HTML page"),
        ("", "empty answer"),
        ("   \n", "empty answer"),
        (EMPTY_FEED, "no items"),
        ("<?xml version='1.0'?><rss version='2.0'><channel><tit", "no items"),
        ('{"status": "ok"}', "JSON"),
        ("Service unavailable", "plain text"),
    ],
)
@pytest.mark.parametrize("kind", ["feeds", "sitemaps"])
def test_what_came_in_place_of_a_list_is_a_fault(
    site: FakeSite, tmp_path: Path, kind: str, body: str, word: str
) -> None:
    site.page("/list", body)

    check = checked(tmp_path, {kind: [f"{site.url}/list"]})

    assert check.verdict == "fault"
    assert word in check.said or kind == "sitemaps"
    assert check.next_step


@pytest.mark.parametrize("body", [CHALLENGE, LOGIN, "", HTML])
def test_a_board_that_lists_nothing_is_a_fault(site: FakeSite, tmp_path: Path, body: str) -> None:
    site.page("/board", body)

    check = checked(tmp_path, {"listings": [f"{site.url}/board"]})

    assert check.verdict == "fault"
    assert check.next_step


@pytest.mark.parametrize("body", [CHALLENGE, "", "<html><body><h1>Not found</h1></body></html>"])
def test_a_topic_that_is_none_is_a_fault(site: FakeSite, tmp_path: Path, body: str) -> None:
    site.page("/topic/5-x/", body)

    assert checked(tmp_path, {"topics": [f"{site.url}/topic/5-x/"]}).verdict == "fault"


@pytest.mark.parametrize(
    ("status", "word"), [(403, "refuses us"), (404, "no such page"), (410, "gone"), (503, "trouble")]
)
def test_an_answer_that_refuses_is_a_fault(site: FakeSite, tmp_path: Path, status: int, word: str) -> None:
    site.status("/list", status)

    check = checked(tmp_path, {"feeds": [f"{site.url}/list"]})

    assert (check.verdict, word in check.said) == ("fault", True)


def test_a_feed_that_breaks_off_is_a_fault_though_it_shows_items(site: FakeSite, tmp_path: Path) -> None:
    whole = items(site.url, HOUR)
    site.page("/list", whole[: len(whole) * 2 // 3], content_type="application/rss+xml")

    check = checked(tmp_path, {"feeds": [f"{site.url}/list"]})

    assert check.verdict == "fault"
    assert "breaks off" in check.said


def test_a_connection_that_ends_early_is_a_fault(site: FakeSite, tmp_path: Path) -> None:
    whole = items(site.url, HOUR)
    site.stream("/list", lambda: [whole[: len(whole) // 2]], Content_Length=str(len(whole)))

    assert checked(tmp_path, {"feeds": [f"{site.url}/list"]}).verdict == "fault"


def test_a_feed_that_stands_still_is_told_with_its_age(site: FakeSite, tmp_path: Path) -> None:
    site.page("/list", items(site.url, timedelta(days=619)), content_type="application/rss+xml")

    check = checked(tmp_path, {"feeds": [f"{site.url}/list"]})

    assert check.verdict == "warning"
    assert "619 days" in check.said
    assert check.next_step.startswith("tocsin sources probe http")


def test_a_publisher_who_moved_to_another_domain_is_a_fault_and_is_not_followed(
    site: FakeSite, tmp_path: Path
) -> None:
    with FakeSite(host="127.0.0.2") as other:
        other.page("/list", items(other.url, HOUR))
        site.redirect("/list", f"{other.url}/list", status=301)

        check = checked(tmp_path, {"feeds": [f"{site.url}/list"]})

        assert check.verdict == "fault"
        assert "another domain" in check.said
        assert not other.requests


def test_a_fresh_feed_sitemap_board_and_topic_are_well(site: FakeSite, tmp_path: Path) -> None:
    site.page("/feed", items(site.url, HOUR), content_type="application/rss+xml")
    site.page("/map", sitemap({f"{site.url}/item-{n}.html": None for n in range(3)}))
    links = "".join(
        f'<h2><a href="/2026/11/21/a-long-story-{n}">A long story, number {n}</a></h2>' for n in range(9)
    )
    site.page("/board", f"<html><body>{links}</body></html>")
    site.page("/topic/5-x/", story("A topic of some length", at=NOW))

    for number, source in enumerate(
        (
            {"feeds": [f"{site.url}/feed"]},
            {"sitemaps": [f"{site.url}/map"]},
            {"listings": [f"{site.url}/board"]},
            {"topics": [f"{site.url}/topic/5-x/"]},
        )
    ):
        check = checked(tmp_path / str(number), source)
        assert check.verdict == "well", check.said
