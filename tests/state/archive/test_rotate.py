"""Records move into files and are at every instant in one place at least; old ones go, never what an alert needs."""

import stat
from datetime import timedelta

import pytest
from sqlalchemy import update

from state.archive import rotate
from state.archive.prune import prune_responses, size
from state.archive.rotate import load, move_records
from state.archive.warc import read_page
from state.errors import ArchiveError, StoreBusyError
from state.store import Store
from state.store.tables import responses
from tests.state.archive.kept import pages
from tests.state.store.made import DAY, HOUR, NOON, article, page, rung


@pytest.fixture
def store(tmp_path):
    store = Store.open(f"sqlite:///{tmp_path}/state.db")
    yield store
    store.close()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "archive"


def put(store, *numbers, at=NOON):
    with store.begin() as tx:
        for number in numbers:
            answer = page(f"body {number}".encode(), fetched_at=at)
            tx.articles.put(article(f"x:{number}", title=f"title {number}"), now=at, page=answer)


def rows(store, *numbers):
    with store.read() as tx:
        return [tx.responses.of(f"x:{number}")[0] for number in numbers]


def bodies(store, folder, *numbers):
    return [read_page(load(row, folder)).body for row in rows(store, *numbers)]


def test_records_move_and_are_read_from_their_file(store, folder):
    put(store, 1, 2, 3)
    before = bodies(store, folder, 1, 2, 3)

    assert move_records(store, folder, NOON) == 3
    assert move_records(store, folder, NOON) == 0
    assert [(row.record, row.file is None) for row in rows(store, 1, 2, 3)] == [(None, False)] * 3
    assert bodies(store, folder, 1, 2, 3) == before == [b"body 1", b"body 2", b"body 3"]


def test_files_are_for_their_user_alone_and_readable_by_any_warc_reader(store, folder):
    put(store, 1, 2)
    move_records(store, folder, NOON)
    [path] = folder.iterdir()

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.body for one in pages(path)] == [b"body 1", b"body 2"]


def test_a_file_is_continued_until_it_is_large(store, folder):
    for number in (1, 2, 3):
        put(store, number)
        move_records(store, folder, NOON, file_size=900)

    assert len(list(folder.iterdir())) == 2
    assert bodies(store, folder, 1, 2, 3) == [b"body 1", b"body 2", b"body 3"]


def test_files_are_in_order_even_if_the_clock_goes_back(store, folder):
    for number, at in ((1, NOON), (2, NOON - DAY)):
        put(store, number)
        move_records(store, folder, at, file_size=0)
    names = [row.file for row in rows(store, 1, 2)]

    assert names == sorted(names)
    assert len(set(names)) == 2


def test_a_kill_between_file_and_transaction_loses_nothing(store, folder):
    put(store, 1)
    move_records(store, folder, NOON)
    put(store, 2)
    with store.read() as tx:
        unmoved, newest = tx.responses.unmoved(), tx.responses.newest_file()
    rotate.append(
        folder, [(row, row.record) for row in unmoved], newest, NOON
    )  # and the transaction never came

    assert bodies(store, folder, 1, 2) == [b"body 1", b"body 2"]
    assert move_records(store, folder, NOON) == 1
    assert bodies(store, folder, 1, 2) == [b"body 1", b"body 2"]


def test_a_torn_end_is_not_written_to_again(store, folder):
    put(store, 1)
    move_records(store, folder, NOON)
    [path] = folder.iterdir()
    with path.open("ab") as file:
        file.write(b"\x1f\x8b torn")
    put(store, 2)
    move_records(store, folder, NOON)

    assert len(list(folder.iterdir())) == 2
    assert bodies(store, folder, 1, 2) == [b"body 1", b"body 2"]


def test_one_process_moves_at_a_time(store, folder):
    with store.hold("archive"), pytest.raises(StoreBusyError):
        move_records(store, folder, NOON)


