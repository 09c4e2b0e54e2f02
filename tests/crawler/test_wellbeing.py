"""What is not well is told, each thing in one sentence with the next step; what is well is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.settings import Settings
from crawler.wellbeing import look
from state.records import MessageState, Receipt
from state.store.store import Store

NOW = datetime(2026, 3, 10, 8, tzinfo=UTC)
SETTINGS = Settings.model_validate(
    {"sources": {"rfa": {"feeds": ["https://example.org/f"], "every": "15m", "alarm_after": "12h"}}}
)


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


def polled(store: Store, at: datetime, state: str = "well") -> None:
    with store.begin() as tx:
        tx.sources.upsert("rfa", {})
        tx.sources.begin_poll("rfa", at)
        tx.sources.set_state("rfa", state, at, f"It is {state}.")
        tx.sources.finish_poll("rfa", at, ok=state == "well", error="", found=1, new=0)


def troubles(store: Store) -> list[tuple[str, str]]:
    with store.read() as tx:
        return [(trouble.about, trouble.said) for trouble in look(tx, SETTINGS, NOW).troubles]


def test_a_source_that_was_just_seen_is_no_trouble(store: Store) -> None:
    polled(store, NOW - timedelta(minutes=10))

    assert troubles(store) == []


def test_a_source_never_looked_at_is_told(store: Store) -> None:
    assert troubles(store) == [("rfa", "was never looked at")]


def test_a_blind_source_is_told_in_its_own_sentence(store: Store) -> None:
    polled(store, NOW - timedelta(minutes=10), state="refuses us")

    assert troubles(store) == [("rfa", "It is refuses us.")]


def test_a_source_that_we_see_though_some_pages_cannot_be_read_is_told(store: Store) -> None:
    polled(store, NOW - timedelta(minutes=10))
    with store.begin() as tx:
        tx.sources.set_state("rfa", "well", NOW, "Well, but 1 of 2 pages had no title or body.")

    assert troubles(store) == [("rfa", "Well, but 1 of 2 pages had no title or body.")]


def test_nobody_watching_is_told(store: Store) -> None:
    polled(store, NOW - timedelta(hours=13))

    [(_, said)] = troubles(store)
    assert "nobody is watching" in said


def test_a_message_that_fails_is_told_and_one_that_nobody_tries_too(store: Store) -> None:
    polled(store, NOW)
    with store.begin() as tx:
        failing = tx.messages.open("desk", "g", "operator", NOW, now=NOW, body="text")
        tx.messages.open(
            "mail", "h", "operator", NOW - timedelta(hours=1), now=NOW - timedelta(hours=1), body="text"
        )
        receipt = Receipt(
            message=failing.id, channel="desk", attempt=1, ok=False, at=NOW, detail="refused the login"
        )
        tx.messages.settle(receipt, MessageState.CLAIMED, now=NOW, next_due_at=NOW + timedelta(hours=1))

    said = dict(troubles(store))

    assert said["channel desk"] == "1 waiting after failed tries: refused the login"
    assert "nobody delivers" in said["delivery"]


def test_held_delivery_is_told(store: Store) -> None:
    polled(store, NOW)
    with store.begin() as tx:
        tx.leases.hold_delivery("restored from a backup", NOW)

    assert troubles(store) == [("delivery", "nothing is sent: restored from a backup")]
