"""``tocsin run``: the daemon."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from crawler import stopping
from crawler.cli.ending import DONE, UNDELIVERED, Ending, count
from crawler.cli.frame import Invocation, verb
from state.records import MessageState

if TYPE_CHECKING:
    from crawler.app import App

#: After a signal the process is gone by then, whatever hangs.
_GONE_WITHIN = timedelta(seconds=35)
_ALL = 1_000_000


@verb("run")
@click.pass_obj
def command(invocation: Invocation, /) -> Ending:
    """Watch on schedule until SIGTERM or SIGINT; SIGHUP reads configuration and rules again."""
    stopping.note_early()
    from crawler import logs
    from crawler.app import App
    from crawler.fetch.loop import run_async
    from crawler.secrets import all_of

    loaded = invocation.load()
    secrets = all_of(loaded.settings, loaded.base_dir)
    logs.configure(json_lines=not _is_terminal(), verbose=max(1, invocation.verbose), secrets=secrets)
    if stopping.is_noted():
        return Ending("Done. Stopped as asked, before anything was begun", DONE)
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app, app.store.hold("run"):
        undelivered = run_async(_watch(app, invocation))
    if undelivered:
        said = f"Stopped. {count(undelivered, 'message')} not delivered yet; the next start tries again"
        return Ending(said, UNDELIVERED, "tocsin messages list")
    return Ending("Done. Stopped as asked; nothing is left undone", DONE)


def _is_terminal() -> bool:
    return sys.stderr.isatty()


async def _watch(app: App, invocation: Invocation) -> int:
    """Run the daemon and return how many messages wait after a failed attempt."""
    from crawler.daemon import Daemon

    daemon = Daemon(app, invocation.load)
    reloads: set[asyncio.Task[bool]] = set()

    def reload() -> None:
        task = asyncio.create_task(daemon.reload())
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    stopping.watch(daemon.stop, reload)
    leaving = asyncio.create_task(_leave_in_time(daemon.stop))
    await daemon.run()
    leaving.cancel()
    waiting = await app.store.view(lambda tx: tx.messages.list(states=[MessageState.CLAIMED], limit=_ALL))
    return sum(message.attempts > 0 for message in waiting)


async def _leave_in_time(stop: asyncio.Event) -> None:
    await stop.wait()
    stopping.leave_within(_GONE_WITHIN, DONE)
