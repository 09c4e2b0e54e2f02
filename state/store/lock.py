"""That one process at a time plays a role, held by the operating system: no lock outlives its process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from state.errors import StoreBusyError, StoreError


@contextmanager
def file_lock(path: Path, role: str) -> Iterator[None]:
    """Hold the lock file for as long as the block runs; the file stays and holds the process number.

    Raises:
        StoreBusyError: Another process holds it.
        StoreError: The file cannot be made.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(
            f"cannot make the lock file {path}: {error.strerror}", hint="check the rights of its folder"
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(handle, 32).decode("ascii", "replace").strip()
            raise StoreBusyError(
                f"another process already does `{role}` on this database"
                + (f" (process {holder})" if holder else ""),
                hint="use that one, or stop it first",
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)
