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
from crawler.difference.article import Change, compare
from crawler.difference.brief import brief, words_in

if TYPE_CHECKING:
    from crawler.jobs.reparse import Reparsed, Reread

_MEMORY = 1 << 20
#: The page is the same: that it was told of another day is our reading, and may move what is past and what rings.
_PUBLISHED = "time of publication"
#: What is told where the words are the same, and only their places differ.
_ARRANGED: dict[str, object] = {
    "field": "arrangement",
    "weight": "cosmetic",
    "gone": 0,
    "come": 0,
    "diff": "headings, or what replies quote",
}


@click.command("reparse", cls=Verb)
@click.argument("names", nargs=-1, metavar="[KEY|URL|ALERT|SOURCE...]")
@click.option(
    "--apply", is_flag=True, help="keep what reads otherwise as a version; without it nothing changes"
)
@click.option(
    "--ring",
    is_flag=True,
    help="with --apply: where that changes who did what, those who were told hear of it",
)
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
        changes = [change for change in compare(found.old, found.new) if change.kind != "unchanged"]
        rows = [self._row(change) for change in changes] or [_ARRANGED]
        self._fields.update(str(row["field"]).rstrip("0123456789 ") for row in rows)
        if self._as_json:
            form = {"key": found.old.key, "url": found.old.url, "title": found.new.title, "changes": rows}
            print(json.dumps(form, ensure_ascii=False), file=self._file)
            return
        print(f"\n{safe(found.old.key or '')}  {safe(found.new.title)}", file=self._file)
        for row in rows:
            said = safe(str(row["diff"])).replace("\n", "\n    ")
            print(f"  {row['field']} (-{row['gone']} +{row['come']}): {said}", file=self._file)

    def _row(self, change: Change) -> dict[str, object]:
        gone, come = words_in(change.parts, "-"), words_in(change.parts, "+")
        self._words.update(gone=gone, come=come)
        return {
            "field": change.field,
            "weight": "meaning" if change.field == _PUBLISHED else change.weight,
            "gone": gone,
            "come": come,
            "diff": brief(change.parts),
        }

    def print(self, done: Reparsed) -> None:
        """Print counts, then the differences."""
        counts: dict[str, object] = {
            "read": done.read,
            "unchanged": done.unchanged,
            "otherwise": done.changed,
            "kept": done.kept,
        }
        if self._as_json:
            told = {"fields": dict(self._fields), "words": dict(self._words), "skipped": dict(done.skipped)}
            counts |= {"layout": done.readings.remarks()}
            emit(json.dumps(counts | told, ensure_ascii=False))
        else:
            for name, number in self._fields.most_common():
                click.echo(f"{number:>9,}  {name}")
            for why, number in done.skipped.most_common():
                click.echo(f"{number:>9,}  {why}")
            for remark in done.readings.remarks():
                click.echo(safe(remark))
            if self._fields:
                click.echo(f"{self._words['gone']:,} words gone, {self._words['come']:,} come")
        self._file.seek(0)
        sys.stdout.flush()
        with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as out:
            shutil.copyfileobj(self._file, out)


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
