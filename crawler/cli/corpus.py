"""The articles that rules are tried on: files handed in, else the archive of the configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import click

from crawler.cli.frame import Invocation
from crawler.cli.opened import open_store
from crawler.cli.progress import Progress
from crawler.cli.screen import safe
from state.article import Article


class Corpus:
    """Articles one after the other, in bounded memory; what was read and what could not be is counted."""

    def __init__(self, articles: Iterable[Article], bar: Progress) -> None:
        self._articles = articles
        self._bar = bar
        self.read = 0
        self.unread = 0

    def __iter__(self) -> Iterator[Article]:
        for article in self._articles:
            self.read += 1
            yield article
            self._bar.at(self.read, self.read)

    def of_files(self, files: Sequence[str]) -> Corpus:
        """Return this with the articles of files, as ``match`` takes them; what cannot be read is named."""
        self._articles = self._opened(files)
        return self

    def _opened(self, files: Sequence[str]) -> Iterator[Article]:
        from crawler.documents import read_documents

        for document in read_documents(files):
            if document.article is not None:
                yield document.article
                continue
            self.unread += 1
            click.echo(f"{safe(document.name)}: {safe(document.error)}", err=True)


@contextmanager
def corpus(
    invocation: Invocation, files: Sequence[str], since: datetime | None, what: str
) -> Iterator[Corpus]:
    """Open the articles; how far it has come is told on stderr.

    Args:
        invocation: Names the configuration whose archive is read where no file is given.
        files: As ``match`` takes them.
        since: Of the archive: only what was first seen after this.
        what: What is done with them, for people.

    Raises:
        ConfigError: Neither files nor a configuration.
        StoreError: The archive cannot be opened.
    """
    with Progress(what, "articles", 0) as bar:
        if files:
            yield Corpus((), bar).of_files(files)
            return
        with open_store(invocation) as opened, opened.store.read() as tx:
            yield Corpus(tx.articles.each(since), bar)
