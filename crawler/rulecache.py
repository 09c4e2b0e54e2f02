"""The compiled rules of a configuration, kept in one file beside it so that a start need not compile them.

The file is only a copy: one that is damaged, of other rules or of another
version of this program is passed over and written anew.
"""

from __future__ import annotations

import gc
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from rules.compile import ENGINE_VERSION, Ruleset
from rules.compiled_file import DamagedFileError, dump, load

#: Name of the file in the configuration's folder.
NAME = ".rules.cache"
_KEY = 32
_CODE = (".py", ".yaml", ".txt", ".lark")


def key_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return what a compiled set is known by: the files it was made from, this program's own included."""
    digest = hashlib.sha256(_program())
    for path, body in files:
        digest.update(f"\0{path}\0{len(body)}\0".encode("utf-8", "surrogateescape"))
        digest.update(body)
    return digest.digest()


def read(folder: Path, key: bytes) -> Ruleset | None:
    """Return the compiled rules kept in a folder, None if there are none of this key."""
    try:
        with (folder / NAME).open("rb") as file:
            if file.read(_KEY) != key:
                return None
            return load(file.read())
    except (OSError, DamagedFileError):
        return None


def write(folder: Path, key: bytes, ruleset: Ruleset) -> None:
    """Keep compiled rules in a folder; where it cannot be written to, they are compiled at each start."""
    with suppress(OSError):
        descriptor, name = tempfile.mkstemp(prefix=NAME, dir=folder)
        try:
            with open(descriptor, "wb") as file:
                file.write(key)
                file.write(dump(ruleset))
            os.replace(name, folder / NAME)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many lasting objects without the collector looking through them again and again.

    What is there at the end is taken out of its sight for good: rules live as long as the process.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


@cache
def _program() -> bytes:
    """Return a digest of the code and data that decide what a rule compiles to."""
    digest = hashlib.sha256(ENGINE_VERSION.encode())
    for file in _files(resources.files("rules")):
        digest.update(file.read_bytes())
    return digest.digest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(_CODE):
            yield entry
