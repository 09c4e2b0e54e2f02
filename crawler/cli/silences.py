"""``tocsin silences``: mute what fits, for a while."""

from __future__ import annotations

import difflib
import getpass
from datetime import timedelta

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import open_store
from crawler.cli.options import LENGTH
from crawler.cli.screen import local, show
from rules.alerts.labels import NAMES

_COLUMNS = {"id": "mute", "fits": "fits", "until": "until", "by": "by", "because": "because"}


@click.group("silences", cls=Noun)
def command() -> None:
    """Mute alerts that fit, until a time; they are kept and shown, but not sent."""


@command.command("add")
@click.argument("matchers", nargs=-1, required=True, metavar="NAME=VALUE...")
@click.option("--for", "length", type=LENGTH, required=True, metavar="2h", help="how long")
@click.option("--because", default="", metavar="TEXT")
@click.option("--by", metavar="NAME", help="by default your login name")
@click.pass_obj
def added(
    invocation: Invocation, /, matchers: tuple[str, ...], length: timedelta, because: str, by: str | None
) -> Ending:
    """Mute what fits every NAME=VALUE; "a|b" is either, a trailing * any ending.

    NAME is alert, story, kind, severity, claim, rule, source, language or channel.
    """
    wanted = dict(_matcher(item) for item in matchers)
    with open_store(invocation, create=True) as opened, opened.store.begin() as tx:
        now = opened.clock.now()
        name = by or getpass.getuser()
        id = tx.silences.add(wanted, now, now + length, by=name, because=because)
        until = local(now + length, opened.zone)
    return Ending(f"Done. {id} mutes {_fits(wanted)} until {until}", next_step=f"tocsin silences expire {id}")


def _matcher(item: str) -> tuple[str, str]:
    name, found, value = item.partition("=")
    if not found or not value:
        raise click.BadParameter(f"{item!r} is not NAME=VALUE")
    if name not in NAMES:
        near = difflib.get_close_matches(name, NAMES, n=1)
        raise click.BadParameter(
            f"{name!r} is none of {', '.join(NAMES)}" + (f"; {near[0]}?" if near else "")
        )
    return name, value


def _fits(matchers: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in matchers.items())


@command.command("list")
@click.option("--all", "every", is_flag=True, help="also those that are over")
@click.pass_obj
def listed(invocation: Invocation, /, every: bool) -> Ending:
    """List what is muted."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        found = tx.silences.list() if every else tx.silences.active(opened.clock.now())
        rows = [
            {
                "id": row.id,
                "matchers": dict(row.matchers),
                "fits": _fits(dict(row.matchers)),
                "starts_at": row.starts_at,
                "ends_at": row.ends_at,
                "until": local(row.ends_at, opened.zone),
                "by": row.by,
                "because": row.because,
            }
            for row in found
        ]
    return Ending(f"Done. {count(show(invocation, rows, _COLUMNS), 'mute')}")


@command.command("expire")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def expired(invocation: Invocation, /, ids: tuple[str, ...]) -> Ending:
    """End mutes before their time."""
    with open_store(invocation) as opened, opened.store.begin() as tx:
        missing = [id for id in ids if not tx.silences.expire(id, opened.clock.now())]
    if missing:
        return Ending(f"Not in force: {', '.join(missing)}", FAILED, "tocsin silences list")
    return Ending(f"Done. {count(len(ids), 'mute')} ended")
