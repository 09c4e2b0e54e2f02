"""Who moved from where to where, or which party was ended by whom, within one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.events.draft import Draft
from rules.events.lexical.parties import Party, acronyms
from rules.events.lexical.scan import Hit, Sentence

_NUMBER = re.compile(r"\d[\d.,\u00a0 ]{0,9}\d|\d")
_BREAK = re.compile(r"[,;:()\[\]«»“”\"、，；：（）「」『』،؛။၊༎།]")
_ADJACENT = 14


@dataclass(frozen=True, slots=True)
class Place:
    """Published offsets of a trigger in its sentence."""

    start: int
    end: int


def fill(draft: Draft, trigger: Hit, sentence: Sentence, parties: list[Party]) -> None:
    """Put actor, sides, body and count of an act into its draft."""
    start, end = sentence.original(trigger.start, trigger.end)
    at = Place(start, end)
    if draft.kind == "dissolution":
        _fill_ending(draft, at, sentence, parties)
    else:
        _fill_move(draft, trigger, at, sentence, parties)
    _fill_count(draft, at, sentence)


def _fill_ending(draft: Draft, at: Place, sentence: Sentence, parties: list[Party]) -> None:
    body = _nearest_body(at, sentence)
    if body:
        draft.by = body
    ended = _object(at, sentence, [p for p in parties if p.named]) or _object(at, sentence, parties)
    if ended:
        draft.actor, draft.actor_named = ended.text, ended.named


def _nearest_body(at: Place, sentence: Sentence) -> str | None:
    bodies = sentence.of("body")
    if not bodies:
        return None
    chosen = min(bodies, key=lambda hit: abs(sentence.original(hit.start, hit.end)[0] - at.start))
    return sentence.words(chosen.start, chosen.end)


def _object(at: Place, sentence: Sentence, parties: list[Party]) -> Party | None:
    """Return the party that the verb is about: the nearest on the side where the language puts objects."""
    before = [p for p in parties if p.end <= at.start + 2]
    after = [p for p in parties if p.start >= at.end - 2]
    inside = [p for p in parties if p not in before and p not in after]
    if inside:
        return inside[0]
    first, second = (before[::-1], after) if sentence.lexicon.verb_last else (after, before[::-1])
    return (first or second or [None])[0]


def _fill_move(draft: Draft, trigger: Hit, at: Place, sentence: Sentence, parties: list[Party]) -> None:
    people = _people(at, sentence)
    free = list(parties)
    for party in parties:
        role = _marked(party, sentence)
        if role and getattr(draft, role) is None:
            setattr(draft, role, party.text)
            free.remove(party)
    owned = next(
        (p for p in free if people and people[0] <= p.start and p.end <= people[1] and p.end <= at.start + 2),
        None,
    )
    if owned:
        free.remove(owned)
        draft.actor_party = owned.text
    if trigger.sense.takes in ("from_", "to") and getattr(draft, trigger.sense.takes) is None:
        objects = free or (
            acronyms(sentence) if draft.from_ is None and draft.to is None and not parties else []
        )
        chosen = _object(at, sentence, [p for p in objects if p.named]) or _object(at, sentence, objects)
        if chosen:
            setattr(draft, trigger.sense.takes, chosen.text)
            free = [p for p in free if p != chosen]
    if draft.from_ is None and owned and owned.text != draft.to:
        draft.from_ = owned.text
    if people:
        draft.actor = sentence.text[people[0] : people[1]].strip()
        draft.office = any(
            people[0] <= sentence.original(h.start, h.end)[0] < people[1] for h in sentence.of("office")
        )


def _marked(party: Party, sentence: Sentence) -> str | None:
    """Return the side that a word right beside a party gives it."""
    for hit in sentence.of("from", "to"):
        start, end = sentence.original(hit.start, hit.end)
        gap = party.start - end if hit.sense.where == "before" else start - party.end
        between = (
            sentence.text[end : party.start]
            if hit.sense.where == "before"
            else sentence.text[party.end : start]
        )
        if 0 <= gap <= _ADJACENT and not _BREAK.search(between):
            return "from_" if hit.sense.label == "from" else "to"
    return None


def _people(at: Place, sentence: Sentence) -> tuple[int, int] | None:
    """Return the published place of the words for who moves: a noun for people with what clings to it."""
    nouns = [sentence.original(hit.start, hit.end) for hit in sentence.of("people", "office")]
    before = [noun for noun in nouns if noun[1] <= at.start]
    chosen = (before[-1] if before else None) or next(iter(noun for noun in nouns if noun[0] >= at.end), None)
    if chosen is None:
        return _leading_name(at, sentence)
    start = _phrase_start(chosen[0], sentence)
    end = _phrase_end(chosen[1], at, sentence)
    return start, max(end, chosen[1])


def _phrase_start(at: int, sentence: Sentence) -> int:
    """Go back to the last verb, marker or break before the noun."""
    start = max((found.end() for found in _BREAK.finditer(sentence.text, 0, at)), default=0)
    for hit in sentence.of("stop", "saying", "claim", "trigger", "from", "to"):
        _, end = sentence.original(hit.start, hit.end)
        if end <= at:
            start = max(start, end)
    return start + len(sentence.text[start:at]) - len(sentence.text[start:at].lstrip())


def _phrase_end(at: int, trigger: Place, sentence: Sentence) -> int:
    """Go on to the first verb, marker, break or the act itself after the noun."""
    limit = trigger.start if trigger.start >= at else len(sentence.text)
    found = _BREAK.search(sentence.text, at, limit)
    end = found.start() if found else limit
    for hit in sentence.of("stop", "saying", "claim", "trigger", "from", "to", "body"):
        start, _ = sentence.original(hit.start, hit.end)
        if start >= at:
            end = min(end, start)
            break
    return min(end, at + 80)


def _leading_name(at: Place, sentence: Sentence) -> tuple[int, int] | None:
    """Return the capitalised words that open a sentence before the act, in scripts that have capitals."""
    if not sentence.lexicon.capitals:
        return None
    found = re.match(r"(?:[^\W\d_][\w'’-]*\s+){0,5}?[^\W\d_][\w'’-]*(?=\s)", sentence.text[: at.start])
    words = found.group().split() if found else []
    named = [word for word in words if word[:1].isupper()]
    return (0, found.end()) if found and len(named) >= 2 and len(named) == len(words) else None


def _fill_count(draft: Draft, at: Place, sentence: Sentence) -> None:
    """Take a number that stands with the people who move."""
    if not draft.actor or draft.kind != "defection":
        return
    found = _NUMBER.search(draft.actor)
    if found:
        digits = re.sub(r"\D", "", found.group())
        if 0 < len(digits) <= 7:
            draft.count, draft.count_min = found.group(), int(digits)
