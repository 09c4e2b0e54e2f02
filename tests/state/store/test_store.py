"""The door to the database: what it makes, what it refuses, and that a transaction is all or nothing."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from state.errors import ConfigError, SchemaError, StoreBusyError, StoreError, StoreFullError
from state.store import Store
from state.store import sqlite as sqlite_side
from tests.state.store.made import NOON, article, page, rung

ROOT = Path(__file__).parents[3]


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/state.db"


def test_files_are_for_their_user_alone(tmp_path):
    old = os.umask(0)
    try:
        store = Store.open(f"sqlite:///{tmp_path}/a/b/state.db")
        with store.begin() as tx:
            tx.sources.upsert("rfa", {})
        assert {path.name: mode(path) for path in (tmp_path / "a/b").iterdir()} == {
            "state.db": 0o600,
            "state.db-wal": 0o600,
            "state.db-shm": 0o600,
        }
        assert (mode(tmp_path / "a"), mode(tmp_path / "a/b")) == (0o700, 0o700)
        with store.hold("run"):
            assert mode(tmp_path / "a/b/state.db.run.lock") == 0o600
        store.backup(tmp_path / "copy.db")
        assert mode(tmp_path / "copy.db") == 0o600
        store.close()
    finally:
        os.umask(old)


def test_the_database_survives_power_loss_by_its_settings(url):
    store = Store.open(url)
    with store.begin() as tx:
        ask = tx.db.connection.exec_driver_sql
        settings = {
            name: ask(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        patience = ask("PRAGMA busy_timeout").scalar()
    store.close()

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert patience == 10_000


def test_a_transaction_that_raises_leaves_nothing(store):
    def put_and_fail():
        with store.begin() as tx:
            tx.articles.put(article(), now=NOON, page=page())
            raise LookupError("after the last statement")

    with pytest.raises(LookupError):
        put_and_fail()
    with store.read() as tx:
        assert tx.articles.get("rfa:one") is None
        assert tx.ledger.rows() == []


def test_a_reader_sees_the_last_commit_and_waits_for_nobody(store):
    with store.begin() as tx:
        tx.sources.upsert("rfa", {})
        if tx.db.connection.dialect.name == "sqlite":
            with store.read() as other:
                assert other.sources.list() == []
    with store.read() as tx:
        assert [row.name for row in tx.sources.list()] == ["rfa"]


def test_one_look_sees_one_state(store):
    with store.read() as look:
        assert look.sources.list() == []
        thread = threading.Thread(target=lambda: store._do(lambda tx: tx.sources.upsert("rfa", {})))
        thread.start()
        thread.join()
        assert look.sources.list() == []


def test_nothing_is_written_in_a_look(store):
    with pytest.raises(StoreError, match=r"readonly|read-only"), store.read() as tx:
        tx.sources.upsert("rfa", {})


def test_a_transaction_inside_another_is_a_mistake(url):
    store = Store.open(url)
    with store.begin(), pytest.raises(RuntimeError, match="already open"), store.begin():
        pass
    store.close()


@pytest.mark.asyncio
async def test_async_callers_share_one_writer_and_get_their_results(store):
    def count_up(tx):
        row = tx.sources.get("n")
        settings = dict(row.settings) if row else {"n": 0}
        tx.sources.upsert("n", {"n": settings["n"] + 1})
        return threading.current_thread().name

    names = await asyncio.gather(*(store.run(count_up) for _ in range(20)))
    seen = await store.view(lambda tx: tx.sources.get("n").settings)

    assert seen == {"n": 20}
    assert len(set(names)) == 1


@pytest.mark.asyncio
async def test_async_work_that_raises_leaves_nothing(store):
    def fail(tx):
        tx.sources.upsert("n", {})
        raise LookupError("n")

    with pytest.raises(LookupError):
        await store.run(fail)
    assert await store.view(lambda tx: tx.sources.list()) == []


def test_a_store_in_memory_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = Store.open("sqlite://")
    with store.begin() as tx:
        tx.sources.upsert("rfa", {})
    with store.read() as tx:
        assert [row.name for row in tx.sources.list()] == ["rfa"]
    with store.hold("run"):
        store.close()

    assert list(tmp_path.iterdir()) == []


def test_a_missing_database_is_made_only_if_asked(tmp_path):
    with pytest.raises(StoreError, match="there is no database at"):
        Store.open(f"sqlite:///{tmp_path}/state.db", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["mysql://x/y", "state.db", ""])
def test_another_database_is_a_mistake_of_configuration(url):
    with pytest.raises(ConfigError, match=r"\[store\] url"):
        Store.open(url)


def test_an_address_never_shows_its_password():
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://ana:secret@127.0.0.1:9/none")

    assert "secret" not in str(caught.value)
    assert "cannot be reached" in caught.value.hint


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "state.db"
    path.write_text("this is a letter, and a long one, " * 100)

    with pytest.raises(StoreError, match="not a database") as caught:
        Store.open(f"sqlite:///{path}")

    assert caught.value.hint
    assert path.read_text().startswith("this is a letter")


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "state.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE articles (x)")
    other.close()

    with pytest.raises(SchemaError, match="no schema version"):
        Store.open(f"sqlite:///{path}")


def test_a_newer_database_is_left_alone(url):
    store = Store.open(url)
    with store.begin() as tx:
        tx.db.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()

    with pytest.raises(SchemaError, match="newer") as caught:
        Store.open(url)

    assert "install the newer version" in caught.value.hint


def test_a_database_that_cannot_be_written_says_what_to_check(url):
    store = Store.open(url)
    with store.begin() as tx:
        tx.db.connection.exec_driver_sql("PRAGMA query_only=ON")
        with pytest.raises(StoreError, match="readonly") as caught:
            tx.sources.upsert("rfa", {})
    store.close()

    assert "check owner and rights" in caught.value.hint


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="cannot create the database") as caught:
        Store.open(f"sqlite:///{tmp_path}/file/state.db")

    assert caught.value.hint


def test_a_full_disk_keeps_what_was_stored(url):
    store = Store.open(url)
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON)
        pages = tx.db.connection.exec_driver_sql("PRAGMA page_count").scalar()
        tx.db.connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")
    with pytest.raises(StoreFullError) as caught, store.begin() as tx:
        tx.articles.put(article("rfa:two"), now=NOON, page=page(os.urandom(200_000)))
    with store.read() as tx:
        assert [row.key for row in tx.articles.list()] == ["rfa:one"]
    store.close()

    assert caught.value.retryable
    assert "max_size" in caught.value.hint


def test_another_writer_is_waited_for_and_then_named(url, monkeypatch):
    store = Store.open(url)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with store.read() as tx:
        assert tx.sources.list() == []
    monkeypatch.setattr(sqlite_side, "_EVERY_CONNECTION", ("PRAGMA busy_timeout=50",))
    impatient = Store.open(url)
    with pytest.raises(StoreBusyError) as caught, impatient.begin():
        pass
    impatient.close()
    other.execute("ROLLBACK")
    other.close()
    with store.begin() as tx:
        tx.sources.upsert("rfa", {})
    store.close()

    assert caught.value.retryable
    assert "another tocsin command is writing" in caught.value.hint


COUNT_UP = """
import sys
from state.store import Store
store = Store.open(sys.argv[1])
for _ in range(20):
    with store.begin() as tx:
        row = tx.sources.get("n")
        tx.sources.upsert("n", {"n": (row.settings["n"] if row else 0) + 1})
