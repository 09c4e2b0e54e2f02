"""Stories in the store: wrong joins undone by hand, originals found late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawler.pipeline import reconsider
from crawler.stories import merge, split_off
from state.errors import InputError
from state.records import NoticeKind
from tests.crawler.test_pipeline import START, Desk, article, desk

__all__ = ["desk"]


def test_an_article_split_off_is_decided_anew_as_the_first_of_its_story(desk: Desk) -> None:
    desk.takes(article())
    desk.takes(article(source="daily", published_at=START))
    with desk.store.begin() as tx:
        placement = split_off("daily:one", tx, START)
        done = reconsider("daily:one", desk, tx, rings=True, now=START)
    assert done is not None
    assert done.placement == placement
    assert [notice.kind for notice in done.notices] == [NoticeKind.ALERT]
    with desk.store.read() as tx:
        assert len(tx.alerts.list()) == 2
        assert len(tx.stories.list()) == 2


def test_a_story_whose_original_is_split_off_is_told_by_the_next(desk: Desk) -> None:
    first = desk.takes(article())
    desk.takes(article(source="daily", published_at=START))
    assert first.placement is not None
    with desk.store.begin() as tx:
        assert split_off("rfa:one", tx, START).story != first.placement.story
    with desk.store.read() as tx:
        row = tx.stories.row(first.placement.story)
        assert row is not None
        assert row.original == "daily:one"


def test_what_stands_alone_cannot_be_split(desk: Desk) -> None:
    desk.takes(article())
    with desk.store.begin() as tx:
        with pytest.raises(InputError, match="only article"):
            split_off("rfa:one", tx, START)
        with pytest.raises(InputError, match="no article"):
            split_off("rfa:unknown", tx, START)


def test_merged_stories_are_one_and_later_copies_stay_silent(desk: Desk) -> None:
    first = desk.takes(article())
    text = "Candlelight councilor Keo Sary defected to the CPP on Saturday, his family said."
    second = desk.takes(article(text, name="two", title="Another one goes", published_at=START))
    assert first.placement is not None
    assert second.placement is not None
    with desk.store.begin() as tx:
        assert merge(first.placement.story, second.placement.story, tx, START) == 1
        with pytest.raises(InputError):
            merge(first.placement.story, first.placement.story, tx, START)
    desk.clock.advance(timedelta(hours=1))
    copy = desk.takes(article(text, source="daily", title="Another one goes"))
    assert copy.placement is not None
    assert copy.placement.story == first.placement.story


def test_the_original_of_a_repost_is_told_when_it_is_found(desk: Desk) -> None:
    desk.takes(article(source="board", site="invision", published_at=START))
    desk.send_all()
    done = desk.takes(article(published_at=START - timedelta(hours=2)))
    assert done.placement is not None
    assert done.placement.relation == "original"
    assert [notice.kind for notice in done.notices] == [NoticeKind.UPDATE]
    assert done.notices[0].reason.startswith("the original is found")
    with desk.store.read() as tx:
        row = tx.stories.row(done.placement.story)
        assert row is not None
        assert row.original == "rfa:one"
        place = tx.stories.of("board:one")
        assert place is not None
        assert (place.relation, place.of) == ("copy", "rfa:one")
