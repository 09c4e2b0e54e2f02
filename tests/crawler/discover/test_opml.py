"""Lists of feeds."""

import pytest

from crawler.discover.opml import Outline, read_opml, write_opml
from state.errors import InputError


def opml(*outlines: str) -> bytes:
    return f"<opml version='2.0'><body>{''.join(outlines)}</body></opml>".encode()


def test_a_list_reads_back_as_it_was_written() -> None:
    outlines = [
        Outline(
            "rfa_khmer",
            "RFA Khmer",
            "https://a.example/rss?x=1&y=2",
            "https://a.example/",
            "km",
            "rfa",
            ("Asia", "Km"),
        ),
        Outline("rfa_khmer", "RFA Khmer", "https://a.example/rss2"),
        Outline("B-c", 'B "c" <d> & é', "https://b.example/feed"),
    ]

    assert read_opml(write_opml(outlines, title="A & B")) == outlines


def test_what_no_xml_may_hold_is_written_all_the_same() -> None:
    [found] = read_opml(write_opml([Outline("a", "x\x00y\ud800", "https://a.example/1")], title="\x0b"))

    assert found.title == "x\ufffdy\ufffd"


def test_folders_are_read_through_and_names_are_unique() -> None:
    body = b"""<opml version="1.1"><body><outline text="News"><outline text="Same" xmlUrl="https://a.example/1"/>
    <outline text="Same" xmlUrl="https://a.example/2"/><outline text="Same" xmlUrl="https://a.example/1"/>
    <outline text="\xe1\x9e\x80" xmlUrl="https://www.kh.example/feed"/></outline></body></opml>"""

    found = read_opml(body)

    assert [outline.name for outline in found] == ["same", "same-2", "kh-example"]
    assert {outline.folders for outline in found} == {("News",)}


def test_attributes_are_read_however_a_program_spells_them() -> None:
    [found] = read_opml(
        opml(
            "<outline TEXT='short' title='Long title' XMLURL='https://a.example/1' htmlurl='https://a.example/' language='zh_CN'/>"
        )
    )

    assert (found.title, found.page, found.language) == ("Long title", "https://a.example/", "zh-Hans")


def test_a_category_stands_for_folders_where_there_are_none() -> None:
    [found] = read_opml(opml("<outline text='a' xmlUrl='https://a.example/1' category='/Asia/Khmer,/x'/>"))

    assert found.folders == ("Asia", "Khmer")


@pytest.mark.parametrize(
    ("written", "feed"),
    [
        ("feed://a.example/rss", "https://a.example/rss"),
        ("feed:http://a.example/rss", "http://a.example/rss"),
        ("feed://https://a.example/rss", "https://a.example/rss"),
        (" https://a.example/rss ", "https://a.example/rss"),
    ],
)
def test_feed_addresses_in_other_spellings_are_understood(written: str, feed: str) -> None:
    assert read_opml(opml(f"<outline text='a' xmlUrl='{written}'/>"))[0].feed == feed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(encoding: str) -> None:
    body = f"<?xml version='1.0' encoding='{encoding}'?><opml><body><outline text='ក' xmlUrl='https://a.example/1'/></body></opml>"

    assert read_opml(body.encode(encoding))[0].title == "ក"


def test_a_hostile_list_is_read_within_bounds() -> None:
    bomb = "<!DOCTYPE o [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    deep = "<outline text='x'>" * 5000
    rows = "".join(f"<outline text='{'y' * 500}' xmlUrl='https://a.example/{n}'/>" for n in range(12_000))

    body = f"{bomb}<opml><body><outline text='&b;' xmlUrl='https://a.example/bomb'/>{rows}</body></opml>".encode()

    found = read_opml(body)
    assert len(found) <= 10_000
    assert all(len(outline.title) <= 200 and len(outline.name) < 60 for outline in found)
    with pytest.raises(InputError):
        read_opml(f"<opml><body>{deep}".encode())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"<opml></opml>",
        b"{}",
        b"<opml><outline xmlUrl='file:///x'/></opml>",
        b"<opml><outline xmlUrl='javascript:x'/></opml>",
        b"<opml><outline xmlUrl='https://[x/'/></opml>",
    ],
)
def test_what_is_no_list_of_feeds_is_an_input_error(body: bytes) -> None:
    with pytest.raises(InputError):
        read_opml(body)
