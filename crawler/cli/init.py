"""``tocsin init``: a commented configuration from a few plain questions, each answerable by a flag."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, verb
from crawler.config import read
from crawler.config_find import NAME
from crawler.starter import Answers, catalogue, starter

_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


@verb("init")
@click.option("--output", type=click.Path(path_type=Path), default=Path(NAME), show_default=True)
@click.option("--force", is_flag=True, help="replace a file that is there")
@click.option("--yes", is_flag=True, help="ask nothing; what no flag says keeps its default")
@click.option(
    "--contact", metavar="TEXT", help="how a site can reach you, e.g. '+https://…; desk@example.org'"
)
@click.option("--source", "names", multiple=True, metavar="NAME", help="a publisher we know; repeat for more")
@click.option("--feed", "feeds", multiple=True, metavar="NAME=URL", help="a feed of your own")
@click.option(
    "--listing", "listings", multiple=True, metavar="NAME=URL", help="a page that lists articles or topics"
)
@click.option(
    "--channel", "channels", multiple=True, metavar="NAME=URL", help="an Apprise address, or env:NAME"
)
@click.option("--timezone", metavar="ZONE", help="e.g. Asia/Phnom_Penh")
@click.option("--quiet", metavar="22:00-06:30", help="hours in which only critical alerts wake anybody")
@click.option(
    "--digest", metavar="07:00", default="07:00", show_default=True, help="hour of the daily digest"
)
@click.option("--operator", metavar="NAME", help="channel that hears when Tocsin itself is in trouble")
@click.pass_obj
def command(invocation: Invocation, /, output: Path, force: bool, yes: bool, **given: Any) -> Ending:
    """Write a commented configuration from a few plain questions.

    Every site you poll will see this machine's network address and your contact line.
    An address of a channel is written to a file of its own that only you can read.
    """
    output = invocation.config or output
    if output.exists() and not force:
        return Ending(f"Nothing was changed: {output} is already there", FAILED, "add --force to replace it")
    asks = sys.stdin.isatty() and not yes
    answers, channels = _answers(given, asks=asks)
    text = starter(answers)
    loaded = read(text, output.absolute())
    for name, url in channels.items():
        _keep_apart(name, url, output.parent)
    _write(output, text)
    for warning in loaded.warnings:
        click.echo(f"note: {warning}", err=True)
    told = count(len(answers.channels), "channel")
    said = f"Done. {output} watches {count(len(answers.sources), 'source')} and tells {told}"
    return Ending(said, next_step="tocsin doctor")


def _answers(given: Mapping[str, Any], *, asks: bool) -> tuple[Answers, dict[str, str]]:
    """Return the answers and the addresses of the channels, which stand in no answer."""
    known = catalogue()
    names = list(given["names"]) or _asked_sources(known, asks=asks)
    sources: dict[str, Mapping[str, Any]] = {name: _known(known, name) for name in names}
    for kind in ("feeds", "listings"):
        for name, url in _pairs(given[kind]):
            sources[name] = {"site": "generic", kind: [url]}
    channels = dict(_pairs(given["channels"]) or _asked_channel(asks=asks))
    quiet = given["quiet"] or _asked(
        "Hours in which only critical alerts wake anybody (22:00-06:30, or nothing)", asks
    )
    answers = Answers(
        contact=given["contact"] or _asked("How can a site reach you? A role address", asks),
        timezone=_zone(given["timezone"] or _asked("Your time zone", asks, _local_zone())),
        sources=sources,
        channels={name: _named(name, url) for name, url in channels.items()},
        quiet=_hours(quiet),
        digest=given["digest"],
        operator=given["operator"] or "",
    )
    return answers, channels


def _asked(question: str, asks: bool, default: str = "") -> str:
    return click.prompt(question, default=default, show_default=bool(default)) if asks else default


def _asked_sources(known: Mapping[str, Mapping[str, Any]], *, asks: bool) -> list[str]:
    if not asks:
        return []
    click.echo("Publishers we know:")
    for name, table in known.items():
        click.echo(f"  {name:16} {table['language']:8} {table.get('note', '')}")
    return click.prompt(
        "Which ones? Names with a space between, or nothing", default="", show_default=False
    ).split()


def _asked_channel(*, asks: bool) -> list[tuple[str, str]]:
    url = _asked("Where to write to? An Apprise address (mailto://…, tgram://…), or nothing", asks)
    return [("desk", url)] if url else []


def _known(known: Mapping[str, Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    if name not in known:
        raise click.BadParameter(f"{name!r} is none of {', '.join(known)}", param_hint="--source")
    return known[name]


def _pairs(given: Sequence[str]) -> list[tuple[str, str]]:
    pairs = []
    for item in given:
        name, found, url = item.partition("=")
        if not found or not name or not url:
            raise click.BadParameter(f"{item!r} is not NAME=URL")
        pairs.append((name, url))
    return pairs


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise click.BadParameter(f"{name!r} is no known time zone; write one like Asia/Phnom_Penh")
    return name


def _local_zone() -> str:
    target = os.path.realpath("/etc/localtime")
    name = target.partition("zoneinfo/")[2]
    return name if name in available_timezones() else "UTC"


def _hours(written: str) -> tuple[str, str] | None:
    if not written:
        return None
    if not _HOURS.fullmatch(written):
        raise click.BadParameter(f"{written!r} is not like 22:00-06:30", param_hint="--quiet")
    start, _, end = written.partition("-")
    return start, end


def _named(name: str, url: str) -> str:
    """Return how the configuration refers to a channel's address."""
    return url if url.startswith(("env:", "file:")) else f"file:secrets/{name}.url"


def _keep_apart(name: str, url: str, folder: Path) -> None:
    """Write a channel's address to a file that only its owner can read."""
    if url.startswith(("env:", "file:")):
        return
    path = folder / "secrets" / f"{name}.url"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    _write(path, f"{url}\n")


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner can read: what somebody watches is nobody else's business."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
