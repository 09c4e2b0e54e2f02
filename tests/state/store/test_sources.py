"""A source knows when it is due, how its last look went, and what its channels showed."""

import pytest

from state.store import ChannelSeen
from tests.state.store.made import DAY, HOUR, MINUTE, NOON, SECOND


@pytest.fixture
def tx(store):
    with store.begin() as tx:
        tx.sources.upsert("rfa", {"every": "5m"})
        tx.sources.upsert("voa", {"every": "15m"})
        yield tx


def test_a_source_is_due_when_its_time_has_come(tx):
    assert tx.sources.due(NOON) == []
    tx.sources.set_next("rfa", NOON + MINUTE)
    tx.sources.set_next("voa", NOON)

    assert tx.sources.due(NOON) == ["voa"]
    assert tx.sources.due(NOON + HOUR) == ["voa", "rfa"]
    assert tx.sources.next_due() == NOON

    tx.sources.set_next("voa", None)

    assert tx.sources.due(NOON + HOUR) == ["rfa"]


def test_new_settings_leave_what_is_known(tx):
    tx.sources.set_next("rfa", NOON)
    tx.sources.upsert("rfa", {"every": "1h"})
    row = tx.sources.get("rfa")

    assert (row.settings, row.next_at) == ({"every": "1h"}, NOON)
    assert [one.name for one in tx.sources.list()] == ["rfa", "voa"]
    assert tx.sources.get("none") is None


def test_the_first_good_look_is_remembered(tx):
    tx.sources.begin_poll("rfa", NOON)
    assert tx.sources.get("rfa").polling_since == NOON
    tx.sources.finish_poll("rfa", NOON, ok=False, error="refused (403)")
    failed = tx.sources.get("rfa")
    assert (failed.first_finished_at, failed.ok_at, failed.error) == (None, None, "refused (403)")
    assert (failed.polling_since, failed.polled_at) == (None, NOON)

    tx.sources.finish_poll("rfa", NOON + HOUR, ok=True, found=25, new=3)
    tx.sources.finish_poll("rfa", NOON + DAY, ok=True, found=25)
    row = tx.sources.get("rfa")

    assert (row.first_finished_at, row.ok_at, row.error) == (NOON + HOUR, NOON + DAY, "")
    assert (row.found, row.new) == (25, 0)


def test_a_change_of_state_is_told_once(tx):
    assert tx.sources.set_state("rfa", "refuses us", NOON, "the site refuses us (403)")
    assert not tx.sources.set_state("rfa", "refuses us", NOON + HOUR, "the site refuses us (429)")
    row = tx.sources.get("rfa")

    assert (row.state, row.state_since, row.sentence) == ("refuses us", NOON, "the site refuses us (429)")
    assert tx.sources.set_state("rfa", "well", NOON + DAY, "")
    assert not tx.sources.set_state("none", "well", NOON, "")


def test_a_source_is_looked_at_by_one_at_a_time(tx):
    assert tx.sources.lease("rfa", "one", 30)
    assert tx.sources.lease("rfa", "one", 30)
    assert not tx.sources.lease("rfa", "two", 30)
    assert tx.sources.lease("voa", "two", 30)
    tx.sources.release("rfa", "two")
    assert not tx.sources.lease("rfa", "two", 30)
    tx.sources.release("rfa", "one")
    assert tx.sources.lease("rfa", "two", -1)
    assert tx.sources.lease("rfa", "one", 30)


def test_an_ended_source_is_taken_up_again(tx):
    tx.sources.retire("rfa", NOON, "closed in March")
    assert (tx.sources.get("rfa").retired_at, tx.sources.get("rfa").retired_why) == (NOON, "closed in March")
    tx.sources.unretire("rfa")
    assert tx.sources.get("rfa").retired_at is None


def test_what_a_channel_showed_comes_back(tx):
    seen = ChannelSeen(
        etag='W/"a"',
        last_modified="Mon, 21 Nov 2026 12:00:00 GMT",
        body_hash="ab",
        items=("rfa:1", "rfa:2"),
        newest_at=NOON - SECOND,
        seen_at=NOON,
        ok_at=NOON,
    )
    other = ChannelSeen(error="refused (403)")
    tx.validators.put("rfa", "https://rfa.example/feed", seen)
    tx.validators.put("rfa", "https://rfa.example/map", other)

    assert tx.validators.get("rfa", "https://rfa.example/feed") == seen
    assert tx.validators.of("rfa") == {
        "https://rfa.example/feed": seen,
        "https://rfa.example/map": other,
    }
    assert tx.validators.get("voa", "https://rfa.example/feed") is None
    tx.sources.upsert("rfa", {})
    assert tx.validators.get("rfa", "https://rfa.example/feed") == seen


def test_channels_need_their_source(tx):
    with pytest.raises(LookupError):
        tx.validators.put("none", "https://rfa.example/feed", ChannelSeen())
