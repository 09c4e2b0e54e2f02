"""``tocsin alerts``: what rang, why, and who has seen it."""

from __future__ import annotations

import getpass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.opened import Opened, open_store
from crawler.cli.options import LENGTH, LIMIT
from crawler.cli.screen import local, safe, show
from crawler.cli.watching import command as watching
from crawler.cli.watching import print_notice
from state.errors import ConfigError
from state.records import Alert, Promise

if TYPE_CHECKING:
    from state.store.tx import Tx

_COLUMNS = {
    "id": "alert",
    "opened": "since",
    "severity": "severity",
    "claim": "claim",
    "state": "state",
    "kind": "kind",
    "seen": "seen by",
    "headline": "headline",
}


@click.group("alerts", cls=Noun)
def command() -> None:
    """What rang, why, and who has seen it."""


@command.command("list")
@click.option("--since", type=LENGTH, metavar="7d", help="opened within this time")
@click.option("--state", type=click.Choice(["live", "withdrawn", "retracted"]), help="only these")
@click.option("--limit", type=LIMIT, default=100, show_default=True)
@click.pass_obj
def listed(
    invocation: Invocation,
    /,
    since: timedelta | None,
    state: Literal["live", "withdrawn", "retracted"] | None,
    limit: int,
) -> Ending:
    """List alerts, the newest first."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        start = opened.clock.now() - since if since else None
        found = tx.alerts.list(since=start, state=state, limit=limit + 1)
        rows = [_row(tx, alert, opened) for alert in found[:limit]]
    number = show(invocation, rows, _COLUMNS)
    unseen = sum(row["state"] == "live" and not row["seen_by"] for row in rows)
    cut = f"the newest {count(number, 'alert')}" if len(found) > limit else count(number, "alert")
    more = f"the same with --limit {limit * 10}" if len(found) > limit else ""
    return Ending(f"Done. {cut}, {unseen:,} not yet seen by anyone", next_step=more)


def _row(tx: Tx, alert: Alert, opened: Opened) -> dict[str, object]:
    notices = tx.notices.of(alert.id)
    newest = notices[-1] if notices else None
    head = tx.articles.row(newest.article) if newest else None
    seen = [one.by for one in tx.acknowledgements.of(alert.id)]
    return {
        "id": alert.id,
        "story": alert.story,
        "kind": alert.kind,
        "severity": alert.severity.label,
        "claim": alert.claim.value if alert.claim else None,
        "state": alert.state,
        "rules": list(alert.rules),
        "opened_at": alert.opened_at,
        "opened": local(alert.opened_at, opened.zone),
        "notices": len(notices),
        "headline": head.title if head else None,
        "url": head.url if head else None,
        "seen_by": seen,
        "seen": ", ".join(seen) or "–",
    }


@command.command("show")
@click.argument("id")
@click.pass_obj
def shown(invocation: Invocation, /, id: str) -> Ending:
    """Print what an alert told, the words that matched, and which channels heard it."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        alert = tx.alerts.get(id)
        if alert is None:
            return _unknown(id)
        if invocation.as_json:
            show(invocation, [_row(tx, alert, opened) | _detail(tx, alert)], _COLUMNS)
        else:
            _print(tx, alert, opened)
        seen = bool(tx.acknowledgements.of(alert.id)) or alert.state != "live"
    return Ending(f"Done. {id} is {alert.state}", next_step="" if seen else f"tocsin alerts ack {id}")


def _detail(tx: Tx, alert: Alert) -> dict[str, object]:
    from state.records_json import event_to_json, span_to_json

    return {
        "told": [
            {
                "number": notice.number,
                "kind": notice.kind.value,
                "severity": notice.severity.label,
                "claim": notice.claim.value if notice.claim else None,
                "article": notice.article,
                "version": notice.version,
                "reason": notice.reason,
                "created_at": notice.created_at,
                "events": [event_to_json(event) for event in notice.events],
            }
            for notice in tx.notices.of(alert.id)
        ],
        "matches": [
            {
                "rule": stored.match.rule,
                "article": stored.article,
                "version": stored.version,
                "spans": [span_to_json(span) for span in stored.match.spans],
            }
            for stored in tx.matches.of_alert(alert.id)
        ],
        "promises": [
            {"channel": p.channel, "notice": p.notice, "state": p.state.value, "message": p.message}
            for p in tx.promises.of(alert.id)
        ],
    }


