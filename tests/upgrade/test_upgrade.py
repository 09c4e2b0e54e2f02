"""A database of every released version is opened, brought up to date, and works on."""

import gzip
from pathlib import Path

import pytest

from state.records import MessageState
from state.store import Store, schema
from state.store.audit import audit
from tests.state.store.made import DAY, NOON, article, rung, sent

RELEASED = sorted(Path(__file__).parent.glob("*.db.gz"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.name.removesuffix(".db.gz"))
def store(request, tmp_path):
    (tmp_path / "state.db").write_bytes(gzip.decompress(request.param.read_bytes()))
    store = Store.open(f"sqlite:///{tmp_path}/state.db", create=False)
    yield store
    store.close()


def test_the_first_release_is_among_them():
    assert RELEASED[0].name == "0.1.0.db.gz"


def test_nothing_of_an_older_version_is_lost(store):
    with store.read() as tx:
        assert schema.version(tx.db.connection) == schema.HEAD
        assert tx.sources.due(NOON) == ["example"]
        assert [row.candidate.key for row in tx.frontier.due(NOON)] == ["rfa:waiting"]
        assert tx.articles.get("rfa:one").title == "Nine councillors change sides"
        assert tx.articles.version("rfa:one", article().version) == article()
        assert [hit.row.key for hit in tx.search.find("councillors change")] == ["rfa:one", "rfa:two"]
        assert tx.rulesets.newest().files == {"a.yaml": "when: …"}
        assert [one.state for one in tx.messages.list()].count(MessageState.SENT) == 1
        assert audit(tx, channels=["desk"]).gaps == ()
    assert store.faults() == []


def test_an_older_database_works_on(store):
    with store.begin() as tx:
        [waiting] = tx.messages.claim(NOON + DAY, "run")
        sent(tx, waiting.message.id)
        rung(tx, "rfa:three", story="S-3")
        assert tx.seals.seal(NOON + DAY).number == 2
        assert tx.search.index() == 2
        assert audit(tx, channels=["desk"]).gaps == ()
