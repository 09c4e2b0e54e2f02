"""``tocsin channels``: who is told, and whether it works."""

from __future__ import annotations

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import open_store
from crawler.cli.screen import safe, show
from crawler.secrets import mask
from state.errors import ConfigError
from state.records import MessageState

_ALL = 1_000_000
_WAITING = (MessageState.OPEN, MessageState.CLAIMED)
_COLUMNS = {"name": "channel", "url": "address", "content": "content", "digest": "digest", "quiet": "quiet"}


@click.group("channels", cls=Noun)
def command() -> None:
    """Who is told, and whether it works."""


@command.command("list")
@click.pass_obj
def listed(invocation: Invocation, /) -> Ending:
    """List the channels, their addresses masked."""
    tables = invocation.load().settings.channels
    rows = [
        {
            "name": name,
            "url": mask(table.url),
            "format": table.format,
            "content": table.content,
            "language": table.language,
            "digest": table.digest,
            "quiet": f"{table.quiet.from_}–{table.quiet.until}" if table.quiet else None,
        }
        for name, table in tables.items()
    ]
    return Ending(f"Done. {count(show(invocation, rows, _COLUMNS), 'channel')}")


@command.command("test")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.pass_obj
def tested(invocation: Invocation, /, names: tuple[str, ...]) -> Ending:
    """Send one test message; a service's "taken" is not proof, so look whether it arrived."""
    from crawler.app import App
    from crawler.config_checks import near
    from crawler.fetch.loop import run_async
    from crawler.jobs.deliver import send_test

    loaded = invocation.load()
    for name in names:
        if name not in loaded.settings.channels:
            known = list(loaded.settings.channels)
            raise ConfigError(f'there is no channel "{name}"{near(name, known, "channels")}')
    failed = []
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app:
        for name in names:
            receipt = run_async(send_test(app, name))
            refusal = (receipt.detail or receipt.reason).removeprefix(f"{name}: ")
            click.echo(f"{name}: {'taken' if receipt.ok else safe(refusal)}")
            failed += [] if receipt.ok else [name]
    if failed:
        return Ending(
            f"{', '.join(failed)} did not take the test message", FAILED, "mend its url in tocsin.toml"
        )
    return Ending("Done. The test message was taken; look whether it arrived")


@command.command("remove")
@click.argument("name")
@click.option("--yes", is_flag=True, help="do not ask")
@click.pass_obj
def removed(invocation: Invocation, /, name: str, yes: bool) -> Ending:
    """Take a channel out of the configuration and give up what waits for it; say what it had received."""
    from crawler.config_checks import near
    from crawler.config_edit import remove_channel

    with open_store(invocation, create=True) as opened:
        known = list(opened.loaded.settings.channels)
        if name not in known:
            raise ConfigError(f'there is no channel "{name}"{near(name, known, "channels")}')
        with opened.store.read() as tx:
            received = tx.messages.list(states=[MessageState.SENT], channel=name, limit=_ALL)
            waiting = tx.messages.list(states=_WAITING, channel=name, limit=_ALL)
        click.echo(
            f"{name} received {count(len(received), 'message')}; {len(waiting)} wait and are given up."
        )
        if not yes:
            click.confirm(f"Remove {name}?", abort=True, err=True)
        remove_channel(opened.loaded.path, name)
        with opened.store.begin() as tx:
            for message in waiting:
                tx.messages.drop(message.id, opened.clock.now())
    return Ending(
        f"Done. {name} hears nothing more", next_step="reload a running daemon: kill -HUP, or restart it"
    )
