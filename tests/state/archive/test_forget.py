"""What is forgotten is nowhere in the files any more; digests and the reason stay, and nothing else goes."""

import pytest

from state.archive.forget import forget_article
from state.archive.rotate import load, move_records
from state.archive.warc import read_page
from state.errors import InputError
from state.store import PutStatus, Store
from state.store.audit import audit
from tests.state.archive.kept import pages
from tests.state.store.made import DAY, HOUR, NOON, article, page, rung, sent


@pytest.fixture
def store(tmp_path):
    store = Store.open(f"sqlite:///{tmp_path}/state.db")
    with store.begin() as tx:
        rung(tx, "x:1", story="S-1")
        rung(tx, "x:2", story="S-2")
        for claimed in tx.messages.claim(NOON, "run"):
            sent(tx, claimed.message.id)
        tx.articles.put(article("x:1", title="A banyan tree"), now=NOON + HOUR, page=page(b"banyan"))
        tx.search.index()
    yield store
    store.close()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "archive"


def bytes_held(store):
    files = [
        path for path in store.path.parent.rglob("*") if path.is_file() and not path.name.endswith("-shm")
    ]
    return b"".join(path.read_bytes() for path in files)


@pytest.mark.parametrize("moved", [True, False])
def test_the_text_is_nowhere_and_the_digests_stay(store, folder, moved):
    if moved:
        move_records(store, folder, NOON)
    with store.read() as tx:
        before = tx.articles.versions("x:1")
        digests = {row.digest for row in tx.responses.of("x:1")}
    assert b"banyan" in bytes_held(store)

    forget_article(store, folder, "x:1", NOON + DAY, "asked by the person named")

    assert b"banyan" not in bytes_held(store)
    assert [one.body for path in folder.glob("*") for one in pages(path)] == ([page().body] if moved else [])
    with store.read() as tx:
        after = tx.articles.versions("x:1")
        assert [row.version for row in after] == [row.version for row in before]
        assert {row.forgotten_why for row in after} == {"asked by the person named"}
        assert {row.digest for row in tx.responses.of("x:1")} == digests
        assert tx.articles.get("x:1") is None
        assert (tx.articles.row("x:1").state, tx.articles.row("x:1").title) == ("forgotten", "")
        assert tx.search.find("banyan") == []
        assert [one.match.spans for one in tx.matches.of("x:1")] == [()]
        assert audit(tx, channels=["desk"]).gaps == ()


def test_other_articles_keep_everything(store, folder):
    move_records(store, folder, NOON)
    forget_article(store, folder, "x:1", NOON + DAY, "asked")
    with store.read() as tx:
        [response] = tx.responses.of("x:2")
        assert read_page(load(response, folder)).body == page().body
        assert tx.articles.get("x:2") == article("x:2")
        assert len(tx.events.of("x:2", article("x:2").version)) == 1
        [alert] = tx.alerts.of_article("x:2")
        assert tx.messages.earlier("desk", alert.id)[0].body.startswith("the text of")


def test_a_forgotten_page_is_not_kept_again(store, folder):
    forget_article(store, folder, "x:1", NOON + DAY, "asked")
    with store.begin() as tx:
        result = tx.articles.put(article("x:1", title="A banyan tree again"), now=NOON + DAY)
        assert result.status is PutStatus.SAME
        assert tx.articles.get("x:1") is None


def test_an_unknown_article_cannot_be_forgotten(store, folder):
    with pytest.raises(InputError, match="no article x:9"):
        forget_article(store, folder, "x:9", NOON, "asked")
