"""``tocsin routes``: who would hear of an article, when, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import click

from crawler.app import App
from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun
from crawler.cli.screen import local, safe, show
from crawler.documents import read_documents
from crawler.lookup import key_of
from crawler.routing import Heard, Way, ways
from state.article import Article


@click.group("routes", cls=Noun)
def command() -> None:
    """Who would hear of an article, when, and why."""


@command.command("test")
@click.argument("name", metavar="FILE|KEY|URL|ALERT")
@click.option("--source", metavar="NAME", help="as if this source had it")
@click.pass_obj
def tested(invocation: Invocation, /, name: str, source: str | None) -> Ending:
    """Show where an article would go if it were new: which route takes it, which do not, and when.

    Nothing is kept and nobody is told; silences in force count.
    """
    loaded = invocation.load()
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app:
        article = _article(app, name)
        if article is None:
            return Ending(f"There is no article {name}", FAILED, "give a file, or see `tocsin articles list`")
        found = ways(app, replace(article, source=source or article.source))
    if invocation.as_json:
        show(invocation, [_row(way) for way in found], {})
    else:
        for way in found:
            click.echo("\n".join(map(safe, _lines(way, loaded.settings.display.timezone))))
    heard = {one.channel for way in found for one in way.heard}
    if not found:
        return Ending(
            "Done. It would ring nobody: no rule finds an alert in it", next_step=f"tocsin match {name}"
        )
    return Ending(f"Done. {count(len(found), 'alert')}, heard by {count(len(heard), 'channel')}")


def _article(app: App, name: str) -> Article | None:
    """Return the article of a file, or a stored one."""
    if Path(name).is_file():
        [document, *_] = read_documents([name])
        if document.error:
            raise click.UsageError(f"{name}: {document.error}")
        return document.article
    with app.store.read() as tx:
        key = key_of(tx, name)
        return tx.articles.get(key) if key else None


def _row(way: Way) -> dict[str, object]:
    return {
        "kind": way.alert.kind,
        "severity": way.alert.severity.label,
        "claim": way.alert.claim.value if way.alert.claim else None,
        "rules": list(way.alert.rules),
        "route": way.route,
        "passed_over": [asdict(one) for one in way.passed],
        "channels": [asdict(one) for one in way.heard],
        "reason": way.reason or None,
    }


def _lines(way: Way, zone: str) -> Iterator[str]:
    """Yield a way as people read it."""
    claim = way.alert.claim.value if way.alert.claim else "no claim"
    yield f"{way.alert.kind} · {way.alert.severity.label} · {claim}: {way.headline}"
    for route in way.passed:
        yield f"  route {route.number} passes it over: {'; '.join(route.why)}"
    if way.route is not None:
        yield f"  route {way.route} takes it"
    for one in way.heard:
        yield f"    → {one.channel}: {_when(one, zone)}"
    if way.reason:
        yield f"  {way.reason}"


def _when(heard: Heard, zone: str) -> str:
    if heard.muted_by is not None:
        return f"muted by {heard.muted_by}: recorded, not sent"
    if heard.manner == "record":
        return "kept in the record only: too low for this channel, or held back"
    at = local(heard.at, zone)
    if heard.manner == "digest":
        return f"in the digest of {at}"
    when = f"after its quiet hours, {at}" if heard.is_held else at
    shared = " and ".join(part.partition("=")[0] for part in heard.group.split(";"))
    return f"{when}, in one message with others of the same {shared}" if "=" in heard.group else when
