"""Articles as JSON lines, text, Markdown or a table: chosen, and written so that nothing half-written is seen."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from state.article import Article
from state.article_json import instant_to_json, to_json
from state.errors import InputError
from state.store.tx import Tx
from state.text import dump, markdown

Form = Literal["jsonl", "text", "markdown", "csv"]

#: The columns of a table, in order.
COLUMNS = (
    "key", "url", "source", "site", "language", "title", "subtitle", "byline", "published_at", "modified_at",
    "fetched_at", "section", "tags", "attribution", "text", "captions", "comments", "version",
)  # fmt: skip
ENDINGS: dict[Form, str] = {"text": "txt", "markdown": "md", "jsonl": "json", "csv": "csv"}
#: A spreadsheet takes a cell that begins with one of these for a formula, in any width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_RULE = "\n" + "-" * 72 + "\n\n"
_EVERY = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles: each of these that is not None narrows it."""

    since: datetime | None = None
    until: datetime | None = None
    source: str | None = None
    language: str | None = None
    query: str | None = None
    alert: str | None = None


def chosen(tx: Tx, choice: Choice) -> Iterator[Article]:
    """Yield the articles of a choice as they read now, one at a time.

    Raises:
        InputError: There is no such alert.
    """
    for article in _found(tx, choice):
        language = (article.language or "").lower()
        wanted = (choice.language or "").lower()
        if wanted and language != wanted and not language.startswith(f"{wanted}-"):
            continue
        if choice.source is None or article.source == choice.source:
            yield article


def _found(tx: Tx, choice: Choice) -> Iterator[Article]:
    if choice.query is None and choice.alert is None:
        yield from tx.articles.each(choice.since, choice.until)
        return
    keys = None if choice.alert is None else _of_alert(tx, choice.alert)
    if choice.query is not None:
        hits = [hit.row.key for hit in tx.search.find(choice.query, _EVERY)]
        keys = hits if keys is None else [key for key in keys if key in set(hits)]
    for key, row in tx.articles.heads(keys or ()).items():
        late = choice.since is None or row.first_seen_at >= choice.since
        early = choice.until is None or row.first_seen_at < choice.until
        if late and early and (article := tx.articles.get(key)) is not None:
            yield article


def _of_alert(tx: Tx, alert: str) -> list[str]:
    if tx.alerts.get(alert) is None:
        raise InputError(f"there is no alert {alert!r}", hint="tocsin alerts list")
    return list(tx.matches.articles_of(alert))


def write_stream(articles: Iterable[Article], form: Form, out: IO[str]) -> int:
    """Write articles one after the other; return how many there were.

    Texts and Markdown are parted by a line of 72 dashes, which no reader of theirs takes back apart: one
    file for each (:func:`write_folder`) is the form that reads back.
    """
    number = 0
    table = csv.writer(out, lineterminator="\n") if form == "csv" else None
    if table is not None:
        table.writerow(COLUMNS)
    for number, article in enumerate(articles, 1):
        if table is not None:
            table.writerow(_row(article))
        elif form == "jsonl":
            out.write(json.dumps(to_json(article), ensure_ascii=False) + "\n")
        else:
            out.write((_RULE if number > 1 else "") + _print(article, form))
    return number


def write_folder(articles: Iterable[Article], form: Form, folder: Path) -> int:
    """Write each article as a file of its own, named by its number and version; return how many there were."""
    number = 0
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number, article in enumerate(articles, 1):
        name = f"{number:06}_{article.version[:16]}.{ENDINGS[form]}"
        with replacing(folder / name) as out:
            if form == "jsonl":
                out.write(json.dumps(to_json(article), ensure_ascii=False, indent=2) + "\n")
            else:
                out.write(_print(article, form))
    return number


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """Open a file that takes the place of ``path`` when all of it is written, and not before.

    Raises:
        OSError: It cannot be written.
    """
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _print(article: Article, form: Form) -> str:
    return markdown(article) if form == "markdown" else dump(article).text


def _row(article: Article) -> list[str]:
    values: dict[str, str | None] = {
        name: getattr(article, name)
        for name in ("key", "url", "source", "site", "language", "title", "subtitle", "section", "attribution", "version")
    }  # fmt: skip
    body = [text for section in article.sections for text in (section.heading, *section.paragraphs) if text]
    values |= {
        "byline": "; ".join(article.byline),
        "tags": "; ".join(article.tags),
        "published_at": instant_to_json(article.published_at),
        "modified_at": instant_to_json(article.modified_at),
        "fetched_at": instant_to_json(article.fetched_at),
        "text": "\n\n".join(body),
        "captions": "\n".join(caption.text for caption in article.captions),
        "comments": str(len(article.comments)),
    }
    return [harmless(values[name] or "") for name in COLUMNS]


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before one that would be."""
    return f"'{cell}" if cell.lstrip(" \u00a0\n").startswith(_FORMULA) else cell
