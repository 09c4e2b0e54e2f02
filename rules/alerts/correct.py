"""What a later version of a page takes back of what was told about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.alerts.meaning import FIELDS, Change, changes, plain, same_headline, still_said
from rules.alerts.reading import Reading
from rules.alerts.told import side
from state.records import Assessment, Event, Notice


@dataclass(frozen=True, slots=True)
class Correction:
    """Before and after, the names of what changed, and the quotes that are gone."""

    was: Mapping[str, Any]
    now: Mapping[str, Any]
    fields: tuple[str, ...]
    gone: tuple[str, ...]
    reason: str


def correction(before: Notice, reading: Reading, found: Assessment | None) -> Correction | None:
    """Return what this version corrects of an earlier notice; None if it means the same."""
    old_title = str(before.told.get("title") or reading.article.title)
    changed = _event_changes(before, reading, found)
    names = [name for change in changes_in_order(changed) for name in change.fields]
    gone = [change.was.quote for change in changed if change.was and "quote_gone" in change.fields]
    if not before.events:
        lost = _lost_quotes(before, reading)
        gone += lost
        names += ["quote_gone"] * bool(lost)
    if reading.replaced:
        names = [name for name in names if name in FIELDS]
    elif not same_headline(old_title, reading.article.title):
        names.append("title")
    if reading.back:
        names.append("quote_back")
    if not names:
        return None
    first = next(iter(changes_in_order(changed)), Change(None, None, ()))
    was_event = first.was or (before.events[0] if before.events else None)
    now_event = first.now or _same_place(found) if "quote_gone" not in first.fields else first.now
    fields = tuple(dict.fromkeys(names))
    return Correction(
        was=side(was_event, old_title, before.version),
        now=side(now_event, reading.article.title, reading.version),
        fields=fields,
        gone=tuple(gone),
        reason="changed: " + ", ".join(fields),
    )


def _event_changes(before: Notice, reading: Reading, found: Assessment | None) -> list[Change]:
    after = found.events if found else ()
    changed = changes(before.events, after, reading.article)
    for quote in before.told.get("gone") or ():
        back = next((event for event in after if plain(event.quote) == plain(str(quote))), None)
        if back is not None:
            changed.append(Change(None, back, ("quote_back",)))
    return changed


def changes_in_order(changed: list[Change]) -> list[Change]:
    """Return changes with what inverts a claim first, a mere disappearance last."""
    return sorted(changed, key=lambda change: ("claim" not in change.fields, change.now is None))


def _lost_quotes(before: Notice, reading: Reading) -> list[str]:
    quotes = [str(item.get("quote", "")) for item in before.told.get("quotes") or ()]
    return [quote for quote in quotes if quote and not still_said(quote, reading.article)]


def _same_place(found: Assessment | None) -> Event | None:
    return found.events[0] if found and found.events else None
