"""What rings, and what is backlog."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.jobs.ringing import Finding, address_time, article_time, fresh_posts, is_fresh
from state.article import Article, Comment, Section

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = Finding(found_at=NOW, is_first=False, lookback=7 * DAY, first_run_lookback=DAY)
FIRST = Finding(found_at=NOW, is_first=True, lookback=7 * DAY, first_run_lookback=DAY)
RING = Finding(found_at=NOW, is_first=True, lookback=7 * DAY, first_run_lookback=DAY, ring=True)


def article(**fields: object) -> Article:
    return Article(**{"title": "t", "sections": (Section(None, ("p",)),), **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("finding", "age", "rings"),
    [
        (LATER, 6 * DAY, True),
        (LATER, 8 * DAY, False),
        (FIRST, 23 * HOUR, True),
        (FIRST, 25 * HOUR, False),
        (LATER, -HOUR, True),
        (RING, 900 * DAY, True),
    ],
)
def test_an_item_rings_while_it_is_young(finding: Finding, age: timedelta, rings: bool) -> None:
    assert is_fresh(NOW - age, finding) is rings


def test_an_item_without_a_time_rings_only_where_we_have_looked_before() -> None:
    assert is_fresh(None, LATER)
    assert not is_fresh(None, FIRST)
    assert is_fresh(None, RING)


def test_a_date_alone_counts_to_the_end_of_its_day() -> None:
    midnight = datetime(2026, 11, 20, tzinfo=UTC)
    dated = article(published_at=midnight, provenance={"published_at": {"day_only": True}})

    assert article_time(dated) == midnight + DAY
    assert -1 in fresh_posts(dated, FIRST)


@pytest.mark.parametrize(
    ("url", "at"),
    [
        ("https://www.rfa.org/english/news/cambodia/defect-11062017170405.html", datetime(2017, 11, 6, 22, 4, 5, tzinfo=UTC)),
        ("https://www.rfa.org/mandarin/a-07112021170004-1.html", datetime(2021, 7, 11, 21, 0, 4, tzinfo=UTC)),
        ("https://www.rfa.org/english/cambodia/montagnards-20040730.html", datetime(2004, 7, 31, tzinfo=UTC)),
        ("https://www.rfa.org/english/tibet/2025/03/12/tibet-book/", datetime(2025, 3, 13, tzinfo=UTC)),
        ("https://news.example/2025-03-12/slug?x=/2026/01/01/", datetime(2025, 3, 13, tzinfo=UTC)),
        ("https://news.example/a-99992017170405.html", None),
        ("https://news.example/slug", None),
    ],
)  # fmt: skip
def test_the_stamp_in_an_address_is_a_time_where_there_is_no_other(url: str, at: datetime | None) -> None:
    assert address_time(url) == at
    assert article_time(article(url=url)) == at


def test_of_an_old_topic_only_the_new_reply_rings() -> None:
    topic = article(
        published_at=NOW - 900 * DAY,
        comments=(
            Comment(text="old", posted_at=NOW - 899 * DAY),
            Comment(text="new", posted_at=NOW - HOUR),
            Comment(text="undated"),
        ),
    )

    assert fresh_posts(topic, LATER) == frozenset({1})


def test_a_page_that_could_not_be_had_for_a_week_still_rings() -> None:
    found = Finding(found_at=NOW - 8 * DAY, is_first=False, lookback=7 * DAY, first_run_lookback=DAY)

    assert is_fresh(NOW - 9 * DAY, found)
