"""Giving up old raw responses for room, the oldest first, never what an alert rests on.

Texts stay, and so do the digests of what goes.  A file of the archive goes when
no wanted record is left in it; one in which little is wanted is written anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from state.archive.rotate import append, load
from state.store.store import Store

_BATCH = 500
#: A file is written anew when less than this part of it is wanted.
_WANTED = 0.5


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many responses were given up, and how many bytes they had."""

    responses: int
    bytes: int


def prune_responses(
    store: Store, folder: Path, now: datetime, *, keep: timedelta, max_size: int | None = None
) -> Pruned:
    """Give up responses older than ``keep``, and more from the oldest on until ``max_size`` bytes hold all.

    Raises:
        StoreBusyError: Another process is writing the archive.
        StoreFullError: The disk is too full even to write a file anew.
        ArchiveError: The folder refuses, or a record that is to stay was altered.
    """
    with store.hold("archive"):
        pruned = _give_up(store, now, now - keep, None)
        _drop_unwanted(store, folder, now)
        excess = size(store, folder) - max_size if max_size is not None else 0
        if excess > 0:
            more = _give_up(store, now, now, excess)
            pruned = Pruned(pruned.responses + more.responses, pruned.bytes + more.bytes)
            _drop_unwanted(store, folder, now)
    return pruned


def size(store: Store, folder: Path) -> int:
    """Return the bytes that the archive and an SQLite database take on disk."""
    files = list(folder.glob("*.warc.gz"))
    if store.path is not None:
        files.append(store.path)
    return sum(path.stat().st_size for path in files)


def _give_up(store: Store, now: datetime, before: datetime, enough: int | None) -> Pruned:
    count = freed = 0
    while enough is None or freed < enough:
        with store.begin() as tx:
            ids = []
            for id, length in tx.responses.prunable(before, _BATCH).items():
                if enough is not None and freed >= enough:
                    break
                ids.append(id)
                freed += length
            if not ids:
                break
            tx.responses.prune(ids, now)
            count += len(ids)
    return Pruned(count, freed)


def _drop_unwanted(store: Store, folder: Path, now: datetime) -> None:
    """Remove files without a wanted record; move the rest of those that hold few."""
    with store.read() as tx:
        wanted, newest = tx.responses.files(), tx.responses.newest_file()
    for path in sorted(folder.glob("tocsin-*.warc.gz")):
        used = wanted.get(path.name, 0)
        if newest is None or path.name >= newest[0]:
            continue
        if used and used < path.stat().st_size * _WANTED:
            _move_rest(store, folder, path.name, now)
            used = 0
        if not used:
            path.unlink()


def _move_rest(store: Store, folder: Path, name: str, now: datetime) -> None:
    with store.read() as tx:
        rows, newest = tx.responses.in_file(name), tx.responses.newest_file()
    places = append(folder, [(row, load(row, folder)) for row in rows], newest, now)
    with store.begin() as tx:
        tx.responses.moved(places)
