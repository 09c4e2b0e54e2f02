"""When a page is tried or read again."""

from datetime import timedelta
from itertools import pairwise

from crawler.jobs.retry import reread_in, retry_in
from state.errors import FetchError, LayoutError, NotArticleError


def test_a_passing_fault_is_tried_again_soon_and_then_ever_more_rarely_but_always() -> None:
    waits = [retry_in(FetchError("x"), attempts) for attempts in range(12)]

    assert waits[0] == timedelta(minutes=5)
    assert all(later >= earlier for earlier, later in pairwise(waits))
    assert waits[-1] == timedelta(days=1)


def test_a_lasting_fault_is_tried_again_later() -> None:
    assert retry_in(FetchError("x", retryable=False), 0) == timedelta(hours=1)
    assert retry_in(LayoutError("x"), 0) == timedelta(hours=1)
    assert retry_in(NotArticleError("x"), 0) == timedelta(days=1)


def test_a_servers_wish_to_be_left_alone_is_the_least() -> None:
    assert retry_in(FetchError("x", retry_after=timedelta(hours=2)), 0) == timedelta(hours=2)
    assert retry_in(FetchError("x", retry_after=timedelta(seconds=1)), 0) == timedelta(minutes=5)


def test_young_articles_are_read_again_often_and_old_ones_rarely_but_never_not() -> None:
    ages = [
        timedelta(minutes=1),
        timedelta(hours=6),
        timedelta(days=3),
        timedelta(days=20),
        timedelta(days=9000),
    ]
    waits = [reread_in(age) for age in ages]

    assert min(waits) >= timedelta(minutes=10)
    assert all(later > earlier for earlier, later in pairwise(waits))


def test_an_article_that_just_changed_is_young_again() -> None:
    assert reread_in(timedelta(days=900), changed=True) < timedelta(minutes=20)
