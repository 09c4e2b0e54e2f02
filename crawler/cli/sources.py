"""``tocsin sources``: what is watched, how each one is, and what a look at it would find."""

from __future__ import annotations

from datetime import timedelta

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import Opened, open_store
from crawler.cli.screen import local, safe, show
from state.store.sources import SourceRow

_TEST_BUDGET = timedelta(seconds=20)
_FOUND = {"published": "published", "language": "language", "title": "title", "url": "address"}
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


@command.command("test")
@click.argument("name")
@click.pass_obj
def tested(invocation: Invocation, /, name: str) -> Ending:
    """Look at one source now, read some of its articles, and keep nothing."""
    from crawler.app import App
    from crawler.cli.crawl import chosen
    from crawler.fetch.loop import run_async
    from crawler.jobs.poll import poll_source
    from state.store.store import Store

    loaded = invocation.load()
    [name] = chosen(loaded, [name])
    with App.open(loaded.settings, base_dir=loaded.base_dir, store=Store.in_memory()) as app:
        poll = run_async(poll_source(app, name, budget=_TEST_BUDGET))
        with app.store.read() as tx:
            rows = [
                {
                    "published": local(row.published_at, loaded.settings.display.timezone),
                    "title": row.title,
                    "published_at": row.published_at,
                    "language": row.language,
                    "url": row.url,
                    "key": row.key,
                }
                for row in tx.articles.list(limit=1000)
            ]
    show(invocation, rows, _FOUND)
    read = f"{count(poll.found, 'item')} listed, {count(len(rows), 'article')} read"
    if not poll.ok:
        return Ending(f"{name} cannot be seen: {safe(poll.error)}; {read}", FAILED, "tocsin doctor")
    if not rows:
        return Ending(f"{name} answers, but no article could be read: {read}", FAILED, "tocsin read URL")
    return Ending(f"Done. {name} is {poll.state}: {read}, nothing was kept")


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
