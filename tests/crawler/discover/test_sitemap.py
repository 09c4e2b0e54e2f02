"""Sitemaps and their indexes."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from crawler.discover.reading import Part
from crawler.discover.sitemap import choose_parts, read, read_sitemap
from crawler.discover.unpack import unpack
from state.errors import DiscoverError
from state.records import Candidate

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://news.example/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def rows(body: bytes) -> list[Candidate]:
    return read_sitemap(body, base_url=URL, source="s", channel=URL, now=NOW)


def test_a_gzip_body_is_read_and_the_newest_comes_first() -> None:
    body = gzip.compress(
        f"<urlset {NS}><url><loc>https://news.example/old</loc><lastmod>2026-11-01</lastmod></url>"
        f"<url><loc>https://news.example/new</loc><lastmod>2026-11-21T09:00:00Z</lastmod></url></urlset>".encode()
    )

    found = rows(body)

    assert [row.url for row in found] == ["https://news.example/new", "https://news.example/old"]
    assert found[1].modified_at == datetime(2026, 11, 1, tzinfo=UTC)


def test_a_news_sitemap_gives_title_and_time_and_ignores_image_addresses() -> None:
    body = (
        f'<urlset {NS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://news.example/a</loc>'
        "<image:image><image:loc>https://news.example/pic.jpg</image:loc></image:image>"
        "<news:news><news:publication><news:name>N</news:name></news:publication>"
        "<news:publication_date>2026-11-21T01:00:00Z</news:publication_date><news:title>Title</news:title></news:news>"
        "</url></urlset>"
    ).encode()

    (found,) = rows(body)

    assert (found.url, found.title) == ("https://news.example/a", "Title")
    assert found.published_at == datetime(2026, 11, 21, 1, tzinfo=UTC)


def test_an_index_gives_its_parts() -> None:
    body = (
        f"<sitemapindex {NS}><sitemap><loc>https://news.example/1.xml.gz</loc><lastmod>2026-11-20</lastmod></sitemap>"
        "<sitemap><loc>https://news.example/2.xml.gz</loc></sitemap></sitemapindex>"
    ).encode()

    reading = read(body, base_url=URL, source="s", channel=URL, now=NOW)

    assert [part.url for part in reading.parts] == [
        "https://news.example/1.xml.gz",
        "https://news.example/2.xml.gz",
    ]


def test_of_a_huge_index_only_the_latest_parts_are_chosen() -> None:
    parts = [
        Part(url=f"https://news.example/sitemap_4_{n}.xml.gz", modified_at=NOW - timedelta(days=30 * n))
        for n in range(50)
    ]
    latest = Part(url="https://news.example/sitemap_4_latest.xml.gz")
    video = Part(url="https://news.example/sitemap_4_videos.xml.gz", modified_at=NOW)

    chosen = choose_parts([*parts, latest, video], NOW - timedelta(days=7))

    assert chosen == [latest, parts[0]]


def test_of_an_undated_index_the_highest_numbers_and_the_first_are_chosen() -> None:
    parts = [Part(url=f"https://news.example/map-{n}.xml") for n in range(1, 30)]

    chosen = choose_parts(parts, NOW)

    assert [part.url for part in chosen] == [
        "https://news.example/map-29.xml",
        "https://news.example/map-28.xml",
        "https://news.example/map-1.xml",
    ]


def test_a_plain_text_sitemap_is_read() -> None:
    assert len(rows(b"https://news.example/a\nhttps://news.example/b\n")) == 2


def test_a_cut_sitemap_gives_what_came() -> None:
    body = f"<urlset {NS}><url><loc>https://news.example/a</loc></url><url><loc>https://news.exa".encode()

    reading = read(body, base_url=URL, source="s", channel=URL, now=NOW)

    assert [row.url for row in reading.candidates] == ["https://news.example/a"]
    assert not reading.whole


def test_what_is_ill_formed_in_one_row_does_not_cost_the_others() -> None:
    body = (
        f"<br/>\n<?xml version='1.0'?><urlset {NS}><url><loc>https://news.example/a?x=1&y=2</loc></url>"
        "<url><loc>https://news.example/b\x0b</loc></url><url><loc>https://news.example/c</loc></url></urlset>"
    ).encode()

    reading = read(body, base_url=URL, source="s", channel=URL, now=NOW)

    assert [row.url for row in reading.candidates][::2] == [
        "https://news.example/a?x=1&y=2",
        "https://news.example/c",
    ]
    assert reading.whole


def test_a_news_sitemap_names_its_language() -> None:
    row = (
        "<url><loc>https://news.example/{n}</loc><news:news><news:publication><news:name>N</news:name>"
        "<news:language>km</news:language></news:publication></news:news></url>"
    )
    body = (
        f'<urlset {NS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"{row.format(n=1)}{row.format(n=2)}</urlset>"
    ).encode()

    assert read(body, base_url=URL, source="s", channel=URL, now=NOW).language == "km"


@pytest.mark.parametrize(("number", "lastmod"), [(60, "2026-11-21T03:00:07Z"), (600, "2026-11-21")])
def test_dates_that_are_all_of_one_day_are_not_believed(number: int, lastmod: str) -> None:
    urls = "".join(
        f"<url><loc>https://news.example/story-{n}</loc><lastmod>{lastmod}</lastmod></url>"
        for n in range(number)
    )

    reading = read(f"<urlset {NS}>{urls}</urlset>".encode(), base_url=URL, source="s", channel=URL, now=NOW)

    assert len(reading.candidates) == number
    assert all(row.modified_at is None for row in reading.candidates)
    assert reading.candidates[0].url.endswith("story-0")
    assert reading.notes == ("its rows all bear the same date, which is not believed",)


def test_of_parts_that_all_changed_today_the_highest_numbers_and_the_first_are_chosen() -> None:
    parts = [Part(url=f"https://news.example/map-{n}.xml", modified_at=NOW) for n in range(1, 30)]

    assert [part.url[-6:-4] for part in choose_parts(parts, NOW)] == ["29", "28", "-1"]


def test_a_name_that_all_parts_bear_chooses_none_of_them() -> None:
    parts = [
        Part(url=f"https://news.example/sitemap-news-{year}-{month:02}/")
        for year in (2024, 2025)
        for month in (1, 2, 3)
    ]

    assert choose_parts(parts, NOW)[0].url.endswith("2025-03/")


@pytest.mark.parametrize(
    "name",
    ["image-1.xml", "sitemap_9_videos.xml.gz", "post_tag-sitemap.xml", "page-sitemap.xml", "sections/"],
)
def test_parts_that_hold_no_articles_are_passed_over(name: str) -> None:
    stories = Part(url="https://news.example/vintage-stories.xml")
    other = Part(url=f"https://news.example/{name}")

    assert choose_parts([other, stories], NOW) == [stories]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "an empty answer"),
        (b"<rss><channel><item><link>https://news.example/a</link></item></channel></rss>", "a feed came"),
        (b"<html><title>403</title></html>", "an HTML page"),
        (f"<urlset {NS}></urlset>".encode(), "a sitemap without addresses"),
        (b"<a>b</a>", "plain text"),
    ],
)
def test_what_is_no_sitemap_is_named(body: bytes, said: str) -> None:
    with pytest.raises(DiscoverError) as error:
        rows(body)

    assert said in error.value.problem


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b"x" * 5_000_000)

    with pytest.raises(DiscoverError, match="unpacks to more than"):
        unpack(bomb, source="s", url=URL, limit=1_000_000)


def test_entity_bombs_are_not_expanded() -> None:
    body = (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
        f"<urlset {NS}><url><loc>https://news.example/&c;</loc></url></urlset>"
    ).encode()

    reading = read(body, base_url=URL, source="s", channel=URL, now=NOW)

    assert all(len(row.url) < 100 for row in reading.candidates)
