"""``tocsin status --held``: what is stored, of whom, since when, and in which files."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import click

from crawler.app import archive_path, sqlite_file
from crawler.cli.ending import DONE, Ending, count
from crawler.cli.frame import Invocation, emit
from crawler.cli.opened import Opened
from crawler.cli.screen import local, safe, size
from crawler.notify.canary import CANARY
from crawler.pseudonyms import KEY_FILE
from state.article_json import instant_to_json
from state.store.holdings import Holding, holdings

_SAID = {
    "articles": "articles and topics",
    "versions": "versions of them, with their words",
    "responses": "raw answers of pages",
    "responses_given_up": "raw answers given up or never kept (digests only)",
    "matches": "finds of rules, with the words found",
    "events": "events drawn from articles, with people and quotes",
    "judgements": "judgements of alerts",
    "acknowledgements": '"I have seen this"',
    "people_who_acknowledged": "people who said so, by name",
    "silences": "mutes, with who set them",
    "addresses_waiting": "addresses waiting to be read",
    "exports_with_names": "exports with names of forum users",
    "forgotten": "forgotten articles (digests and reason only)",
    "names_under_comments": "names or pseudonyms under comments and replies",
    "names_over_articles": "names or pseudonyms over articles and topics",
}


@dataclasses.dataclass(frozen=True, slots=True)
class _File:
    what: str
    path: str
    bytes: int
    files: int = 1


def show_held(invocation: Invocation, opened: Opened) -> Ending:
    """Print what is stored, and end with where."""
    with opened.store.read() as tx:
        rows = [row for row in holdings(tx) if row.about != CANARY]
    files = list(_files(opened))
    privacy = opened.loaded.settings.privacy
    if invocation.as_json:
        form = {
            "held": [_form(row) for row in rows],
            "files": [dataclasses.asdict(file) for file in files],
            "privacy": {"comments": privacy.comments, "usernames": privacy.usernames},
        }
        emit(json.dumps(form, ensure_ascii=False))
    else:
        for row in rows:
            click.echo(_line(row, opened.zone))
        click.echo(f"As configured: comments = {privacy.comments}, usernames = {privacy.usernames}")
        for file in files:
            number = f", {count(file.files, 'file')}" if file.files != 1 else ""
            click.echo(f"{file.what}: {safe(file.path)} ({size(file.bytes)}{number})")
    whole = sum(file.bytes for file in files)
    return Ending(
        f"Done. {size(whole)} held on this machine; copies that were exported are not counted", DONE
    )


def _form(row: Holding) -> dict[str, object]:
    times = {"since": instant_to_json(row.since), "until": instant_to_json(row.until)}
    return {name: value for name, value in dataclasses.asdict(row).items() if value is not None} | times


def _line(row: Holding, zone: str) -> str:
    what = f"messages sent to {safe(row.about)}" if row.about else _SAID[row.kind]
    room = f", {size(row.bytes)}" if row.bytes is not None else ""
    when = f", {local(row.since, zone)} to {local(row.until, zone)}" if row.number else ""
    return f"{row.number:,} {what}{room}{when}"


def _files(opened: Opened) -> Iterator[_File]:
    """Yield what lies in the configured places and beside the configuration."""
    loaded = opened.loaded
    database, base = sqlite_file(loaded.settings, loaded.base_dir), loaded.base_dir
    if database is not None:
        for ending in ("", "-wal", "-shm"):
            yield from _file("database", database.with_name(database.name + ending))
    yield from _folder("raw answers", archive_path(loaded.settings, base))
    if loaded.settings.feeds.folder:
        yield from _folder("feed files", base / loaded.settings.feeds.folder)
    yield from _file("key of pseudonyms", base / KEY_FILE)
    for name in (".rules.cache", ".rules.shares"):
        yield from _file("rules, no text", base / name)
    yield from _file("last fault", base / "last-error.txt")


def _file(what: str, path: Path) -> Iterator[_File]:
    if path.is_file():
        yield _File(what, str(path), path.stat().st_size)


def _folder(what: str, path: Path) -> Iterator[_File]:
    found = [entry for entry in path.rglob("*") if entry.is_file()] if path.is_dir() else []
    if found:
        yield _File(what, str(path), sum(entry.stat().st_size for entry in found), len(found))
