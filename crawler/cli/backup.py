"""``tocsin backup``: everything that is known, as one file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from crawler.app import archive_path
from crawler.cli.ending import Ending, count
from crawler.cli.frame import Invocation, verb
from crawler.cli.opened import open_store
from crawler.cli.screen import size
from state.errors import ArchiveError

_STDOUT = Path("-")


@verb("backup", data=True)
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE|-")
@click.option(
    "--encrypt-to",
    "recipients",
    multiple=True,
    metavar="age1...",
    help="only the holder of this age key can read it; may be given again",
)
@click.pass_obj
def command(invocation: Invocation, /, target: Path, recipients: tuple[str, ...]) -> Ending:
    """Write database and evidence into one new file, while the daemon runs; - writes to stdout.

    The configuration and your rule files are not in it: keep copies of them too.
    """
    from state.archive.backup import back_up

    with open_store(invocation) as opened, _opened(target) as file, _sealed(file, recipients) as stream:
        folder = archive_path(opened.loaded.settings, opened.loaded.base_dir)
        done = back_up(opened.store, folder, stream, opened.clock.now())
    said = f"Done. {size(done.bytes)} with {count(done.archive_files, 'file')} of evidence"
    where = "" if target == _STDOUT else f"tocsin restore {target}, on the machine that is to take over"
    return Ending(said if recipients else f"{said}; it is not encrypted", next_step=where)


@contextmanager
def _opened(target: Path) -> Iterator[IO[bytes]]:
    """Give a new file that is only there once it is whole."""
    if target == _STDOUT:
        yield sys.stdout.buffer
        return
    draft = target.with_name(f".{target.name}.part")
    try:
        if target.exists():
            raise ArchiveError(f"{target} exists already", hint="give the name of a file that does not exist")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _sealed(file: IO[bytes], recipients: tuple[str, ...]) -> Iterator[IO[bytes]]:
    if not recipients:
        yield file
        return
    from crawler.encryption import encrypting

    with encrypting(file, recipients) as stream:
        yield stream
