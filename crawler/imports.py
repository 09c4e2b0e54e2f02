"""Articles from files into the store: the whole walk of a crawled article, but nobody is woken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from crawler import pipeline
from crawler.app import App
from crawler.documents import FORMS, Document, read_documents
from state.article import Article
from state.store.articles import PutStatus

REASON = "import"


@dataclass(slots=True)
class Imported:
    """What came of it; ``failed`` are those that could not be read, with the reason."""

    new: int = 0
    revised: int = 0
    same: int = 0
    failed: list[Document] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Return how many were read."""
        return self.new + self.revised + self.same


def import_files(app: App, names: Iterable[str], *, ring: bool = False) -> Imported:
    """Take in files and folders of articles, each in a transaction of its own.

    Args:
        app: The joined parts.
        names: ``.txt``, ``.json``, ``.jsonl`` and saved pages, or folders of them; ``-`` is JSON lines.
        ring: Whether they ring as if they were new.
    """
    imported = Imported()
    for document in read_documents(list(_files(names))):
        if document.article is None:
            imported.failed.append(document)
            continue
        match _take_in(app, document.article, ring=ring):
            case PutStatus.NEW:
                imported.new += 1
            case PutStatus.REVISED:
                imported.revised += 1
            case _:
                imported.same += 1
    return imported


def _take_in(app: App, article: Article, *, ring: bool) -> PutStatus:
    keyed = article if article.key else replace(article, key=f"import:{article.version[:24]}")
    now = app.clock.now()
    with app.store.begin() as tx:
        return pipeline.ingest(keyed, None, app, tx, rings=ring, now=now, reason=REASON).status


def _files(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from (str(found) for found in sorted(path.rglob("*")) if found.suffix.lower() in FORMS)
        else:
            yield name
