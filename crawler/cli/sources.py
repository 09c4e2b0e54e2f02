"""``tocsin sources``: what is watched, how each one is, and what a look at it would find."""

from __future__ import annotations

import click

from crawler.cli.ending import Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import Opened, open_store
from crawler.cli.screen import local, show
from state.store.sources import SourceRow

_COLUMNS = {
    "name": "source",
    "site": "site",
    "state": "state",
    "since": "since",
    "looked": "last look",
    "says": "",
}


@click.group("sources", cls=Noun)
def command() -> None:
    """See what is watched and how each source is."""


@command.command("list")
@click.pass_obj
def listed(invocation: Invocation, /) -> Ending:
    """List the sources with their state, since when, and why."""
    with open_store(invocation, create=True) as opened, opened.store.read() as tx:
        rows = [_row(name, tx.sources.get(name), opened) for name in opened.loaded.settings.sources]
    number = show(invocation, rows, _COLUMNS)
    return Ending(f"Done. {count(number, 'source')}")


def _row(name: str, row: SourceRow | None, opened: Opened) -> dict[str, object]:
    table = opened.loaded.settings.sources[name]
    known = row if row is not None and row.polled_at is not None else None
    return {
        "name": name,
        "site": table.site,
        "language": table.language,
        "state": known.state if known else "not looked at yet",
        "state_since": known.state_since if known else None,
        "since": local(known.state_since, opened.zone) if known else "–",
        "polled_at": known.polled_at if known else None,
        "looked": local(known.polled_at, opened.zone) if known else "–",
        "found": known.found if known else 0,
        "new": known.new if known else 0,
        "error": known.error if known else "",
        "says": (known.error or known.sentence) if known else "",
    }
