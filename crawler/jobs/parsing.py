"""Many pages into articles: the first ones here, the rest in a process of its own, on another core."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Literal, Self

from crawler.jobs.newslist import lists_articles
from crawler.sites import parse_page
from state.article import Article
from state.errors import NotArticleError, ParseError
from state.records import Page

_CONTEXT = multiprocessing.get_context("spawn")
_GONE = (EOFError, OSError)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be parsed, with what its source says of it."""

    page: Page
    site: str | None = None
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a page became no article; ``detail`` of a fault is a traceback, or empty if it took the process along."""

    why: Literal["no article", "unreadable", "fault"]
    detail: str


Outcome = Article | Refused


def parse(wanted: Wanted) -> Outcome:
    """Parse one page; never raises for what is in it."""
    try:
        article = parse_page(wanted.page, site=wanted.site, source=wanted.source, language=wanted.language)
    except NotArticleError as error:
        return Refused("no article", error.problem)
    except ParseError as error:
        return Refused("unreadable", error.problem)
    except Exception:  # a fault of ours in one page must not stop the others
        return Refused("fault", traceback.format_exc())
    if lists_articles(wanted.page, article):
        return Refused("no article", "a list of articles, not one of them")
    return article


class Parser:
    """Parses batches, one after the other; to be used by one thread.

    The process is started with the second batch and used once it is ready, so
    that a small archive does not pay for it and a large one does not wait.  A
    page that kills the process is refused, and the others are parsed by a new one.
    """

    def __init__(self) -> None:
        self._batches = 0
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._is_ready = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def parse(self, batch: Sequence[Wanted]) -> list[Outcome]:
        """Return what became of each page, in order."""
        self._batches += 1
        if self._batches == 2:
            self._start()
        pipe = self._ready_pipe()
        if pipe is None:
            return [parse(wanted) for wanted in batch]
        try:
            return _asked(pipe, batch)
        except _GONE:
            return [self._alone(wanted) for wanted in batch]

    def _alone(self, wanted: Wanted) -> Outcome:
        """Parse one page of a batch in which one killed the process."""
        if self._process is None or not self._process.is_alive():
            self._stop()
            self._start()
        try:
            if self._pipe is not None and not self._is_ready:
                self._pipe.recv()
                self._is_ready = True
            return _asked(self._pipe, [wanted])[0] if self._pipe is not None else parse(wanted)
        except _GONE:
            self._stop()
            return Refused("fault", "")

    def _start(self) -> None:
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(theirs,), name="parser", daemon=True)
        self._process.start()
        theirs.close()

    def _ready_pipe(self) -> Connection | None:
        if self._pipe is not None and not self._is_ready:
            try:
                if self._pipe.poll():
                    self._pipe.recv()
                    self._is_ready = True
            except _GONE:
                self._stop()
        return self._pipe if self._is_ready else None

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join()
        self._process, self._pipe, self._is_ready = None, None, False


def _asked(pipe: Connection, batch: Sequence[Wanted]) -> list[Outcome]:
    pipe.send(list(batch))
    outcomes: list[Outcome] = pipe.recv()
    return outcomes


def _serve(pipe: Connection) -> None:
    """Parse what comes until the other side is gone."""
    with suppress(*_GONE, KeyboardInterrupt):
        pipe.send("ready")
        while True:
            pipe.send([parse(wanted) for wanted in pipe.recv()])
