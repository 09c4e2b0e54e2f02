"""A sentence about a party that is ended, barred or brought back, as a mention."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules.events.draft import Draft
from rules.events.english.actors import actor_of
from rules.events.english.acts import Hit
from rules.events.english.barring import frame_bans, frame_deny, frame_disqualify, frame_seats
from rules.events.english.context import Reading, same, text_of
from rules.events.english.ended import Ended
from rules.events.english.ending import (
    frame_declare,
    frame_end,
    frame_registration,
    frame_strike,
    frame_suspend,
)
from rules.events.english.governing import read_stance
from rules.events.english.phrases import Phrase
from rules.events.english.sides import after_of
from rules.events.english.slots import Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import climb, subject
from rules.events.english.undoing import frame_fate, frame_merge, frame_reinstate, frame_restore, frame_self
from rules.events.english.words import ING
from state.records import Claim

_LOOSE = frozenset("move moves effort efforts attempt attempts push process drive campaign bid".split())
_ASKED = frozenset((Claim.THREATENED, Claim.SOUGHT, Claim.CALLED_FOR))


_RULES = frozenset("rule order decide find decree announce declare hold warn".split())
Frame = Callable[[Reading, Hit, Stance], Ended | None]
#: Who reads which frame of the lexicon.
FRAMES: Mapping[str, Frame] = {
    "end": frame_end,
    "strike": frame_strike,
    "declare": frame_declare,
    "registration": frame_registration,
    "suspend": frame_suspend,
    "disqualify": frame_disqualify,
    "deny": frame_deny,
    "bans": frame_bans,
    "seats": frame_seats,
    "self": frame_self,
    "fate": frame_fate,
    "merge": frame_merge,
    "restore": frame_restore,
    "reinstate": frame_reinstate,
}


def read_dissolution(r: Reading, hit: Hit) -> Draft | None:
    """Return the mention that an act makes, or None where what is ended is no party."""
    stance = read_stance(r, hit.verb.first, hit.verb, "dissolution")
    for frame in hit.frames:
        ended = FRAMES[frame](r, hit, stance)
        if ended is not None:
            return make_dissolution(r, ended, stance)
    return None


def make_dissolution(r: Reading, ended: Ended, stance: Stance) -> Draft:
    """Return the mention with its claim, sub-kind and slots."""
    claim = _claim_of(r, ended, stance)
    draft = Draft("dissolution", ended.subkind, claim, r.where)
    party = ended.party
    draft.actor = ended.actor or (party.name or party.text if party else None)
    draft.actor_named = party is not None and party.name is not None
    draft.attributive = ended.relative
    facing = stance.governors[:1] == ["face"] and stance.top is not None and stance.top.use == ING
    draft.vague = facing or (bool(stance.governors) and stance.governors[0] in _LOOSE)
    draft.count, draft.count_min = ended.count, ended.count_min
    answered = claim in (Claim.REFUSED, Claim.DENIED) and "sought" in stance.labels
    asked = claim in _ASKED or answered
    if (asked or claim is Claim.REFUSED) and ended.subkind in ("court", "exec", "admin", "end"):
        draft.subkind = "sought"
    by = _doer(r, ended, stance, claim, asked=asked)
    if by is not None and by.kind == "pron":
        actor = actor_of(r, by)
        draft.by = actor.text if actor is not None else None
    elif by is not None and by.kind != "date":
        draft.by = _named_by(r, climb(r.p, by) if by.kind == "other" else by)
    if stance.speaker is not None and stance.speaker is not by:
        who = actor_of(r, stance.speaker)
        told = stance.speaker.kind in ("body", "other", "party", "group")
        draft.said_by = (
            who.text if who is not None and who.text else text_of(r.p, stance.speaker) if told else None
        )
    return draft


def _claim_of(r: Reading, ended: Ended, stance: Stance) -> Claim:
    """Return the claim, with what the party says of itself, and threats in the first person, told apart."""
    claim = ended.claim or stance.claim()
    done = claim in (Claim.PLANNED, Claim.REPORTED, Claim.THREATENED)
    if ended.subkind != "self" and done and _alleges_itself(r, stance, ended.party):
        return Claim.CLAIMED
    if claim is Claim.PLANNED and _is_own_threat(r, ended, stance):
        return Claim.THREATENED
    return Claim.PLANNED if claim is Claim.SOUGHT and ended.subkind == "self" else claim


def _doer(r: Reading, ended: Ended, stance: Stance, claim: Claim, *, asked: bool) -> Phrase | None:
    """Return who does, asks, threatens or decides it."""
    by = stance.asker if asked and stance.asker is not None else ended.agent
    if by is None and claim in (Claim.THREATENED, Claim.PLANNED, Claim.DENIED, Claim.REFUSED):
        top = stance.top if stance.top is not None and not stance.top.passive else None
        by = stance.asker or (subject(r.p, top) if top is not None else None)
    speaker = stance.speaker
    if by is None and speaker is not None and stance.speech in _RULES and speaker.kind == "body":
        return speaker
    return by


def _is_own_threat(r: Reading, ended: Ended, stance: Stance) -> bool:
    """Tell whether a speaker says in the first person that he will end another's party."""
    who = subject(r.p, stance.top) if stance.top is not None else None
    return ended.subkind != "self" and who is not None and r.p.tokens[who.head].low in ("i", "we")


def _alleges_itself(r: Reading, stance: Stance, party: Party | None) -> bool:
    """Tell whether the party itself says what is being done to it by others."""
    speaker = stance.speaker
    if speaker is None or party is None or stance.top is None:
        return False
    side = r.p.parties[speaker.parties[0]].name if speaker.parties else None
    of = after_of(r, speaker)
    if of is not None and of.parties:
        side = r.p.parties[of.parties[0]].name
    own = party.text.lower().startswith(("his ", "her ", "their ", "our ", "my "))
    return same(side, party.name) or (own and speaker.kind in ("person", "name", "group"))


def _named_by(r: Reading, phrase: Phrase) -> str | None:
    actor = actor_of(r, phrase)
    if actor is not None and actor.named and actor.text:
        return actor.text
    if r.p.tokens[phrase.head].low == "order":
        of = after_of(r, phrase)
        return text_of(r.p, of) if of is not None else None
    return text_of(r.p, phrase)
