"""``tocsin status``: is all well."""

from __future__ import annotations

import dataclasses
import json

import click

from crawler.cli.ending import DONE, FAILED, Ending, count
from crawler.cli.frame import Invocation, emit, verb
from crawler.cli.opened import Opened, open_store
from crawler.cli.screen import safe
from crawler.wellbeing import Trouble, Wellbeing, look


@verb("status")
@click.option("--held", is_flag=True, help="what is stored, of whom, since when, and where")
@click.pass_obj
def command(invocation: Invocation, /, held: bool) -> Ending:
    """Tell whether we see, whether messages go out, and what needs a person; exit 1 unless all is well."""
    with open_store(invocation, create=True) as opened:
        if held:
            from crawler.cli.held import show_held

            return show_held(invocation, opened)
        with opened.store.read() as tx:
            well = look(tx, opened.loaded.settings, opened.clock.now())
        troubles = [*well.troubles, *_rules(opened)]
    if invocation.as_json:
        form = dataclasses.asdict(well) | {"troubles": [dataclasses.asdict(trouble) for trouble in troubles]}
        emit(json.dumps(form, ensure_ascii=False))
    else:
        _print(well, troubles)
        if not opened.loaded.settings.channels:
            click.echo("NOBODY IS TOLD: there is no [channels] table; alerts are kept and shown")
    if troubles:
        said = f"{count(len(troubles), 'thing')} {'needs' if len(troubles) == 1 else 'need'} a person"
        return Ending(said, FAILED, troubles[0].next_step)
    return Ending("Done. All is well", DONE)


def _rules(opened: Opened) -> list[Trouble]:
    from crawler.rulefiles import load_configured

    errors = load_configured(opened.loaded.settings, opened.loaded.base_dir).errors
    return [Trouble("rules", error.problem, "tocsin rules check") for error in errors]


def _print(well: Wellbeing, troubles: list[Trouble]) -> None:
    click.echo(f"WATCHING {well.seeing} of {count(well.sources, 'source')}")
    click.echo(f"READ in 24 hours: {count(well.articles_today, 'new article')}")
    click.echo(f"NOT YET SEEN BY ANYONE: {count(well.alerts_unseen, 'alert')}")
    tried = f", {well.could_not:,} of them after failed tries" if well.could_not else ""
    click.echo(f"WAITING: {count(well.waiting, 'message')}{tried}. MUTED: {well.muted}")
    if well.seal:
        click.echo(f"Record seal {well.seal}")
    for trouble in troubles:
        click.echo(f"· {trouble.about}: {safe(trouble.said)}")
