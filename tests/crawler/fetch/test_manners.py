"""A guest on the web: robots.txt, pace, Retry-After, back-off."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from crawler.fetch.pace import back_off
from crawler.fetch.retry_after import retry_after
from crawler.spiders.asks import Ask
from state.clock import ManualClock
from state.errors import FetchError, RobotsError
from tests.crawler.fetch.visiting import visitor
from tests.support.fake_site import Answer, FakeSite

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with FakeSite() as running:
        running.page("/a", "x")
        running.page("/b", "x")
        yield running


def robots(site: FakeSite, text: str) -> None:
    site.page("/robots.txt", text, content_type="text/plain")


def test_what_robots_txt_forbids_is_not_fetched(site: FakeSite) -> None:
    robots(site, "User-agent: *\nDisallow: /a\n")

    with visitor() as someone:
        with pytest.raises(RobotsError):
            someone.fetch(site.url + "/a")
        someone.fetch(site.url + "/b")

    assert site.count("/a") == 0


def test_a_rule_for_our_own_name_counts(site: FakeSite) -> None:
    robots(site, "User-agent: tocsin-test\nDisallow: /\n\nUser-agent: *\nAllow: /\n")

    with visitor() as someone, pytest.raises(RobotsError):
        someone.fetch(site.url + "/a")


def test_a_redirect_into_what_is_forbidden_is_not_followed(site: FakeSite) -> None:
    robots(site, "User-agent: *\nDisallow: /a\n")
    site.redirect("/c", "/a")

    with visitor() as someone, pytest.raises(RobotsError):
        someone.fetch(site.url + "/c")

    assert site.count("/a") == 0


def test_robots_txt_is_asked_once_a_day_over_all_crawls(site: FakeSite) -> None:
    robots(site, "User-agent: *\nDisallow:\n")
    clock = ManualClock(NOW)

    with visitor(clock=clock) as someone:
        someone.fetch(site.url + "/a")
        someone.fetch(site.url + "/a")
        clock.advance(timedelta(hours=23))
        someone.fetch(site.url + "/a")
        assert site.count("/robots.txt") == 1
        clock.advance(timedelta(hours=2))
        someone.fetch(site.url + "/a")

    assert site.count("/robots.txt") == 2


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_missing_or_refused_robots_txt_allows_all(site: FakeSite, status: int) -> None:
    site.status("/robots.txt", status)

    with visitor() as someone:
        assert someone.fetch(site.url + "/a").status == 200


def test_a_server_in_trouble_over_robots_txt_is_left_alone(site: FakeSite) -> None:
    site.status("/robots.txt", 503)

    with visitor() as someone, pytest.raises(FetchError, match=r"robots\.txt cannot be read"):
        someone.fetch(site.url + "/a")

    assert site.count("/a") == 0


def test_an_older_copy_serves_while_the_server_is_in_trouble(site: FakeSite) -> None:
    robots(site, "User-agent: *\nDisallow: /b\n")
    clock = ManualClock(NOW)

    with visitor(clock=clock) as someone:
        someone.fetch(site.url + "/a")
        clock.advance(timedelta(hours=25))
        site.hang_up("/robots.txt")
        assert someone.fetch(site.url + "/a").status == 200
        with pytest.raises(RobotsError):
            someone.fetch(site.url + "/b")


def test_a_robots_txt_that_is_garbage_allows_all(site: FakeSite) -> None:
    site.page("/robots.txt", b"\xff\xfe\x00<html>\x00 Disallow", content_type="text/plain")

    with visitor() as someone:
        assert someone.fetch(site.url + "/a").status == 200


def test_a_robots_txt_without_end_is_no_reason_to_stop(site: FakeSite) -> None:
    site.stream("/robots.txt", lambda: (b"#" * 100_000 for _ in range(200)))

    with visitor(max_body="1MB") as someone:
        assert someone.fetch(site.url + "/a").status == 200


def test_requests_to_one_host_keep_their_distance(site: FakeSite) -> None:
    with visitor(delay=timedelta(seconds=0.2)) as someone:
        someone.fetch_all([Ask(url=f"{site.url}/{name}") for name in "aba"])
        someone.fetch(site.url + "/b")

    times = [asked.at for asked in site.requests if asked.path != "/robots.txt"]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(times) == 4
    assert min(gaps) > 0.1


def test_a_host_that_asks_for_time_gets_it(site: FakeSite) -> None:
    site.answer("/a", Answer(503, b"", {"Retry-After": "3600"}), Answer(200, b"x"))
    clock = ManualClock(NOW)

    with visitor(clock=clock) as someone:
        assert someone.fetch(site.url + "/a").status == 503
        with pytest.raises(FetchError, match="stay away until 2026-11-21 13:00") as refused:
            someone.fetch(site.url + "/b")
        assert site.count("/b") == 0
        clock.advance(timedelta(minutes=61))
        assert someone.fetch(site.url + "/b").status == 200

    assert refused.value.retry_after == timedelta(hours=1)


def test_a_short_wish_is_waited_for(site: FakeSite) -> None:
    site.answer("/a", Answer(429, b"", {"Retry-After": "1"}), Answer(200, b"x"))

    with visitor() as someone:
        someone.fetch(site.url + "/a")
        someone.fetch(site.url + "/b")

    assert site.asked("/b")[0].at - site.asked("/a")[0].at > 0.7


def test_a_host_that_fails_again_and_again_is_left_alone_for_longer_each_time(site: FakeSite) -> None:
    site.status("/a", 500)
    clock = ManualClock(NOW)

    with visitor(clock=clock, patience=timedelta()) as someone:
        for _ in range(3):
            someone.fetch(site.url + "/a")
        with pytest.raises(FetchError, match="stay away"):
            someone.fetch(site.url + "/b")
        clock.advance(timedelta(minutes=1))
        someone.fetch(site.url + "/b")
        with someone.parts.store.read() as tx:
            row = tx.hosts.get(site.host)

    assert row is not None
    assert row.failures == 0


def test_back_off_doubles_to_an_hour() -> None:
    assert [back_off(n).total_seconds() for n in (1, 2, 3, 4, 5, 30)] == [0, 0, 30, 60, 120, 3600]


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Sat, 21 Nov 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Sat, 21 Nov 2026 11:00:00 GMT", timedelta()),
        ("99999999999999", timedelta(days=1)),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str | None, wait: timedelta | None) -> None:
    assert retry_after(value, NOW) == wait
