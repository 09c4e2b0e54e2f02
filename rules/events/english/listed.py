"""Parties named one by one where a number of them was told: "five parties, among them X and Y"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.events.draft import Draft
from rules.events.english.context import Reading

_BETWEEN = frozenset(("the", ",", "and", "&", "(", ")"))
_NEAR = 2


def read_listed(readings: Sequence[Reading], found: Sequence[Draft]) -> list[Draft]:
    """Return one mention for each party that a list names after a counted end of parties."""
    made: list[Draft] = []
    for draft in found:
        if draft.kind != "dissolution" or draft.actor_named or (draft.count_min or 0) < 2:
            continue
        for r in readings:
            if 0 <= r.where.order - draft.where.order <= _NEAR and not r.where.headline:
                names = _names(r)
                made += [_one(draft, name, r) for name in names if not _told(name, [*found, *made])]
    return made


def _one(draft: Draft, name: str, r: Reading) -> Draft:
    return replace(
        draft, actor=name, actor_named=True, count=None, count_min=None, where=r.where, pressure=[], ids={}
    )


def _told(name: str, drafts: Sequence[Draft]) -> bool:
    return any(d.actor == name for d in drafts)


def _names(r: Reading) -> list[str]:
    """Return the party names of a list that "among them", "including" or "the three are" opens."""
    start = _opening(r)
    names: list[str] = []
    for index in range(start, len(r.p.tokens)) if start else ():
        token = r.p.tokens[index]
        if token.party >= 0:
            name = r.p.parties[token.party].name
            names += [name] if name not in names else []
        elif token.low not in _BETWEEN and not token.capital:
            break
    return names


def _opening(r: Reading) -> int:
    """Return the token behind the words that open a list, or 0."""
    lows = [t.low for t in r.p.tokens]
    for index, low in enumerate(lows):
        if low == "including" or lows[index : index + 2] == ["among", "them"]:
            return index + (1 if low == "including" else 2)
    numbers = r.words.raw["numbers"]
    counted = lows[:1] == ["they"] or (
        lows[:1] == ["the"] and len(lows) > 1 and lows[1] in {*numbers, "others"}
    )
    at = 1 if lows[:1] == ["they"] else 2
    return at + 1 if counted and lows[at : at + 1] in (["are"], ["were"]) else 0
