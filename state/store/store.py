"""The one door to the database: open it, begin a transaction, run one in the writer's thread."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, create_engine, func, make_url, select
from sqlalchemy.exc import ArgumentError

from state.errors import ConfigError, SchemaError, StoreBusyError, StoreError
from state.store import schema, sqlite
from state.store.db import Db
from state.store.faults import install, told, translated
from state.store.group import GroupCommit
from state.store.lock import file_lock
from state.store.tx import Tx

T = TypeVar("T")

_READERS = 4


class Store:
    """An open database.

    A transaction begun here either happens whole or not at all; once ``begin``
    returns, the disk has it.  On SQLite one transaction writes at a time, in
    this process and on this machine; readers see the last commit and wait for
    nobody.
    """

    def __init__(self, writer: Engine, reader: Engine, *, where: str, path: Path | None) -> None:
        #: The SQLite file; None in memory or on PostgreSQL.
        self.path = path
        #: The database as messages may name it, without a password.
        self.where = where
        self._writer = writer
        self._reader = reader
        for engine in {writer, reader}:
            install(engine, where, path)
        self._alone = writer is reader and writer.dialect.name == "sqlite"
        self._lock = threading.Lock()
        self._locked_by: int | None = None
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._group = GroupCommit(self._write_connection, self._writing)
        self._reading = ThreadPoolExecutor(_READERS, thread_name_prefix="store-reader")

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Store:
        """Open the database at an address; make or migrate it if it is an SQLite file.

        Args:
            url: ``sqlite:///path`` or ``postgresql://user:password@host/name``.
            create: Whether a missing SQLite file is made.

        Raises:
            ConfigError: The address is none.
            SchemaError: The database is newer than this program, or is a PostgreSQL database to be upgraded.
            StoreError: It cannot be opened; ``StoreBusyError`` and ``StoreFullError`` among others.
        """
        if url.startswith("sqlite:"):
            path = sqlite.file_of(url)
            return cls.in_memory() if path is None else cls._open_file(path, create)
        return cls._open_server(url)

    @classmethod
    def in_memory(cls) -> Store:
        """Return an empty store that leaves nothing behind."""
        engine = sqlite.memory_engine()
        store = cls(engine, engine, where="the database in memory", path=None)
        store._bring_up_to_date()
        return store

    @classmethod
    def _open_file(cls, path: Path, create: bool) -> Store:
        if not path.exists():
            if not create:
                raise StoreError(f"there is no database at {path}", hint="run `tocsin crawl` to make it")
            sqlite.create_file(path)
        writer = sqlite.file_engine(path, writing=True)
        store = cls(writer, sqlite.file_engine(path, writing=False), where=str(path), path=path)
        try:
            with translated(store.where, path):
                sqlite.use_write_ahead_log(writer)
            store._bring_up_to_date()
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def _open_server(cls, url: str) -> Store:
        engine = _server_engine(url)
        store = cls(engine, engine, where=_without_password(url), path=None)
        try:
            with engine.connect() as connection:
                found = schema.version(connection)
            if found != schema.HEAD:
                if found is not None:
                    schema.require_known(found, where=store.where)
                state = "is empty" if found is None else f"has the older schema {found}"
                raise SchemaError(f"{store.where} {state}", hint="run `tocsin db upgrade`")
        except BaseException:
            store.close()
            raise
        return store

    def _bring_up_to_date(self) -> None:
        with self._read_connection() as db:
            found = schema.version(db.connection)
        if found == schema.HEAD:
            return
        with self._write_connection() as db:
            schema.bring_up_to_date(db.connection, where=self.where)

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """Begin a transaction: committed when the block ends, undone when it raises.

        Raises:
            StoreBusyError: Another process kept the database for ten seconds.
            StoreFullError: The disk is full; nothing of the transaction was kept.
            RuntimeError: This thread is already inside one.
        """
        with self._write_connection() as db:
            yield Tx(db)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """Look at one consistent state; writing inside raises StoreError."""
        with self._read_connection() as db:
            yield Tx(db)

    async def run(self, work: Callable[[Tx], T]) -> T:
        """Do ``work`` in the one thread that writes, all of it or nothing; return its result once committed.

        On SQLite what waits at the same moment shares a commit.  On PostgreSQL
        it does not: rows of several pieces of work, locked in any order, could
        wait for each other.
        """
        if self._writer.dialect.name == "sqlite":
            return await asyncio.wrap_future(self._group.submit(lambda db: _finished(work, Tx(db))))
        return await asyncio.get_running_loop().run_in_executor(self._writing, self._do, work)

    async def view(self, look: Callable[[Tx], T]) -> T:
        """Do ``look`` on one consistent state, in a thread for readers."""
        return await asyncio.get_running_loop().run_in_executor(self._reading, self._look, look)

    def _do(self, work: Callable[[Tx], T]) -> T:
        with self.begin() as tx:
            return _finished(work, tx)

    def _look(self, look: Callable[[Tx], T]) -> T:
        with self.read() as tx:
            return _finished(look, tx)

    def _told(self, cause: BaseException) -> StoreError:
        return told(cause, self.where, self.path)

    @contextmanager
    def _write_connection(self) -> Iterator[Db]:
        with self._one_at_a_time(), self._writer.begin() as connection:
            yield Db(connection, self._told)

    @contextmanager
    def _read_connection(self) -> Iterator[Db]:
        if self._alone:
            with (
                self._one_at_a_time(),
                translated(self.where, self.path),
                self._writer.connect() as connection,
            ):
                yield Db(connection, self._told)
            return
        with self._reader.connect() as connection:
            if connection.dialect.name != "sqlite":
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            yield Db(connection, self._told)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Queue up inside the process, where waiting is fair; PostgreSQL needs no queue."""
        if self._writer.dialect.name != "sqlite":
            yield
            return
        if self._locked_by == threading.get_ident():
            raise RuntimeError("a transaction is already open in this thread")
        if not self._lock.acquire(timeout=sqlite.BUSY_TIMEOUT_MS / 1000):
            raise StoreBusyError(
                f"{self.where}: a transaction of this process does not end", hint="try again"
            )
        self._locked_by = threading.get_ident()
        try:
            yield
        finally:
            self._locked_by = None
            self._lock.release()

    @contextmanager
    def hold(self, role: str) -> Iterator[None]:
        """Be the only process with this role on this database while the block runs.

        Raises:
            StoreBusyError: Another process has it.
        """
        if self.path is not None:
            with file_lock(self.path.with_name(f"{self.path.name}.{role}.lock"), role):
                yield
        elif self._alone:
            yield
        else:
            with self._advisory_lock(role):
                yield

    @contextmanager
    def _advisory_lock(self, role: str) -> Iterator[None]:
        number = int.from_bytes(hashlib.sha256(f"tocsin:{role}".encode()).digest()[:8], signed=True)
        with self._writer.connect() as connection:
            if not connection.execute(select(func.pg_try_advisory_lock(number))).scalar():
                raise StoreBusyError(
                    f"another process already does `{role}` on {self.where}", hint="stop it first"
                )
            connection.commit()
            try:
                yield
            finally:
                connection.execute(select(func.pg_advisory_unlock(number)))

    def faults(self) -> list[str]:
        """Return what is damaged in an SQLite file, in the database's words; [] if nothing, or on PostgreSQL."""
        return [] if self.path is None else sqlite.faults(self.path)

    def backup(self, target: Path) -> None:
        """Write a copy of the database, whole and consistent, while others use it.

        Raises:
            StoreError: It is no SQLite database, or the copy cannot be written.
        """
        if self._writer.dialect.name != "sqlite":
            raise StoreError(f"{self.where} is no SQLite file", hint="use pg_dump")
        with translated(self.where, self.path):
            sqlite.copy_to(self._reader, target)

    def erase_traces(self) -> None:
        """Leave nothing of what was erased in the search index and the write-ahead log; takes its time."""
        if self.path is not None:
            with self._one_at_a_time(), translated(self.where, self.path):
                sqlite.erase_traces(self._writer)

    def close(self) -> None:
        """Wait for what runs, then let go of the database."""
        self._writing.shutdown()
        self._reading.shutdown()
        self._reader.dispose()
        self._writer.dispose()


