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


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "an empty answer"),
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
