"""A backup: the database and its files of evidence in one stream, and the way back.

The stream is a tar file whose last member is a manifest with the SHA-256 of all
others, so that a copy which broke off, or was altered, is known before anything
of it is put in place.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from state.article_json import instant_from_json, instant_to_json
from state.errors import ArchiveError, StoreError
from state.store.store import Store

FORMAT = "tocsin-backup/1"
DATABASE = "state.db"
_MANIFEST = "manifest.json"
_ARCHIVE = "archive/"
_MOST_MANIFEST = 64 << 20
_PIECE = 1 << 20
_READING = (tarfile.TarError, EOFError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds: when it was made, how many files of evidence, how many bytes in all."""

    made_at: datetime
    archive_files: int
    bytes: int


def back_up(store: Store, folder: Path, target: IO[bytes], now: datetime) -> BackedUp:
    """Write database and evidence to a stream while others use them.

    The files of evidence cannot go or change meanwhile: moving and pruning wait.

    Raises:
        StoreError: It is no SQLite database, or the copy cannot be written.
        StoreBusyError: Another process is writing the archive.
        ArchiveError: A file of evidence is missing.
    """
    members: dict[str, dict[str, Any]] = {}
    with store.hold("archive"), _copy(store) as copy, tarfile.open(fileobj=target, mode="w|") as tar:
        members[DATABASE] = _add(tar, DATABASE, copy)
        with store.read() as tx:
            names = sorted(tx.responses.files())
        for name in names:
            members[_ARCHIVE + name] = _add(tar, _ARCHIVE + name, folder / Path(name).name)
        manifest = {"format": FORMAT, "made_at": instant_to_json(now), "members": members}
        data = json.dumps(manifest, indent=1).encode()
        tar.addfile(_head(_MANIFEST, len(data)), io.BytesIO(data))
    return BackedUp(now, len(names), sum(facts["bytes"] for facts in members.values()))


def bring_back(source: IO[bytes], database: Path, folder: Path) -> BackedUp:
    """Put a backup in place; nothing of it is there until all of it was checked.

    Args:
        source: What ``back_up`` wrote.
        database: The SQLite file, which must not exist.
        folder: The archive's folder, without files of evidence.

    Raises:
        StoreError: There is a database already.
        ArchiveError: The stream is no backup, broke off or was altered, or a file cannot be written.
    """
    # SQLite would take a log that was left behind for the new file's own, and spoil it.
    files = (database, *(database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm")))
    if left := next((path for path in files if path.exists()), None):
        raise StoreError(
            f"there is a database at {left}", hint="move it away first, with its -wal and -shm files"
        )
    if evidence := next(folder.glob("*.warc.gz"), None):
        raise ArchiveError(f"there is evidence already: {evidence}", hint="move it away first")
    draft = database.with_name(f".{database.name}.restoring")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        (draft / _ARCHIVE).mkdir(mode=0o700, parents=True)
        done = _unpack(source, draft)
        _hold(draft / DATABASE, done)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in (draft / _ARCHIVE).iterdir():
            shutil.move(path, folder / path.name)
        (draft / DATABASE).rename(database)
    except OSError as error:
        raise ArchiveError(f"cannot restore to {database}: {error.strerror}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return done


@contextmanager
def _copy(store: Store) -> Iterator[Path]:
    """Give a whole copy of the database for a while, beside the database itself."""
    path = store.path or Path(DATABASE)
    copy = path.with_name(f".{path.name}.copy")
    copy.unlink(missing_ok=True)
    try:
        store.backup(copy)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            hashed = _Hashed(file)
            tar.addfile(_head(name, size), hashed)
    except FileNotFoundError as error:
        raise ArchiveError(f"{path} is missing", hint="run `tocsin audit`") from error
    return {"sha256": hashed.digest(), "bytes": size}


def _head(name: str, size: int) -> tarfile.TarInfo:
    head = tarfile.TarInfo(name)
    head.size, head.mode = size, 0o600
    return head


class _Hashed(io.RawIOBase):
    """A file that remembers the digest of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file, self._sha256 = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._sha256.update(data)
        return data

    def digest(self) -> str:
        return self._sha256.hexdigest()


def _unpack(source: IO[bytes], draft: Path) -> BackedUp:
    """Write the members into a folder and hold them against the manifest."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None:
                    raise ValueError(f"{member.name!r} is no file")
                if member.name == _MANIFEST:
                    manifest = json.loads(content.read(_MOST_MANIFEST))
                else:
                    found[member.name] = _write(content, draft / _place(member.name))
        if not manifest:
            raise ValueError("it broke off before its end")
        if manifest["format"] != FORMAT or DATABASE not in found:
            raise ValueError(f"its format is {manifest['format']!r}")
        for name, facts in manifest["members"].items():
            if found.get(name) != facts:
                raise ValueError(f"{name} was altered or is missing")
        made_at = instant_from_json(manifest["made_at"])
    except _READING as error:
        raise ArchiveError(
            f"this is no whole backup: {error}",
            hint="nothing was changed; take another copy, and check that it was carried over whole",
        ) from error
    return BackedUp(made_at, len(found) - 1, sum(facts["bytes"] for facts in found.values()))


def _place(name: str) -> str:
    """Return where a member goes; only names that we write ourselves are taken."""
    leaf = name.removeprefix(_ARCHIVE)
    if name != DATABASE and (leaf == name or leaf != Path(leaf).name or not leaf.endswith(".warc.gz")):
        raise ValueError(f"{name!r} does not belong into a backup")
    return name


def _write(content: IO[bytes], path: Path) -> dict[str, Any]:
    sha256, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        while piece := content.read(_PIECE):
            file.write(piece)
            sha256.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return {"sha256": sha256.hexdigest(), "bytes": size}


def _hold(database: Path, done: BackedUp) -> None:
    """Check the copy, and stop delivery in it: what went out after it was made is not known to it."""
    store = Store.open(f"sqlite:///{database}", create=False)
    try:
        if faults := store.faults():
            raise ArchiveError(f"the database in the backup is damaged: {faults[0]}")
        why = f"restored from a backup of {done.made_at:%Y-%m-%d %H:%M} UTC"
        with store.begin() as tx:
            tx.leases.hold_delivery(why, done.made_at)
    finally:
        store.close()
