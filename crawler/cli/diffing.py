"""``tocsin articles diff``: what changed between two versions of an article, word by word."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Verb, emit
from crawler.cli.opened import open_store
from crawler.lookup import key_of
from state.errors import InputError
from state.store.article_rows import VersionRow
from state.store.tx import Tx

if TYPE_CHECKING:
    from crawler.difference.record import Difference


@click.command("diff", cls=Verb, data=True)
@click.argument("name", metavar="KEY|URL|ALERT")
@click.argument("old", required=False, metavar="[A")
@click.argument("new", required=False, metavar="[B]]")
@click.option(
    "--html", "target", metavar="FILE", help="write it as a page that stands alone; - is standard output"
)
@click.pass_obj
def differed(
    invocation: Invocation, /, name: str, old: str | None, new: str | None, target: str | None
) -> Ending:
    """Show what changed between two versions of an article, and how much each change weighs.

    A and B are versions, by number from 1 or by the start of their hash; without
    them the last two are compared, with A alone that one and the last.  On a
    terminal what went is red, what came is green; in a pipe they stand as
    [-old-] and {+new+}.
    """
    with open_store(invocation) as opened, opened.store.read() as tx:
        key = key_of(tx, name)
        versions = tx.articles.versions(key) if key else []
        if not key or not versions:
            return Ending(f"{name} is not stored", FAILED, "tocsin articles list, or articles search")
        if old is None and len(versions) == 1:
            return Ending("Done. There is one version only: nothing changed since it was first seen")
        first = _chosen(versions, old) if old else versions[-2]
        last = _chosen(versions, new) if new else versions[-1]
        found = _compared(tx, key, first, last, len(versions))
    _write(found, opened.zone, target, as_json=invocation.as_json)
    where = f" is written to {target}" if target not in (None, "-") else ""
    return Ending(f"Done. {found.verdict[:-1]}{f'; the page{where}' if where else ''}")


def _chosen(versions: Sequence[VersionRow], name: str) -> VersionRow:
    if name.isdigit() and 0 < int(name) <= len(versions):
        return versions[int(name) - 1]
    found = [row for row in versions if row.version.startswith(name.lower())]
    if not found:
        raise InputError(
            f"there is no version {name}: {count(len(versions), 'version')} are kept",
            hint="name a version by its number from 1, or by the start of its hash",
        )
    return found[0]


def _compared(tx: Tx, key: str, first: VersionRow, last: VersionRow, kept: int) -> Difference:
    from crawler.difference.record import difference

    was, now = tx.articles.version(key, first.version), tx.articles.version(key, last.version)
    if was is None or now is None:
        row = first if was is None else last
        why = f": {row.forgotten_why}" if row.forgotten_why else ""
        raise InputError(f"the text of version {row.number} was erased{why}")
    return difference(
        key,
        (was, first, tx.events.of(key, first.version)),
        (now, last, tx.events.of(key, last.version)),
        kept,
    )


def _write(found: Difference, zone: str, target: str | None, *, as_json: bool) -> None:
    if target is not None:
        from crawler.difference.page import page

        _write_page(page(found, zone), target)
    elif as_json:
        from crawler.difference.record import to_json

        emit(json.dumps(to_json(found), ensure_ascii=False))
    else:
        from crawler.difference.terminal import lines

        for line in lines(found, zone, colour=sys.stdout.isatty()):
            emit(line)


def _write_page(text: str, target: str) -> None:
    if target == "-":
        emit(text.rstrip("\n"))
        return
    from crawler.exports import replacing

    try:
        with replacing(Path(target)) as out:
            out.write(text)
    except OSError as error:
        raise InputError(
            f"cannot write {target}: {error.strerror}", hint="name another file, or -"
        ) from error
