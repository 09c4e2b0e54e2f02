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


def board(*rows: tuple[int, int], older: str = "/list?page=2", path: str = "/list") -> Page:
    """Return a board whose rows are topic number and hours since the last reply."""
    items = "".join(
        f'<li class="ipsDataItem" data-rowid="{number}"><h4 class="ipsDataItem_title"><a href="/topic/{number}-t/">T</a>'
        f'</h4><ul class="ipsDataItem_lastPoster"><li><time datetime="{(NOW - timedelta(hours=hours)).isoformat()}">x'
        "</time></li></ul></li>"
        for number, hours in rows
    )
    return answer(f'<html><body><ol>{items}</ol><a rel="next" href="{older}">Next</a></body></html>', path)


def topics(*numbers: int) -> list[str]:
    return [f"news.example:{number}" for number in numbers]


def test_topics_held_at_a_boards_head_do_not_keep_us_from_reading_back() -> None:
    way = walk(known=topics(1, 2, 30), newest=NOW - timedelta(hours=5))

    way.read(board((1, 900), (2, 2000), (11, 1), (12, 2)))
    assert way.next_url() == f"{BASE}/list?page=2"
    way.read(board((13, 3), (30, 6), path="/list?page=2", older="/list?page=3"))

    assert way.next_url() is None
    assert way.overlaps


def test_a_known_topic_that_was_lifted_by_a_reply_closes_no_gap() -> None:
    way = walk(known=topics(30, 31), newest=NOW - timedelta(hours=5))

    way.read(board((30, 1), (11, 2), (12, 3)))

    assert not way.overlaps
    assert way.next_url() == f"{BASE}/list?page=2"


def test_a_board_where_only_a_held_topic_is_old_is_not_closed_by_it() -> None:
    way = walk(known=topics(1), newest=NOW - timedelta(hours=5))

    way.read(board((1, 900), (11, 1), (12, 2)))

    assert not way.overlaps


def test_a_held_story_at_the_head_of_a_news_list_closes_no_gap() -> None:
    way = walk(known=[key(1), key(90)])

    way.read(listing(range(1, 9), older="/list?page=2"))
    assert way.next_url() == f"{BASE}/list?page=2"
    way.read(listing(range(85, 95), path="/list?page=2"))

    assert way.overlaps


def test_a_list_that_lost_its_newest_story_is_still_the_same_list() -> None:
    way = walk(known=[key(n) for n in range(2, 10)])

    way.read(listing(range(2, 11), older="/list?page=2"))

    assert way.overlaps


def undated(numbers: range) -> Page:
    rows = "".join(f"<url><loc>{BASE}/story-{n}</loc></url>" for n in numbers)
    return answer(f"<urlset>{rows}</urlset>", "/map.xml")


def test_of_a_large_sitemap_without_dates_both_ends_are_taken() -> None:
    way = walk(Channel("sitemap", f"{BASE}/map.xml"))

    way.read(undated(range(20_000)))

    numbers = [int(item.url.rpartition("-")[2]) for item in way.candidates]
    assert numbers == [*range(250), *range(19_750, 20_000)]


def test_of_a_sitemap_that_is_remembered_whole_every_new_row_is_taken_and_no_other() -> None:
    first = walk(Channel("sitemap", f"{BASE}/map.xml"))
    first.read(undated(range(900)))
    again = walk(Channel("sitemap", f"{BASE}/map.xml"), known=first.shown)

    again.read(undated(range(903)))

    assert [item.url for item in again.candidates] == [f"{BASE}/story-{n}" for n in (900, 901, 902)]
    assert again.overlaps


def test_a_sitemap_that_was_quiet_for_long_has_no_gap() -> None:
    body = f"<urlset><url><loc>{BASE}/old-one</loc><lastmod>2026-01-01</lastmod></url></urlset>"
    first = walk(Channel("sitemap", f"{BASE}/map.xml"))
    first.read(answer(body, "/map.xml"))
    again = walk(Channel("sitemap", f"{BASE}/map.xml"), known=first.shown)

    again.read(answer(body, "/map.xml"))

    assert again.overlaps
    assert not again.candidates


def test_a_new_address_and_a_cut_are_told() -> None:
    body = "<rss><channel><item><link>/a-b-c-d</link></item><item><link>/e-f"
    page = Page(
        url=f"{BASE}/new",
        requested_url=f"{BASE}/feed",
        status=200,
        headers={},
        body=body.encode(),
        fetched_at=NOW,
    )
    way = walk(Channel("feed", f"{BASE}/feed"))

    way.read(page)

    assert way.notes == (
        "it breaks off; 1 item came before that",
        f"it answers from {BASE}/new now: write that address into the configuration",
    )
    assert not way.whole
