"""Reading a channel back to what we know."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.discover.walk import Channel, Walk
from state.errors import DiscoverError
from state.records import Page

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BASE = "https://news.example"
LISTING = Channel("listing", f"{BASE}/list")


def listing(numbers: range, older: str | None = None, path: str = "/list") -> Page:
    links = "".join(
        f'<p><a href="/story-{n}-of-the-long-day">Story {n} of the long day</a></p>' for n in numbers
    )
    more = f'<a rel="next" href="{older}">older</a>' if older else ""
    return answer(f"<html><body><main>{links}{more}</main></body></html>", path)


def answer(body: str, path: str) -> Page:
    return Page(url=BASE + path, status=200, headers={}, body=body.encode(), fetched_at=NOW)


def key(number: int) -> str:
    return f"{BASE}/story-{number}-of-the-long-day"


def walk(channel: Channel = LISTING, **options: object) -> Walk:
    return Walk(channel, "s", **{"horizon": NOW - timedelta(days=7), "now": NOW, **options})  # type: ignore[arg-type]


def test_a_first_look_reads_one_page() -> None:
    way = walk()

    way.read(listing(range(5), older="/list?page=2"))

    assert way.next_url() is None
    assert len(way.candidates) == 5
    assert way.overlaps


def test_a_list_that_shows_what_we_know_is_read_no_further() -> None:
    way = walk(known=[key(3)])

    way.read(listing(range(5), older="/list?page=2"))

    assert way.next_url() is None
    assert way.overlaps


def test_a_list_that_moved_on_is_read_back_to_what_we_know() -> None:
    way = walk(known=[key(12)])

    way.read(listing(range(5), older="/list?page=2"))
    assert way.next_url() == f"{BASE}/list?page=2"
    way.read(listing(range(5, 10), older="/list?page=3", path="/list?page=2"))
    assert way.next_url() == f"{BASE}/list?page=3"
    way.read(listing(range(10, 15), older="/list?page=4", path="/list?page=3"))

    assert way.next_url() is None
    assert way.overlaps
    assert len(way.candidates) == 15
    assert way.shown == tuple(key(n) for n in range(5))


def test_what_cannot_be_closed_is_a_gap() -> None:
    way = walk(known=[key(99)])

    way.read(listing(range(5)))

    assert way.next_url() is None
    assert not way.overlaps


def test_pages_that_repeat_themselves_end_the_walk() -> None:
    way = walk(known=[key(99)])

    way.read(listing(range(5), older="/list?page=2"))
    way.read(listing(range(5), older="/list?page=3", path="/list?page=2"))

    assert way.next_url() is None


def test_a_walk_back_is_bounded() -> None:
    way, pages = walk(known=[key(10**6)]), 0

    way.read(listing(range(3), older="/list?page=1"))
    while way.next_url() is not None:
        pages += 1
        way.read(listing(range(pages * 10, pages * 10 + 3), f"/list?page={pages + 1}", f"/list?page={pages}"))

    assert pages == 19


def test_reading_back_on_purpose_marks_what_it_finds() -> None:
    way = walk(known=[key(1)], since=NOW - timedelta(days=30))

    way.read(listing(range(3), older="/list?page=2"))
    assert way.next_url() is not None
    way.read(listing(range(3, 6), path="/list?page=2"))

    assert way.deep == {key(3), key(4), key(5)}


def test_a_sitemap_index_leads_to_its_latest_part_and_has_no_validators_of_its_own() -> None:
    way = walk(Channel("sitemap", f"{BASE}/sitemap.xml"))
    index = (
        f"<sitemapindex><sitemap><loc>{BASE}/map_latest.xml</loc></sitemap>"
        f"<sitemap><loc>{BASE}/map_1.xml</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>"
    )
    part = (
        f"<urlset><url><loc>{BASE}/new-one</loc><lastmod>2026-11-21</lastmod></url>"
        f"<url><loc>{BASE}/old-one</loc><lastmod>2026-01-01</lastmod></url></urlset>"
    )

    way.read(answer(index, "/sitemap.xml"))
    assert way.next_url() == f"{BASE}/map_latest.xml"
    way.read(answer(part, "/map_latest.xml"))

    assert way.next_url() is None
    assert way.is_index
    assert [item.url for item in way.candidates] == [f"{BASE}/new-one"]


def test_the_first_page_must_be_what_the_configuration_says() -> None:
    with pytest.raises(DiscoverError, match="came where a feed was due"):
        walk(Channel("feed", f"{BASE}/feed")).read(listing(range(3)))
