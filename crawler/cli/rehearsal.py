"""``crawl --dry-run``: everything is read and decided as always, in a store that is forgotten afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from crawler.app import App
from crawler.cli.ending import DONE, PARTLY, Ending, count
from crawler.cli.frame import Invocation
from crawler.cli.screen import safe, show
from crawler.config import Loaded
from crawler.crawl import look_at
from crawler.fetch.loop import run_async
from crawler.jobs.outbox import next_ready
from state.store.store import Store

_SHOWN = 5
_COLUMNS = {
    "severity": "severity",
    "claim": "claim",
    "kind": "kind",
    "headline": "headline",
    "url": "address",
}


def rehearse(invocation: Invocation, loaded: Loaded, names: Sequence[str], since: datetime | None) -> Ending:
    """Tell what would have rung; keep nothing, tell nobody."""
    with App.open(loaded.settings, base_dir=loaded.base_dir, store=Store.in_memory()) as app:
        polls = run_async(look_at(app, names, since=since, ring=since is not None))
        alerts = _alerts(app)
        messages = [] if invocation.as_json else _messages(app)
    show(invocation, alerts, _COLUMNS)
    for text in messages:
        click.echo(f"\n{safe(text)}")
    failed = [poll for poll in polls if not poll.ok]
    for poll in failed:
        click.echo(f"{poll.source}: {safe(poll.error)}", err=True)
    period = f"of what came since {since:%Y-%m-%d %H:%M} UTC" if since else "of what is new"
    said = f"Done. {period}, {count(len(alerts), 'alert')} would have rung; nothing was kept and nobody told"
    if failed:
        return Ending(
            said.replace("Done.", "Partly done."), PARTLY, f"tocsin sources test {failed[0].source}"
        )
    return Ending(said, DONE, "tocsin crawl")


def _alerts(app: App) -> list[dict[str, object]]:
    with app.store.read() as tx:
        rows: list[dict[str, object]] = []
        for alert in tx.alerts.list(limit=10_000):
            notices = tx.notices.of(alert.id)
            head = tx.articles.row(notices[0].article) if notices else None
            rows.append(
                {
                    "severity": alert.severity.label,
                    "claim": alert.claim.value if alert.claim else None,
                    "kind": alert.kind,
                    "headline": head.title if head else None,
                    "url": head.url if head else None,
                    "rules": list(alert.rules),
                }
            )
        return rows


def _messages(app: App) -> list[str]:
    """Return the first few messages as the first channel would get them."""
    channel = next(iter(app.channels), None)
    texts: list[str] = []
    with app.store.begin() as tx:
        now = app.clock.now()
        tx.messages.hurry(now)
        while channel is not None and len(texts) < _SHOWN:
            ready = next_ready(tx, app, channel, "rehearsal", now)
            if ready is None:
                break
            texts.append(f"{ready.outgoing.title}\n{ready.outgoing.body}".strip())
    return texts
