"""Parties and people named one by one where a number of them was told: "five parties, among them X and Y"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.events.draft import Draft
from rules.events.english.context import Reading, person_name
from rules.events.english.tokens import Token
from rules.events.fit import MOVES, plural

_BETWEEN = frozenset(("the", ",", "and", "&", "(", ")"))
_NEAR = 2
_MOST = 12
_OPENINGS = (
    ["among", "them"],
    ["among", "them", "is"],
    ["among", "them", "are"],
    ["among", "those"],
    ["those", "who", "left", "include"],
    ["they", "include"],
    ["the", "defectors", "include"],
    ["among", "the", "defectors"],
)


def read_listed(readings: Sequence[Reading], found: Sequence[Draft]) -> list[Draft]:
    """Return one mention for each party or person that a list names after their number was told."""
    made: list[Draft] = []
    for draft in sorted(found, key=lambda d: (d.to is None) + (d.from_ is None) + (d.actor is None)):
        several = (draft.count_min or 0) > 1 or (draft.kind == "defection" and plural(draft))
        if draft.actor_named or not several or (draft.kind == "defection" and draft.subkind not in MOVES):
            continue
        for r in readings:
            if 0 <= r.where.order - draft.where.order <= _NEAR and not r.where.headline:
                names = _parties(r) if draft.kind == "dissolution" else _people(r)
                made += [_one(draft, name, r) for name in names if not _told(name, [*found, *made])]
    return made


def _one(draft: Draft, name: str, r: Reading) -> Draft:
    subkind = "switch" if draft.subkind == "mass" else draft.subkind
    one = replace(
        draft, actor=name, actor_named=True, count=None, count_min=None, where=r.where, pressure=[], ids={}
    )
    one.subkind, one.listed = subkind, True
    return one


def _told(name: str, drafts: Sequence[Draft]) -> bool:
    return any(d.actor == name and (d.from_ or d.to or d.kind == "dissolution") for d in drafts)


def _parties(r: Reading) -> list[str]:
    """Return the party names of a list that "among them", "including" or "the three are" opens."""
    start = _opening(r)
    names: list[str] = []
    at, tokens = start, r.p.tokens
    while start and at < len(tokens):
        token = tokens[at]
        if token.party >= 0:
            party = r.p.parties[token.party]
            at, name = max(at + 1, party.last), party.name
            names += [name] if name not in names else []
        elif token.capital or token.low.startswith("al-"):
            end = _name_end(tokens, at)
            names.append(r.p.slice(at, end))
            at = end
        elif token.low in _BETWEEN:
            at += 1
        else:
            break
    return names if len(names) > 1 or any(t.party >= 0 for t in tokens[start:]) else []


def _name_end(tokens: Sequence[Token], at: int) -> int:
    """Return where a capitalised name ends, with its small words: "Ciudadanos al Frente"."""
    end = at + 1
    while end < len(tokens):
        small = tokens[end].low in ("of", "for", "al", "de", "el", "la", "the", "'s", "'") and end + 1 < len(
            tokens
        )
        inside = small and (tokens[end + 1].capital or tokens[end].low in ("of", "for"))
        if tokens[end].party >= 0 or not (tokens[end].capital or inside):
            break
        end += 1
    return end


def _people(r: Reading) -> list[str]:
    """Return the full names of people in such a list, with the offices between stepped over."""
    start = _opening(r)
    names: list[str] = []
    for phrase in r.p.phrases if start else ():
        ended = any(v.finite and start < v.first < phrase.first for v in r.p.verbs)
        if phrase.first < start or ended or len(names) == _MOST:
            continue
        name = person_name(r.p, phrase, r.words) if phrase.kind in ("person", "name") else None
        bracketed = phrase.first > 0 and r.p.tokens[phrase.first - 1].text == "("
        placed = bracketed or (
            phrase.first > start and r.p.tokens[phrase.first - 1].low in ("in", "of", "for", "at", "from")
        )
        if name is not None and " " in name and not placed and phrase.owner < phrase.head:
            names.append(name)
    return names


def _opening(r: Reading) -> int:
    """Return the token behind the words that open a list, or 0."""
    lows = [t.low for t in r.p.tokens]
    for index, low in enumerate(lows):
        if low == "including":
            return index + 1
        opened = [o for o in _OPENINGS if lows[index : index + len(o)] == o]
        if opened:
            return index + max(len(o) for o in opened)
    numbers = r.words.raw["numbers"]
    counted = lows[:1] == ["they"] or (
        lows[:1] == ["the"] and len(lows) > 1 and lows[1] in {*numbers, "others"}
    )
    at = 1 if lows[:1] == ["they"] else 2
    return at + 1 if counted and lows[at : at + 1] in (["are"], ["were"]) else 0
