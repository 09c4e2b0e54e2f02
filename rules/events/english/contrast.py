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
from rules.events.english.roles import Role, roles
from rules.events.english.slots import Actor, Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import climb
from rules.events.fit import initials
from state.records import Claim

_NEAR = 2
#: Words under which two parties stand beside each other without anybody moving.
_TOGETHER = frozenset(
    "coalition alliance pact talks merger merge debate poll polls survey match game nominee".split()
)
#: A party loses seats and people in other ways than by their going.
_LOST = frozenset(
    "election elections vote votes seats seat poll polls ballot died dies dead death killed arrested cancer funeral "
    "murdered jailed defeat landslide".split()
)
_HAPPENED = (Claim.REPORTED, Claim.CLAIMED, Claim.RUMOURED, Claim.PLANNED, Claim.ESTIMATED, Claim.DENIED)


@dataclass(frozen=True, slots=True)
class _Fact:
    reading: Reading
    role: Role

    @property
    def party(self) -> PartyName:
        return self.role.party


def read_contrast(readings: Sequence[Reading]) -> list[Draft]:
    """Return the changes of side that two facts of an article tell, one of each sentence."""
    facts = [_Fact(r, role) for r in readings if not _is_together(r) for role in roles(r)]
    left = [fact for fact in facts if not fact.role.joined]
    made: list[Draft] = []
    for now in facts:
        draft = _joined(now, left) if now.role.joined else _lost(now)
        if draft is not None and not any(d.where is draft.where for d in made):
            made.append(draft)
    return made


def _is_together(r: Reading) -> bool:
    return bool({t.low for t in r.p.tokens} & _TOGETHER)


def _joined(now: _Fact, left: Sequence[_Fact]) -> Draft | None:
    """Return the move to a side joined from the nearest side left, else from that of the actor."""
    near = [f for f in left if abs(now.reading.where.order - f.reading.where.order) <= _NEAR]
    for then in sorted(near, key=lambda f: abs(now.reading.where.order - f.reading.where.order)):
        apart = then.reading is not now.reading
        if same(now.party.name, then.party.name) or _within(now.party, then.party):
            continue
        if apart and (then.role.weak or then.reading.p.headline or now.reading.p.headline):
            continue
        return _move(now, _who(now) or _who(then), then.party.name)
    actor = _who(now)
    if actor is None or not actor.party or same(actor.party, now.party.name):
        return None
    return _move(now, actor, actor.party) if actor.named or actor.politician else None


def _lost(then: _Fact) -> Draft | None:
    """Return the departure that "the party lost its deputy leader" tells."""
    r, who = then.reading, then.role.who
    if who is None or {t.low for t in r.p.tokens} & _LOST:
        return None
    actor = actor_of(r, who)
    if actor is None or not actor.text or actor.is_party or not (actor.named or actor.partisan):
        return None
    return _make(then, actor, Party(then.party.name, then.party.name), None)


def _within(now: PartyName, then: PartyName) -> bool:
    """Tell whether one name is a short form of the other."""
    one, other = now.name.lower(), then.name.lower()
    return one in other or other in one or initials(now.name, then.name)


def _move(now: _Fact, actor: Actor | None, from_: str) -> Draft | None:
    if actor is None or actor.is_party or not actor.text:
        return None
    return _make(now, actor, Party(from_, from_), Party(now.party.name, now.party.name))


def _make(fact: _Fact, actor: Actor, from_: Party, to: Party | None) -> Draft | None:
    r = fact.reading
    verb = _verb_before(r, fact.party)
    stance = read_stance(r, verb.first, verb, "defection") if verb is not None else Stance()
    if stance.claim() not in _HAPPENED:
        return None
    return make_defection(r, Found(actor, from_, to), stance, verb)


def _verb_before(r: Reading, name: PartyName) -> Verb | None:
    before = next((v for v in reversed(r.p.verbs) if v.last <= name.first), None)
    return before or (r.p.verbs[0] if r.p.verbs else None)


def _who(fact: _Fact) -> Actor | None:
    """Return whom a fact is told of: who was taken, else the last one before the party, else whom "she" means."""
    r = fact.reading
    if fact.role.who is not None:
        return _actor(r, fact.role.who)
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
