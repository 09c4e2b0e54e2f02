"""``tocsin channels``: who is told, and whether it works."""

from __future__ import annotations

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.screen import safe, show
from crawler.secrets import mask
from state.errors import ConfigError

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
