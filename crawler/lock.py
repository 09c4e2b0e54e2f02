"""One daemon per database: an operating-system lock that a crash cannot leave behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from state.errors import StoreBusyError


@contextmanager
def only_daemon(database: Path) -> Iterator[None]:
    """Hold the lock beside an SQLite file while the body runs.

    Raises:
        StoreBusyError: Another process holds it; its number is named.
    """
    path = database.with_name(f"{database.name}.run-lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            raise StoreBusyError(
                f"another `tocsin run` (process {holder}) already watches with the database {database}",
                hint="stop it first, or use `tocsin crawl`, which may run beside it",
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
