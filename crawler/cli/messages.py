"""``tocsin messages``: what waits, what went out, what could not be delivered."""

from __future__ import annotations

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import Opened, open_store
from crawler.cli.options import LIMIT
from crawler.cli.screen import local, safe, show
from state.records import Message, MessageState

_STATES = [state.value for state in MessageState]
_WORDS = {
    MessageState.OPEN: "waiting",
    MessageState.CLAIMED: "waiting",
    MessageState.DEAD: "could not be delivered",
}
_COLUMNS = {
    "id": "message",
    "channel": "channel",
    "says": "state",
    "due": "due",
    "attempts": "tries",
    "about": "about",
}


@click.group("messages", cls=Noun)
def command() -> None:
    """See what waits and what went out; send again or give up by hand."""


@command.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(_STATES), help="only these")
@click.option("--channel", help="only this one's")
@click.option("--limit", type=LIMIT, default=100, show_default=True)
@click.pass_obj
def listed(invocation: Invocation, /, states: tuple[str, ...], channel: str | None, limit: int) -> Ending:
    """List messages, newest first."""
    wanted = [MessageState(state) for state in states] or None
    with open_store(invocation) as opened, opened.store.read() as tx:
        rows = [
            _row(message, opened) for message in tx.messages.list(states=wanted, channel=channel, limit=limit)
        ]
        waiting = sum(
            number for state, number in tx.messages.counts().items() if state in ("open", "claimed")
        )
    number = show(invocation, rows, _COLUMNS)
    return Ending(f"Done. {count(number, 'message')} listed, {waiting:,} waiting in all")


def _row(message: Message, opened: Opened) -> dict[str, object]:
    return {
        "id": message.id,
        "channel": message.channel,
        "kind": message.kind,
        "state": message.state.value,
        "says": _WORDS.get(message.state, message.state.value),
        "due_at": message.due_at,
        "due": local(message.due_at, opened.zone),
        "attempts": message.attempts,
        "last_error": message.last_error,
        "title": message.title,
        "body": message.body,
        "about": message.title or f"({message.kind}, not yet written)",
    }


@command.command("show", data=True)
@click.argument("id")
@click.pass_obj
def shown(invocation: Invocation, /, id: str) -> Ending:
    """Print one message as it goes out, and what its channel answered."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        message = tx.messages.get(id)
        receipts = tx.receipts.of(id)
    if message is None:
        return Ending(f"There is no message {id}", FAILED, "tocsin messages list")
    if invocation.as_json:
        show(invocation, [_row(message, opened)], _COLUMNS)
    else:
        click.echo(safe(message.body or "(not yet written: what it tells is composed when it is sent)"))
    for receipt in receipts:
        answered = "taken" if receipt.ok else f"not taken: {receipt.reason} {receipt.detail}"
        click.echo(f"{local(receipt.at, opened.zone)}  try {receipt.attempt}: {safe(answered)}", err=True)
    return Ending(f"Done. {id} to {message.channel} is {_WORDS.get(message.state, message.state.value)}")


@command.command("retry")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def retried(invocation: Invocation, /, ids: tuple[str, ...]) -> Ending:
    """Make messages due now, also those that were given up; the next crawl, deliver or running daemon sends them."""
    with open_store(invocation) as opened, opened.store.begin() as tx:
        refused = [
            id for id in ids if tx.messages.get(id) is None or not tx.messages.retry(id, opened.clock.now())
        ]
    return _changed(len(ids) - len(refused), "due now", refused, "tocsin deliver")


@command.command("drop")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def dropped(invocation: Invocation, /, ids: tuple[str, ...]) -> Ending:
    """Give messages up for good; they stay listed as dropped."""
    with open_store(invocation) as opened, opened.store.begin() as tx:
        refused = [
            id for id in ids if tx.messages.get(id) is None or not tx.messages.drop(id, opened.clock.now())
        ]
    return _changed(len(ids) - len(refused), "given up", refused, "")


def _changed(number: int, what: str, refused: list[str], next_step: str) -> Ending:
    if refused:
        names = ", ".join(refused)
        said = f"Partly done. {count(number, 'message')} {what}; not changed: {names} (unknown, or already settled)"
        return Ending(said, FAILED, "tocsin messages list")
    return Ending(f"Done. {count(number, 'message')} {what}", next_step=next_step)
