"""Feeds and robots files as real sites serve them; collected only where the folder of real pages is."""

import os
from datetime import UTC, datetime
from pathlib import Path

from crawler.discover.feed import read_feed
from crawler.discover.links import looks_like_article
from crawler.fetch.robots import parse

REAL_PAGES = Path(os.environ.get("TOCSIN_REAL_PAGES") or Path(__file__).parents[2] / "pages" / "real")
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_a_pangea_feed_without_links_gives_articles_by_number() -> None:
    body = (REAL_PAGES / "voa-podcast-feed.xml").read_bytes()

    found = read_feed(
        body,
        base_url="https://learningenglish.voanews.com/podcast/",
        headers={},
        source="s",
        channel="c",
        now=NOW,
    )

    assert found
    assert all(item.key.startswith("voa:") and item.published_at is not None for item in found)


def test_the_robots_file_of_a_broadcaster_forbids_its_advertised_feeds_and_allows_its_sitemaps() -> None:
    rules = parse((REAL_PAGES / "voa-robots.txt").read_bytes())
    site = "https://www.voanews.com"

    assert not rules.can_fetch(f"{site}/api/zkyqoejvvo", "tocsin")
    for path in (
        "/rss/?zoneid=1579&count=20",
        "/sitemap.xml",
        "/sitemap_404_latest.xml.gz",
        "/z/599",
        "/a/1234567.html",
    ):
        assert rules.can_fetch(site + path, "tocsin")


def test_real_addresses_of_all_eras_look_like_articles() -> None:
    urls = (REAL_PAGES / "rfa-english-urls.txt").read_text("utf-8").split()

    taken = [url for url in urls if looks_like_article(url)]

    assert len(taken) > 0.97 * len(urls)
