"""States of a source."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.discover.health import ChannelReport, PageReport, State, Verdict, judge, silence_allowed
from crawler.fetch.faults import MovedError
from state.errors import DiscoverError, FetchError, RobotsError, SourceError

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "https://news.example/feed"


def verdict(*channels: ChannelReport, **options: Any) -> Verdict:
    given = {
        "pages": PageReport(),
        "now": NOW,
        "alarm_after": DAY,
        "newest_at": NOW - timedelta(hours=1),
        "has_worked": True,
        **options,
    }
    return judge(channels, given.pop("pages"), **given)


def failed(error: SourceError) -> ChannelReport:
    return ChannelReport(url=URL, error=error)


def showing(age: timedelta, url: str = URL) -> ChannelReport:
    return ChannelReport(url=url, newest_at=NOW - age)


def test_a_source_with_news_is_well() -> None:
    assert verdict(showing(timedelta(hours=1)), new_items=2).state is State.WELL


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (FetchError("it refuses us (403)", status=403), State.REFUSES_US),
        (FetchError("too frequent", status=429), State.REFUSES_US),
        (RobotsError("robots.txt"), State.REFUSES_US),
        (DiscoverError("a challenge page ('Just a moment...') came where a feed was due"), State.REFUSES_US),
        (DiscoverError("an HTML page came where a feed was due"), State.UNREADABLE),
        (DiscoverError("the feed shows no items"), State.UNREADABLE),
        (FetchError("no complete answer in time"), State.UNREADABLE),
        (FetchError("there is no such page (404)", status=404), State.GONE),
        (FetchError("no such host"), State.GONE),
        (MovedError(URL, "https://casino.example/"), State.MOVED),
    ],
)
def test_a_source_whose_channels_all_fail_is_named_by_their_failure(error: SourceError, state: State) -> None:
    made = verdict(failed(error))

    assert made.state is state
    assert made.state.is_blind


def test_one_channel_that_answers_is_enough_to_see() -> None:
    made = verdict(failed(FetchError("it refuses us (403)", status=403)), showing(timedelta(hours=1)))

    assert made.state is State.WELL
    assert "403" in made.sentence


def test_a_source_that_never_worked_says_so_and_why() -> None:
    made = verdict(failed(FetchError("no such host")), has_worked=False)

    assert made == Verdict(State.NEVER_WORKED, "It has never worked: no such host.")


def test_silence_is_slow_first_and_then_no_news_and_neither_is_blindness() -> None:
    slow = verdict(showing(2 * DAY), newest_at=NOW - 2 * DAY)
    none = verdict(showing(619 * DAY), newest_at=datetime(2025, 3, 12, 12, tzinfo=UTC))

    assert (slow.state, slow.state.is_blind) == (State.SLOW, False)
    assert (none.state, none.state.is_blind) == (State.NO_NEWS, False)
    assert none.sentence == "Nothing new since 12 Mar 2025, 619 days."


def test_a_source_is_measured_by_its_own_habit() -> None:
    weekly = [timedelta(days=7)] * 50

    assert silence_allowed(DAY, weekly) == timedelta(days=28)
    assert verdict(showing(9 * DAY), newest_at=NOW - 9 * DAY, gaps=weekly).state is State.WELL


def test_a_channel_that_stands_still_while_another_moves_is_frozen() -> None:
    made = verdict(showing(30 * DAY), showing(timedelta(hours=1), "https://news.example/map"), new_items=1)

    assert made.state is State.FROZEN
    assert made.sentence.startswith(f"{URL} stands still")


def test_a_channel_that_takes_back_what_it_showed_is_frozen() -> None:
    made = verdict(ChannelReport(url=URL, newest_at=NOW - 90 * DAY, shows_less=True))

    assert made.state is State.FROZEN


def test_pages_without_text_make_a_source_unreadable() -> None:
    made = verdict(showing(timedelta(0)), new_items=5, pages=PageReport(tried=5, unreadable=4))

    assert made.state is State.UNREADABLE


def test_a_retired_source_has_ended_until_it_publishes_again() -> None:
    still = verdict(showing(30 * DAY), retired_why="closed in 2025")
    back = verdict(showing(timedelta(hours=1)), retired_why="closed in 2025", new_items=1)

    assert still == Verdict(State.ENDED, "Ended: closed in 2025.")
    assert back.state is State.WELL


@pytest.mark.parametrize(
    ("pages", "state", "sentence"),
    [
        (PageReport(tried=1, unreadable=1), State.WELL, "Well, but 1 of 1 page had no title or body."),
        (PageReport(tried=2, unreadable=1), State.WELL, "Well, but 1 of 2 pages had no title or body."),
        (PageReport(tried=60, unreadable=2), State.WELL, "Well, but 2 of 60 pages had no title or body."),
        (PageReport(tried=2, refused=2, last_error="x"), State.WELL, "Well, but 2 of 2 pages refused us: x."),
        (PageReport(tried=3, unreadable=2), State.UNREADABLE, "2 of 3 pages had no title or body."),
        (PageReport(tried=1, unreadable=1, ever_read=False), State.UNREADABLE, "1 of 1 page had no title or body."),
        (PageReport(tried=2, refused=2, last_error="x", ever_read=False), State.REFUSES_US, "2 of 2 pages refused us: x."),
        (PageReport(tried=2, unreadable=1, ever_read=False), State.WELL, "Well, but 1 of 2 pages had no title or body."),
    ],
)  # fmt: skip
def test_a_few_bad_pages_are_never_passed_over(pages: PageReport, state: State, sentence: str) -> None:
    made = verdict(showing(timedelta(hours=1)), pages=pages, new_items=1)

    assert (made.state, made.sentence) == (state, sentence)
