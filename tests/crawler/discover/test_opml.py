"""Lists of feeds."""

import pytest

from crawler.discover.opml import Outline, read_opml, write_opml
from state.errors import InputError


def test_a_list_reads_back_as_it_was_written() -> None:
    outlines = [
        Outline("rfa-khmer", "RFA Khmer", "https://a.example/rss?x=1&y=2", "https://a.example/"),
        Outline("b-c", 'B "c"', "https://b.example/feed"),
    ]

    assert read_opml(write_opml(outlines, title="A & B")) == outlines


def test_folders_are_read_through_and_names_are_unique() -> None:
    body = b"""<opml version="1.1"><body><outline text="News"><outline text="Same" xmlUrl="https://a.example/1"/>
    <outline text="Same" xmlUrl="https://a.example/2"/><outline text="Same" xmlUrl="https://a.example/1"/>
    <outline text="\xe1\x9e\x80" xmlUrl="https://www.kh.example/feed"/></outline></body></opml>"""

    assert [outline.name for outline in read_opml(body)] == ["same", "same-2", "kh-example"]


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"<opml></opml>", b"{}", b"<opml><outline xmlUrl='file:///x'/></opml>"]
)
def test_what_is_no_list_of_feeds_is_an_input_error(body: bytes) -> None:
    with pytest.raises(InputError):
        read_opml(body)
