"""``tocsin sources``: what is watched, how each one is, and what a look at it would find."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from shlex import quote
from typing import Any

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import Opened, open_store
from crawler.cli.screen import local, safe, show
from crawler.discover.health import State
from state.errors import ConfigError
from state.store.sources import SourceRow

_TEST_BUDGET = timedelta(seconds=20)
_KNOWN = {"name": "name", "site": "site", "language": "language", "state": "state", "note": "note"}
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
    from crawler.cli.crawl import chosen, print_notes
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
    print_notes(poll)
    read = f"{count(poll.found, 'item')} listed, {count(len(rows), 'article')} read"
    if not poll.ok:
        return Ending(
            f"{name} cannot be seen: {safe(poll.error).rstrip('.')}; {read}", FAILED, "tocsin doctor"
        )
    if not rows:
        return Ending(f"{name} answers, but no article could be read: {read}", FAILED, "tocsin read URL")
    remark = f". {safe(poll.remark).rstrip('.')}" if poll.remark else ""
    return Ending(f"Done. {name} is {poll.state}: {read}, nothing was kept{remark}")


@command.command("catalogue")
@click.argument("name", required=False)
@click.pass_obj
def catalogued(invocation: Invocation, /, name: str | None) -> Ending:
    """List the publishers whose addresses are known; with NAME one of them, with the evidence for each address."""
    from crawler.catalogue import publishers

    known = publishers()
    if name is None:
        rows = [asdict(publisher) for publisher in known.values()]
        number = show(invocation, rows, _KNOWN)
        said = f"Done. {count(number, 'publisher')}; what one gives today only a look can tell"
        return Ending(said, next_step="tocsin sources catalogue NAME")
    if name not in known:
        raise ConfigError(f'the catalogue has no "{name}"', hint="see `tocsin sources catalogue`")
    publisher = known[name]
    why = {row.url: row.sentence() for row in publisher.evidence}
    rows = [
        {"kind": kind, "url": url, "evidence": why.get(url, "")}
        for kind, urls in publisher.channels.items()
        for url in urls
    ]
    show(invocation, rows, {"kind": "kind", "url": "address", "evidence": "evidence"})
    said = f"{name} ({publisher.language}) is {publisher.state}: {publisher.note}"
    return Ending(said, next_step=f"tocsin sources add {name}" if rows else "")


@command.command("probe")
@click.argument("url")
@click.option("--add", "name", metavar="NAME", help="append what is proposed to the configuration, as NAME")
@click.pass_obj
def probed(invocation: Invocation, /, url: str, name: str | None) -> Ending:
    """Find what could be watched at a page, a feed or a host alone, and propose a source; nothing is kept."""
    from crawler.app import App
    from crawler.cli.probing import print_probed, way_out
    from crawler.config_edit import append_sources
    from crawler.fetch.loop import run_async
    from crawler.jobs.probe import probe
    from crawler.settings import Settings

    loaded = invocation.load() if name else invocation.load_if_any()
    settings, folder = (loaded.settings, loaded.base_dir) if loaded else (Settings(), Path.cwd())
    with App.passing_by(settings, base_dir=folder) as app:
        found = run_async(probe(app, url))
        now = app.clock.now()
    print_probed(invocation, found, settings.display.timezone, now)
    if found.proposal.is_empty:
        said = "Nothing could be read" if found.unread else "Nothing to watch was found"
        return Ending(f"{said} at {safe(url)}", FAILED, way_out(found))
    offered = count(len(found.offers), "address", "addresses")
    if not name or not loaded:
        again = f"tocsin sources probe {quote(safe(url))} --add {found.proposal.name}"
        return Ending(f"Done. {offered} could be watched", next_step=again)
    if not append_sources(loaded.path, {name: found.proposal.table}):
        return Ending(f"Nothing was changed: {loaded.path.name} has a source {name} already", FAILED)
    return Ending(f"Done. {name} is in {loaded.path.name}", next_step=f"tocsin sources test {name}")


@command.command("add")
@click.argument("name")
@click.argument("url", required=False)
@click.option(
    "--kind",
    type=click.Choice(["feeds", "sitemaps", "listings", "topics"]),
    default="feeds",
    show_default=True,
)
@click.option("--site", default="generic", show_default=True)
@click.option("--language", metavar="TAG")
@click.pass_obj
def added(
    invocation: Invocation, /, name: str, url: str | None, kind: str, site: str, language: str | None
) -> Ending:
    """Append a source to the configuration: URL, or a publisher of the catalogue by NAME."""
    from crawler.catalogue import publishers
    from crawler.config_edit import append_sources
    from crawler.jobs.probe import web_address_of

    path = invocation.load().path
    publisher = None if url else publishers().get(name)
    if not url and publisher is None:
        raise ConfigError(
            f'the catalogue has no "{name}"', hint="add its address, or see `tocsin sources catalogue`"
        )
    if publisher is not None and not publisher.channels:
        return Ending(f"Nothing was changed: {publisher.note}", FAILED)
    given = {"site": site, "language": language, kind: [web_address_of(url)]} if url else {}
    table = publisher.table if publisher else given
    if not append_sources(path, {name: table}):
        return Ending(f"Nothing was changed: {path.name} has a source {name} already", FAILED)
    return Ending(f"Done. {name} is in {path.name}", next_step=f"tocsin sources test {name}")


@command.command("retire")
@click.argument("name")
@click.option("--because", default="", metavar="TEXT")
@click.option("--undo", is_flag=True, help="watch it as before")
@click.pass_obj
def retired(invocation: Invocation, /, name: str, because: str, undo: bool) -> Ending:
    """Say that a publisher has ended: it is still looked at, and its return is told, but its silence is not."""
    from crawler.cli.crawl import chosen

    with open_store(invocation) as opened, opened.store.begin() as tx:
        [name] = chosen(opened.loaded, [name])
        tx.sources.upsert(name, opened.loaded.settings.sources[name].model_dump(mode="json"))
        if undo:
            tx.sources.unretire(name)
        else:
            tx.sources.retire(name, opened.clock.now(), because)
    return Ending(f"Done. {name} is {'watched as before' if undo else 'taken for ended'}")


@command.command("import")
@click.argument("document", metavar="OPML", type=click.Path(path_type=Path))
@click.pass_obj
def imported(invocation: Invocation, /, document: Path) -> Ending:
    """Append the feeds of an OPML list to the configuration."""
    from crawler.cli.read import read_file
    from crawler.config_edit import append_sources
    from crawler.discover.opml import read_opml

    loaded = invocation.load()
    outlines = read_opml(read_file(str(document)))
    known = {feed for table in loaded.settings.sources.values() for feed in table.feeds}
    tables: dict[str, dict[str, Any]] = {}
    for outline in (outline for outline in outlines if outline.feed not in known):
        table = tables.setdefault(
            outline.name, {"site": outline.site or "generic", "language": outline.language, "feeds": []}
        )
        table["feeds"].append(outline.feed)
    free = {_free(name, loaded.settings.sources): table for name, table in tables.items()}
    names = append_sources(loaded.path, free)
    kept = sum(outline.feed in known for outline in outlines)
    said = f"Done. {count(len(names), 'source')} added to {loaded.path.name}, {kept:,} of the feeds known already"
    return Ending(said, next_step="tocsin crawl" if names else "")


def _free(name: str, taken: Collection[str]) -> str:
    """Return a name that no source of the configuration bears."""
    numbered = (f"{name}-{number}" for number in itertools.count(2))
    return name if name not in taken else next(other for other in numbered if other not in taken)


@command.command("export", data=True)
@click.pass_obj
def exported(invocation: Invocation, /) -> Ending:
    """Print the feeds of the configuration as OPML; other addresses stay out, and are named at the end."""
    from crawler.discover.opml import Outline, write_opml

    sources = invocation.load().settings.sources
    outlines = [
        Outline(name, name, feed, language=table.language, site=table.site)
        for name, table in sources.items()
        for feed in table.feeds
    ]
    click.echo(write_opml(outlines), nl=False)
    apart = [name for name, table in sources.items() if table.sitemaps or table.listings or table.topics]
    said = f"Done. {count(len(outlines), 'feed')}"
    if apart:
        said += f"; a list of feeds cannot hold the sitemaps, listings and topics of {', '.join(apart[:5])}"
        said += f" and {len(apart) - 5} more" if len(apart) > 5 else ""
    return Ending(said)


def _row(name: str, row: SourceRow | None, opened: Opened) -> dict[str, object]:
    table = opened.loaded.settings.sources[name]
    known = row if row is not None and row.polled_at is not None else None
    return {
        "name": name,
        "site": table.site,
        "language": table.language,
        "state": _state(row),
        "state_since": known.state_since if known else None,
        "since": local(known.state_since, opened.zone) if known else "–",
        "polled_at": known.polled_at if known else None,
        "looked": local(known.polled_at, opened.zone) if known else "–",
        "found": known.found if known else 0,
        "new": known.new if known else 0,
        "error": known.error if known else "",
        "says": (known.error or known.sentence) if known else "",
    }


def _state(row: SourceRow | None) -> str:
    """Return the state as people said it, where it was not looked at since."""
    if row is not None and row.retired_at is not None:
        return State.ENDED
    return row.state if row is not None and row.polled_at is not None else "not looked at yet"
