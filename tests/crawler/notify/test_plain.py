"""What a page says reaches people and orders no machine about."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.notify.plain import is_rtl, one_line, shorten
from tests.crawler.notify.made import event, one, told


@pytest.mark.parametrize(
    "word", ["@everyone", "@here", "@channel", "@ALL", "<@123>", "<!channel>", "<#room>"]
)
def test_nobody_is_mentioned_by_a_headline(word: str) -> None:
    body = one(told(event(), headline=f"Party {word} dissolved")).body
    assert word not in body
    assert word in body.replace("\u2060", "")


@pytest.mark.parametrize(
    "text",
    ["[the court's page](https://evil.example)", "<https://evil.example|the court's page>"],
)
def test_no_link_hides_where_it_leads(text: str) -> None:
    line = one_line(text)
    assert line.replace("\u2060", "") == text
    assert "](" not in line
    assert "<https" not in line


def test_a_headline_cannot_draw_on_the_terminal_or_forge_a_line() -> None:
    evil = "Party\x1b[2J\x1b]0;owned\x07 dissolved\r\nA-0000\u2028HIGH · REPORTED AS FACT\x85x\x00"
    lines = one(told(event(), headline=evil)).body.splitlines()
    assert "Party dissolved A-0000 HIGH · REPORTED AS FACT x" in lines
    assert lines[-1] == "A-19c0"


def test_text_cannot_be_turned_round() -> None:
    assert one_line("abc\u202egpj.exe") == "abcgpj.exe"
    left_open = one_line("x \u2067abc")
    assert left_open == "x \u2067abc\u2069"


@pytest.mark.parametrize(
    "text",
    ["ចុះចូល\u200bគណបក្ស", "می\u200cخواهد", "👩🏽\u200d⚖️", "\u200fمرحبا", "*a* _b_ `c` & <b> :smile: {{x}} %s"],
)
def test_what_is_spelling_or_harmless_stays(text: str) -> None:
    assert one_line(text) == text


@given(st.text(max_size=200))
def test_a_line_is_one_line_whatever_comes(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(unicodedata.category(char) == "Cc" for char in line)
    assert one_line(line) == line or "\u2060" in line


@given(st.text(max_size=200), st.integers(5, 60))
def test_what_is_shortened_fits(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit + 2, "closing an embedding may add a mark"


def test_a_cut_parts_no_mark_from_its_letter() -> None:
    word = "ស្រ្តី" * 20
    cut = shorten(word, 33)
    assert word.startswith(cut.removesuffix("…"))
    assert unicodedata.category(word[len(cut) - 1])[0] != "M"


def test_direction_is_that_of_the_first_strong_letter() -> None:
    assert is_rtl("«حزب»")
    assert is_rtl("12 دەستە")
    assert not is_rtl("CNRP «حزب»")
    assert not is_rtl("123")


def test_html_shows_the_quote_marked_and_runs_nothing() -> None:
    quote = 'He <b>called for</b> "<script>alert(1)</script>" members to leave & join.'
    html = one(told(event(quote), headline="<img src=x onerror=alert(1)>")).html or ""
    assert "<script" not in html
    assert "<img" not in html
    assert "<mark>called for</mark>" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_html_of_a_right_to_left_text_says_so() -> None:
    html = one(told(event("قال إن الحزب حُلّ."), headline="حُلّ الحزب")).html or ""
    assert html.count('dir="rtl"') == 2


def test_html_links_lead_nowhere_but_the_address_shown() -> None:
    html = one(told(event(), url='https://www.example.org/"><script>')).html or ""
    assert 'href="https://www.example.org/%22%3E%3Cscript%3E"' in html
    assert (
        "javascript:"
        not in (one(told(event(), url="javascript:alert(1)")).html or "").split("href=", 1)[-1][:20]
    )
