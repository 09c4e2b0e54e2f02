"""``tocsin events``: who left which party, which party was dissolved, and who says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from crawler.cli.ending import Ending, count
from crawler.cli.exporting import MOMENT, STDOUT, instant_of, opened_output
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import open_store
from crawler.cli.options import LENGTH, LIMIT
from crawler.cli.screen import show
from state.records_json import event_to_json

if TYPE_CHECKING:
    from crawler.event_exports import Form

_COLUMNS = {
    "claim": "claim",
    "kind": "kind",
    "subkind": "sub-kind",
    "actor": "who",
    "from": "from",
    "to": "to",
    "said_by": "said by",
    "article": "article",
}


@click.group("events", cls=Noun)
def command() -> None:
    """What articles tell; the claim stands before every name."""


@command.command("list")
@click.option("--since", type=LENGTH, metavar="7d", help="seen within this time")
@click.option("--kind", type=click.Choice(["defection", "dissolution"]))
@click.option("--limit", type=LIMIT, default=100, show_default=True)
@click.pass_obj
def listed(invocation: Invocation, /, since: timedelta | None, kind: str | None, limit: int) -> Ending:
    """List events of articles as they read now, the newest first."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        start = opened.clock.now() - since if since else None
        rows = [
            {"article": stored.article, "seen_at": stored.at} | event_to_json(stored.event)
            for stored in tx.events.list(since=start, kind=kind, limit=limit)
        ]
    return Ending(f"Done. {count(show(invocation, rows, _COLUMNS), 'event')}; each is a claim, not a fact")


@command.command("export", data=True)
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--output", type=click.Path(), metavar="FILE", default=STDOUT, help="a file instead of standard output"
)
@click.option("--since", type=MOMENT, metavar="30d|DAY", help="seen within this time, or from this day on")
@click.option("--until", type=MOMENT, metavar="7d|DAY", help="seen before this")
@click.option("--kind", type=click.Choice(["defection", "dissolution"]))
@click.option("--language", metavar="TAG", help="only of articles in this language; zh also means zh-Hant")
@click.option(
    "--with-names", is_flag=True, help="also people who only refused or denied; the ledger records it"
)
@click.pass_obj
def exported(
    invocation: Invocation,
    /,
    form: Form,
    output: str,
    since: timedelta | datetime | None,
    until: timedelta | datetime | None,
    kind: str | None,
    language: str | None,
    with_names: bool,
) -> Ending:
    """Write events of articles as they read now, the oldest first, as JSON lines or a table.

    Strings stand as published. People of whom only a refusal or denial is told are left out. A file is
    replaced only when all of it is written. In a table, a cell that a spreadsheet would run as a formula
    begins with an apostrophe.
    """
    from crawler.event_exports import EventExport, write

    with open_store(invocation) as opened:
        now = opened.clock.now()
        if with_names:
            with opened.store.begin() as tx:
                tx.ledger.append("export.with-names", "events", "", now)
        with opened.store.read() as tx, opened_output(output) as out:
            told = EventExport(
                tx, instant_of(since, now), instant_of(until, now), kind, language, with_names=with_names
            )
            number = write(told, form, out)
    said = f"Done. {count(number, 'event')} exported; each is a claim, not a fact"
    if told.withheld:
        said += (
            f". {count(told.withheld, 'refusal or denial', 'refusals or denials')} left out (--with-names)"
        )
    return Ending(said)
