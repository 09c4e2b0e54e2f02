"""``tocsin crawl``: one pass now, deliver, exit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.ending import DONE, PARTLY, UNDELIVERED, Ending, count
from crawler.cli.frame import Invocation, verb
from crawler.cli.options import SINCE
from crawler.cli.screen import safe, show
from state.errors import ConfigError

if TYPE_CHECKING:
    from crawler.config import Loaded
    from crawler.crawl import Crawled
    from crawler.jobs.poll import PollResult

_COLUMNS = {"source": "source", "found": "items", "new": "new", "stored": "articles", "says": ""}


@verb("crawl")
@click.argument("names", nargs=-1, metavar="[SOURCE...]")
@click.option("--since", type=SINCE, metavar="2d|DATE", help="read lists and sitemap archives back this far")
@click.option("--ring", is_flag=True, help="also what is older than the lookback rings")
@click.option("--dry-run", is_flag=True, help="read and decide, but keep nothing and tell nobody")
@click.option(
    "--warc",
    "archives",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="read the pages of this WARC file instead of the web; may be given again",
)
@click.pass_obj
def command(
    invocation: Invocation,
    /,
    names: tuple[str, ...],
    since: datetime | None,
    ring: bool,
    dry_run: bool,
    archives: tuple[Path, ...],
) -> Ending:
    """Look at every source (or those named) once, store what is new, deliver what is due, and exit.

    With --warc nothing is fetched: the pages of the archive are stored as backlog, and what is stored already
    is passed over. With --since or --warc the same command goes on where it was stopped.
    """
    from crawler import logs

    if archives and dry_run:
        raise click.UsageError("--dry-run does not go with --warc")
    names, archives = _without_archives(names, archives)
    loaded = invocation.load()
    wanted = chosen(loaded, names) if names or not archives else []
    logs.configure(json_lines=False, verbose=invocation.verbose)
    if archives:
        from crawler.cli.warc import backfill

        return backfill(invocation, loaded, archives, wanted, since=since, ring=ring)
    if dry_run:
        from crawler.cli.rehearsal import rehearse

        return rehearse(invocation, loaded, wanted, since)
    crawled = _crawl(loaded, wanted, since, ring=ring)
    rows = [_row(poll) for poll in crawled.polls]
    shown = rows if invocation.as_json else [row for row in rows if row["says"]]
    show(invocation, shown, _COLUMNS)
    if invocation.verbose:
        for poll in crawled.polls:
            print_notes(poll)
    return _ending(crawled, nobody=not loaded.settings.channels)


def _without_archives(
    names: tuple[str, ...], archives: tuple[Path, ...]
) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """Return sources and archives, where a shell wrote out ``--warc *.warc.gz`` as several names."""
    if not archives:
        return names, archives
    more = tuple(name for name in names if name.endswith((".warc", ".warc.gz")))
    return tuple(name for name in names if name not in more), (*archives, *(Path(name) for name in more))


def chosen(loaded: Loaded, names: Sequence[str]) -> list[str]:
    """Return the sources that were named, or all.

    Raises:
        ConfigError: One is not configured, or none is.
    """
    from crawler.config_checks import near

    known = list(loaded.settings.sources)
    for name in names:
        if name not in known:
            raise ConfigError(f'there is no source "{name}"{near(name, known, "sources")}')
    if not known:
        raise ConfigError(f"{loaded.path} names no [sources]", hint="add one, or run `tocsin init`")
    return list(names) or known


def _crawl(loaded: Loaded, names: Sequence[str], since: datetime | None, *, ring: bool) -> Crawled:
    from crawler.app import App
    from crawler.cli.progress import Progress
    from crawler.crawl import Going, crawl
    from crawler.fetch.loop import run_async

    with App.open(loaded.settings, base_dir=loaded.base_dir) as app:
        for error in app.rule_errors:
            click.echo(f"warning: {error}", err=True)
        if since is None:
            return run_async(crawl(app, names, ring=ring))
        with Progress("reading back", "articles", 0) as bar:

            def progress(going: Going) -> None:
                bar.at(0, going.articles, f"{going.lists:,} pages of lists, {going.found:,} addresses found")

            return run_async(crawl(app, names, since=since, ring=ring, progress=progress))


def _row(poll: PollResult) -> dict[str, object]:
    return {
        "source": poll.source,
        "ok": poll.ok,
        "state": poll.state,
        "error": poll.error,
        "found": poll.found,
        "new": poll.new,
        "stored": poll.stored,
        "revised": poll.revised,
        "failed": poll.failed,
        "left": poll.left,
        "notes": list(poll.notes),
        "says": safe(poll.error or _unread(poll) or poll.remark),
    }


def print_notes(poll: PollResult) -> None:
    """Say on stderr what a person should know of a source's channels."""
    for note in poll.notes:
        click.echo(f"note: {poll.source}: {safe(note)}", err=True)


def _unread(poll: PollResult) -> str:
    if not poll.failed:
        return ""
    pages = f"{count(poll.failed, 'page')} could not be read"
    return f"{pages}, tried again later: {poll.failure}"


def _ending(crawled: Crawled, *, nobody: bool) -> Ending:
    """Return how the pass ended.

    Args:
        crawled: What it came to.
        nobody: Whether no channel is configured.
    """
    delivered, failed = crawled.delivered, crawled.failed
    told = f"{count(delivered.sent, 'message')} sent"
    if delivered.channels and delivered.sent:
        told += f" ({', '.join(sorted(delivered.channels))})"
    rang = sum(poll.notices for poll in crawled.polls)
    if nobody and rang:
        told = f"{count(rang, 'alert')}, and nobody was told: there is no [channels] table"
    articles = f"{crawled.stored:,} new {'article' if crawled.stored == 1 else 'articles'}"
    if delivered.waiting:
        return _undelivered(crawled)
    if failed:
        said = (
            f"Partly done. {len(crawled.polls) - len(failed)} of {count(len(crawled.polls), 'source')} read; "
            f"{failed[0].source}: {safe(failed[0].error).rstrip('.')}. "
            f"All that was found is stored{'' if nobody else ' and sent'}: {articles}, {told}"
        )
        return Ending(said, PARTLY, f"tocsin sources test {failed[0].source}")
    busy = [poll.source for poll in crawled.polls if poll.busy]
    left = f"; {', '.join(busy)} left to the process that is looking at it now" if busy else ""
    read = count(len(crawled.polls) - len(busy), "source")
    said = f"Done. {read} read, {articles}, {told}{left}"
    if unread := [poll for poll in crawled.polls if poll.failed]:
        pages = f"{count(sum(poll.failed for poll in unread), 'page')} could not be read"
        return Ending(f"{said}; {pages}, tried again later", DONE, f"tocsin sources test {unread[0].source}")
    if remarked := [poll for poll in crawled.polls if poll.remark]:
        remark = safe(remarked[0].remark).rstrip(".")
        step = f"tocsin sources test {remarked[0].source}"
        return Ending(f"{said}. {remarked[0].source}: {remark}", DONE, step)
    return Ending(said, DONE, "tocsin alerts list" if nobody and rang else "")


def _undelivered(crawled: Crawled) -> Ending:
    delivered = crawled.delivered
    name, trouble = next(iter(delivered.troubles.items()), ("", "not taken"))
    said = (
        f"{count(delivered.waiting, 'message')} {'is' if delivered.waiting == 1 else 'are'} NOT delivered yet: "
        f"{safe(trouble)}. They are kept; the next crawl or deliver tries again"
    )
    return Ending(said, UNDELIVERED, f"tocsin channels test {name}" if name else "tocsin messages list")