def _finished(work: Callable[[Tx], T], tx: Tx) -> T:
    """Return what the work comes to; a StopIteration would leave whoever awaits it waiting for ever."""
    try:
        return work(tx)
    except StopIteration as error:
        raise RuntimeError("work in a transaction raised StopIteration") from error


def upgrade(url: str) -> bool:
    """Make or migrate a database; tell whether anything was done.

    Raises:
        SchemaError: It is newer than this program.
        StoreError: It cannot be opened.
    """
    if url.startswith("sqlite:"):
        Store.open(url).close()
        return True
    engine = _server_engine(url)
    where = _without_password(url)
    install(engine, where, None)
    try:
        with engine.begin() as connection:
            return schema.bring_up_to_date(connection, where=where)
    finally:
        engine.dispose()


def _server_engine(url: str) -> Engine:
    if not url.startswith(("postgresql:", "postgresql+psycopg:", "postgres:")):
        raise ConfigError(
            f"[store] url {url.partition(':')[0]!r} is no database we know",
            hint="write sqlite:///state.db or postgresql://user@host/name",
        )
    rest = url.partition(":")[2]
    try:
        return create_engine(f"postgresql+psycopg:{rest}", pool_pre_ping=True)
    except ArgumentError:
        raise ConfigError("[store] url cannot be read", hint="write postgresql://user@host/name") from None
    except ModuleNotFoundError:
        raise ConfigError(
            "the PostgreSQL driver is not installed", hint="pip install 'tocsin[postgres]'"
        ) from None


def _without_password(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)
