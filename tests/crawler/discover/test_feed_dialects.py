"""One small feed of every dialect and every trouble that was met, and what each comes to."""

import gzip
import json
from datetime import UTC, datetime

import pytest

from crawler.discover.feed import read
from crawler.discover.feed_date import feed_date
from crawler.discover.reading import Reading
from state.errors import DiscoverError

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://news.example/feed"
PAGE = "https://news.example/a-story-of-today"
TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)
ELEVEN = datetime(2026, 11, 20, 11, tzinfo=UTC)
RFC = "Fri, 20 Nov 2026 10:00:00 GMT"


def reading(body: str | bytes, url: str = URL) -> Reading:
    raw = body.encode() if isinstance(body, str) else body
    return read(raw, base_url=url, headers={}, source="s", channel=url, now=NOW)


def rss(*items: str, channel: str = "", attributes: str = "") -> str:
    rows = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0' {attributes}><channel><title>c</title>{channel}{rows}</channel></rss>"


def item(name: str = "a-story-of-today", *, title: str = "One", more: str = "") -> str:
    return f"<title>{title}</title><link>https://news.example/{name}</link>{more}"


RDF = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'"
DIALECTS = {
    "RSS 0.90": f"<rdf:RDF {RDF} xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>c</title></channel>"
    f"<item><title>One</title><link>{PAGE}</link><dc:date>2026-11-20T10:00:00Z</dc:date></item></rdf:RDF>",
    "RSS 0.91": "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://x.example/rss-0.91.dtd'>"
    f"<rss version='0.91'><channel><item>{item()}<pubDate>{RFC}</pubDate></item></channel></rss>",
    "RSS 0.92": rss(item(more=f"<pubDate>{RFC}</pubDate>")).replace("2.0", "0.92"),
    "RSS 1.0": f"<rdf:RDF {RDF} xmlns='http://purl.org/rss/1.0/'><channel rdf:about='x'><title>c</title></channel>"
    f"<item rdf:about='{PAGE}'><title>One</title><dc:date>2026-11-20T17:00:00+07:00</dc:date></item></rdf:RDF>",
    "RSS 2.0": rss(item(more=f"<pubDate>{RFC}</pubDate>")),
    "RSS 2.0 in RSS 1.0's namespace": rss(
        item(more=f"<pubDate>{RFC}</pubDate>"), attributes="xmlns='http://purl.org/rss/1.0/'"
    ),
    "RSS 2.0 in a namespace of its own": rss(
        item(more=f"<pubDate>{RFC}</pubDate>"), attributes="xmlns='http://mobile.example/rss'"
    ),
    "RSS 2.0 in Atom's namespace": rss(
        item(more=f"<pubDate>{RFC}</pubDate>"), attributes="xmlns='http://www.w3.org/2005/Atom'"
    ),
    "RSS in capitals": rss(item(more=f"<pubDate>{RFC}</pubDate>"))
    .upper()
    .replace(PAGE.upper(), PAGE)
    .replace("ONE", "One"),
    "RSS without a channel": f"<rss><item>{item(more=f'<pubDate>{RFC}</pubDate>')}</item></rss>",
    "Atom 0.3": "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='escaped'>&lt;b&gt;One&lt;/b&gt;"
    f"</title><link rel='alternate' href='{PAGE}'/><issued>2026-11-20T10:00:00Z</issued></entry></feed>",
    "Atom 1.0": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>&lt;b&gt;One&lt;/b&gt;</title>"
    "<link rel='self' href='/self.xml'/><link rel='enclosure' href='/a.mp3'/><link rel='replies' href='/replies'/>"
    f"<link rel='alternate' href='{PAGE}'/><published>2026-11-20T10:00:00Z</published></entry></feed>",
    "Atom with a prefix": "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>One</a:title>"
    f"<a:id>{PAGE}</a:id><a:updated>2026-11-20T10:00:00Z</a:updated></a:entry></a:feed>",
    "CDF": "<CHANNEL HREF='https://news.example/'><TITLE>c</TITLE>"
    f"<ITEM HREF='{PAGE}' LASTMOD='2026-11-20T10:00'><TITLE>One</TITLE></ITEM></CHANNEL>",
    "JSON Feed 1.0": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "items": [{"id": PAGE, "title": "One", "date_published": "2026-11-20T17:00:00+07:00"}],
        }
    ),
    "JSON Feed 1.1": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [
                {"id": "7", "external_url": PAGE, "title": "One", "date_published": "2026-11-20T10:00:00Z"}
            ],
        }
    ),
}


