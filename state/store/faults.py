"""What a database refuses, told as what happened and what to do next."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

from state.errors import StoreBusyError, StoreError, StoreFullError

_FULL_HINT = (
    "free some space or lower [store] max_size, then run the command again; nothing stored before was lost"
)
_BUSY_HINT = "another tocsin command is writing; try again, or end a command that hangs"
_SQLITE_HINTS = {
    sqlite3.SQLITE_READONLY: "the file or its folder cannot be written by this user; check owner and rights of both",
    sqlite3.SQLITE_CANTOPEN: "check that the folder exists and that this user may write in it",
    sqlite3.SQLITE_PERM: "the file cannot be used by this user; check owner and rights",
    sqlite3.SQLITE_NOTADB: "the file is no SQLite database; give another in [store] url",
    sqlite3.SQLITE_CORRUPT: "the database is damaged; stop tocsin, move the file, its -wal and -shm "
    "and the archive's files away, then `tocsin restore FILE` with the newest backup",
    sqlite3.SQLITE_IOERR: "the disk refused; check it (dmesg), then run `tocsin db check`",
}
_POSTGRESQL_HINTS = {
    "08": "the database server cannot be reached; check that it runs and the address in [store] url",
    "28": "the database server refused the login; check user and password in [store] url",
    "3D": "there is no such database; create it, then run `tocsin db upgrade`",
    "42": "run `tocsin db upgrade`, and check the rights of the database user",
    "57": "the database server is stopping or starting; try again",
}
#: SQLSTATE: lock not available, deadlock, serialization failure, statement cancelled by lock_timeout.
_POSTGRESQL_BUSY = {"55P03", "40P01", "40001"}
_POSTGRESQL_FULL = {"53100"}
_ALMOST_NOTHING = 1 << 20


def install(engine: Engine, where: str, path: Path | None) -> None:
    """Make every refusal that passes through an engine a StoreError.

    Args:
        engine: What connects to the database.
        where: The database as errors may name it: without a password.
        path: The SQLite file; None where there is none.
    """

    @event.listens_for(engine, "handle_error")
    def raise_told(context: ExceptionContext) -> None:
        cause = context.original_exception
        if isinstance(context.sqlalchemy_exception, DBAPIError):
            raise told(cause, where, path) from cause


@contextmanager
def translated(where: str, path: Path | None) -> Iterator[None]:
    """Do the same for what speaks to SQLite's own driver."""
    try:
        yield
    except sqlite3.Error as error:
        raise told(error, where, path) from error


def told(cause: BaseException, where: str, path: Path | None) -> StoreError:
    """Return the error that says what the database refused and what to do next."""
    if isinstance(cause, sqlite3.Error):
        return _sqlite(cause, where, path)
    state = getattr(cause, "sqlstate", None) or "08"
    first_line = str(cause).strip().partition("\n")[0]
    if state in _POSTGRESQL_BUSY:
        return StoreBusyError(f"{where}: {first_line}", hint=_BUSY_HINT)
    if state in _POSTGRESQL_FULL:
        return StoreFullError(f"{where}: {first_line}", hint=_FULL_HINT)
    return StoreError(f"{where}: {first_line}", hint=_POSTGRESQL_HINTS.get(state[:2], ""))


def _sqlite(cause: sqlite3.Error, where: str, path: Path | None) -> StoreError:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusyError(f"{where}: {cause}", hint=_BUSY_HINT)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_disk_full(path)):
        return StoreFullError(f"{where}: {cause}", hint=_FULL_HINT)
    return StoreError(f"{where}: {cause}", hint=_SQLITE_HINTS.get(code, ""))


def _is_disk_full(path: Path | None) -> bool:
    """Tell a full disk where SQLite only says "disk I/O error", as for its shared-memory file."""
    if path is None:
        return False
    try:
        return shutil.disk_usage(path.parent).free < _ALMOST_NOTHING
    except OSError:
        return False
