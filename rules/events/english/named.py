"""Whom an office in the lead means: "a Swedish MP has left", and below "Martin Hallgren wrote"."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.draft import Draft
from rules.events.english.context import Person, Reading, describing, person_name, text_of
from rules.events.english.phrases import Phrase
from rules.events.english.subjects import subject
from rules.events.fit import MOVES, initials, plural, vague_party
from state.records import Claim

_REACH = 4
_SUBKINDS = MOVES | {"", "recruitment", "military", "state", "pressure", "expelled"}
#: People who comment on what others do.
_COMMENTING = frozenset(
    "spokesman spokeswoman spokesperson analyst professor secretary secretary-general commissioner lecturer lawyer "
    "chairman chairwoman chair speaker whip minister premier president prosecutor judge police researcher "
    "scientist observer activist expert resident colleague".split()
)


def name_actors(drafts: Sequence[Draft], readings: Sequence[Reading]) -> None:
    """Give each mover told only by an office the name that the following sentences give, in place.

    Of several movers the one who is told to speak for them is named; their
    number stays.
    """
    for draft in drafts:
        if (
            draft.kind != "defection"
            or draft.actor_named
            or not draft.actor
            or draft.subkind not in _SUBKINDS
        ):
            continue
        person = _named_below(draft, readings)
        if person is not None:
            draft.actor, draft.actor_named = person.name, True
            draft.office = draft.office or person.national
            _take_side(draft, person)


def name_parties(drafts: Sequence[Draft], readings: Sequence[Reading]) -> None:
    """Give a party told only by a description the name that opens one of the next sentences, in place."""
    for draft in drafts:
        single = draft.kind == "dissolution" and not draft.actor_named and (draft.count_min or 1) == 1
        if not single or draft.actor is None or not _is_one_party(draft.actor):
            continue
        name = next((n for r in readings if (n := _opening_party(r, draft)) is not None), None)
        if name is not None and not any(d.actor == name and d is not draft for d in drafts):
            draft.actor, draft.actor_named = name, True


def _is_one_party(text: str) -> bool:
    last = text.lower().split()[-1]
    return last in ("party", "movement", "organisation", "offshoot", "outfit", "group")


def _opening_party(r: Reading, draft: Draft) -> str | None:
    """Return the party that a following sentence is about."""
    near = 0 < r.where.order - draft.where.order <= 2 and not r.where.headline and not r.where.comment
    first = r.p.phrases[0] if near and r.p.phrases else None
    if first is None or first.first > 1 or first.kind != "party" or not first.parties or first.owner >= 0:
        return None
    return r.p.parties[first.parties[0]].name


def _take_side(draft: Draft, person: Person) -> None:
    side = person.party
    fits = draft.from_ is None or (vague_party(draft.from_) and not draft.from_named)
    if side and fits and side != draft.to and draft.claim is not Claim.REVERSED:
        draft.from_, draft.from_named = side, True


def _named_below(draft: Draft, readings: Sequence[Reading]) -> Person | None:
    several = plural(draft)
    near = [r for r in readings if r.where.order >= draft.where.order and not r.where.comment]
    body = [r for r in near if not r.where.headline or r.where.order == draft.where.order][: _REACH + 1]
    for r in body:
        at_home = r.where.order == draft.where.order
        person = _one_of_them(r, draft) if several else None if at_home else _leading(r, draft)
        if person is not None:
            return person
    return None


def _leading(r: Reading, draft: Draft) -> Person | None:
    """Return the first person that a sentence is about: its subject, in full, no commentator."""
    for phrase in r.p.phrases:
        if phrase.kind not in ("name", "person"):
            continue
        name = person_name(r.p, phrase, r.words)
        person = r.context.people.get(name.lower()) if name else None
        if name is None or person is None or " " not in person.name:
            continue
        leads = any(subject(r.p, v) is phrase for v in r.p.verbs if v.finite)
        if leads and not _comments(r, phrase, draft):
            return person
        return None
    return None


def _comments(r: Reading, phrase: Phrase, draft: Draft) -> bool:
    lows = {r.p.tokens[i].low for part in describing(r.p, phrase) for i in range(part.first, part.last)}
    known = set((draft.actor or "").lower().replace("-", " ").split())
    return bool(lows & _COMMENTING - known)


def _one_of_them(r: Reading, draft: Draft) -> Person | None:
    """Return who is "one of the two", "legislator X" after "two legislators", "their spokesman"."""
    lows = [t.low for t in r.p.tokens]
    said = (draft.actor or "").lower().split()
    for phrase in r.p.phrases:
        if phrase.kind not in ("name", "person"):
            continue
        name = person_name(r.p, phrase, r.words)
        person = r.context.people.get(name.lower()) if name else None
        if person is None or " " not in person.name:
            continue
        before = lows[max(0, phrase.first - 7) : phrase.first]
        after = lows[phrase.last : phrase.last + 8]
        beside = [*before, *after]
        pair = "one" in beside and ("of" in beside) and bool({"the", "them"} & set(beside))
        theirs = before[-3:-1] == ["their", "spokesman"] or before[-2:] == ["their", "spokesman"]
        led = before[-2:] == ["led", "by"] or (before[:1] == ["led"] and "by" in before)
        office = next((t for t in text_of(r.p, phrase).lower().split() if f"{t}s" in said), None)
        if pair or theirs or led or (office is not None and r.where.order > draft.where.order):
            return person
    return None


def spell_out(drafts: Sequence[Draft], readings: Sequence[Reading]) -> None:
    """Put the body's long name in place of a headline's initials that the body does not use, in place."""
    body = [r for r in readings if not r.where.headline and not r.where.comment]
    used = {t.text for r in body for t in r.p.tokens}
    long = list(dict.fromkeys(name.name for r in body for name in r.p.parties if " " in name.name))
    for draft in drafts:
        for slot in ("from_", "to"):
            short = getattr(draft, slot) if draft.where.headline else None
            if short and short.isupper() and short not in used:
                spelt = next((name for name in long if initials(short, name)), None)
                setattr(draft, slot, spelt or short)
