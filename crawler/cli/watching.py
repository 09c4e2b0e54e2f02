"""``tocsin alerts watch``: notices as they are made, on the terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from crawler.cli.ending import Ending, count
from crawler.cli.frame import Invocation, Verb, emit
from crawler.cli.opened import Opened, open_store
from crawler.cli.options import LENGTH
from crawler.cli.screen import local, safe
from crawler.notify.labels import FALLBACK, labels
from state.article_json import instant_to_json
from state.records import Notice

if TYPE_CHECKING:
    from state.store.tx import Tx

_EVERY_SECONDS = 1.0
#: A notice may be committed this much later than the instant it carries.
_LATE = timedelta(minutes=5)


@click.command("watch", cls=Verb)
@click.option(
    "--since", type=LENGTH, default="0s", metavar="1h", help="begin with what was made this long ago"
)
@click.pass_obj
def command(invocation: Invocation, /, since: timedelta) -> Ending:
    """Print each notice as it is made, until Ctrl-C; with --json one line each."""
    shown = 0
    with open_store(invocation) as opened:
        if not invocation.as_json:
            click.echo("Waiting for alerts; Ctrl-C stops.", err=True)
        try:
            for tx, notice in _notices(opened, since):
                shown += 1
                _tell(invocation, tx, notice, opened)
        except KeyboardInterrupt:
            return Ending(f"Done. {count(shown, 'notice')} shown")
    raise AssertionError("the notices of a watch never end")


def _notices(opened: Opened, back: timedelta) -> Iterator[tuple[Tx, Notice]]:
    """Yield notices for ever, each once, with the transaction in which it was read."""
    start = opened.clock.now() - back
    with opened.store.read() as tx:
        told = {(one.alert, one.number) for one in tx.notices.since(start - _LATE) if one.created_at < start}
    while True:
        with opened.store.read() as tx:
            recent = tx.notices.since(start - _LATE)
            for notice in recent:
                if (notice.alert, notice.number) not in told:
                    yield tx, notice
        told = {(one.alert, one.number) for one in recent}
        start = max(start, *(one.created_at for one in recent)) if recent else start
        time.sleep(_EVERY_SECONDS)


def _tell(invocation: Invocation, tx: Tx, notice: Notice, opened: Opened) -> None:
    if not invocation.as_json:
        print_notice(tx, notice, opened)
        return
    head = tx.articles.row(notice.article)
    row = {
        "id": f"{notice.alert}/{notice.number}",
        "kind": notice.kind.value,
        "severity": notice.severity.label,
        "claim": notice.claim.value if notice.claim else None,
        "headline": head.title if head else None,
        "url": head.url if head else None,
        "reason": notice.reason,
        "created_at": instant_to_json(notice.created_at),
    }
    emit(json.dumps(row, ensure_ascii=False))


def print_notice(tx: Tx, notice: Notice, opened: Opened) -> None:
    """Print one notice: what it says, of which page, with the words it rests on."""
    head = tx.articles.row(notice.article)
    words = labels(FALLBACK)
    kind = words.word("notice_alone", notice.kind.value) or "ALERT"
    click.echo(
        f"{notice.alert}/{notice.number}  {kind}  {words.severity(notice.severity)} · {words.claim(notice.claim)}  "
        f"{local(notice.created_at, opened.zone)}  {safe(notice.reason)}"
    )
    if head is not None:
        click.echo(f"  {safe(head.title)}\n  {safe(head.url or '')}")
    for claim, quote in dict.fromkeys((event.claim, event.quote) for event in notice.events):
        click.echo(f'  {words.claim(claim)}: "{safe(quote)}"')