def test_an_altered_record_is_told_wherever_it_is(store, folder):
    put(store, 1, 2)
    with store.begin() as tx:
        tx.db.execute(update(responses).where(responses.c.article == "x:1").values(record=b"forged"))
    with pytest.raises(ArchiveError, match="does not fit its digest"):
        move_records(store, folder, NOON)
    assert rows(store, 2)[0].record is not None

    with store.begin() as tx:
        tx.responses.prune([rows(store, 1)[0].id], NOON)
    move_records(store, folder, NOON)
    [path] = folder.iterdir()
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="does not fit its digest"):
        bodies(store, folder, 2)


def test_a_missing_file_and_a_pruned_record_are_told(store, folder):
    put(store, 1, 2)
    move_records(store, folder, NOON)
    with store.begin() as tx:
        tx.responses.prune([rows(store, 1)[0].id], NOON)
    next(folder.iterdir()).unlink()

    with pytest.raises(ArchiveError, match="given up for room"):
        bodies(store, folder, 1)
    with pytest.raises(ArchiveError, match="No such file"):
        bodies(store, folder, 2)


def test_a_folder_that_refuses_leaves_the_records_where_they_are(store, folder):
    put(store, 1)
    folder.write_text("a file stands here")

    with pytest.raises(ArchiveError):
        move_records(store, folder, NOON)
    assert bodies(store, folder, 1) == [b"body 1"]


def test_old_responses_go_and_what_an_alert_rests_on_stays(store, folder):
    put(store, 1, at=NOON)
    put(store, 2, at=NOON + 10 * DAY)
    with store.begin() as tx:
        rung(tx, "x:9")
    pruned = prune_responses(store, folder, NOON + 11 * DAY, keep=timedelta(days=5))

    assert pruned.responses == 1
    assert [row.pruned_at is not None for row in rows(store, 1, 2, 9)] == [True, False, False]
    with store.read() as tx:
        assert tx.articles.get("x:1") is not None


def test_an_old_page_that_came_in_by_an_archive_is_kept_as_long_as_others(store, folder):
    with store.begin() as tx:
        answer = page(b"body 1", fetched_at=NOON - 900 * DAY)
        tx.articles.put(article("x:1", title="title 1"), now=NOON, page=answer)

    assert prune_responses(store, folder, NOON + DAY, keep=5 * DAY).responses == 0
    assert prune_responses(store, folder, NOON + 6 * DAY, keep=5 * DAY).responses == 1


def test_a_file_goes_when_nothing_in_it_is_wanted(store, folder):
    for day, number in enumerate((1, 2, 3)):
        put(store, number, at=NOON + day * DAY)
        move_records(store, folder, NOON, file_size=0)
    assert len(list(folder.iterdir())) == 3

    prune_responses(store, folder, NOON + 2 * DAY, keep=DAY + HOUR)

    assert len(list(folder.iterdir())) == 2
    assert bodies(store, folder, 2, 3) == [b"body 2", b"body 3"]


def test_a_file_in_which_little_is_wanted_is_written_anew(store, folder):
    put(store, *range(8), at=NOON)
    with store.begin() as tx:
        rung(tx, "x:9")
    move_records(store, folder, NOON)
    put(store, 10, at=NOON + 9 * DAY)
    move_records(store, folder, NOON, file_size=0)
    first = rows(store, 9)[0].file
    before = size(store, folder)

    prune_responses(store, folder, NOON + 9 * DAY, keep=DAY)

    assert rows(store, 9)[0].file != first
    assert not (folder / first).exists()
    assert bodies(store, folder, 9, 10) == [page().body, b"body 10"]
    assert size(store, folder) < before


def test_the_oldest_go_until_all_fits(store, folder):
    for day, number in enumerate(range(6)):
        put(store, number, at=NOON + day * DAY)
        move_records(store, folder, NOON, file_size=0)
    room = size(store, folder) - 1

    pruned = prune_responses(store, folder, NOON + 6 * DAY, keep=timedelta(days=99), max_size=room)

    assert pruned.responses == 1
    assert [row.pruned_at is not None for row in rows(store, *range(6))] == [True] + [False] * 5
