"""``tocsin deliver``: one pass of the waiting messages, exit."""

from __future__ import annotations

import click

from crawler.cli.ending import DONE, UNDELIVERED, Ending, count
from crawler.cli.frame import Invocation, verb
from crawler.cli.screen import safe


@verb("deliver")
@click.pass_obj
def command(invocation: Invocation, /) -> Ending:
    """Send everything that waits and is due, try what failed again for a minute, and exit."""
    from crawler import logs
    from crawler.app import App
    from crawler.fetch.loop import run_async
    from crawler.jobs.deliver import deliver_all_now

    loaded = invocation.load()
    logs.configure(json_lines=False, verbose=invocation.verbose)
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app:
        result = run_async(deliver_all_now(app))
    for channel, trouble in sorted(result.troubles.items()):
        click.echo(f"{channel}: {safe(trouble.removeprefix(f'{channel}: '))}", err=True)
    sent = f"{count(result.sent, 'message')} sent"
    if result.waiting:
        said = f"{count(result.waiting, 'message')} not delivered yet, kept for the next try; {sent}"
        return Ending(said, UNDELIVERED, "tocsin messages list")
    return Ending(f"Done. {sent}", DONE)
