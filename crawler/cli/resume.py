"""``tocsin resume``: after a restore, let messages go out again."""

from __future__ import annotations

import click

from crawler.cli.ending import Ending, count
from crawler.cli.frame import Invocation, verb
from crawler.cli.opened import open_store
from state.records import MessageState

_ALL = 1_000_000


@verb("resume")
@click.pass_obj
def command(invocation: Invocation, /) -> Ending:
    """Let delivery go on; what waits and is due goes out with the next `run`, `crawl` or `deliver`."""
    with open_store(invocation) as opened, opened.store.begin() as tx:
        was_held = tx.leases.resume()
        waiting = len(tx.messages.list(states=[MessageState.OPEN, MessageState.CLAIMED], limit=_ALL))
    if not was_held:
        return Ending("Done. Delivery was not held")
    return Ending(
        f"Done. Delivery goes on; {count(waiting, 'message waits', 'messages wait')}",
        next_step="tocsin deliver",
    )
