"""``crawl --warc``: what is told of a run over archives, while it runs and at its end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from crawler.app import App
from crawler.cli.ending import DONE, FAILED, PARTLY, UNDELIVERED, Ending, count
from crawler.cli.frame import Invocation, emit
from crawler.cli.progress import Progress
from crawler.cli.screen import safe
from crawler.config import Loaded
from crawler.crawl import put_in_order
from crawler.fetch.loop import run_async
from crawler.jobs.deliver import DeliverResult
from crawler.jobs.warc import Backfilled, Skip, Skipped, Told, WarcRun

_RETRY = "the same command goes on from here"


def backfill(
    invocation: Invocation,
    loaded: Loaded,
    files: Sequence[Path],
    names: Sequence[str],
    *,
    since: datetime | None,
    ring: bool,
) -> Ending:
    """Read archives, deliver what is due, and say what came of it.

    Args:
        invocation: ``-v`` lists every record that became no article.
        loaded: The configuration.
        files: WARC files.
        names: Only pages of these sources; every page where none is named.
        since: Records from before are passed over.
        ring: Whether what is found rings.
    """
    size = sum(path.stat().st_size for path in files if path.exists())
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app:
        for error in app.rule_errors:
            click.echo(f"warning: {error}", err=True)
        with Progress("reading the archive", "pages", size) as bar:
            run = WarcRun(
                app,
                names=names or None,
                since=since,
                ring=ring,
                progress=lambda done, read: bar.at(read, done.records, f"{done.new:,} new"),
                told=_teller(invocation) if invocation.verbose else None,
            )
            try:
                done = run.read(files)
            except KeyboardInterrupt:
                return Ending(f"Stopped at your word. {_counts(run.done)}", FAILED, _RETRY)
        delivered = run_async(put_in_order(app))
    _print(invocation, done)
    return _ending(done, delivered, len(files))


def _teller(invocation: Invocation) -> Told:
    def tell(skipped: Skipped) -> None:
        if invocation.as_json:
            row = {"skipped": skipped.url, "reason": skipped.reason.value, "detail": skipped.detail}
            emit(json.dumps(row, ensure_ascii=False))
        else:
            detail = f" ({skipped.detail})" if skipped.detail else ""
            click.echo(safe(f"{skipped.url}: {skipped.reason.value}{detail}"))

    return tell


def _print(invocation: Invocation, done: Backfilled) -> None:
    for problem in done.unreadable:
        click.echo(safe(problem), err=True)
    if invocation.as_json:
        counted = {"pages": done.records, "new": done.new, "revised": done.revised, "same": done.same}
        skipped = {reason.value: number for reason, number in done.skipped.most_common()}
        told = {"skipped": skipped, "unreadable": done.unreadable, "layout": done.readings.remarks()}
        emit(json.dumps(counted | told, ensure_ascii=False))
        return
    for reason, number in done.skipped.most_common():
        click.echo(f"{number:>9,}  {reason.value}")
    for remark in done.readings.remarks():
        click.echo(safe(remark))


def _counts(done: Backfilled) -> str:
    passed = sum(done.skipped.values())
    articles = f"{done.new:,} new {'article' if done.new == 1 else 'articles'}"
    said = f"{count(done.records, 'page')} read: {articles}, {done.revised:,} revised, {done.same:,} known already"
    return f"{said}, {passed:,} passed over" if passed else said


def _ending(done: Backfilled, delivered: DeliverResult, files: int) -> Ending:
    said = _counts(done)
    if delivered.sent:
        said += f"; {count(delivered.sent, 'message')} sent"
    if delivered.waiting:
        return Ending(
            f"{said}. {count(delivered.waiting, 'message')} not delivered yet", UNDELIVERED, "tocsin deliver"
        )
    if files and len(done.unreadable) == files:
        return Ending(f"Nothing was read: {done.unreadable[0]}", FAILED, "give .warc or .warc.gz files")
    damaged, faults = done.skipped[Skip.DAMAGED], done.skipped[Skip.FAULT]
    if done.unreadable or damaged or faults:
        parts = [
            f"{count(len(done.unreadable), 'file')} could not be read" if done.unreadable else "",
            f"{count(damaged, 'damaged place')} passed over" if damaged else "",
            f"{count(faults, 'page')} broke on a fault of Tocsin's own" if faults else "",
        ]
        why = ", ".join(part for part in parts if part)
        return Ending(f"Partly done. {said}; {why}", PARTLY, "the same command with -v names each")
    return Ending(f"Done. {said}", DONE)
