"""``tocsin articles reparse``: stored pages through today's parsers, the difference shown before it is kept."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

import click

from crawler.cli.ending import DONE, FAILED, Ending, count
from crawler.cli.frame import Invocation, Verb, emit
from crawler.cli.progress import Progress
from crawler.cli.screen import safe
from crawler.cli.worddiff import word_diff
from state.article import Article

if TYPE_CHECKING:
    from crawler.jobs.reparse import Reparsed, Reread

_MEMORY = 1 << 20


@click.command("reparse", cls=Verb)
@click.argument("names", nargs=-1, metavar="[KEY|URL|SOURCE...]")
@click.option(
    "--apply", is_flag=True, help="keep what reads otherwise as a version; without it nothing changes"
)
@click.option("--ring", is_flag=True, help="with --apply: where that changes who did what, those who were told hear of it")
@click.pass_obj
def reparse(invocation: Invocation, /, names: tuple[str, ...], apply: bool, ring: bool) -> Ending:
    """Read stored pages again with today's parsers and show, word by word, what comes out otherwise.

    With --apply the new reading becomes a version; the earlier ones stay. Nobody is told unless --ring.
    """
    from crawler.app import App
    from crawler.chores import archive_folder
    from crawler.jobs.reparse import ReparseRun, chosen

    if ring and not apply:
        raise click.UsageError("--ring goes with --apply")
    loaded = invocation.load()
    with (
        App.open(loaded.settings, base_dir=loaded.base_dir) as app,
        # What pages said stays in the configured folder, also for the moment.
        SpooledTemporaryFile(
            _MEMORY, "w+", encoding="utf-8", errors="backslashreplace", dir=str(app.base_dir)
        ) as file,
    ):
        with app.store.read() as tx:
            keys = chosen(tx, names, list(loaded.settings.sources))
        shown = _Shown(file, as_json=invocation.as_json)
        with Progress("reading stored pages again", "pages", len(keys)) as bar:
            run = ReparseRun(
                app,
                archive_folder(app),
                apply=apply,
                ring=ring,
                told=shown.add,
                skipped=_skipped if invocation.verbose else lambda *_: None,
                progress=lambda done: bar.at(done.read, done.read, f"{done.changed:,} read otherwise"),
            )
            try:
                run.read(keys)
                stopped = False
            except KeyboardInterrupt:
                stopped = True
        shown.print(run.done)
    return _ending(run.done, len(keys), applied=apply, ring=ring, stopped=stopped)


def _skipped(key: str, why: str, detail: str) -> None:
    click.echo(safe(f"{key}: {why}{f' ({detail})' if detail else ''}"), err=True)


class _Shown:
    """The differences, kept aside until their number is known: counts come first."""

    def __init__(self, file: IO[str], *, as_json: bool) -> None:
        self._file = file
        self._as_json = as_json
        self._fields: Counter[str] = Counter()
        self._words: Counter[str] = Counter()

    def add(self, found: Reread) -> None:
        """Note one article that reads otherwise."""
        fields = {}
        for name, (old, new) in _changes(found).items():
            gone, come, text = word_diff(old, new)
            self._fields[name] += 1
            self._words["gone"] += gone
            self._words["come"] += come
            fields[name] = {"gone": gone, "come": come, "diff": text}
        if self._as_json:
            row = {"key": found.old.key, "url": found.old.url, "title": found.new.title, "fields": fields}
            print(json.dumps(row, ensure_ascii=False), file=self._file)
            return
        print(f"\n{safe(found.old.key or '')}  {safe(found.new.title)}", file=self._file)
        for name, told in fields.items():
            said = safe(str(told["diff"])).replace("\n", "\n    ")
            print(f"  {name} (-{told['gone']} +{told['come']}): {said}", file=self._file)

    def print(self, done: Reparsed) -> None:
        """Print counts, then the differences."""
        counts = {
            "read": done.read,
            "unchanged": done.unchanged,
            "otherwise": done.changed,
            "kept": done.kept,
        }
        if self._as_json:
            told = {"fields": dict(self._fields), "words": dict(self._words), "skipped": dict(done.skipped)}
            emit(json.dumps(counts | told, ensure_ascii=False))
        else:
            for name, number in self._fields.most_common():
                click.echo(f"{number:>9,}  {name}")
            for why, number in done.skipped.most_common():
                click.echo(f"{number:>9,}  {why}")
            if self._fields:
                click.echo(f"{self._words['gone']:,} words gone, {self._words['come']:,} come")
        self._file.seek(0)
        sys.stdout.flush()
        with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as out:
            shutil.copyfileobj(self._file, out)


def _changes(found: Reread) -> dict[str, tuple[str, str]]:
    old, new = _texts(found.old), _texts(found.new)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def _texts(article: Article) -> dict[str, str]:
    body = (text for part in article.sections for text in (part.heading, *part.paragraphs) if text)
    return {
        "title": article.title,
        "subtitle": article.subtitle or "",
        "byline": ", ".join(article.byline),
        "dateline": article.dateline or "",
        "published": str(article.published_at or ""),
        "modified": str(article.modified_at or ""),
        "language": article.language or "",
        "body": "\n".join(body),
        "captions": "\n".join(f"{caption.text or ''} {caption.credit or ''}" for caption in article.captions),
        "attribution": article.attribution or "",
        "quoted": "\n".join(article.quoted),
        "comments": "\n".join(
            "\n".join((comment.author or "", comment.place or "", comment.text, *comment.quoted))
            for comment in article.comments
        ),
    }


def _ending(done: Reparsed, asked: int, *, applied: bool, ring: bool, stopped: bool) -> Ending:
    said = f"{done.unchanged:,} of {count(done.read, 'article')} read as before, {done.changed:,} otherwise"
    if skipped := sum(done.skipped.values()):
        said += f", {skipped:,} could not be read again"
    if applied:
        said += f"; {count(done.kept, 'version')} kept"
    if stopped:
        return Ending(
            f"Stopped at your word after {done.read:,} of {asked:,}. {said}", FAILED, "the same command"
        )
    if done.faults:
        return Ending(f"Partly done. {said}", FAILED, "the same command with -v names each")
    if done.changed and not applied:
        return Ending(f"Done. {said}; nothing was changed", DONE, "the same command with --apply keeps it")
    return Ending(f"Done. {said}", DONE, "tocsin deliver" if ring and done.notices else "")
