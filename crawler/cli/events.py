"""``tocsin events``: who left which party, which party was dissolved, and who says so."""

from __future__ import annotations

from datetime import timedelta

import click

from crawler.cli.ending import Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import open_store
from crawler.cli.options import LENGTH, LIMIT
from crawler.cli.screen import show
from state.records_json import event_to_json

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
