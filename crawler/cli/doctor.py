"""``tocsin doctor``: is everything there that watching needs, and if not, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crawler.cli.ending import DONE, FAILED, Ending, count
from crawler.cli.frame import Invocation, verb
from crawler.cli.screen import show

if TYPE_CHECKING:
    from crawler.app import App
    from crawler.checkup import Check

_COLUMNS = {"check": "", "verdict": "", "said": "", "next": "what to do"}


@verb("doctor")
@click.option("--offline", is_flag=True, help="look only at this machine")
@click.option(
    "--send", "channels", multiple=True, metavar="CHANNEL", help="send one test message; repeat for more"
)
@click.pass_obj
def command(invocation: Invocation, /, offline: bool, channels: tuple[str, ...]) -> Ending:
    """Check packages, disk, database, rules, names, robots, one page per source, and channels on request.

    Every site you poll sees this machine's address and your user-agent line.
    """
    from crawler.app import App
    from crawler.fetch.loop import run_async

    loaded = invocation.load()
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app:
        checks = run_async(_checks(app, offline=offline, channels=channels))
    rows = [{"check": c.name, "verdict": c.verdict, "said": c.said, "next": c.next_step} for c in checks]
    show(invocation, rows, _COLUMNS)
    for warning in loaded.warnings:
        click.echo(f"warning: {warning}", err=True)
    faults = [check for check in checks if check.verdict == "fault"]
    if faults:
        return Ending(f"{count(len(faults), 'check')} failed", FAILED, faults[0].next_step)
    warned = [check for check in checks if check.verdict == "warning"]
    if warned:
        said = f"Done. {count(len(checks), 'check')}, no fault, {count(len(warned), 'warning')}"
        return Ending(said, DONE, warned[0].next_step)
    return Ending(f"Done. {count(len(checks), 'check')}, no fault", DONE)


async def _checks(app: App, *, offline: bool, channels: tuple[str, ...]) -> list[Check]:
    from crawler import checkup

    checks = list(checkup.machine(app))
    if not offline:
        checks += [check async for check in checkup.sources(app)]
    return [*checks, *[await checkup.channel(app, name) for name in channels]]
