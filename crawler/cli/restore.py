"""``tocsin restore``: a backup put in place; nothing is sent from it until a person says so."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import IO

import click

from crawler.app import archive_path, sqlite_file
from crawler.cli.ending import Ending, count
from crawler.cli.frame import Invocation, verb
from state.errors import ConfigError


@verb("restore")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option(
    "--identity",
    type=click.Path(path_type=Path),
    metavar="KEYFILE",
    help="the age key of an encrypted backup",
)
@click.pass_obj
def command(invocation: Invocation, /, source: Path, identity: Path | None) -> Ending:
    """Put a backup where the configuration says database and evidence are; both must not exist yet.

    Messages that waited when the backup was made may have gone out since, so nothing is sent until
    `tocsin resume`.
    """
    from crawler.encryption import decrypting, is_encrypted
    from state.archive.backup import bring_back

    loaded = invocation.load()
    database = sqlite_file(loaded.settings, loaded.base_dir)
    if database is None:
        raise ConfigError("[store] url is no SQLite file", hint="restore a server's database with pg_restore")
    with ExitStack() as stack:
        stream: IO[bytes] = stack.enter_context(source.open("rb"))
        if is_encrypted(source):
            if identity is None:
                raise ConfigError(f"{source} is encrypted", hint="give the key file with --identity")
            stream = stack.enter_context(decrypting(stream, identity))
        done = bring_back(stream, database, archive_path(loaded.settings, loaded.base_dir))
    said = (
        f"Done. As of {done.made_at:%Y-%m-%d %H:%M} UTC, with {count(done.archive_files, 'file')} of evidence"
    )
    return Ending(
        f"{said}; nothing is sent yet", next_step="look at `tocsin messages list`, then tocsin resume"
    )
