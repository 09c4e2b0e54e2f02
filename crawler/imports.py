"""Articles from files into the store: the whole walk of a crawled article, but nobody is woken."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from crawler import pipeline
from crawler.app import App
from crawler.documents import FORMS, STDIN, Document, read_documents
from state.article import Article
from state.errors import StoreError
from state.store.articles import PutStatus
from state.store.tx import Tx

REASON = "import"
_BATCH = 16


@dataclass(slots=True)
class Imported:
    """What came of it; ``failed`` counts what could not be read."""

    new: int = 0
    revised: int = 0
    same: int = 0
    failed: int = 0

    @property
    def taken(self) -> int:
        """Return how many were read."""
        return self.new + self.revised + self.same

    def count(self, status: PutStatus) -> None:
        """Count what an article became."""
        self.new += status is PutStatus.NEW
        self.revised += status is PutStatus.REVISED
        self.same += status is PutStatus.SAME


def import_files(
    app: App,
    names: Iterable[str],
    *,
    ring: bool = False,
    told: Callable[[Document, Imported], None] | None = None,
) -> Imported:
    """Take in files and folders of articles, several to a transaction, in bounded memory.

    Args:
        app: The joined parts.
        names: ``.txt``, ``.json``, ``.jsonl`` and saved pages, or folders of them; ``-`` is JSON lines.
        ring: Whether they ring as if they were new.
        told: Called after each document, once it is stored or was found unreadable, with the counts so far.
    """
    imported = Imported()
    for batch in _batches(names):
        became = iter(_store(app, [item.article for item in batch if item.article is not None], ring=ring))
        for document in batch:
            if document.article is None:
                imported.failed += 1
            else:
                imported.count(next(became))
            if told is not None:
                told(document, imported)
    return imported


def _batches(names: Iterable[str]) -> Iterator[list[Document]]:
    """Yield documents that share a transaction; what comes in by a pipe waits for nothing that follows."""
    names = list(names)
    most = 1 if STDIN in names else _BATCH
    documents = _documents(names)
    while batch := list(islice(documents, most)):
        yield batch


def _store(app: App, articles: Sequence[Article], *, ring: bool) -> list[PutStatus]:
    """Take in articles in one transaction; where one breaks it, those before it are stored all the same."""
    try:
        with app.store.begin() as tx:
            return [_take_in(app, tx, article, ring=ring) for article in articles]
    except StoreError:
        raise
    except Exception:
        if len(articles) == 1:
            raise
        return [status for article in articles for status in _store(app, [article], ring=ring)]


def _take_in(app: App, tx: Tx, article: Article, *, ring: bool) -> PutStatus:
    keyed = article if article.key else replace(article, key=f"import:{article.version[:24]}")
    now = app.clock.now()
    return pipeline.ingest(keyed, None, app, tx, rings=ring, now=now, reason=REASON, quiet=not ring).status


def _documents(names: Iterable[str]) -> Iterator[Document]:
    for name in names:
        if not os.path.isdir(name):
            yield from read_documents([name])
            continue
        for found in _in_folder(name):
            yield from [found] if isinstance(found, Document) else read_documents([found])


def _in_folder(folder: str) -> Iterator[str | Document]:
    """Yield the files of a folder and the folders in it, by name; no link to a folder is followed."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        yield Document(folder, None, f"cannot be read: {error.strerror or type(error).__name__}")
        return
    for name, is_folder in listed:
        path = os.path.join(folder, name)
        if is_folder:
            yield from _in_folder(path)
        elif Path(name).suffix.lower() in FORMS and _is_regular(path):
            yield path


def _is_regular(path: str) -> bool:
    """Tell whether it is a file: no pipe or device, which could keep us for ever."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True  # reading it tells what is wrong
