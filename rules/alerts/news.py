"""What one article adds to what has been told of an alert already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.alerts.meaning import GROUPS, plain
from state.records import Claim, Event, Severity

#: Claims under which a name newly heard is news; a refusal or a background mention is not.
_TELLING = (Claim.REPORTED, Claim.CLAIMED)


@dataclass(frozen=True, slots=True)
class Known:
    """All that was told of one alert: its events and the loudest severity."""

    severity: Severity
    events: tuple[Event, ...]


def news(known: Known, severity: Severity, events: Sequence[Event]) -> tuple[str, ...]:
    """Return why these events deserve an update; empty if all of it was told before."""
    reasons: list[str] = []
    if severity > known.severity:
        reasons.append(f"severity rises from {known.severity.label} to {severity.label}")
    reasons += _moved(known.events, events)
    reasons += _new_subkinds(known.events, events)
    reasons += _new_names(known.events, events)
    reasons += _grown(known.events, events)
    return tuple(reasons)


def _moved(told: Sequence[Event], events: Sequence[Event]) -> list[str]:
    """Claims moved: a group of claims appears that had not been told."""
    if not told:
        return []
    before = {GROUPS[event.claim] for event in told if event.claim in GROUPS}
    now = {GROUPS[event.claim] for event in events if event.claim in GROUPS}
    return [f"the claim moves to {group}" for group in sorted(now - before)] if before else []


def _new_subkinds(told: Sequence[Event], events: Sequence[Event]) -> list[str]:
    before = {event.subkind for event in told}
    fresh = {event.subkind for event in events if event.claim != Claim.BACKGROUND} - before - {"background"}
    return [f"new sub-kind: {name}" for name in sorted(fresh)] if told else []


def _new_names(told: Sequence[Event], events: Sequence[Event]) -> list[str]:
    known = "\n".join(plain(text) for event in told for text in (*_sides(event), event.quote))
    ids = {name for event in told for name in (event.actor_id, event.from_id, event.to_id) if name}
    fresh: list[str] = []
    for event in events:
        if event.claim not in _TELLING or not told:
            continue
        for words, known_id in zip(_sides(event), (event.actor_id, event.from_id, event.to_id), strict=True):
            if known_id in ids:
                continue
            named = [words] if known_id else names_in(words, begins=event.quote.startswith(words))
            fresh += [name for name in named if plain(name) not in known]
    return [f"newly named: {name}" for name in dict.fromkeys(fresh)]


def _sides(event: Event) -> tuple[str, str, str]:
    return (event.actor or "", event.from_ or "", event.to or "")


def names_in(words: str, *, begins: bool = False) -> list[str]:
    """Return the names in a phrase, without the description around them.

    In a script with capitals these are its runs of capitalised words; a single
    one that begins its sentence tells nothing.  In a script without, a phrase
    free of digits is taken for a name.
    """
    if not any(char.isupper() or char.islower() for char in words):
        return [words] if words and not any(char.isnumeric() for char in words) else []
    runs: list[list[str]] = [[]]
    for word in words.split():
        if word[:1].isupper():
            runs[-1].append(word.strip(",;:()"))
        elif runs[-1]:
            runs.append([])
    if begins and len(runs[0]) == 1 and words.split()[0] in runs[0] and not runs[0][0].isupper():
        runs = runs[1:]
    return [" ".join(run) for run in runs if run]


def _grown(told: Sequence[Event], events: Sequence[Event]) -> list[str]:
    """Counts at least doubled, over the highest told for the same kind of claim."""
    reasons: list[str] = []
    for event in events:
        before = [
            other.count_min
            for other in told
            if other.count_min and GROUPS.get(other.claim) == GROUPS.get(event.claim)
        ]
        if event.count_min and before and event.count_min >= 2 * max(before):
            reasons.append(f"the count grows from {max(before)} to {event.count_min}")
    return list(dict.fromkeys(reasons))
