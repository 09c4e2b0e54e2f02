"""What only SQLite needs: the file, its pragmas, how transactions begin, the trigram index.

The only SQL written by hand is here.  The recipe follows SQLite's own
documentation: write-ahead log with ``synchronous=FULL`` (a commit survives
power loss), and ``BEGIN IMMEDIATE``, because a deferred transaction that turns
into a writing one can fail at once whatever the busy timeout says.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from state.errors import StoreError

#: How long to wait for another process that is writing.
BUSY_TIMEOUT_MS = 10_000

_EVERY_CONNECTION = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",  # what is forgotten is overwritten, not only unlinked
    "PRAGMA temp_store=MEMORY",  # no article text outside the configured folder
)
_JOURNAL_SIZE_LIMIT = 64 << 20

# The index keeps no copy of the text: its content is the column of the table.
_SEARCH = (
    "CREATE VIRTUAL TABLE versions_search USING fts5("
    "text, content='versions', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER versions_search_forget AFTER UPDATE OF text ON versions"
    " WHEN EXISTS (SELECT 1 FROM versions_search_docsize WHERE id = old.id)"
    " BEGIN INSERT INTO versions_search (versions_search, rowid, text)"
    " VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER versions_search_delete AFTER DELETE ON versions"
    " WHEN EXISTS (SELECT 1 FROM versions_search_docsize WHERE id = old.id)"
    " BEGIN INSERT INTO versions_search (versions_search, rowid, text)"
    " VALUES ('delete', old.id, old.text); END",
)
_INDEX_MORE = (
    "INSERT INTO versions_search (rowid, text) SELECT id, text FROM versions"
    " WHERE id > (SELECT coalesce(max(id), 0) FROM versions_search_docsize)"
    " AND text IS NOT NULL ORDER BY id LIMIT ?"
)
_LAST_LEDGER_ID = "SELECT seq FROM sqlite_sequence WHERE name = 'ledger'"


def file_of(url: str) -> Path | None:
    """Return the file that an SQLite address names; None for one in memory."""
    name = url.removeprefix("sqlite:///").partition("?")[0]
    return None if name in ("", ":memory:", "sqlite://") else Path(name)


def create_file(path: Path) -> None:
    """Make the database file and its missing folders, readable by this user alone.

    Raises:
        StoreError: The system refuses.
    """
    try:
        _make_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        hint = "give a path this user may write in [store] url, or change the folder's rights"
        raise StoreError(f"cannot create the database {path}: {error.strerror}", hint=hint) from error


def file_engine(path: Path, *, writing: bool) -> Engine:
    """Return an engine for a file; its transactions hold the write lock from their start, or only read."""
    # One connection for the one writer, kept open; threads take turns with it.
    alone = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}} if writing else {}
    engine = create_engine(f"sqlite:///{path}", **alone)
    setup = (*_EVERY_CONNECTION, *(() if writing else ("PRAGMA query_only=ON",)))
    _prepare(engine, setup, "BEGIN IMMEDIATE" if writing else "BEGIN")
    return engine


def memory_engine() -> Engine:
    """Return an engine for a database that lives in this process, in one connection."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    _prepare(engine, _EVERY_CONNECTION, "BEGIN IMMEDIATE")
    return engine


def use_write_ahead_log(engine: Engine) -> None:
    """Switch the file to a write-ahead log, once and for all connections."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA journal_size_limit={_JOURNAL_SIZE_LIMIT}")
        cursor.close()
    finally:
        raw.close()


def create_search(connection: Connection) -> None:
    """Create the trigram index over the text of versions, and what keeps it true when text is erased."""
    for statement in _SEARCH:
        connection.exec_driver_sql(statement)


def index_more(connection: Connection, limit: int) -> int:
    """Index up to ``limit`` versions that are not indexed yet; return how many were."""
    return connection.exec_driver_sql(_INDEX_MORE, (limit,)).rowcount


def last_ledger_id(connection: Connection) -> int:
    """Return the highest number a ledger row ever had, also when the row is gone."""
    return int(connection.exec_driver_sql(_LAST_LEDGER_ID).scalar() or 0)


def in_transaction(connection: Connection) -> bool:
    """Tell whether a transaction is open; SQLite ends one by itself when the disk fails it."""
    driver: Any = connection.connection.dbapi_connection
    return bool(driver.in_transaction)


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Undo what the block did, and nothing before it, when it raises."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute("SAVEPOINT work")
    try:
        yield
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK TO work")
            driver.execute("RELEASE work")
        raise
    driver.execute("RELEASE work")


def faults(path: Path) -> list[str]:
    """Return what is damaged: pages and indexes, references to rows that are not there, the trigram index."""
    found = []
    database = sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)
    try:
        found += [str(row[0]) for row in database.execute("PRAGMA integrity_check")]
        for table, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
            found.append(f"row {row} of {table} names a row of {parent} that is not there")
        database.execute("INSERT INTO versions_search (versions_search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        found.append(str(error))
    finally:
        database.close()
    return [fault for fault in found if fault != "ok"]


def copy_to(engine: Engine, target: Path) -> None:
    """Copy the database while others use it, into a new file of this user alone."""
    create_file(target)
    source, copy = engine.raw_connection(), sqlite3.connect(target)
    try:
        driver: Any = source.driver_connection
        driver.backup(copy, pages=1024)
    finally:
        copy.close()
        source.close()


def erase_traces(engine: Engine) -> None:
    """Leave nothing of erased text in the index's older parts and in the write-ahead log."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("INSERT INTO versions_search (versions_search) VALUES ('optimize')")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    finally:
        raw.close()


def _prepare(engine: Engine, setup: tuple[str, ...], begin: str) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in setup:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _make_folder(folder: Path) -> None:
    if folder.exists():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
