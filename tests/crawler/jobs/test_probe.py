"""Finding out what could be watched."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

import pytest

from crawler.app import App
from crawler.discover.proposal import source_name
from crawler.fetch.loop import run_async
from crawler.jobs.probe import Probed, probe, web_address_of
from state.errors import FetchError
from tests.crawler.fetch.visiting import visitor
from tests.crawler.jobs import probed_sites
from tests.support.fake_site import FakeSite, Item


def probed(site: FakeSite, path: str) -> Probed:
    with visitor(delay=timedelta()) as someone:
        return run_async(probe(cast(App, someone.parts), site.url + path))


@pytest.mark.parametrize(
    ("build", "family", "table"),
    [
        (
            probed_sites.rfa_plone,
            "rfa-plone",
            {
                "site": "rfa",
                "language": "km",
                "feeds": ["/khmer/rss2.xml"],
                "listings": ["/khmer/story_archive"],
            },
        ),
        (
            probed_sites.rfa_arc,
            "rfa-arc",
            {
                "site": "rfa",
                "language": "km",
                "feeds": ["/arc/outboundfeeds/khmer/rss/"],
                "sitemaps": ["/arc/outboundfeeds/khmer/sitemap-news/"],
                "listings": ["/khmer/"],
            },
        ),
        (
            probed_sites.voa,
            "pangea",
            {
                "site": "voa",
                "language": "en",
                "feeds": ["/rss/?zoneid=599&count=50"],
                "sitemaps": ["/sitemap.xml"],
                "listings": ["/z/599"],
            },
        ),
        (
            probed_sites.invision,
            "invision",
            {"site": "invision", "language": "en", "listings": ["/forum/3-news/"]},
        ),
        (
            probed_sites.phpbb,
            "phpbb",
            {
                "site": "phpbb",
                "language": "en",
                "feeds": ["/board/app.php/feed/forum/4"],
                "listings": ["/board/viewforum.php?f=4"],
            },
        ),
        (
            probed_sites.xenforo,
            "xenforo",
            {
                "site": "xenforo",
                "language": "en",
                "feeds": ["/forums/news.3/index.rss"],
                "listings": ["/forums/news.3/"],
            },
        ),
        (
            probed_sites.discourse,
            "discourse",
            {"site": "discourse", "language": "en", "listings": ["/latest.json"]},
        ),
        (
            probed_sites.wordpress,
            "wordpress",
            {
                "site": "generic",
                "language": "en",
                "feeds": ["/feed/"],
                "sitemaps": ["/wp-sitemap.xml"],
                "listings": ["/"],
            },
        ),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_one_address_leads_to_a_whole_source(
    build: Callable[[FakeSite], str], family: str, table: dict[str, str | list[str]]
) -> None:
    with FakeSite() as site:
        found = probed(site, build(site))

    assert found.family.name == family
    local = {
        key: [url.removeprefix(site.url) for url in value] if isinstance(value, list) else value
        for key, value in found.proposal.table.items()
    }
    assert local == table


def test_what_robots_forbid_is_told_and_neither_fetched_nor_proposed() -> None:
    with FakeSite() as site:
        found = probed(site, probed_sites.voa(site))

    assert site.count("/api/") == 0
    assert any(url.endswith("/api/") and "robots.txt" in why for url, why in found.refused)
    assert not any("/api/" in url for key in ("feeds", "listings") for url in found.proposal.table[key])


def test_an_index_of_sitemaps_is_judged_by_its_latest_part_only() -> None:
    with FakeSite() as site:
        found = probed(site, probed_sites.voa(site))

    [index] = [offer for offer in found.offers if offer.kind == "sitemap"]
    assert (index.items, index.parts, index.newest_at) == (8, 2, probed_sites.HOURS[0])
    assert site.count("/sitemap_404_1.xml.gz") == 0


def test_a_forum_topic_is_followed_and_its_board_is_found() -> None:
    with FakeSite() as site:
        probed_sites.invision(site)
        found = probed(site, "/topic/70-a-topic/")

    assert found.proposal.table["topics"] == [f"{site.url}/topic/70-a-topic/"]
    assert found.proposal.table["listings"] == [f"{site.url}/forum/3-news/"]


def test_a_feed_alone_a_sitemap_alone_and_a_host_alone_are_probed() -> None:
    with FakeSite() as site:
        probed_sites.wordpress(site)
        feed = probed(site, "/feed/")
        index = probed(site, "/wp-sitemap.xml")
        host = probed(site, "")

    assert feed.proposal.table["feeds"] == [f"{site.url}/feed/"]
    assert index.proposal.table["sitemaps"] == [f"{site.url}/wp-sitemap.xml"]
    assert host.proposal.table["feeds"] == [f"{site.url}/feed/"]


def test_a_channel_that_stands_still_is_left_out_where_another_moves() -> None:
    with FakeSite() as site:
        path = probed_sites.xenforo(site)
        site.feed(
            f"{path}index.rss",
            [Item(title="Old", link="/threads/old.1/", published="Sat, 15 Mar 2025 10:00:00 GMT")],
        )
        found = probed(site, path)

    assert "feeds" not in found.proposal.table
    assert any("stands still since 15 Mar 2025" in remark for remark in found.proposal.remarks)


def test_what_can_be_had_of_a_site_whose_asked_page_is_gone_is_offered() -> None:
    with FakeSite() as site:
        probed_sites.wordpress(site)
        found = probed(site, "/2019/01/01/long-gone/")

    assert found.proposal.table["feeds"] == [f"{site.url}/feed/"]
    assert found.refused[0][0].endswith("/long-gone/")


def test_a_site_that_gives_nothing_is_told_with_every_refusal() -> None:
    with FakeSite() as site:
        found = probed(site, probed_sites.closed(site))

    assert found.proposal.is_empty
    assert found.refused == ((f"{site.url}/", "it refuses us (403)"),)
    assert found.absent


def test_what_stands_in_a_feeds_place_is_named() -> None:
    with FakeSite() as site:
        links = "".join(
            f'<link rel="alternate" type="application/rss+xml" href="/{n}.xml">' for n in ("empty", "html")
        )
        site.page("/", f"<html><head>{links}</head><body><p>hi</p></body></html>")
        site.page("/empty.xml", "<rss><channel></channel></rss>")
        site.page("/html.xml", "<html><head><title>Just a moment...</title></head></html>")
        found = probed(site, "/")

    told = {url.removeprefix(site.url): why for url, why in found.refused}
    assert told["/empty.xml"] == "the feed shows no items"
    assert "a challenge page ('Just a moment...')" in told["/html.xml"]
    assert found.proposal.is_empty


def test_a_site_whose_robots_file_forbids_everything_is_not_fetched() -> None:
    with FakeSite() as site:
        site.page("/robots.txt", "User-agent: *\nDisallow: /\n", content_type="text/plain")
        found = probed(site, "/")

    assert {asked.path for asked in site.requests} == {"/robots.txt"}
    assert "robots.txt asks us not to" in found.refused[0][1]


def test_the_page_of_feeds_leads_to_those_that_robots_may_have() -> None:
    with FakeSite() as site:
        probed_sites.voa(site)
        found = probed(site, "/rssfeeds")

    assert found.proposal.table["feeds"] == [f"{site.url}/rss/?zoneid=599"]


def test_the_family_of_a_feed_is_seen_by_the_pages_around_it() -> None:
    with FakeSite() as site:
        probed_sites.wordpress(site)
        found = probed(site, "/feed/")

    assert found.family.name == "wordpress"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.rfa.org/khmer/rss2.xml", "rfa-khmer"),
        ("https://www.rfa.org/arc/outboundfeeds/khmer/rss/", "rfa-khmer"),
        ("https://www.rfa.org/khmer/178017c6178e17b6178e17b6/", "rfa-khmer"),
        ("https://khmer.voanews.com/", "khmer-voanews"),
        ("https://talk.example.org/forums/politics.12/", "talk-example-politics-12"),
        ("https://paper.example/2026/11/20/some-story/", "paper"),
        ("https://ភាសា.example/", "example"),
        ("http://127.0.0.1:8000/", "127-0-0-1"),
    ],
)
def test_a_source_is_named_by_its_host_and_section(url: str, name: str) -> None:
    assert source_name(url) == name


def test_a_probe_asks_for_few_addresses() -> None:
    with FakeSite() as site:
        path = probed_sites.wordpress(site)
        links = "".join(f'<a href="/feeds/section-{n}.rss">x</a>' for n in range(500))
        site.page("/", f"<html><body class='wp-content'>{links}</body></html>")
        probed(site, path)

    assert len(site.requests) <= 18


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("example.org", "https://example.org/"),
        ("example.org/news", "https://example.org/news"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        (" http://example.org/x ", "http://example.org/x"),
    ],
)
def test_addresses_as_people_write_them(written: str, url: str) -> None:
    assert web_address_of(written) == url


@pytest.mark.parametrize(
    "written", ["", "ftp://example.org/", "https://", "https://[x", "https://example.org:99999/"]
)
def test_what_is_no_address_is_an_error(written: str) -> None:
    with pytest.raises(FetchError, match="no web address"):
        web_address_of(written)
