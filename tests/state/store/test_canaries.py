"""A canary leaves nothing but its entries in the ledger, and takes nothing of others with it."""

from sqlalchemy import func, select

from state.store.audit import audit
from state.store.canaries import prune_canaries
from state.store.columns import metadata
from tests.state.store.made import DAY, NOON, rung, sent


def counts(tx):
    kept = {"ledger", "seals", "alembic_version"}
    tables = [table for table in metadata.sorted_tables if table.name not in kept]
    return {table.name: tx.db.value(select(func.count()).select_from(table)) for table in tables}


def test_an_old_canary_goes_with_all_that_came_of_it(store):
    with store.begin() as tx:
        rung(tx, "x:1", story="S-1")
        before = counts(tx)
        rung(tx, "canary:1", story="S-2", channels=("null",), canary=True)
        for claimed in tx.messages.claim(NOON, "run", channels=["null"]):
            sent(tx, claimed.message.id, channel="null")
        tx.search.index()

        assert prune_canaries(tx, NOON + DAY, NOON + DAY) == 1
        assert counts(tx) == before
        assert prune_canaries(tx, NOON + DAY, NOON + DAY) == 0
        assert audit(tx, channels=["desk"]).gaps == ()
        assert [hit.row.key for hit in tx.search.find("councillors")] == ["x:1"]


def test_a_young_canary_stays(store):
    with store.begin() as tx:
        rung(tx, "canary:1", channels=("null",), canary=True)

        assert prune_canaries(tx, NOON, NOON) == 0
        assert tx.articles.row("canary:1").canary
