"""Moving finished records from the database into WARC files, so that nothing is ever in neither place.

The bytes are appended and forced to disk before one transaction swaps them for
file, offset, length.  What a kill leaves behind is at most a copy that no row
names; a file whose end is not where the database says is not written to again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from state.archive.warc import info_record
from state.errors import ArchiveError, StoreFullError
from state.store.responses import Moved, ResponseRow
from state.store.store import Store

#: A file is closed once it is larger; small ones can be given up one by one.
FILE_SIZE = 64 << 20
_BATCH = 200
_NAME = re.compile(r"tocsin-(\d{8})-\d{8}T\d{6}Z\.warc\.gz")
_NO_SPACE = {28, 122}  # ENOSPC, EDQUOT
_FACTS = {"software": "tocsin", "format": "WARC File Format 1.1", "conformsTo": "ISO 28500:2017"}


def move_records(store: Store, folder: Path, now: datetime, *, file_size: int = FILE_SIZE) -> int:
    """Move every record that is still in the database; return how many moved.

    Raises:
        StoreBusyError: Another process is moving.
        StoreFullError: The disk is full; what had moved stays moved, the rest stays in the database.
        ArchiveError: A record does not fit its digest, or the folder refuses.
    """
    moved = 0
    with store.hold("archive"):
        while True:
            with store.read() as tx:
                rows, newest = tx.responses.unmoved(_BATCH), tx.responses.newest_file()
            if not rows:
                return moved
            records = [(row, checked(row, row.record or b"")) for row in rows]
            places = append(folder, records, newest, now, file_size=file_size)
            with store.begin() as tx:
                tx.responses.moved(places)
            moved += len(places)


def append(
    folder: Path,
    records: Sequence[tuple[ResponseRow, bytes]],
    newest: tuple[str, int] | None,
    now: datetime,
    *,
    file_size: int = FILE_SIZE,
) -> list[Moved]:
    """Write records to the newest file, or a new one, and return where they are once the disk has them."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = _file_to_append(folder, newest, now, file_size)
        with path.open("ab") as file:
            places = []
            for row, data in records:
                places.append(Moved(row.id, path.name, file.tell()))
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return places
    except OSError as error:
        if error.errno in _NO_SPACE:
            hint = "free some space or lower [store] max_size; the records are still in the database"
            raise StoreFullError(f"{folder}: {error.strerror}", hint=hint) from error
        raise ArchiveError(
            f"{folder}: {error.strerror}", hint="check that the folder of [store] archive can be written"
        ) from error


def load(row: ResponseRow, folder: Path) -> bytes:
    """Return the bytes of a record, wherever they are, after checking their digest.

    Raises:
        ArchiveError: They were pruned, or the file is missing, or they were altered.
    """
    if row.record is not None:
        return checked(row, row.record)
    if row.file is None or row.offset is None:
        raise ArchiveError(f"the response of {row.url} was given up for room", hint="raise [store] keep_raw")
    path = folder / Path(row.file).name
    try:
        with path.open("rb") as file:
            file.seek(row.offset)
            data = file.read(row.length)
    except OSError as error:
        raise ArchiveError(
            f"{path}: {error.strerror}", hint="restore the folder of [store] archive"
        ) from error
    return checked(row, data)


def checked(row: ResponseRow, data: bytes) -> bytes:
    """Return the bytes of a record if they are those that were stored.

    Raises:
        ArchiveError: They are not.
    """
    if hashlib.sha256(data).hexdigest() != row.digest:
        where = f"{row.file} at {row.offset}" if row.file else "the database"
        raise ArchiveError(
            f"record {row.id} in {where} does not fit its digest",
            hint="it was altered; a backup holds it as it was (`tocsin restore FILE`)",
        )
    return data


def _file_to_append(folder: Path, newest: tuple[str, int] | None, now: datetime, file_size: int) -> Path:
    if newest is not None:
        path, end = folder / Path(newest[0]).name, newest[1]
        if path.exists() and path.stat().st_size == end < file_size:
            return path
    return _new_file(folder, now)


def _new_file(folder: Path, now: datetime) -> Path:
    """Make a file whose name sorts after all others, begun with the record that says who wrote it."""
    last = max(
        (path.name for path in folder.glob("tocsin-*.warc.gz") if _NAME.fullmatch(path.name)), default=""
    )
    found = _NAME.fullmatch(last)
    number = int(found.group(1)) + 1 if found else 1
    name = f"tocsin-{number:08d}-{now:%Y%m%dT%H%M%SZ}.warc.gz"
    path = folder / name
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(info_record(name, _FACTS))
        file.flush()
        os.fsync(file.fileno())
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return path
