"""The ledger grows by entries that say no text, and seals show whoever changes them."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from state.store.audit import audit
from state.store.seals import NONE_BEFORE, merkle_path, merkle_root, root_by_path
from state.store.tables import ledger, seals
from tests.state.store.made import DAY, HOUR, NOON


def enter(tx, count, first=0):
    for number in range(first, first + count):
        tx.ledger.append("test", f"T-{number}", f"{number:064x}", NOON, {"number": number})


def gaps(store, **how):
    with store.read() as tx:
        return [(gap.kind, gap.subject) for gap in audit(tx, **how).gaps]


def test_entries_come_back_in_order(store):
    with store.begin() as tx:
        enter(tx, 3)
        rows = tx.ledger.rows()

        assert [(row.kind, row.subject, row.detail) for row in rows] == [
            ("test", f"T-{number}", {"number": number}) for number in range(3)
        ]
        assert [row.id for row in tx.ledger.rows(first=rows[1].id, limit=1)] == [rows[1].id]
        assert [row.subject for row in tx.ledger.of("T-2")] == ["T-2"]


def test_a_seal_covers_what_has_none_and_names_the_one_before(store):
    with store.begin() as tx:
        enter(tx, 3)
        first = tx.seals.seal(NOON)
        assert tx.seals.seal(NOON) is None
        enter(tx, 2, first=3)
        second = tx.seals.seal(NOON + HOUR)

        assert (first.number, first.count, first.previous) == (1, 3, NONE_BEFORE)
        assert (second.number, second.count, second.previous) == (2, 2, first.hash)
        assert tx.seals.newest() == second
        assert tx.seals.list() == [first, second]
        assert {row.seal for row in tx.ledger.rows()} == {1, 2}


def test_an_entry_can_be_proved_to_be_under_its_seal(store):
    with store.begin() as tx:
        enter(tx, 5)
        unsealed = tx.ledger.rows()[0].id
        assert tx.seals.proof(unsealed) is None
        seal = tx.seals.seal(NOON)
        for row in tx.ledger.rows():
            proof = tx.seals.proof(row.id)

            assert (proof.sha256, proof.seal) == (row.sha256, seal)
            assert root_by_path(proof.sha256, proof.path) == seal.root


_digests = st.lists(st.binary(min_size=1, max_size=4).map(lambda seed: hashlib.sha256(seed).hexdigest()))


@given(_digests.filter(bool), st.data())
def test_every_leaf_leads_to_the_root_and_nothing_else_does(leaves, data):
    position = data.draw(st.integers(0, len(leaves) - 1))
    path = merkle_path(position, leaves)

    assert root_by_path(leaves[position], path) == merkle_root(leaves)
    assert root_by_path("0" * 64, path) != merkle_root(leaves)


def test_the_root_is_that_of_rfc_6962():
    leaf = hashlib.sha256(b"\0" + bytes(32)).digest()

    assert merkle_root(["0" * 64]) == leaf.hex()
    assert merkle_root(["0" * 64] * 2) == hashlib.sha256(b"\1" + leaf + leaf).hexdigest()


def test_a_whole_ledger_has_no_gap(store):
    with store.begin() as tx:
        enter(tx, 3)
        tx.seals.seal(NOON)
        enter(tx, 3, first=3)

    assert gaps(store) == []


@pytest.mark.parametrize("change", ["digest", "detail", "subject"])
def test_an_entry_that_was_altered_is_named(store, change):
    value = {"digest": "f" * 64, "detail": {"number": 7}, "subject": "T-9"}[change]
    with store.begin() as tx:
        enter(tx, 3)
        id = tx.ledger.rows()[1].id
        tx.db.execute(update(ledger).where(ledger.c.id == id).values({change: value}))

    assert gaps(store) == [("ledger", str(id))]


def test_an_entry_that_was_altered_with_its_own_digest_breaks_the_seal(store):
    from state.store.ledger import row_digest

    with store.begin() as tx:
        enter(tx, 3)
        tx.seals.seal(NOON)
        row = tx.ledger.rows()[1]
        forged = row_digest(row.at, row.kind, "T-9", row.digest, row.detail)
        tx.db.execute(update(ledger).where(ledger.c.id == row.id).values(subject="T-9", sha256=forged))

    assert gaps(store) == [("seal", "1")]


def test_an_entry_that_was_removed_is_missed(store):
    with store.begin() as tx:
        enter(tx, 4)
        tx.seals.seal(NOON)
        tx.db.execute(delete(ledger).where(ledger.c.id == 2))
        sqlite = tx.db.dialect == "sqlite"

    assert gaps(store) == ([("ledger", "2")] if sqlite else []) + [("seal", "1")]


def test_the_last_entries_are_missed_too(tmp_path):
    from state.store import Store

    store = Store.open(f"sqlite:///{tmp_path}/state.db")
    with store.begin() as tx:
        enter(tx, 4)
        tx.db.execute(delete(ledger).where(ledger.c.id > 2))
    with store.read() as tx:
        [gap] = audit(tx).gaps
    assert gap.sentence == "entries 3 to 4 of the ledger: missing"

    with store.begin() as tx:
        tx.db.execute(delete(ledger))
    with store.read() as tx:
        [gap] = audit(tx, since=NOON + DAY).gaps
    assert gap.sentence == "entries 1 to 4 of the ledger: missing"
    store.close()


def test_a_seal_that_was_altered_or_removed_is_named(store):
    with store.begin() as tx:
        for number in range(3):
            enter(tx, 2, first=2 * number)
            tx.seals.seal(NOON)
        tx.db.execute(update(seals).where(seals.c.number == 1).values(at=NOON + DAY))
        tx.db.execute(delete(seals).where(seals.c.number == 2))

    assert gaps(store) == [("seal", "1"), ("seal", "3")]


def test_what_is_older_than_asked_is_not_looked_at(store):
    with store.begin() as tx:
        enter(tx, 2)
        tx.db.execute(update(ledger).where(ledger.c.id == 1).values(subject="T-9"))
        tx.ledger.append("test", "T-3", "", NOON + DAY)

    assert gaps(store, since=NOON + HOUR) == []
    assert gaps(store) == [("ledger", "1")]
