"""Work that shares a commit: each piece whole or undone by itself, and nobody told before the disk has it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from state.store import Store, group
from state.store.group import GroupCommit
from state.store.tx import Tx


class Desk:
    """A store whose commits are counted; its thread is held until ``open`` is set."""

    def __init__(self, store):
        self.store = store
        self.commits = 0
        self.failing = None
        self.thread = ThreadPoolExecutor(1)
        self.open = threading.Event()
        self.thread.submit(self.open.wait)
        self.group = GroupCommit(self.transaction, self.thread)

    @contextmanager
    def transaction(self):
        with self.store._write_connection() as db:
            yield db
            if self.failing:
                raise self.failing
        self.commits += 1

    def upsert(self, name, then=None):
        def work(db):
            Tx(db).sources.upsert(name, {})
            if then is not None:
                then()
            return name

        return self.group.submit(work)

    def names(self):
        with self.store.read() as tx:
            return {row.name for row in tx.sources.list()}


@pytest.fixture
def desk(tmp_path):
    store = Store.open(f"sqlite:///{tmp_path}/state.db")
    made = Desk(store)
    yield made
    made.open.set()
    made.thread.shutdown()
    store.close()


def fail():
    raise LookupError("this piece alone")


def test_what_waits_at_the_same_moment_shares_a_commit(desk):
    futures = [desk.upsert(f"source-{number}") for number in range(5)]
    desk.open.set()

    assert [future.result(5) for future in futures] == [f"source-{number}" for number in range(5)]
    assert (desk.commits, len(desk.names())) == (1, 5)


def test_no_more_than_so_many_share_a_commit(desk):
    futures = [desk.upsert(f"source-{number}") for number in range(group.MOST + 1)]
    desk.open.set()

    assert all(future.result(5) for future in futures)
    assert desk.commits == 2


def test_a_slow_piece_ends_the_group(desk, monkeypatch):
    monkeypatch.setattr(group, "LONGEST_S", 0.0)
    futures = [desk.upsert("one"), desk.upsert("two")]
    desk.open.set()

    assert [future.result(5) for future in futures] == ["one", "two"]
    assert desk.commits == 2


def test_a_piece_that_raises_is_undone_alone(desk):
    before, broken, after = desk.upsert("before"), desk.upsert("broken", fail), desk.upsert("after")
    desk.open.set()

    assert (before.result(5), after.result(5)) == ("before", "after")
    with pytest.raises(LookupError, match="this piece alone"):
        broken.result(5)
    assert desk.names() == {"before", "after"}
    assert desk.commits == 1


def test_nobody_is_told_before_the_commit(desk):
    first = desk.upsert("first")
    seen = []
    second = desk.upsert("second", lambda: seen.append((first.done(), desk.names())))
    desk.open.set()

    assert second.result(5) == "second"
    assert seen == [(False, set())]


def test_where_the_commit_fails_all_of_it_fails(desk):
    one, two = desk.upsert("one"), desk.upsert("two", fail)
    desk.failing = OSError("the disk is gone")
    desk.open.set()

    with pytest.raises(OSError, match="the disk is gone"):
        one.result(5)
    with pytest.raises(LookupError):
        two.result(5)
    assert desk.names() == set()


def test_a_piece_that_takes_the_transaction_with_it_fails_all_before_it(desk):
    def end_the_transaction(db):
        db.connection.exec_driver_sql("ROLLBACK")
        raise OSError("the disk is full")

    one, two, three = desk.upsert("one"), desk.group.submit(end_the_transaction), desk.upsert("three")
    desk.open.set()

    for lost in (one, two):
        with pytest.raises(OSError, match="the disk is full"):
            lost.result(5)
    assert three.result(5) == "three"
    assert desk.names() == {"three"}


def test_what_was_called_off_is_not_done(desk):
    one, two = desk.upsert("one"), desk.upsert("two")
    assert one.cancel()
    desk.open.set()

    assert two.result(5) == "two"
    assert desk.names() == {"two"}
