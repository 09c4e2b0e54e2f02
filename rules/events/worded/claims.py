"""The claim of an act: which cue words reach it within its clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.events.worded.lexicon import Cue, Lexicon, Trigger, by_text, whole
from rules.events.worded.mention import Mention, Sentence
from state.records import Claim

#: The first that applies is the claim.
ORDER = (
    Claim.REVERSED,
    Claim.REFUSED,
    Claim.DENIED,
    Claim.BACKGROUND,
    Claim.CONDITIONAL,
    Claim.THREATENED,
    Claim.SOUGHT,
    Claim.CALLED_FOR,
    Claim.PLANNED,
    Claim.RUMOURED,
    Claim.CLAIMED,
    Claim.ESTIMATED,
)
#: How near a plan stands to the request that it plans.
_ADJACENT_WORDS, _ADJACENT_LETTERS = 4, 10
#: What the form of the act itself can tell: "will leave", "would be leaving".
_BY_FORM = frozenset((Claim.PLANNED, Claim.RUMOURED))
_UNDONE = (Claim.REVERSED, Claim.REFUSED, Claim.DENIED)
_HARD = re.compile(r"[;:—–!?؟；：？！]|[“”«»「」『』]")


@dataclass(slots=True)
class Act:
    """An act found in a sentence: its row of the lexicon and its place in folded text."""

    trigger: Trigger
    start: int
    end: int


def rank(claim: Claim) -> float:
    """Return how early a claim decides; a plan known by hearsay alone is hearsay."""
    if claim is Claim.PLANNED:
        return ORDER.index(Claim.RUMOURED) + 0.5
    return ORDER.index(claim) if claim in ORDER else len(ORDER)


def claim_of(
    sentence: Sentence, act: Act, lexicon: Lexicon, names: Sequence[Mention] = ()
) -> tuple[Claim, str]:
    """Return the claim of an act by the cues that reach it, and the sub-kind that a cue makes of it.

    A word within one of the ``names`` is no cue: the committee that *organises* elections.
    """
    text, scope = sentence.folded.text, _scope(sentence, act, lexicon)
    places: dict[Claim, list[tuple[int, int]]] = {}
    if act.trigger.claim is not None:
        places[act.trigger.claim] = [(act.start, act.end)]
    for match in lexicon.cue.finditer(text) if lexicon.cue is not None else ():
        inside = act.start <= match.start() and match.end() <= act.end
        named = any(m.start <= match.start() and match.end() <= m.end for m in names)
        if named or not whole(text, match.end()):
            continue
        for cue in by_text(lexicon.cues, match.group()):
            if cue.claim in _BY_FORM if inside else _reaches(text, cue, match.span(), act, scope, lexicon):
                places.setdefault(cue.claim, []).append(match.span())
    met = set(places) - _only_conditions(places, act)
    if {Claim.REFUSED, Claim.RUMOURED} <= met:
        # Who rejects a rumour denies it.
        met = met - {Claim.REFUSED} | {Claim.DENIED}
    if _planned_request(text, places, lexicon):
        met.discard(Claim.SOUGHT)
    if Claim.RUMOURED in met:
        # A plan known by hearsay alone is hearsay.
        met.discard(Claim.PLANNED)
    if Claim.THREATENED in met:
        # A threat names what would set it off.
        met.discard(Claim.CONDITIONAL)
    claim = next((name for name in ORDER if name in met), Claim.REPORTED)
    if claim is Claim.CONDITIONAL and act.trigger.kind == "defection":
        # Whoever says when he would go threatens to go.
        claim = Claim.THREATENED
    pressed = act.trigger.kind == "defection" and Claim.CALLED_FOR in met
    return claim, "pressure" if pressed and claim in (
        Claim.CALLED_FOR,
        Claim.DENIED,
        Claim.CLAIMED,
    ) else ""


def _only_conditions(places: Mapping[Claim, Sequence[tuple[int, int]]], act: Act) -> set[Claim]:
    """Return the claims whose cues all stand behind an "if": "will be banned if it does not register"."""
    conditions = places.get(Claim.CONDITIONAL, ())

    def under(place: tuple[int, int]) -> bool:
        return any(c[1] <= place[0] and not c[1] <= act.start < place[0] for c in conditions)

    return {claim for claim in _UNDONE if claim in places and all(under(place) for place in places[claim])}


def _planned_request(text: str, places: Mapping[Claim, Sequence[tuple[int, int]]], lexicon: Lexicon) -> bool:
    """Tell whether a request itself is only planned: "will ask the court to", "청구하기로 했다"."""
    for first in places.get(Claim.PLANNED, ()):
        for second in places.get(Claim.SOUGHT, ()):
            low, high = sorted((first, second))
            between = text[low[1] : high[0]]
            far = between.count(" ") > _ADJACENT_WORDS if lexicon.spaced else len(between) > _ADJACENT_LETTERS
            if not far:
                return True
    return False


def cue_alone(sentence: Sentence, lexicon: Lexicon) -> Claim | None:
    """Return what a sentence without an act says of the act beside it: that it is denied, refused, rumour."""
    text, met = sentence.folded.text, set()
    for match in lexicon.cue.finditer(text) if lexicon.cue is not None else ():
        if whole(text, match.end()):
            rows = by_text(lexicon.cues, match.group())
            met |= {cue.claim for cue in rows if cue.where not in ("beside", "near", "before")}
    wanted = (Claim.REVERSED, Claim.REFUSED, Claim.DENIED, Claim.RUMOURED)
    return next((claim for claim in wanted if claim in met), None)


def _reaches(
    text: str, cue: Cue, place: tuple[int, int], act: Act, scope: tuple[int, int], lexicon: Lexicon
) -> bool:
    before = place[1] <= act.start
    if cue.where == "sentence" or (cue.claim is Claim.RUMOURED and cue.where == "clause" and before):
        # Hearsay stands at the head of a sentence and covers all of it.
        return True
    if (cue.where in ("before", "near") and not before) or (cue.where == "after" and before):
        return False
    if not (scope[0] <= place[0] and place[1] <= scope[1]):
        return False
    between = text[place[1] : act.start] if before else text[act.end : place[0]]
    distance = between.count(" ") + between.count(",") if lexicon.spaced else len(between)
    return distance <= (lexicon.beside if cue.where in ("beside", "near") else lexicon.reach)


def _scope(sentence: Sentence, act: Act, lexicon: Lexicon) -> tuple[int, int]:
    """Return the clause of an act in folded text: between hard stops and words that begin another clause."""
    text = sentence.folded.text
    begin, stop = 0, len(text)
    first, last = sentence.folded.span(act.start, act.end)
    for mark in _HARD.finditer(sentence.text):
        place = _after(sentence, mark.end())
        if mark.end() <= first:
            begin = max(begin, place)
        elif mark.start() >= last:
            stop = min(stop, max(place, act.end))
            break
    stops = lexicon.pattern("stops")
    for hit in stops.finditer(text) if stops is not None else ():
        if begin < hit.end() <= act.start:
            begin = hit.start()
        elif hit.start() >= act.end and hit.start() < stop:
            stop = hit.start()
            break
    return begin, stop


def _after(sentence: Sentence, source: int) -> int:
    starts = sentence.folded.starts
    return int((starts < source).sum())
