"""Feeds in every condition."""

import json
from datetime import UTC, datetime

import pytest

from crawler.discover.feed import read, read_feed
from crawler.discover.feed_date import feed_date
from state.errors import DiscoverError
from state.records import Candidate

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://news.example/feed"


def items(body: bytes | str, **headers: str) -> list[Candidate]:
    raw = body.encode() if isinstance(body, str) else body
    return read_feed(raw, base_url=URL, headers=headers, source="s", channel=URL, now=NOW)


def rss(inner: str, head: str = "<rss version='2.0'><channel><title>t</title>") -> str:
    return f"<?xml version='1.0' encoding='utf-8'?>{head}{inner}</channel></rss>"


def test_an_item_gives_title_address_key_and_time() -> None:
    body = rss(
        "<item><title>Two &amp; three</title><link>https://voanews.com/a/some-slug/7123456.html</link>"
        "<pubDate>Sat, 21 Nov 2026 10:00:00 +0700</pubDate><author>a@b.c (Ann)</author></item>"
    )

    (item,) = items(body)

    assert item.title == "Two & three"
    assert item.key == "voa:7123456"
    assert item.published_at == datetime(2026, 11, 21, 3, tzinfo=UTC)


def test_the_full_text_of_an_item_is_kept() -> None:
    head = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
    body = rss(
        "<item><title>a</title><link>/a-story</link><description>short</description>"
        "<content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded></item>",
        head,
    )

    (item,) = items(body)

    assert item.body == "<p>All of it.</p>"
    assert item.summary == "short"


def test_an_item_without_link_is_found_by_its_guid() -> None:
    (item,) = items(rss("<item><title>a</title><guid>https://news.example/a/77001.html</guid></item>"))

    assert item.url == "https://news.example/a/77001.html"


def test_atom_and_json_feed_are_read_alike() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><title>a</title><id>x</id>"
        "<link href='/a-story'/><updated>2026-11-20T01:02:03Z</updated></entry></feed>"
    )
    json_feed = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "url": "/a-story", "title": "a", "date_modified": "2026-11-20T01:02:03Z"}],
        }
    )

    from_atom, from_json = items(atom)[0], items(json_feed)[0]

    assert (from_atom.url, from_atom.title) == (from_json.url, from_json.title)
    assert from_atom.published_at == from_json.published_at == datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)


def test_bytes_in_another_encoding_come_out_right_whatever_the_header_case() -> None:
    body = rss("<item><title>Партия распущена</title><link>/a-b-c-d</link></item>").replace(
        "utf-8", "windows-1251"
    )

    (item,) = items(body.encode("cp1251"), **{"content-type": "application/rss+xml; charset=windows-1251"})

    assert item.title == "Партия распущена"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "an empty answer"),
        (b"  \n", "an empty answer"),
        (b"<html><head><title>Just a moment...</title></head><body></body></html>", "a challenge page"),
        (b"<!DOCTYPE html><html><head><title>Home</title></head></html>", "an HTML page ('Home')"),
        (b"{}", "JSON of another kind"),
        (b"PK\x03\x04\x00\x00", "binary data"),
        (b"out of order", "plain text"),
        (rss("").encode(), "shows no items"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, said: str) -> None:
    with pytest.raises(DiscoverError) as error:
        items(body)

    assert said in error.value.problem
    assert error.value.hint


def test_an_html_page_that_advertises_feeds_is_a_hint_to_them() -> None:
    page = (
        b"""<html><head><link rel="alternate" type="application/rss+xml" href="/new/rss.xml"></head></html>"""
    )

    with pytest.raises(DiscoverError) as error:
        items(page)

    assert "https://news.example/new/rss.xml" in error.value.hint


def test_a_feed_that_broke_off_loses_its_last_item_only_and_is_not_whole() -> None:
    body = "<rss version='2.0'><channel><item><title>a</title><link>/a</link></item><item><title>b</title><link>/b"

    reading = read(body.encode(), base_url=URL, headers={}, source="s", channel=URL, now=NOW)

    assert [item.title for item in reading.candidates] == ["a"]
    assert not reading.whole


def test_an_ill_formed_but_complete_feed_is_whole() -> None:
    body = rss("<item><title>Fish & chips</title><link>/a</link></item>")

    reading = read(body.encode(), base_url=URL, headers={}, source="s", channel=URL, now=NOW)

    assert reading.whole
    assert len(reading.candidates) == 1


def test_older_pages_are_named() -> None:
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='/feed?page=2'/>"
        "<entry><title>a</title><link href='/a-story'/></entry></feed>"
    )

    reading = read(body.encode(), base_url=URL, headers={}, source="s", channel=URL, now=NOW)

    assert reading.older == "https://news.example/feed?page=2"


def test_entities_are_not_expanded_and_files_not_read() -> None:
    body = (
        "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        "<rss version='2.0'><channel><item><title>a &x; b</title><link>/a</link></item></channel></rss>"
    )

    (item,) = items(body)

    assert "root:" not in (item.title or "")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Sat, 21 Nov 2026 03:00:00 GMT", datetime(2026, 11, 21, 3, tzinfo=UTC)),
        ("2026-11-21T10:00:00+07:00", datetime(2026, 11, 21, 3, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("2016/6/29 15:07:41", datetime(2016, 6, 29, 15, 7, 41, tzinfo=UTC)),
        ("2026-11-20", None),
        ("Mon, 01 Jan 2029 00:00:00 GMT", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_are_instants_or_nothing(text: str, at: datetime | None) -> None:
    assert feed_date(text, NOW) == at


def test_media_and_mail_are_no_articles() -> None:
    body = rss(
        "<item><title>a</title><link>https://news.example/x.mp3</link></item>"
        "<item><title>b</title><link>mailto:a@b.c</link></item>"
        "<item><title>c</title><link>/c-is-an-article</link></item>"
    )

    assert [item.title for item in items(body)] == ["c"]


def test_a_huge_feed_is_read_to_a_bound_and_its_text_stays_as_it_was() -> None:
    rows = "".join(
        f"<item><title>ដំណឹង {n}</title><link>/story-{n}</link><description><![CDATA[<p>a &amp; b</p>]]></description></item>"
        for n in range(6000)
    )

    found = items(rss(rows))

    assert len(found) == 2000
    assert (found[0].title, found[0].summary) == ("ដំណឹង 0", "<p>a &amp; b</p>")


def test_a_huge_feed_that_broke_off_is_not_whole() -> None:
    rows = "".join(f"<item><title>t{n}</title><link>/story-{n}</link></item>" for n in range(6000))
    body = rss(rows).encode()[:-3000]

    reading = read(body, base_url=URL, headers={}, source="s", channel=URL, now=NOW)

    assert reading.candidates
    assert not reading.whole
