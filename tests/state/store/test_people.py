"""What people decide is kept: silences, acknowledgements, judgements; and when we could not see."""

import pytest

from state.store import Acknowledgement, BlindInterval, Judgement
from tests.state.store.made import DAY, HOUR, NOON, SECOND, rung


@pytest.fixture
def tx(store):
    with store.begin() as tx:
        yield tx


def test_a_silence_holds_from_its_start_to_its_end(tx):
    id = tx.silences.add({"source": "rfa"}, NOON, NOON + HOUR, by="dara", because="storm")
    [active] = tx.silences.active(NOON)

    assert (active.id, active.matchers, active.by, active.because) == (id, {"source": "rfa"}, "dara", "storm")
    assert id.startswith("S-")
    assert tx.silences.active(NOON - SECOND) == []
    assert tx.silences.active(NOON + HOUR) == []


def test_a_silence_ends_before_its_time_once(tx):
    id = tx.silences.add({"rule": "x"}, NOON, NOON + HOUR, by="dara")
    other = tx.silences.add({"rule": "x"}, NOON, NOON + HOUR, by="dara")

    assert other != id
    assert tx.silences.expire(id, NOON)
    assert not tx.silences.expire(id, NOON)
    assert [one.id for one in tx.silences.active(NOON)] == [other]
    assert {one.id: one.expired_at for one in tx.silences.list()} == {id: NOON, other: None}


def test_who_has_seen_an_alert_is_known(tx):
    first, second = rung(tx, "rfa:1", story="S-1"), rung(tx, "rfa:2", story="S-2")
    tx.acknowledgements.add(first, NOON, by="dara", note="calling them")

    assert tx.acknowledgements.of(first) == [Acknowledgement(first, NOON, "dara", "calling them")]
    assert tx.acknowledgements.seen([first, second]) == {first}
    assert tx.acknowledgements.seen([]) == set()


def test_judgements_are_kept_in_order(tx):
    alert = rung(tx)
    tx.judgements.add(alert, "unsure", NOON, by="dara")
    tx.judgements.add(alert, "true", NOON + HOUR, by="sok", note="heard it myself")

    assert tx.judgements.of(alert) == [
        Judgement(alert, "unsure", NOON, "dara", ""),
        Judgement(alert, "true", NOON + HOUR, "sok", "heard it myself"),
    ]
    assert [one.verdict for one in tx.judgements.list(since=NOON + HOUR)] == ["true"]


def test_blind_time_begins_once_and_ends_once(tx):
    assert tx.blind.open("rfa", NOON, "refused (403)")
    assert not tx.blind.open("rfa", NOON + HOUR, "refused (429)")
    [still] = tx.blind.list()
    assert (still.since, still.until, still.why) == (NOON, None, "refused (403)")

    closed = tx.blind.close("rfa", NOON + HOUR)

    assert closed == BlindInterval(still.id, "rfa", NOON, NOON + HOUR, "refused (403)")
    assert tx.blind.close("rfa", NOON + DAY) is None
    assert tx.blind.open("rfa", NOON + DAY, "refused (403)")


def test_blind_time_is_found_by_when_it_was(tx):
    tx.blind.record("rfa", NOON, NOON + HOUR, "checked too late")
    tx.blind.open("voa", NOON + DAY, "no such host")

    assert [one.source for one in tx.blind.list(since=NOON + HOUR)] == ["voa"]
    assert [one.source for one in tx.blind.list(since=NOON, until=NOON + DAY)] == ["rfa"]
    assert [one.source for one in tx.blind.list(source="rfa")] == ["rfa"]


def test_rules_are_kept_as_they_were(tx):
    tx.rulesets.put("h1", "engine-1", {"a.yaml": "when: …"}, NOON)
    tx.rulesets.put("h2", "engine-1", {"a.yaml": "when: ខ"}, NOON + HOUR)
    tx.rulesets.put("h1", "engine-1", {"a.yaml": "when: …"}, NOON + DAY)
    again = tx.rulesets.get("h1")

    assert (again.files, again.first_at, again.used_at) == ({"a.yaml": "when: …"}, NOON, NOON + DAY)
    assert tx.rulesets.newest().hash == "h1"
    assert tx.rulesets.get("h3") is None


def test_a_lease_says_who_has_it(tx):
    assert tx.leases.get("leader") is None
    assert tx.leases.take("leader", "one", 30)
    assert not tx.leases.take("leader", "two", 30)
    assert tx.leases.get("leader").owner == "one"
    assert tx.leases.get("leader").until > tx.leases.get("leader").taken_at
