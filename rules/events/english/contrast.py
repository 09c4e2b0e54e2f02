"""Changes of side told by two facts: elected for one party, now seen on the side of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.events.draft import Draft
from rules.events.english.actors import actor_from, actor_of
from rules.events.english.context import Reading, same
from rules.events.english.defection import make_defection
from rules.events.english.governing import read_stance
from rules.events.english.moving import Found
from rules.events.english.names import PartyName
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.slots import Actor, Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import climb
from rules.events.fit import initials
from state.records import Claim

_REACH = 8
_NEAR = 2
#: Words under which two parties stand beside each other without anybody moving.
_TOGETHER = frozenset(
    "coalition alliance pact talks merger merge debate poll polls survey match game".split()
)
_HAPPENED = (Claim.REPORTED, Claim.CLAIMED, Claim.RUMOURED, Claim.PLANNED, Claim.ESTIMATED, Claim.DENIED)


@dataclass(frozen=True, slots=True)
class _Fact:
    reading: Reading
    party: PartyName
    strong: bool


def read_contrast(readings: Sequence[Reading]) -> list[Draft]:
    """Return the change of side that two facts of an article tell, or nothing."""
    left = [fact for r in readings for fact in _facts(r, "left")]
    joined = [fact for r in readings for fact in _facts(r, "joined")]
    for now in joined:
        for then in left:
            apart = abs(now.reading.where.order - then.reading.where.order)
            if apart > _NEAR or same(now.party.name, then.party.name) or _within(now, then):
                continue
            draft = _move(then, now)
            if draft is not None:
                return [draft]
    return []


def _within(now: _Fact, then: _Fact) -> bool:
    """Tell whether one name is a short form of the other."""
    one, other = now.party.name.lower(), then.party.name.lower()
    return one in other or other in one or initials(now.party.name, then.party.name)


def _facts(r: Reading, role: str) -> list[_Fact]:
    lows = {t.low for t in r.p.tokens}
    if lows & _TOGETHER or r.p.headline:
        return []
    found = []
    for name in r.p.parties:
        said = _before(r, name)
        cues = [cue for cue in r.words.raw["contrast"][role] if _ends_with(said, cue.lower().split())]
        if cues or _worn(r, name, role):
            found.append(_Fact(r, name, bool(cues)))
    return found


def _before(r: Reading, name: PartyName) -> list[str]:
    """Return the words before a party's name, without "the ruling", up to the clause's start."""
    tokens, said = r.p.tokens, []
    for index in range(name.first - 1, max(-1, name.first - _REACH), -1):
        token = tokens[index]
        if token.text in (";", ":") or token.pos == "QUOTE" or token.party >= 0:
            break
        said.append(token.low)
    said.reverse()
    qualifiers = r.words.set("party.qualifiers") | {"the", "a", "an", "president's", "'s", "president"}
    while said and said[-1] in qualifiers:
        said.pop()
    return said


def _ends_with(said: Sequence[str], cue: Sequence[str]) -> bool:
    """Tell whether words end in a cue; "~" stands for up to two words."""
    if "~" not in cue:
        return list(said[-len(cue) :]) == list(cue)
    hole = list(cue).index("~")
    head, tail = list(cue[:hole]), list(cue[hole + 1 :])
    if list(said[-len(tail) :]) != tail:
        return False
    rest = list(said[: len(said) - len(tail)])
    return any(rest[len(rest) - gap - len(head) : len(rest) - gap] == head for gap in range(3))


def _worn(r: Reading, name: PartyName, role: str) -> bool:
    """Tell whether the party's badge or shirt is put on, or its card torn."""
    after = {t.low for t in r.p.tokens[name.last : name.last + 4]}
    lows = {t.low for t in r.p.tokens}
    shed = bool(lows & r.words.set("contrast.shed"))
    return bool(after & r.words.set("contrast.worn")) and shed == (role == "left")


def _move(then: _Fact, now: _Fact) -> Draft | None:
    r = now.reading
    verb = _verb_before(r, now.party)
    stance = read_stance(r, verb.first, verb, "defection") if verb is not None else Stance()
    if stance.claim() not in _HAPPENED:
        return None
    actor = _who(now) or _who(then)
    if actor is None or actor.is_party or not actor.text:
        return None
    from_, to = then.party.name, now.party.name
    return make_defection(r, Found(actor, Party(from_, from_), Party(to, to)), stance, verb)


def _verb_before(r: Reading, name: PartyName) -> Verb | None:
    return next((v for v in reversed(r.p.verbs) if v.last <= name.first), None)


def _who(fact: _Fact) -> Actor | None:
    """Return the person or group that a fact is told of: the last one before the party, else whom "she" means."""
    r = fact.reading
    people = [
        q for q in r.p.phrases if q.last <= fact.party.first and q.kind in ("person", "group", "name", "pron")
    ]
    for phrase in reversed(people):
        actor = _actor(r, phrase)
        if actor is not None:
            return actor
    after = [q for q in r.p.phrases if q.first >= fact.party.last and q.kind in ("person", "name")]
    named = next((_actor(r, q) for q in after[:1]), None)
    return named or (actor_from(r, r.context.person) if people == [] and r.context.person else None)


def _actor(r: Reading, phrase: Phrase) -> Actor | None:
    head = climb(r.p, phrase) if phrase.kind != "pron" else phrase
    actor = actor_of(r, head)
    known = actor is not None and actor.text and not actor.is_party
    if not known or actor is None:
        return None
    people = actor.named or actor.politician or actor.plural or bool(actor.party)
    return (
        actor if people and (phrase.kind != "name" or actor.politician or " " in (actor.text or "")) else None
    )