@pytest.mark.parametrize("body", DIALECTS.values(), ids=DIALECTS.keys())
def test_every_dialect_gives_title_address_and_time(body: str) -> None:
    got = reading(body)

    [found] = got.candidates
    assert (found.title, found.url, found.published_at) == ("One", PAGE, TEN)
    assert got.whole
    assert not got.notes


PLAIN = rss(item(title="គណបក្ស"))
DECLARED = f"<?xml version='1.0' encoding='utf-8'?>{PLAIN}"
DAMAGE = {
    "a byte-order mark": b"\xef\xbb\xbf" + DECLARED.encode(),
    "UTF-16": DECLARED.replace("utf-8", "utf-16").encode("utf-16"),
    "UTF-16 without a mark": DECLARED.replace("utf-8", "utf-16").encode("utf-16-le"),
    "UTF-32": DECLARED.replace("utf-8", "utf-32").encode("utf-32"),
    "a wrong declaration": DECLARED.replace("utf-8", "iso-8859-1").encode(),
    "an unknown declaration": DECLARED.replace("utf-8", "x-khmer").encode(),
    "a gzip body": gzip.compress(DECLARED.encode()),
    "two gzip members": gzip.compress(DECLARED.encode()[:90]) + gzip.compress(DECLARED.encode()[90:]),
    "white space before it": b"\r\n\n " + DECLARED.encode(),
    "a warning before it": b"<br />\n<b>Warning</b>: session in /a.php on line 3<br />\n" + DECLARED.encode(),
    "HTML in a comment before it": b"<!-- <html><body> -->" + PLAIN.encode(),
    "a stylesheet": b"<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='x.xsl'?>" + PLAIN.encode(),
    "a script behind it": PLAIN.encode() + b"<script>count()</script>",
    "control characters": PLAIN.replace("គណ", "\x0bគ\x00ណ&#0;&#x1F;").encode(),
    "a comment behind it": PLAIN.encode() + b"\n<!-- cached 2026-11-21 -->\n",
    "bare ampersands": PLAIN.replace("<title>c", "<title>a & b").encode(),
    "an undeclared prefix": PLAIN.replace("</item>", "<foo:bar>x</foo:bar></item>").encode(),
}


