"""Fetching over real HTTP on loopback: what is followed, cut off, refused."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from crawler.fetch.faults import MovedError
from crawler.spiders.asks import Ask
from state.errors import FetchError, TooLargeError, UnsafeAddressError
from tests.crawler.fetch.visiting import visitor
from tests.support.fake_site import Answer, FakeSite


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with FakeSite() as running:
        yield running


def test_a_page_comes_with_what_we_need_to_know_of_it(site: FakeSite) -> None:
    site.page("/a", "<p>ក</p>", headers={"X-Two": "1"}, gzip=True)

    with visitor() as someone:
        page = someone.fetch(site.url + "/a")

    assert (page.status, page.body.decode(), page.ip) == (200, "<p>ក</p>", "127.0.0.1")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["x-two"] == "1"
    assert not page.truncated


def test_we_say_who_we_are_and_send_no_cookie_and_no_referrer(site: FakeSite) -> None:
    site.page("/a", "x", headers={"Set-Cookie": "a=b"})

    with visitor() as someone:
        someone.fetch_all([Ask(url=site.url + "/a"), Ask(url=site.url + "/a")])

    for asked in site.asked("/a"):
        assert asked.headers["User-Agent"] == "tocsin-test (mailto:a@b.example)"
        assert not {"Cookie", "Referer"} & set(asked.headers)


def test_redirects_are_followed_and_the_way_is_known(site: FakeSite) -> None:
    site.redirect("/old", "/new", status=301)
    site.page("/new", "x")

    with visitor() as someone:
        page = someone.fetch(site.url + "/old")

    assert (page.url, page.requested_url) == (f"{site.url}/new", f"{site.url}/old")


def test_circles_of_redirects_end(site: FakeSite) -> None:
    site.redirect("/a", "/b")
    site.redirect("/b", "/a")

    with visitor() as someone, pytest.raises(FetchError, match="circles"):
        someone.fetch(site.url + "/a")


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost.localdomain.invalid/",
        "file:///etc/passwd",
        "//10.0.0.1/x",
        "ftp://127.0.0.1/x",
    ],
)
def test_redirects_to_private_places_are_refused(site: FakeSite, target: str) -> None:
    site.redirect("/a", target)

    with visitor() as someone, pytest.raises(FetchError):
        someone.fetch(site.url + "/a")


def test_a_redirect_to_the_metadata_address_is_an_unsafe_address(site: FakeSite) -> None:
    site.redirect("/a", "http://169.254.169.254/latest/meta-data/")

    with visitor() as someone, pytest.raises(UnsafeAddressError, match=r"169\.254\.169\.254"):
        someone.fetch(site.url + "/a")


def test_a_name_that_resolves_to_a_private_address_is_refused_when_connecting(site: FakeSite) -> None:
    port = site.host.rpartition(":")[2]

    with (
        visitor(allow=["192.168.250.0/24"]) as someone,
        pytest.raises(UnsafeAddressError, match=r"127\.0\.0\.1|::1"),
    ):
        someone.fetch(f"http://localhost:{port}/a")

    assert not site.requests


def test_robots_txt_of_a_private_host_is_not_asked_for_either(site: FakeSite) -> None:
    with visitor(allow=[]) as someone, pytest.raises(UnsafeAddressError):
        someone.fetch(site.url + "/a")

    assert not site.requests


def test_an_endless_body_is_cut_off(site: FakeSite) -> None:
    sent = []

    def chunks() -> Iterator[bytes]:
        for _ in range(5000):
            sent.append(1)
            yield b"x" * 100_000

    site.stream("/big", chunks)

    with visitor(max_body="1MB") as someone, pytest.raises(TooLargeError):
        someone.fetch(site.url + "/big")

    assert len(sent) < 500


def test_a_body_that_announces_its_size_is_not_begun(site: FakeSite) -> None:
    site.stream("/big", lambda: iter([b"x"]), Content_Length="500000000")

    with visitor() as someone, pytest.raises(TooLargeError):
        someone.fetch(site.url + "/big")


def test_a_compressed_bomb_is_refused(site: FakeSite) -> None:
    site.page("/bomb", b"0" * 30_000_000, gzip=True)

    with visitor() as someone, pytest.raises(TooLargeError):
        someone.fetch(site.url + "/bomb")


def test_a_page_that_dribbles_is_given_up(site: FakeSite) -> None:
    site.page("/slow", "x", delay_s=3)

    with visitor(timeout="1s") as someone, pytest.raises(FetchError, match="in time") as error:
        someone.fetch(site.url + "/slow")

    assert error.value.retryable


def test_a_dead_network_is_a_plain_error() -> None:
    with FakeSite() as gone:
        url = gone.url

    with visitor() as someone, pytest.raises(FetchError, match="refused") as error:
        someone.fetch(url)

    assert error.value.retryable


def test_an_unknown_host_is_a_plain_error() -> None:
    with visitor() as someone, pytest.raises(FetchError, match="no such host"):
        someone.fetch("http://no-such-host.invalid/")


def test_a_connection_that_is_closed_is_an_error_and_the_next_page_comes(site: FakeSite) -> None:
    site.hang_up("/a")
    site.page("/b", "x")

    with visitor() as someone:
        first, second = sorted(
            someone.fetch_all([Ask(url=site.url + "/a"), Ask(url=site.url + "/b")]),
            key=lambda got: got.ask.url,
        )

    assert isinstance(first.error, FetchError)
    assert second.pages[0].status == 200


def test_a_body_that_breaks_off_is_an_error_where_a_whole_page_is_needed(site: FakeSite) -> None:
    site.stream("/a", lambda: iter([b"<p>half"]), Content_Length="1000")

    with visitor() as someone:
        with pytest.raises(FetchError, match="broke off"):
            someone.fetch(site.url + "/a")
        page = someone.fetch(site.url + "/a", whole=False)

    assert page.truncated
    assert page.body == b"<p>half"


def test_a_feed_that_moves_to_another_domain_is_not_followed() -> None:
    with FakeSite() as old, FakeSite(host="127.0.0.2") as new:
        old.redirect("/feed", new.url + "/feed", status=301)
        new.page("/feed", "x")

        with visitor() as someone:
            with pytest.raises(MovedError) as moved:
                someone.fetch(old.url + "/feed", stay=True)
            followed = someone.fetch(old.url + "/feed")

    assert moved.value.target == new.url + "/feed"
    assert followed.url == new.url + "/feed"
    assert new.count("/feed") == 1


def test_validators_are_replayed_as_they_came(site: FakeSite) -> None:
    site.page("/a", "x", etag='W/"abc"', last_modified="Sat, 21 Nov 2026 10:00:00 GMT")

    with visitor() as someone:
        first = someone.fetch(site.url + "/a")
        second = someone.fetch(
            site.url + "/a", etag=first.headers["etag"], last_modified=first.headers["last-modified"]
        )

    assert second.status == 304
    assert site.asked("/a")[1].headers["If-None-Match"] == 'W/"abc"'


def test_pages_are_read_on_as_the_ask_says(site: FakeSite) -> None:
    for number in range(4):
        site.page(f"/{number}", str(number))

    async def follow(pages: object) -> str | None:
        count = len(pages)  # type: ignore[arg-type]
        return f"{site.url}/{count}" if count < 4 else None

    with visitor() as someone:
        (got,) = someone.fetch_all([Ask(url=site.url + "/0", follow=follow)])

    assert [page.body for page in got.pages] == [b"0", b"1", b"2", b"3"]


def test_a_fault_while_reading_on_keeps_what_came(site: FakeSite) -> None:
    site.page("/0", "0")
    site.answer("/1", Answer(hang_up=True))

    async def follow(pages: object) -> str | None:
        return f"{site.url}/1"

    with visitor() as someone:
        (got,) = someone.fetch_all([Ask(url=site.url + "/0", follow=follow)])

    assert [page.body for page in got.pages] == [b"0"]
    assert isinstance(got.error, FetchError)


def test_many_crawls_in_one_process_leave_nothing_behind(site: FakeSite) -> None:
    site.page("/a", "x")

    with visitor(delay=timedelta()) as someone:
        pages = [someone.fetch(site.url + "/a") for _ in range(20)]

    assert {page.status for page in pages} == {200}
