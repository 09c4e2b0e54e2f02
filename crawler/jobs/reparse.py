"""Stored responses through today's parsers: what reads otherwise, and, if asked for, kept as a version.

A parser that became better is no edit by the publisher: such a version is
marked as a better rendering, and nobody is told unless that is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crawler import pipeline
from crawler.discover.topic import is_later_page, joined
from crawler.jobs.articles import rendering_of
from crawler.jobs.layout import Readings
from crawler.lookup import key_of
from crawler.privacy import storable
from crawler.sites import parse_page
from state.archive.rotate import load
from state.archive.warc import read_page
from state.article import Article
from state.errors import ArchiveError, InputError, ParseError
from state.records import Page
from state.store.articles import PutStatus
from state.store.responses import ResponseRow

if TYPE_CHECKING:
    from crawler.app import App
    from state.store.tx import Tx

_BATCH = 40


@dataclass(frozen=True, slots=True)
class Reread:
    """One article that reads otherwise now."""

    old: Article
    new: Article
    response: ResponseRow


@dataclass(slots=True)
class Reparsed:
    """What a run came to; ``kept`` counts what became a version."""

    read: int = 0
    unchanged: int = 0
    changed: int = 0
    kept: int = 0
    notices: int = 0
    #: Why articles could not be read again, counted.
    skipped: Counter[str] = field(default_factory=Counter)
    readings: Readings = field(default_factory=Readings)

    @property
    def faults(self) -> int:
        """Return how many broke on a fault of ours."""
        return self.skipped[FAULT]


NO_RESPONSE = "without a stored response"
GIVEN_UP = "whose response was given up or altered"
UNREADABLE = "that today's parsers cannot read"
FAULT = "that broke on a fault of Tocsin's own"

Progress = Callable[[Reparsed], None]
Told = Callable[[Reread], None]
Skipped = Callable[[str, str, str], None]


def chosen(tx: Tx, names: Sequence[str], sources: Sequence[str]) -> list[str]:
    """Return the keys of the articles that are named: by key, address, alert or source; all where none is.

    Raises:
        InputError: A name is none of these.
    """
    if not names:
        return tx.articles.keys()
    found: dict[str, None] = {}
    for name in names:
        key = key_of(tx, name)
        if key is not None:
            found[key] = None
        elif (keys := tx.articles.keys(name)) or name in sources:
            found.update(dict.fromkeys(keys))
        else:
            raise InputError(f"{name} is no stored article and no source", hint="tocsin articles list")
    return list(found)


class ReparseRun:
    """One run over stored articles.

    Args:
        app: The joined parts.
        folder: The archive's folder of WARC files.
        apply: Whether what reads otherwise becomes a version.
        ring: Whether what that changes is told.
        told: Told of each article that reads otherwise.
        skipped: Told of each that cannot be read again: key, why, detail.
        progress: Told after each batch.
    """

    def __init__(
        self,
        app: App,
        folder: Path,
        *,
        apply: bool,
        ring: bool,
        told: Told,
        skipped: Skipped,
        progress: Progress,
    ) -> None:
        self._app = app
        self._folder = folder
        self._apply, self._ring = apply, ring
        self._told, self._skipped, self._progress = told, skipped, progress
        self.done = Reparsed()

    def read(self, keys: Sequence[str]) -> Reparsed:
        """Read the articles of these keys again.

        Raises:
            StoreError: The database refuses; what was kept stays.
        """
        for start in range(0, len(keys), _BATCH):
            changed = [found for key in keys[start : start + _BATCH] if (found := self._reread(key))]
            for found in changed:
                self._told(found)
            if self._apply and changed:
                with self._app.store.begin() as tx:
                    results = [self._keep(tx, found) for found in changed]
                self.done.kept += sum(result.status is PutStatus.REVISED for result in results)
                self.done.notices += sum(len(result.notices) for result in results)
            self._progress(self.done)
        return self.done

    def _reread(self, key: str) -> Reread | None:
        self.done.read += 1
        with self._app.store.read() as tx:
            old, versions = tx.articles.get(key), tx.articles.versions(key)
            number = versions[-1].response if versions else None
            response = tx.responses.get(number) if number is not None else None
        if old is None or response is None:
            self._skip(key, NO_RESPONSE, "")
            return None
        try:
            page = read_page(load(response, self._folder))
        except ArchiveError as error:
            self._skip(key, GIVEN_UP, error.problem)
            return None
        try:
            new = self._parsed(page, old)
        except ParseError as error:
            self._skip(key, UNREADABLE, error.problem)
        except Exception as fault:  # one article must not take the others with it
            self._app.log.error("a stored page broke on a fault of ours", key=key, exc_info=fault)
            self._skip(key, FAULT, type(fault).__name__)
        else:
            self.done.readings.add(new)
            if new.version != old.version or _has_better_date(new, old):
                self.done.changed += 1
                return Reread(old, new, response)
            self.done.unchanged += 1
        return None

    def _skip(self, key: str, why: str, detail: str) -> None:
        self.done.skipped[why] += 1
        self._skipped(key, why, detail)

    def _parsed(self, page: Page, old: Article) -> Article:
        table = self._app.settings.sources.get(old.source or "")
        new = parse_page(
            page,
            site=table.site if table else old.site,
            source=old.source,
            language=table.language if table else None,
        )
        if "posts" in new.provenance:  # of a topic's pages only one is in the response
            new = joined(old, new, later=is_later_page(page), newer=True)
        new = storable(new, old, self._app, self._app.clock.now().date()).article
        return _with_feed(replace(new, key=old.key), old)

    def _keep(self, tx: Tx, found: Reread) -> pipeline.Ingested:
        return pipeline.reparse(
            found.new,
            found.response,
            self._app,
            tx,
            rings=self._ring,
            rendering=rendering_of(found.new),
            now=self._app.clock.now(),
        )


def _has_better_date(new: Article, old: Article) -> bool:
    """Tell whether the page is now read to say when it was published, and says another time."""
    return new.published_at is not None and new.published_at != old.published_at


def _with_feed(new: Article, old: Article) -> Article:
    """Return the article with what only the feed had told of it; its date goes before one that is guessed."""
    names = old.provenance.get("from_feed")
    if not isinstance(names, list):
        return new
    told = {**new.provenance, "from_feed": names}
    said = None if "published_at" in new.provenance.get("guessed", ()) else new.published_at
    if said is None and "published_at" in names:
        said = old.published_at
        told["published_at"] = old.provenance.get("published_at")
    return replace(
        new,
        published_at=said or new.published_at,
        modified_at=new.modified_at or (old.modified_at if "modified_at" in names else None),
        byline=new.byline or (old.byline if "byline" in names else ()),
        provenance=told,
    )
