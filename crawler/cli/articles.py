"""``tocsin articles``: what was read, every version of it, and in and out as files."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Literal

import click

from crawler.cli.diffing import differed
from crawler.cli.ending import FAILED, Ending, count
from crawler.cli.exporting import exported
from crawler.cli.frame import Invocation, Noun, emit
from crawler.cli.opened import Opened, open_store
from crawler.cli.options import LENGTH, LIMIT
from crawler.cli.progress import Progress
from crawler.cli.reparse import reparse
from crawler.cli.screen import local, safe, show
from crawler.documents import FORMS, Document
from crawler.lookup import key_of
from state.article import Article
from state.article_json import to_json
from state.store.article_rows import ArticleRow
from state.store.tx import Tx

_COLUMNS = {"first_seen": "first seen", "source": "source", "key": "key", "title": "title"}
_AGAIN = "mend what is named above and give it again; what is in already is passed over"


@click.group("articles", cls=Noun)
def command() -> None:
    """Look at what was read; take articles in and out as files."""


command.add_command(exported)
command.add_command(reparse)
command.add_command(differed)


@command.command("list")
@click.option("--since", type=LENGTH, metavar="2d", help="first seen within this time")
@click.option("--source", help="only from this source")
@click.option("--limit", type=LIMIT, default=50, show_default=True)
@click.pass_obj
def listed(invocation: Invocation, /, since: timedelta | None, source: str | None, limit: int) -> Ending:
    """List articles, the newest first."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        start = opened.clock.now() - since if since else None
        found = tx.articles.list(since=start, source=source, limit=limit + 1)
        rows = [_row(row, opened) for row in found[:limit]]
        unknown = source is not None and source not in opened.loaded.settings.sources
    number = show(invocation, rows, _COLUMNS)
    if len(found) > limit:
        return Ending(f"Done. The newest {count(number, 'article')}; more are there", next_step=_more(limit))
    if unknown and not number:
        return Ending(
            f"Nothing is stored of {source}, and no source is called so", FAILED, "tocsin sources list"
        )
    return Ending(f"Done. {count(number, 'article')} listed")


@command.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=LIMIT, default=50, show_default=True)
@click.pass_obj
def searched(invocation: Invocation, /, words: tuple[str, ...], limit: int) -> Ending:
    """Find articles in which every word stands, in any script; "two words" in quotation marks are one term."""
    text = " ".join(f'"{word}"' if " " in word else word for word in words)
    with open_store(invocation) as opened, opened.store.read() as tx:
        found = [hit.row for hit in tx.search.find(text, limit + 1)]
        rows = [_row(row, opened) for row in found[:limit]]
    number = show(invocation, rows, _COLUMNS)
    if len(found) > limit:
        return Ending(f"Done. The first {count(number, 'article')}; more are there", next_step=_more(limit))
    return Ending(f"Done. {count(number, 'article')} found")


def _more(limit: int) -> str:
    return f"the same with --limit {limit * 10}"


def _row(row: ArticleRow, opened: Opened) -> dict[str, object]:
    return {
        "key": row.key,
        "url": row.url,
        "source": row.source,
        "site": row.site,
        "language": row.language,
        "title": row.title,
        "published_at": row.published_at,
        "first_seen_at": row.first_seen_at,
        "first_seen": local(row.first_seen_at, opened.zone),
        "version": row.version,
        "versions": row.versions,
        "story": row.story,
        "relation": row.relation,
        "state": row.state,
        "backlog": row.backlog,
    }


@command.command("show", data=True)
@click.argument("name", metavar="KEY|URL|ALERT")
@click.option(
    "--version", metavar="HASH|N", help="an earlier version, by number from 1 or by the start of its hash"
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)
@click.pass_obj
def shown(
    invocation: Invocation, /, name: str, version: str | None, form: Literal["text", "json", "markdown"]
) -> Ending:
    """Print one article as it reads now, or as it read in an earlier version."""
    with open_store(invocation) as opened, opened.store.read() as tx:
        key = key_of(tx, name)
        article = _version(tx, key, version) if key else None
    if article is None:
        return _unknown(name)
    _print(article, "json" if invocation.as_json else form)
    return Ending(f"Done. Version {article.version[:12]} of {article.key}")


def _print(article: Article, form: Literal["text", "json", "markdown"]) -> None:
    from state.text import dump, markdown

    match form:
        case "json":
            emit(json.dumps(to_json(article), ensure_ascii=False, indent=2))
        case "markdown":
            emit(safe(markdown(article)))
        case _:
            emit(safe(dump(article).text))


@command.command("import")
@click.argument("names", nargs=-1, required=True, metavar="FILE|FOLDER...")
@click.option("--ring", is_flag=True, help="they ring as if they were new")
@click.pass_obj
def imported(invocation: Invocation, /, names: tuple[str, ...], ring: bool) -> Ending:
    """Take in seed-style .txt, .json, .jsonl and saved pages; they are matched and kept, but wake nobody.

    Folders are read with all that is in them; - is JSON lines on standard input. What cannot be read is
    named, with its line and the reason, and the rest is taken; the exit code is then 1.
    """
    from crawler.app import App
    from crawler.imports import Imported, import_files

    def told(document: Document, so_far: Imported) -> None:
        if document.article is None:
            click.echo(f"{_one_line(document.name)}: {_one_line(document.error)}", err=True)
        bar.at(0, so_far.taken + so_far.failed, f"{so_far.failed:,} unreadable" if so_far.failed else "")

    loaded = invocation.load()
    with (
        App.open(loaded.settings, base_dir=loaded.base_dir) as app,
        Progress("importing", "articles", 0) as bar,
    ):
        done = import_files(app, names, ring=ring, told=told)
    said = f"{count(done.new, 'article')} new, {done.revised:,} revised, {done.same:,} known already"
    if done.failed:
        return Ending(f"Partly done. {said}; {done.failed:,} could not be read", FAILED, _AGAIN)
    if not done.taken:
        return Ending(f"Nothing to import: no {', '.join(sorted(FORMS))} file there", FAILED)
    return Ending(f"Done. {said}", next_step="tocsin deliver" if ring else "")


def _one_line(text: str) -> str:
    """Return a file's name, or what is wrong with it, so that it cannot pass for a line of ours."""
    return safe(text).replace("\n", "�").replace("\t", "�")


def _version(tx: Tx, key: str, version: str | None) -> Article | None:
    if version is None:
        return tx.articles.get(key)
    rows = tx.articles.versions(key)
    if version.isdigit() and 0 < int(version) <= len(rows):
        return tx.articles.version(key, rows[int(version) - 1].version)
    full = next((row.version for row in rows if row.version.startswith(version)), None)
    return None if full is None else tx.articles.version(key, full)


def _unknown(name: str) -> Ending:
    return Ending(f"{name} is not stored", FAILED, "tocsin articles list, or articles search")
