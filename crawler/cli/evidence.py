"""``tocsin evidence``: what an alert rests on, as one file that anybody can check."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import click

from crawler.app import archive_path
from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import open_store
from crawler.cli.screen import safe, show


@click.group("evidence", cls=Noun)
def command() -> None:
    """Show later what a page said when it rang, and let others check it."""


@command.command("export")
@click.argument("alert", metavar="ALERT")
@click.option(
    "--to", "target", type=click.Path(path_type=Path), metavar="FILE", help="by default evidence-ALERT.zip"
)
@click.option(
    "--withhold",
    "patterns",
    multiple=True,
    metavar="NAME",
    help="leave members of this name out (articles/02/*); their digests stay, so that the rest can be checked",
)
@click.pass_obj
def exported(invocation: Invocation, /, alert: str, target: Path | None, patterns: tuple[str, ...]) -> Ending:
    """Write an alert's pages, texts, rules, messages and seals into a zip file that opens without us."""
    from state.archive.bundle import export

    alert = alert.partition("/")[0]
    path = target or Path(f"evidence-{alert}.zip")
    with open_store(invocation) as opened:
        folder = archive_path(opened.loaded.settings, opened.loaded.base_dir)
        now = opened.clock.now()
        with opened.store.begin() as tx:
            tx.seals.seal(now)
        export(
            opened.store,
            folder,
            alert,
            path,
            now,
            withhold=lambda name: any(fnmatchcase(name, pattern) for pattern in patterns),
        )
    return Ending(f"Done. {path} opens with READ-ME-FIRST.html", next_step=f"tocsin evidence verify {path}")


@command.command("verify")
@click.argument("bundle", type=click.Path(path_type=Path), metavar="FILE")
@click.pass_obj
def verified(invocation: Invocation, /, bundle: Path) -> Ending:
    """Check such a file offline, without any database; exit 1 if anything was altered or is missing."""
    from state.archive.verify import verify

    found = verify(bundle)
    if invocation.as_json:
        row = {
            "alert": found.alert,
            "members": found.members,
            "faults": found.faults,
            "withheld": found.withheld,
            "newest_seal": found.newest_seal,
        }
        show(invocation, [row], {})
    else:
        for fault in found.faults:
            click.echo(f"· {safe(fault)}")
        for name in found.withheld:
            click.echo(f"· {safe(name)} was withheld when the file was made")
        if found.newest_seal:
            click.echo(
                f"Record seal {found.newest_seal[:16]}: compare it with the one in a digest of that time"
            )
    if found.faults:
        said = f"{count(len(found.faults), 'thing')} in {bundle} cannot be relied on"
        return Ending(said, FAILED, "ask for the file again from who made it")
    return Ending(
        f"Done. Alert {safe(found.alert)}: {count(found.members, 'member')}, each as it was written"
    )
