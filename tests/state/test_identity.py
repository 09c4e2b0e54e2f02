from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.identity import article_key, canonical_url, host_of, stamp_time


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://www.Example.org:80/a/b/?utm_source=x&id=2&fbclid=3#top", "https://example.org/a/b?id=2"),
        ("https://example.org/amp/story/7.html", "https://example.org/story/7.html"),
        ("https://example.org/story/amp/", "https://example.org/story"),
        ("https://example.org/x;jsessionid=AB12?sid=9&s=8&PHPSESSID=7", "https://example.org/x"),
        ("https://example.org:8443//a//b", "https://example.org:8443/a/b"),
        ("https://example.org", "https://example.org/"),
        (
            "https://example.org/a?encoding=traditional&searchterm:utf8:ustring=x",
            "https://example.org/a?encoding=traditional",
        ),
        ("https://example.org/ខ្មែរ", "https://example.org/%E1%9E%81%E1%9F%92%E1%9E%98%E1%9F%82%E1%9E%9A"),
        ("https://example.org/%e1%9e%81", "https://example.org/%E1%9E%81"),
        ("https://example.org/t?b=1&a=2", "https://example.org/t?a=2&b=1"),
    ],
)
def test_two_spellings_of_an_address_are_one(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.rfa.org/english/news/cambodia/defect-11062017170405.html", "rfa:defect-11062017170405"),
        ("http://rfa.org/english/women/defect-11062017170405.html/?searchterm=None", "rfa:defect-11062017170405"),
        ("https://www.rfa.org/english/x/china-06042021103808-1.html", "rfa:china-06042021103808-1"),
        ("https://www.rfa.org/english/cambodia/montagnards-20040730.html", "rfa:montagnards-20040730"),
        ("https://www.rfa.org/english/tibet/2025/03/12/tibet-book/", "rfa:english:20250312:tibet-book"),
        ("https://www.rfa.org/english/tibet/2025/03/12/tibet-book", "rfa:english:20250312:tibet-book"),
        ("https://www.rfa.org/cantonese/news/a-11062017170405.html?encoding=simplified", "rfa:a-11062017170405?encoding=simplified"),
        ("https://d1.cloudfront.net/english/news/x/defect-11062017170405.html", "rfa:defect-11062017170405"),
        ("http://127.0.0.1:8000/english/news/x/defect-11062017170405.html", "rfa:defect-11062017170405"),
        ("https://www.voanews.com/a/some-slug/7585813.html", "voa:7585813"),
        ("https://khmer.voanews.com/a/7585813.html", "voa:7585813"),
        ("https://www.voanews.com/amp/some-slug/7585813.html", "voa:7585813"),
        ("https://www.rferl.org/a/slug/31234567.html", "rferl.org:31234567"),
        ("https://www.rferl.org/a/31234567.html", "rferl.org:31234567"),
        ("https://aseannow.com/topic/1299681-many/page/2/?do=findComment&comment=9", "aseannow.com:1299681"),
        ("https://www.aseannow.com/topic/1299681-renamed/", "aseannow.com:1299681"),
        ("https://board.example/viewtopic.php?f=4&t=167&sid=abc&start=10", "board.example:167"),
        ("https://vb.example/showthread.php?44-Pilots&s=22c0", "vb.example:44"),
        ("https://vb.example/threads/44-pilots/page3", "vb.example:44"),
        ("https://xf.example/threads/some-title.3001/page-2#post-7", "xf.example:3001"),
        ("https://talk.example/t/ward-members/77/5", "talk.example:77"),
        ("https://ips.example/index.php?/topic/55-x/", "ips.example:55"),
        ("https://ips.example/index.php?showtopic=55", "ips.example:55"),
        ("http://127.0.0.1:8001/topic/5-x/", "127.0.0.1:8001:5"),
        ("https://news.example/2017/story-20171106170405.html", "https://news.example/2017/story-20171106170405"),
    ],
)  # fmt: skip
def test_every_address_of_one_article_has_one_key(url: str, key: str) -> None:
    assert article_key(url) == key


def test_a_number_that_the_page_names_is_believed_where_the_address_has_none() -> None:
    assert article_key("https://vb5.example/forum/a/dockers", topic="2001") == "vb5.example:2001"


def test_the_stamp_is_in_washingtons_time_in_summer_and_winter() -> None:
    assert stamp_time("https://www.rfa.org/x/a-01142021143304.html") == datetime(
        2021, 1, 14, 19, 33, 4, tzinfo=UTC
    )
    assert stamp_time("https://www.rfa.org/x/a-07112021170004.html") == datetime(
        2021, 7, 11, 21, 0, 4, tzinfo=UTC
    )
    assert stamp_time("https://www.rfa.org/x/a-02302021170004.html") is None
    assert stamp_time("https://www.rfa.org/x/a") is None


def test_a_host_keeps_a_port_that_is_not_the_default() -> None:
    assert host_of("https://www.Example.org:443/x") == "example.org"
    assert host_of("http://127.0.0.1:8001/x") == "127.0.0.1:8001"


@given(st.text(max_size=80))
def test_no_text_breaks_an_address(text: str) -> None:
    for url in (text, f"https://{text}", f"https://x.example/{text}"):
        assert canonical_url(canonical_url(url)) == canonical_url(url)
        assert article_key(url)
        stamp_time(url)