def _print(tx: Tx, alert: Alert, opened: Opened) -> None:
    for notice in tx.notices.of(alert.id):
        print_notice(tx, notice, opened)
    for stored in tx.matches.of_alert(alert.id):
        words = ", ".join(f'"{span.quote}"' for span in stored.match.spans[:6])
        click.echo(
            f"  rule {stored.match.rule} v{stored.match.rule_version} in {stored.article}: {safe(words)}"
        )
    for promise in tx.promises.of(alert.id):
        where = f" ({promise.message})" if promise.message else ""
        click.echo(f"  {promise.channel}: notice {promise.notice} {promise.state.value}{where}")
    for one in tx.acknowledgements.of(alert.id):
        click.echo(f"  seen by {safe(one.by)}, {local(one.at, opened.zone)} {safe(one.note)}".rstrip())


@command.command("ack")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--by", metavar="NAME", help="who has seen it; by default your login name")
@click.option("--note", default="", metavar="TEXT")
@click.pass_obj
def acked(invocation: Invocation, /, ids: tuple[str, ...], by: str | None, note: str) -> Ending:
    """Say "I have seen this": repeats and escalation stop."""
    names = [id.partition("/")[0] for id in ids]
    with open_store(invocation) as opened, opened.store.begin() as tx:
        missing = [name for name in names if tx.alerts.get(name) is None]
        for name in names:
            if name not in missing:
                tx.acknowledgements.add(name, opened.clock.now(), by=by or getpass.getuser(), note=note)
    if missing:
        return _unknown(", ".join(missing))
    return Ending(f"Done. {', '.join(names)} marked as seen")


@command.command("mark")
@click.argument("id")
@click.argument("verdict", type=click.Choice(["true", "false", "unsure", "confirmed"]))
@click.option("--note", default="", metavar="TEXT")
@click.option("--by", metavar="NAME", help="who says so; by default your login name")
@click.pass_obj
def marked(
    invocation: Invocation,
    /,
    id: str,
    verdict: Literal["true", "false", "unsure", "confirmed"],
    note: str,
    by: str | None,
) -> Ending:
    """Say whether an alert was right; the newest judgement counts, none changes what was sent."""
    name = id.partition("/")[0]
    with open_store(invocation) as opened, opened.store.begin() as tx:
        alert = tx.alerts.get(name)
        if alert is None:
            return _unknown(id)
        tx.judgements.add(name, verdict, opened.clock.now(), by=by or getpass.getuser(), note=note)
        key = next(iter(tx.matches.articles_of(name)), name)
    said = f"Done. {name} is marked {verdict}"
    if verdict != "false":
        return Ending(said)
    return Ending(
        said, next_step=f"tocsin rules explain {key}, or tocsin alerts retract {name} --because TEXT"
    )


@command.command("send")
@click.argument("id")
@click.option("--to", "channel", required=True, metavar="CHANNEL", help="one of the configured channels")
@click.pass_obj
def sent(invocation: Invocation, /, id: str, channel: str) -> Ending:
    """Let one more channel hear of an alert: its newest notice, and from now on every later one."""
    from crawler.config_checks import near

    name = id.partition("/")[0]
    with open_store(invocation) as opened, opened.store.begin() as tx:
        known = list(opened.loaded.settings.channels)
        if channel not in known:
            raise ConfigError(f'there is no channel "{channel}"{near(channel, known, "channels")}')
        notices = tx.notices.of(name)
        if not notices:
            return _unknown(id)
        if any(one.channel == channel and one.notice == notices[-1].number for one in tx.promises.of(name)):
            return Ending(f"Done. {channel} was promised the newest notice of {name} already")
        promise = Promise(
            alert=name,
            notice=notices[-1].number,
            channel=channel,
            group_key=f"by hand {name}",
            due_at=opened.clock.now(),
        )
        tx.promises.add(promise, now=opened.clock.now())
    return Ending(f"Done. {channel} is to hear of {name}", next_step="tocsin deliver")


command.add_command(watching)


@command.command("retract")
@click.argument("id")
@click.option("--because", required=True, metavar="TEXT", help="told to all who got the alert")
@click.option("--by", metavar="NAME")
@click.pass_obj
def retracted(invocation: Invocation, /, id: str, because: str, by: str | None) -> Ending:
    """Withdraw an alert as a person: all who got it are told so, and why."""
    from crawler.app import App
    from crawler.pipeline import retract

    loaded = invocation.load()
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app, app.store.begin() as tx:
        retract(id, because, app, tx, app.clock.now(), by=by or getpass.getuser())
    return Ending(f"Done. {id} is retracted; the retraction waits to be sent", next_step="tocsin deliver")


def _unknown(id: str) -> Ending:
    return Ending(f"There is no alert {id}", FAILED, "tocsin alerts list")
