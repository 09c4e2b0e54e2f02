"""``tocsin db``: upgrade or check the database."""

from __future__ import annotations

import click

from crawler.app import archive_path, store_url
from crawler.cli.ending import FAILED, Ending
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import open_store
from state.store.store import upgrade


@click.group("db", cls=Noun)
def command() -> None:
    """Upgrade or check the database."""


@command.command("upgrade")
@click.pass_obj
def upgraded(invocation: Invocation, /) -> Ending:
    """Make the database, or bring it to this version's schema."""
    loaded = invocation.load()
    upgrade(store_url(loaded.settings, loaded.base_dir))
    return Ending("Done. The database has this version's schema")


@command.command("check")
@click.pass_obj
def checked(invocation: Invocation, /) -> Ending:
    """Read the whole database once and report what is damaged."""
    with open_store(invocation) as opened:
        faults = opened.store.faults()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        where, loaded = opened.store.where, opened.loaded
        evidence = archive_path(loaded.settings, loaded.base_dir)
        return Ending(
            f"{where} is damaged",
            FAILED,
            f"stop tocsin, move {where}, {where}-wal and {where}-shm (where they exist) and the files in "
            f"{evidence} to a folder where you keep them, then `tocsin restore FILE` with the newest file "
            "that `tocsin backup` wrote",
        )
    return Ending(f"Done. {opened.store.where} is whole")
