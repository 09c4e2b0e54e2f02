"""``tocsin demo``: the main job on sample sites; no configuration, no network beyond loopback."""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, verb

if TYPE_CHECKING:
    from crawler.demo.sites import Newsstand


@verb("demo")
@click.option(
    "--keep", type=click.Path(path_type=Path), metavar="DIR", help="leave configuration and store here"
)
@click.pass_obj
def command(invocation: Invocation, /, keep: Path | None) -> Ending:
    """Crawl sample sites in the markup of RFA (both layouts), VOA and a forum, and show what rings.

    Then a page is edited (correction), one is taken down (withdrawal), one is copied
    (joined to its story).  The clock is moved by hours between looks.
    """
    from crawler import logs
    from crawler.demo.play import play
    from crawler.demo.server import serving
    from crawler.demo.show import Screen
    from crawler.demo.sites import Newsstand

    if keep is not None and (keep / "tocsin.toml").exists():
        return Ending(
            f"Nothing was changed: {keep / 'tocsin.toml'} is already there", FAILED, "name another folder"
        )
    logs.configure(json_lines=False, verbose=invocation.verbose)
    stand = Newsstand()
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-demo-")))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stack.enter_context(serving(*stand.all))
        if keep is not None:
            _write_config(keep, stand)
        played = play(stand, folder.absolute(), Screen())
    said = f"Done. {count(played.articles, 'article')} read, {count(played.alerts, 'alert')}, "
    said += f"{count(played.messages, 'message')} to the desk"
    if keep is None:
        return Ending(
            said, next_step="tocsin init, or tocsin demo --keep DIR to look around in what it stored"
        )
    return Ending(said, next_step=f"tocsin --config {keep / 'tocsin.toml'} alerts list")


def _write_config(folder: Path, stand: Newsstand) -> None:
    from crawler.demo.play import settings_of

    lines = ["# What the demo ran with. Its sample sites are gone; the store can be read."]
    for name, value in settings_of(stand).items():
        if isinstance(value, list):
            for item in value:
                lines += [f"\n[[{name}]]", *_keys(item)]
        elif all(isinstance(inner, dict) for inner in value.values()):
            for inner_name, inner in value.items():
                lines += [f"\n[{name}.{inner_name}]", *_keys(inner)]
        else:
            lines += [f"\n[{name}]", *_keys(value)]
    (folder / "tocsin.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _keys(table: dict[str, object]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in table.items()]
