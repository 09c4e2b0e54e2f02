"""Whatever comes, readers give candidates or a DiscoverError, and never take long."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discover import feed, listing, sitemap
from crawler.discover.opml import read_opml
from crawler.discover.reading import Reading
from state.errors import DiscoverError, InputError
from state.records import Page

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://news.example/x"

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>t</title><item><title>A &amp; B</title><link>https://news.example/a-b-c-d</link><guid>1</guid>
<pubDate>Sat, 21 Nov 2026 10:00:00 +0000</pubDate><content:encoded><![CDATA[<p>x</p>]]></content:encoded></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">a&lt;b&gt;c</title><link href="/a-b-c-d"/>
<updated>2026-11-21T10:00:00Z</updated></entry></feed>"""
JSON = json.dumps(
    {"items": [{"url": "/a", "title": "t", "authors": [{"name": "n"}], "date_published": "2026"}]}
).encode()
MAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://news.example/a</loc>
<lastmod>2026-11-21</lastmod></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>https://news.example/1.xml</loc></sitemap></sitemapindex>"
LIST = b"""<html><body><ul><li class="ipsDataItem" data-rowid="1"><h4 class="ipsDataItem_title"><a href="/topic/1-a/">T</a>
</h4><time datetime="2026-11-21T10:00:00Z">x</time></li><li class="row"><a class="topictitle" href="?t=1">x</a></li></ul>"""
TOPICS = json.dumps(
    {"topic_list": {"topics": [{"id": 1, "slug": "a", "title": "t", "created_at": "x"}]}}
).encode()
SAMPLES = [RSS, ATOM, JSON, MAP, INDEX, LIST, TOPICS, gzip.compress(MAP)]


def read_all(body: bytes) -> list[Reading]:
    page = Page(url=URL, status=200, headers={"content-type": "text/html"}, body=body, fetched_at=NOW)
    made = []
    for reader in (
        lambda: feed.read(body, base_url=URL, headers={}, source="s", channel=URL, now=NOW),
        lambda: sitemap.read(body, base_url=URL, source="s", channel=URL, now=NOW),
        lambda: listing.read(page, source="s", channel=URL, now=NOW),
    ):
        try:
            made.append(reader())
        except DiscoverError:
            continue
    return made


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_mutilated_documents_are_read_or_refused(sample: bytes, data: st.DataObject) -> None:
    body = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(body)))
        how = data.draw(st.sampled_from(["cut", "drop", "put", "double"]))
        if how == "cut":
            del body[at:]
        elif how == "drop":
            del body[at : at + data.draw(st.integers(1, 20))]
        elif how == "put":
            body[at:at] = data.draw(st.binary(max_size=12))
        else:
            body[at:at] = body[max(0, at - 40) : at]

    for reading in read_all(bytes(body)):
        for candidate in reading.candidates:
            assert candidate.url.startswith(("http://", "https://"))
            assert candidate.key


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_noise_is_refused(body: bytes) -> None:
    assert all(reading.candidates or reading.parts for reading in read_all(body))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_no_list_of_feeds(body: bytes) -> None:
    with pytest.raises(InputError):
        read_opml(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 200_000,
        b"[" * 200_000,
        b'{"items":' + b"[" * 100_000,
        b"<rss><channel>" + b"<item>" * 50_000,
        b"<rss>" + b"<div>" * 1_000_000,
        b"<rss version='2.0'><channel>" + b"<item><title>x</title><link>/a</link></item>" * 150_000,
        b"<a href='" + b"x" * 1_000_000 + b"'>",
        b"<rss version='2.0'><channel><item><title>" + b"&amp;" * 300_000,
        b"<urlset>" + b"<url><loc>https://news.example/" + b"a" * 500_000 + b"</loc></url></urlset>",
        b"-" * 1_000_000,
        b"<html><body>" + b"<a href='/a-b-c-d-e'>x</a>" * 50_000,
    ],
    ids=[
        "deep",
        "brackets",
        "json",
        "items",
        "deep feed",
        "long feed",
        "attribute",
        "entities",
        "address",
        "dashes",
        "links",
    ],
)
@pytest.mark.timeout(60)
def test_what_is_made_to_hang_us_does_not(body: bytes) -> None:
    for reading in read_all(body):
        assert len(reading.candidates) <= 2000
