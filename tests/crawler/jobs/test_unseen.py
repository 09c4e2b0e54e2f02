"""An alert that nobody acknowledges is said again and told to others; one that was seen is left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawler.jobs.unseen import remind
from crawler.policy import policy_of
from crawler.settings import Settings
from state.records import MessageState, Receipt
from tests.crawler.test_pipeline import CONFIGURED, Desk, article, desk

__all__ = ["desk"]
ROUTES = [
    {"to": ["desk"], "repeat": "30m", "escalate": {"after": "2h", "to": ["analysts"]}},
]


@pytest.fixture
def watch(desk: Desk) -> Desk:
    desk.settings = Settings.model_validate(CONFIGURED | {"routes": ROUTES})
    desk.policy = policy_of(desk.settings)
    return desk


def deliver(watch: Desk) -> int:
    """Let every channel take what is due; return how many messages left."""
    now = watch.clock.advance(timedelta(minutes=1))
    with watch.store.begin() as tx:
        claimed = tx.messages.claim(now, "test")
        for item in claimed:
            if item.message.body is None:
                tx.messages.fix(item.message.id, "title", "body", now=now)
            receipt = Receipt(
                message=item.message.id, channel=item.message.channel, attempt=1, ok=True, at=now
            )
            tx.messages.settle(receipt, MessageState.SENT, now=now)
    return len(claimed)


def reminded(watch: Desk, after: timedelta) -> int:
    now = watch.clock.advance(after)
    with watch.store.begin() as tx:
        return remind(watch, tx, now)


def test_an_unseen_alert_is_said_again_after_each_interval(watch: Desk) -> None:
    watch.takes(article())
    assert deliver(watch) == 1
    assert reminded(watch, timedelta(minutes=20)) == 0
    assert reminded(watch, timedelta(minutes=15)) == 1
    assert reminded(watch, timedelta(minutes=1)) == 0
    assert deliver(watch) == 1
    assert reminded(watch, timedelta(minutes=35)) == 1


def test_others_are_told_once_when_nobody_has_seen_it(watch: Desk) -> None:
    alert = watch.takes(article()).notices[0].alert
    deliver(watch)
    reminded(watch, timedelta(hours=3))
    assert watch.promised(alert)[1, "analysts"] == "open"
    assert reminded(watch, timedelta()) == 0


def test_what_somebody_has_seen_is_left_alone(watch: Desk) -> None:
    alert = watch.takes(article()).notices[0].alert
    deliver(watch)
    with watch.store.begin() as tx:
        tx.acknowledgements.add(alert, watch.clock.now(), by="Chenda")
    assert reminded(watch, timedelta(hours=5)) == 0


def test_without_routes_that_ask_for_it_nothing_is_repeated(desk: Desk) -> None:
    desk.takes(article())
    deliver(desk)
    assert reminded(desk, timedelta(hours=5)) == 0
