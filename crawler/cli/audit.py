"""``tocsin audit``: proof that nothing seen was lost, or the gaps."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import click

from crawler.cli.ending import DONE, FAILED, Ending
from crawler.cli.frame import Invocation, verb
from crawler.cli.opened import open_store
from crawler.cli.options import LENGTH
from crawler.cli.screen import local, show
from state.store.audit import audit

_COLUMNS = {"kind": "gap", "subject": "of", "sentence": ""}


@verb("audit")
@click.option("--since", type=LENGTH, default="30d", show_default=True, metavar="30d")
@click.option("--all", "every", is_flag=True, help="everything there ever was")
@click.pass_obj
def command(invocation: Invocation, /, since: timedelta, every: bool) -> Ending:
    """Look for anything seen that has neither been told, nor waits, nor has a reason why it needed nothing."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        start = None if every else opened.clock.now() - since
        report = audit(tx, since=start, channels=list(opened.loaded.settings.channels))
    show(invocation, [dataclasses.asdict(gap) for gap in report.gaps], _COLUMNS)
    looked = ", ".join(f"{number:,} {what}" for what, number in report.counts.items())
    if report.gaps:
        return Ending(f"{len(report.gaps):,} gaps found in {looked}", FAILED, "tocsin messages list")
    period = "" if start is None else f" since {local(start, opened.zone)}"
    said = f"Done. Nothing is missing{period}: {looked}"
    return Ending(said, DONE, "" if start is None or any(report.counts.values()) else "tocsin audit --all")
