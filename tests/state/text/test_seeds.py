"""The two seed documents read completely, and print without their chrome."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from state.text import dump, load

SEEDS = Path(__file__).parents[2] / "pages" / "seeds"


def seed(name):
    return load((SEEDS / name).read_text("utf-8"), keep_lines=True)


def test_seed_000_gives_every_part():
    article = seed("rfa-000.txt")

    assert article.title == "Cambodia's Hun Sen Calls on CNRP Members to Defect, Join His Party"
    assert [(section.heading, len(section.paragraphs)) for section in article.sections] == [
        (None, 10),
        ("Loss of trust", 6),
        ("Fake letter", 6),
    ]
    assert [(c.text[:30], c.credit) for c in article.captions] == [
        ("Cambodian prime minister Hun S", "Hun Sen's Facebook")
    ]
    assert article.attribution.startswith("Reported by RFA’s Khmer Service.")


def test_seed_000_gives_both_comments_with_author_place_text_and_time():
    first, second = seed("rfa-000.txt").comments

    assert (first.author, first.place) == ("Anonymous Reader", None)
    assert first.text.startswith("To you Hun Sen.\n\nYou are the Wrong Bad Guy\nYou're")
    assert first.posted_at == datetime(2017, 11, 12, 21, 36, tzinfo=UTC)
    assert (second.author, second.place) == (None, "ភ្នំពេញ")
    assert second.text.endswith("\n\nNo one in this problematic world is infallible.")
    assert second.posted_at == datetime(2017, 11, 9, 11, 20, tzinfo=UTC)


def test_seed_004_gives_every_part():
    article = seed("forum-004.txt")

    assert article.title.startswith("Many Opposition Members Defect")
    assert [(section.heading, len(section.paragraphs)) for section in article.sections] == [(None, 9)]
    assert [c.text[:24] for c in article.captions] == ["Candlelight Party leader"]
    assert article.comments == ()


@pytest.mark.parametrize("name", ["rfa-000.txt", "forum-004.txt"])
def test_seed_prints_without_chrome_and_reads_back_equal(name):
    article = seed(name)

    printed = dump(article)

    assert printed.lost == ()
    assert load(printed.text) == article
    assert not {"Email story", "Recommended Posts", "Sign in"} & set(printed.text.splitlines())


def test_each_line_of_chrome_is_named():
    taken = dict(map(tuple, seed("forum-004.txt").provenance["lines"]))

    assert taken["Recommended Posts"] == "page furniture: forum"
    assert taken["Register a new account"] == "page furniture: sign-in"