store.close()
"""


def test_processes_that_write_at_once_lose_nothing(url):
    processes = [subprocess.Popen([sys.executable, "-c", COUNT_UP, url], cwd=ROOT) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]

    store = Store.open(url)
    with store.read() as tx:
        assert tx.sources.get("n").settings == {"n": 40}
    store.close()


def test_processes_that_open_a_new_database_at_once_all_get_it(url):
    opening = f"from state.store import Store; Store.open({url!r}).close()"
    processes = [subprocess.Popen([sys.executable, "-c", opening], cwd=ROOT) for _ in range(3)]

    assert [process.wait(60) for process in processes] == [0, 0, 0]


HOLD = """
import sys
from state.store import Store
store = Store.open(sys.argv[1])
with store.hold("run"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_process_has_a_role_and_its_death_frees_it(url):
    store = Store.open(url)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "held\n"
    with pytest.raises(StoreBusyError, match=f"`run`.*process {other.pid}"), store.hold("run"):
        pass
    with store.hold("crawl"):
        pass
    other.kill()
    other.communicate()
    with store.hold("run"):
        pass
    store.close()


def test_a_role_is_held_once_in_one_process_too(store):
    with store.hold("run"), pytest.raises(StoreBusyError), store.hold("run"):
        pass
    with store.hold("run"):
        pass


@pytest.mark.asyncio
async def test_a_stop_iteration_does_not_leave_its_waiter_waiting(store):
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(store.run(lambda tx: next(iter(()))), 5)
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(store.view(lambda tx: next(iter(()))), 5)


def test_a_sound_database_has_no_faults(store):
    with store.begin() as tx:
        rung(tx)
        tx.search.index()

    assert store.faults() == []


def test_a_row_that_names_what_is_not_there_is_a_fault(url):
    store = Store.open(url)
    with store.begin() as tx:
        rung(tx)
    with sqlite3.connect(store.path) as hand:
        hand.execute("DELETE FROM messages")
        hand.execute("UPDATE versions SET text = 'something else'")
    hand.close()
    found = store.faults()
    store.close()

    assert [fault for fault in found if "promises" in fault] == [
        "row 1 of promises names a row of messages that is not there"
    ]


def test_a_page_that_was_overwritten_is_a_fault(url, tmp_path):
    store = Store.open(url)
    with store.begin() as tx:
        for number in range(40):
            rung(tx, f"x:{number}", story=f"S-{number}")
    store.backup(tmp_path / "copy.db")
    store.close()
    content = bytearray((tmp_path / "copy.db").read_bytes())
    start = content.index(b"Ten councillors left") // 4096 * 4096
    content[start : start + 64] = bytes(64)
    (tmp_path / "copy.db").write_bytes(content)
    damaged = Store.open(f"sqlite:///{tmp_path}/copy.db")
    assert damaged.faults()
    damaged.close()


def test_a_backup_is_whole_while_others_write(url, tmp_path):
    store = Store.open(url)
    with store.begin() as tx:
        tx.articles.put(article(), now=NOON, page=page())
    store.backup(tmp_path / "copy.db")
    with store.begin() as tx:
        tx.articles.put(article("rfa:two"), now=NOON)
    copy = Store.open(f"sqlite:///{tmp_path}/copy.db")
    with copy.read() as tx:
        assert tx.articles.get("rfa:one") == article()
        assert tx.articles.get("rfa:two") is None
    copy.close()
    store.close()


def test_what_was_erased_is_not_left_in_the_file(url):
    from sqlalchemy import update

    from state.store.tables import versions

    store = Store.open(url)
    secret = "Sok Dara spoke under the banyan tree"
    with store.begin() as tx:
        tx.articles.put(article(title=secret), now=NOON)
        tx.search.index()
    with store.begin() as tx:
        tx.db.execute(update(versions).values(body=None, text=None))
        tx.db.connection.exec_driver_sql("UPDATE articles SET title = ''")
        assert tx.search.find("banyan") == []
    store.erase_traces()
    held = b"".join(path.read_bytes() for path in store.path.parent.iterdir() if path.name != "state.db-shm")
    store.close()

    assert b"banyan" not in held