@pytest.mark.parametrize("body", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_that_costs_nothing_is_mended(body: bytes) -> None:
    got = reading(body)

    assert [found.title for found in got.candidates] == ["គណបក្ស"]
    assert got.whole


ADDRESSES = {
    "guid only": (
        "<title>a</title><guid>https://news.example/a/77001.html</guid>",
        "https://news.example/a/77001.html",
    ),
    "guid that is a path": (
        "<title>a</title><guid isPermaLink='true'>/x-y-z</guid>",
        "https://news.example/x-y-z",
    ),
    "guid that is no address": (item(more="<guid isPermaLink='false'>tag:7</guid>"), PAGE),
    "guid that is another address": (
        item(more="<guid isPermaLink='false'>https://news.example/?p=7</guid>"),
        PAGE,
    ),
    "an address in white space": (f"<title>a</title><link>\n <![CDATA[ {PAGE} ]]>\n</link>", PAGE),
    "an address without its scheme": (
        "<title>a</title><link>//news.example/x-y-z</link>",
        "https://news.example/x-y-z",
    ),
    "Atom's link": (f"<title>a</title><atom:link href='{PAGE}'/>", PAGE),
    "a counting redirect": (
        f"<title>a</title><link>http://count.example/7</link><fb:origLink>{PAGE}</fb:origLink>",
        PAGE,
    ),
    "an enclosure beside it": (
        item(more="<enclosure url='https://news.example/a.mp3' type='audio/mpeg'/>"),
        PAGE,
    ),
}


@pytest.mark.parametrize(("inner", "url"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_items_page_is_found(inner: str, url: str) -> None:
    spaces = "xmlns:atom='http://www.w3.org/2005/Atom' xmlns:fb='http://rssnamespace.org/feedburner/ext/1.0'"

    assert [found.url for found in reading(rss(inner, attributes=spaces)).candidates] == [url]


def test_relative_addresses_stand_on_their_base() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://cdn.example/base/'><entry xml:base='km/'>"
        "<title>a</title><link href='x-y-z'/></entry></feed>"
    )

    assert reading(atom).candidates[0].url == "https://cdn.example/base/km/x-y-z"


def test_a_photographs_words_are_not_the_items() -> None:
    spaces = "xmlns:media='http://search.yahoo.com/mrss/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
    photo = "<media:content url='/p.jpg'><media:title>A file</media:title><media:description>A crowd</media:description></media:content>"
    about = "<itunes:summary>Listen</itunes:summary><description>The text</description>"

    [before] = reading(rss(photo + item(more=about), attributes=spaces)).candidates
    [after] = reading(rss(item(more=about) + photo, attributes=spaces)).candidates

    for found in (before, after):
        assert (found.title, found.summary, found.body) == ("One", "The text", None)


def test_a_video_feeds_description_is_its_summary() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'><entry><title>a</title>"
        f"<link href='{PAGE}'/><media:group><media:description>All of it</media:description></media:group></entry></feed>"
    )

    assert reading(atom).candidates[0].summary == "All of it"


def test_entities_that_were_escaped_twice_are_undone() -> None:
    [found] = reading(
        rss(
            item(
                title="Sok &amp;amp; Sao &amp;#8211; new",
                more="<pubDate>2026-11-20T17:00:00&amp;#x2B;07:00</pubDate>",
            )
        )
    ).candidates

    assert found.title == "Sok & Sao – new"
    assert found.published_at == TEN


def test_items_are_taken_once_whatever_their_address_looks_like() -> None:
    body = rss(item(), item("a-story-of-today/?utm_source=feed"), item().replace("https://", "http://www."))

    assert len(reading(body).candidates) == 1


def test_an_item_without_title_keeps_its_text() -> None:
    [found] = reading(
        rss(f"<link>{PAGE}</link><description>Words &lt;b&gt;here&lt;/b&gt;</description>")
    ).candidates

    assert (found.title, found.summary) == (None, "Words <b>here</b>")


def test_the_update_of_an_item_is_not_its_publication() -> None:
    more = f"<pubDate>{RFC}</pubDate><a:updated>2026-11-20T11:00:00Z</a:updated>"

    [found] = reading(rss(item(more=more), attributes="xmlns:a='http://www.w3.org/2005/Atom'")).candidates

    assert (found.published_at, found.modified_at) == (TEN, ELEVEN)


@pytest.mark.parametrize(
    ("body", "problem", "hint"),
    [
        (
            rss("<title>a</title><enclosure url='/a.mp3'/>"),
            "none of the feed's 1 items names a page",
            "audio or video",
        ),
        (rss("<title>a</title><guid isPermaLink='false'>7</guid>"), "names a page", "watch the page"),
        (
            "<rss><channel><item><title>a</title><link>https://news.exa",
            "breaks off inside its first item",
            "again",
        ),
        ("<urlset><url><loc>https://news.example/a</loc></url></urlset>", "a sitemap came", "under sitemaps"),
        (
            "<!DOCTYPE html><title>Just a moment...</title><rss></rss>",
            "a challenge page",
            "a sitemap or a mirror",
        ),
        ('{"items": []}', "shows no items", "may have moved"),
        ('{"items": [{"url": "https://news.exa', "JSON of another kind", "check"),
    ],
)
def test_what_cannot_be_used_is_named_with_a_way_out(body: str, problem: str, hint: str) -> None:
    with pytest.raises(DiscoverError) as error:
        reading(body)

    assert problem in error.value.problem
    assert hint in error.value.hint


@pytest.mark.parametrize(
    "body",
    [
        rss(item("one-two-three"), item("four-five-six"))[:-60],
        rss(item("one-two-three"), item("four-five-six", more="<description><![CDATA[half a sen"))[:-32],
        json.dumps({"items": [{"url": "/one-two-three"}, {"url": "/four-five-six"}]})[:-8],
    ],
)
def test_of_a_feed_that_breaks_off_the_complete_items_are_taken_and_the_cut_is_told(body: str) -> None:
    got = reading(body)

    assert [found.url for found in got.candidates] == ["https://news.example/one-two-three"]
    assert not got.whole
    assert got.notes == ("it breaks off; 1 item came before that",)


@pytest.mark.parametrize("at", [1, 2])
def test_of_a_very_long_feed_the_end_that_grows_is_read(at: int) -> None:
    def row(number: int) -> str:
        return item(
            f"story-number-{number}-x", more=f"<pubDate>2026-{number // 900 + 1:02}-11T10:00:00Z</pubDate>"
        )

    numbers = range(9000) if at == 1 else range(8999, -1, -1)
    got = reading(rss(*(row(number) for number in numbers)))

    assert len(got.candidates) == 2000
    assert "https://news.example/story-number-8999-x" in {found.url for found in got.candidates}
    assert got.notes == ("it holds 9,000 items, of which 2,000 were read",)


def test_items_without_a_page_and_a_new_address_are_told() -> None:
    got = reading(
        rss(
            item(),
            "<title>b</title><link>mailto:a@b.example</link>",
            channel="<itunes:new-feed-url>https://new.example/feed</itunes:new-feed-url>",
            attributes="xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'",
        )
    )

    assert got.notes == (
        "1 of its items name no page",
        "it says that it has moved to https://new.example/feed",
    )


@pytest.mark.parametrize(
    ("channel", "older"),
    [
        ("<atom:link rel='next' href='/feed/2.xml'/>", "https://news.example/feed/2.xml"),
        ("<atom:link rel='prev-archive' href='/2026-10.xml'/>", "https://news.example/2026-10.xml"),
        ("<atom:link rel='previous' href='/newer.xml'/>", None),
        ("<generator>https://wordpress.org/?v=6.7</generator>", "https://news.example/feed?paged=2"),
        ("<generator>https://elsewhere.example/</generator>", None),
    ],
)
def test_the_way_to_older_items_is_found(channel: str, older: str | None) -> None:
    body = rss(item(), channel=channel, attributes="xmlns:atom='http://www.w3.org/2005/Atom'")

    assert reading(body).older == older


def test_a_blogs_third_page_follows_its_second() -> None:
    body = rss(item(), channel="<generator>https://wordpress.org/?v=6.7</generator>")

    assert reading(body, f"{URL}?cat=3&paged=2").older == f"{URL}?cat=3&paged=3"


def test_json_texts_can_be_stored() -> None:
    body = '{"items": [{"url": "/one-two-three", "title": "a\\u0000\\ud800b", "content_text": "c\\ud800\\u0000"}]}'

    [found] = reading(body).candidates

    assert (found.title, found.body) == ("a\ufffdb", "c\ufffd")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Fri, 20 Nov 2026 17:00:00 ICT", TEN),
        ("Fri, 20 Nov 2026 16:30:00 MMT", TEN),
        ("Fri, 20 Nov 2026 17:00:00 Asia/Phnom_Penh", TEN),
        ("Fri, 20 Nov 2026 05:00:00 EST", TEN),
        ("20 Nov 2026 17:00:00 +07", TEN),
        ("Fri, 20 November 2026 17:00:00 GMT+7", TEN),
        ("Fri, 20 Nov 26 10:00:00 +0000", TEN),
        ("Fri, 20 Nov 2569 17:00:00 +0700", TEN),
        ("ven., 20 nov. 2026 11:00:00 +0100", TEN),
        ("Пт, 20 ноя 2026 13:00:00 +0300", TEN),
        ("២០ វិច្ឆិកា ២០២៦ ១០:០០", TEN),
        ("2026年11月20日 10:00", TEN),
        ("20261120T100000Z", TEN),
        ("1795168800", TEN),
        ("1795168800000", TEN),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("0001-01-01T00:00:00", None),
        ("Fri, 20 Nov 2026", None),
        ("Mon, 23 Nov 2026 10:00:00 GMT", None),
        ("-1", None),
        ("x" * 100_000, None),
    ],
)
def test_dates_as_people_write_them(text: str, at: datetime | None) -> None:
    assert feed_date(text, NOW) == at
