"""What is shown of a change: nothing that drives a terminal or turns the reading order, nothing unseen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.difference.page import page
from crawler.difference.record import Difference, difference, shown, shown_part, to_json
from crawler.difference.terminal import lines
from crawler.difference.words import Part
from state.article import Article, Section
from state.records import Event
from state.store.article_rows import VersionRow
from tests.state.store.made import event

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOSTILE = "</ins><script>x</script><img src=https://evil.example/a> \x1b]0;title\x07 \u202eabc\u2066 \x9b31m"


def made(was: str, now: str, language: str = "en") -> Difference:
    def version(number: int, text: str) -> tuple[Article, VersionRow, tuple[()]]:
        article = Article(
            title=text, sections=(Section(None, (text,)),), url="https://n.example/a", language=language
        )
        row = VersionRow(number, "k", number, article.version, "page", number == 2, AT, None, None, None)
        return article, row, ()

    return difference("k", version(1, was), version(2, now), 2)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (Part("=", " "), " "),
        (Part("+", " "), "\u2423"),
        (Part("-", "\u200b"), "⟨U+200B⟩"),
        (Part("+", "ก\u200b"), "ก\u200b"),
        (Part("+", "\u202e"), "⟨U+202E⟩"),
    ],
)
def test_a_change_that_nobody_could_see_is_made_seen(part: Part, text: str) -> None:
    assert shown_part(part) == text


@pytest.mark.parametrize("colour", [True, False])
def test_a_hostile_text_drives_no_terminal_and_turns_no_line(colour: bool) -> None:
    printed = "\n".join(lines(made("plain", HOSTILE), "UTC", colour=colour))

    own = (
        "\x1b[0m",
        "\x1b[1m",
        "\x1b[2m",
        "\x1b[4m",
        "\x1b[9m",
        "\x1b[31m",
        "\x1b[32m",
        "\x1b[33m",
        "\x1b[90m",
    )
    for sequence in own if colour else ():
        printed = printed.replace(sequence, "")
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"} & set(printed)
    assert "⟨U+001B⟩" in printed


@pytest.mark.parametrize("language", ["en", 'x" onload="alert(1)', "ug"])
def test_a_page_asks_for_nothing_and_runs_nothing(language: str) -> None:
    text = page(made("plain", HOSTILE, language), "UTC")

    assert "<script" not in text
    assert "<img" not in text
    assert "<link" not in text
    assert 'onload="' not in text
    assert "default-src 'none'" in text
    assert text.count("<ins>") == text.count("</ins>")


def test_a_better_rendering_is_no_edit_of_the_publisher() -> None:
    found = made("one", "two")

    assert "no edit of the publisher" in "\n".join(lines(found, "UTC", colour=False))
    assert to_json(found)["to"]["replaced"] is True


def test_a_run_from_right_to_left_keeps_its_direction_to_itself() -> None:
    printed = "\n".join(lines(made("ئەزا چىكىندى", "ئەزا قالدى", "ug"), "UTC", colour=False))

    assert "[-\u2068چىكىندى\u2069-]" in printed
    assert "{+\u2068قالدى\u2069+}" in printed


@pytest.mark.parametrize(
    ("was", "now", "verdict"),
    [
        ("The same", "The same", "The two versions say the same."),
        ("The same.", "The  same", "Only spelling, spaces, signs or times changed: nothing that a reader would notice."),
        ("Twelve left", "Four left", "Facts, names, numbers or whole passages changed; what we told of it did not."),
    ],
)  # fmt: skip
def test_the_verdict_says_how_much_changed(was: str, now: str, verdict: str) -> None:
    assert made(was, now).verdict == verdict


def test_only_text_that_a_reader_sees_is_shown_as_it_is() -> None:
    assert shown("ខ្មែរ\n\u200bxyz") == "ខ្មែរ\n\u200bxyz"


def test_an_outlet_is_named_as_messages_name_it() -> None:
    def version(number: int, text: str) -> tuple[Article, VersionRow, tuple[Event, ...]]:
        article = Article(
            title=text,
            sections=(Section(None, (text,)),),
            url="https://n.example/a",
            site="rfa",
            source="a-b",
        )
        row = VersionRow(number, "k", number, article.version, "page", number == 2, AT, None, None, None)
        return article, row, (event(),) if number == 2 else ()

    found = difference("k", version(1, "Two stayed."), version(2, "Two left."), 2)

    assert [turn.now.partition(":")[0] for turn in found.turns] == ["REPORTED AS FACT by RFA"]
