"""``tocsin forget``: erase the text of an article everywhere; digests and the reason stay."""

from __future__ import annotations

import click

from crawler.app import archive_path
from crawler.cli.ending import FAILED, Ending
from crawler.cli.frame import Invocation, verb
from crawler.cli.opened import open_store
from crawler.lookup import key_of


@verb("forget")
@click.option("--article", "name", required=True, metavar="KEY|URL|ALERT", help="what is to be forgotten")
@click.option("--because", required=True, metavar="TEXT", help="kept with its digest; write no name into it")
@click.option("--yes", is_flag=True, help="do not ask")
@click.pass_obj
def command(invocation: Invocation, /, name: str, because: str, yes: bool) -> Ending:
    """Erase an article: every version, raw answers, quotes and sent messages that show it.

    It is not read again. Backups, exports and what channels received are out of reach.
    """
    from state.archive.forget import forget_article

    with open_store(invocation) as opened:
        with opened.store.read() as tx:
            key = key_of(tx, name)
            row = tx.articles.row(key) if key else None
        if key is None or row is None:
            return Ending(f"There is no article {name}", FAILED, "tocsin articles search WORD")
        if not yes:
            click.confirm(f'Erase "{row.title}" ({key}) for good?', abort=True, err=True)
        folder = archive_path(opened.loaded.settings, opened.loaded.base_dir)
        forget_article(opened.store, folder, key, opened.clock.now(), because)
    return Ending(f"Done. {key} is forgotten; its digests and the reason stay")
