"""Articles from files into the store: the whole walk of a crawled article, but nobody is woken."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from crawler import pipeline
from crawler.app import App
from crawler.documents import FORMS, Document, read_documents
from state.article import Article
from state.store.articles import PutStatus

REASON = "import"


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


def import_files(
    app: App,
    names: Iterable[str],
    *,
    ring: bool = False,
    told: Callable[[Document, Imported], None] | None = None,
) -> Imported:
    """Take in files and folders of articles, each in a transaction of its own, in bounded memory.

    Args:
        app: The joined parts.
        names: ``.txt``, ``.json``, ``.jsonl`` and saved pages, or folders of them; ``-`` is JSON lines.
        ring: Whether they ring as if they were new.
        told: Called after each document, also one that could not be read, with the counts so far.
    """
    imported = Imported()
    for document in _documents(names):
        if document.article is None:
            imported.failed += 1
        else:
            match _take_in(app, document.article, ring=ring):
                case PutStatus.NEW:
                    imported.new += 1
                case PutStatus.REVISED:
                    imported.revised += 1
                case _:
                    imported.same += 1
        if told is not None:
            told(document, imported)
    return imported


def _take_in(app: App, article: Article, *, ring: bool) -> PutStatus:
    keyed = article if article.key else replace(article, key=f"import:{article.version[:24]}")
    now = app.clock.now()
    with app.store.begin() as tx:
        return pipeline.ingest(
            keyed, None, app, tx, rings=ring, now=now, reason=REASON, quiet=not ring
        ).status


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
