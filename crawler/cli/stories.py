"""``tocsin stories``: which articles tell the same story."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun, emit
from crawler.cli.opened import open_store
from crawler.cli.options import LIMIT
from crawler.cli.screen import safe, show
from state.identity import article_key
from state.store.stories import Member, StoryRow

_COLUMNS = {"relation": "", "source": "source", "title": "title", "url": "address", "why": "why"}


@click.group("stories", cls=Noun)
def command() -> None:
    """Which articles tell the same story, and which is the original."""


@command.command("list")
@click.option("--limit", type=LIMIT, default=1000, show_default=True)
@click.pass_obj
def listed(invocation: Invocation, /, limit: int) -> Ending:
    """List stories, the last changed first; with --json one line each."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        stories = [(row, tx.stories.members(row.id)) for row in tx.stories.list(limit=limit)]
    for row, members in stories:
        if invocation.as_json:
            emit(json.dumps(_form(row, members), ensure_ascii=False))
        else:
            _print(row, members)
    return Ending(f"Done. {count(len(stories), 'story', 'stories')}")


def _form(row: StoryRow, members: Sequence[Member]) -> dict[str, object]:
    original = next((m for m in members if m.key == row.original), None)
    return {
        "id": row.id,
        "original": original.url or original.key if original else row.original,
        "articles": [{"url": m.url or m.key, "relation": m.relation} for m in members],
    }


def _print(row: StoryRow, members: Sequence[Member]) -> None:
    title = next((m.title for m in members if m.key == row.original), row.original)
    click.echo(f"{row.id}  {safe(title)}")
    for member in members:
        if member.key != row.original or len(members) > 1:
            click.echo(f"    {member.relation:8}  {member.source or '–'}  {safe(member.url or member.key)}")


@command.command("show")
@click.argument("id")
@click.pass_obj
def shown(invocation: Invocation, /, id: str) -> Ending:
    """Print a story's articles, how each belongs to it, and why."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        members = tx.stories.members(id)
    if not members:
        return Ending(f"There is no story {id}", FAILED, "tocsin stories list")
    rows = [{name: getattr(member, name) for name in (*_COLUMNS, "key", "of")} for member in members]
    show(invocation, rows, _COLUMNS)
    return Ending(f"Done. {count(len(members), 'article')} in {id}")


@command.command("split")
@click.argument("name", metavar="KEY|URL")
@click.option("--ring", is_flag=True, help="what it tells rings as if it were new")
@click.pass_obj
def split(invocation: Invocation, /, name: str, ring: bool) -> Ending:
    """Take an article out of its story, as the first of its own; it is decided anew."""
    from crawler.app import App
    from crawler.pipeline import reconsider
    from crawler.stories import split_off

    loaded = invocation.load()
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app, app.store.begin() as tx:
        key = article_key(name) if "://" in name and tx.articles.row(name) is None else name
        placement = split_off(key, tx, app.clock.now())
        reconsider(key, app, tx, rings=ring, now=app.clock.now(), reason="split off by hand")
    return Ending(
        f"Done. {key} is a story of its own, {placement.story}", next_step="tocsin deliver" if ring else ""
    )


@command.command("merge")
@click.argument("into")
@click.argument("other")
@click.pass_obj
def merged(invocation: Invocation, /, into: str, other: str) -> Ending:
    """Put all articles of the story OTHER into the story INTO."""
    from crawler.stories import merge

    with open_store(invocation) as opened, opened.store.begin() as tx:
        moved = merge(into, other, tx, opened.clock.now())
    return Ending(f"Done. {count(moved, 'article')} moved into {into}")
