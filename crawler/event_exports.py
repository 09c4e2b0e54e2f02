"""Events as JSON lines or a table, without persons of whom no more is known than what they would not do."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Literal

from crawler.exports import harmless
from rules.fold import comparable
from state.article_json import instant_to_json
from state.records import Claim, Event
from state.records_json import event_to_json
from state.store.event_rows import ToldEvent, each_event
from state.store.tx import Tx

Form = Literal["jsonl", "csv"]

#: The columns of a table, in order: the claim stands before every name.
COLUMNS = (
    "id", "claim", "kind", "subkind", "actor", "from", "to", "by", "said_by", "count", "date", "date_iso",
    "place", "pressure", "quote", "actor_id", "from_id", "to_id", "by_id", "title", "url", "source", "language",
    "published_at", "seen_at", "article", "version",
)  # fmt: skip
_UNWILLING = frozenset((Claim.REFUSED, Claim.DENIED))


@dataclass(slots=True)
class EventExport:
    """The events of a choice; ``withheld`` counts those left out so far."""

    tx: Tx
    since: datetime | None = None
    until: datetime | None = None
    kind: str | None = None
    language: str | None = None
    with_names: bool = False
    withheld: int = 0

    def __iter__(self) -> Iterator[ToldEvent]:
        movers = set() if self.with_names else self._movers()
        for told in each_event(self.tx, since=self.since, until=self.until, kind=self.kind):
            if not _in_language(told.language, self.language):
                continue
            if self.with_names or not _only_unwilling(told.event, movers):
                yield told
            else:
                self.withheld += 1

    def _movers(self) -> set[str]:
        """Return the names of everybody of whom anything but a refusal or denial is told."""
        told = each_event(self.tx, kind="defection")
        return {_name(one.event) for one in told if one.event.claim not in _UNWILLING}


def write(told: Iterable[ToldEvent], form: Form, out: IO[str]) -> int:
    """Write events one after the other; return how many there were."""
    number = 0
    table = csv.writer(out, lineterminator="\n") if form == "csv" else None
    if table is not None:
        table.writerow(COLUMNS)
    for one in told:
        number += 1
        row = to_json(one)
        if table is not None:
            table.writerow([harmless(_cell(row[column])) for column in COLUMNS])
        else:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return number


def to_json(told: ToldEvent) -> dict[str, Any]:
    """Return every field of an event, and of the article that tells it its address, times and version."""
    return event_to_json(told.event) | {
        "id": told.id,
        "article": told.article,
        "version": told.version,
        "title": told.title,
        "url": told.url,
        "source": told.source,
        "language": told.language,
        "published_at": instant_to_json(told.published_at),
        "seen_at": instant_to_json(told.seen_at),
    }


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _in_language(language: str | None, wanted: str | None) -> bool:
    have, want = (language or "").lower(), (wanted or "").lower()
    return not want or have == want or have.startswith(f"{want}-")


def _only_unwilling(event: Event, movers: set[str]) -> bool:
    return event.kind == "defection" and event.claim in _UNWILLING and _name(event) not in movers


def _name(event: Event) -> str:
    return event.actor_id or comparable(event.actor or "")
