"""Answers to pressure that do not name the act: "she refused to go", "he denied having pressured her"."""

from __future__ import annotations

from rules.events.draft import Draft
from rules.events.english.actors import actor_of
from rules.events.english.complements import complements
from rules.events.english.context import Person, Reading
from rules.events.english.phrases import Verb
from rules.events.english.slots import Actor
from rules.events.english.subjects import subject
from rules.events.english.words import ING
from state.records import Claim

_REFUSE = frozenset(("refuse", "decline", "reject", "spurn", "rebuff", "turn", "snub", "resist"))
_REFUSED_ACTS = frozenset(
    "go attend comply do budge accept follow obey sign agree oblige yield meet bow cave listen".split()
)
_OFFERS = frozenset(
    "offer offers invitation invitations overture overtures request requests demand demands call calls approach "
    "approaches pressure inducement inducements bribe bribes proposal proposals it them advances money".split()
)
_YIELD = frozenset("betray yield bow budge cave surrender sell".split())
_DENY = frozenset(("deny", "reject", "dismiss", "refute", "rebut", "dispute"))
_PRESS = frozenset(
    "pressure pressurise pressurize press lobby force coerce threaten urge bribe intimidate harass compel induce bully".split()
)
_PRESSURE = frozenset("pressure coercion duress intimidation threats inducement force blackmail".split())
_CHARGES = frozenset(
    "allegation allegations accusation accusations claim claims charge charges report reports".split()
)
_TALK = frozenset(
    "talk rumours rumors rumour rumor speculation suggestion suggestions gossip whispers".split()
)
_NO = frozenset(("not", "no", "never", "without", "nor", "any"))


def read_replies(r: Reading, *, pressed: bool, moved: bool = False) -> list[Draft]:
    """Return refusals and denials; ``pressed`` tells that pressure was told just
    before, ``moved`` that the sentence tells of others who left."""
    found: list[Draft] = []
    for verb in r.p.verbs:
        if r.p.tokens[verb.main].form is None:
            continue
        draft = None
        if (pressed or moved) and verb.lemma in _REFUSE:
            draft = _refusal_of(r, verb, pressed=pressed)
        elif (pressed and verb.lemma in ("stay", "remain") and verb.modal in ("will", "'ll", "would")) or (
            pressed and verb.lemma in _YIELD and verb.negated and verb.modal
        ):
            draft = _make_reply(r, "switch", Claim.REFUSED, actor_of(r, subject(r.p, verb)))
        elif pressed and verb.lemma in ("call", "brand", "describe") and _is_called_false(r, verb):
            draft = _make_reply(r, "pressure", Claim.DENIED, Actor(None))
        elif verb.lemma in _DENY:
            draft = _denial_of(r, verb, pressed=pressed)
        elif verb.lemma in _PRESS and verb.negated and verb.passive:
            draft = _make_reply(r, "pressure", Claim.DENIED, actor_of(r, subject(r.p, verb)))
        if draft is not None:
            found.append(draft)
    return found or _no_pressure(r)


def _is_called_false(r: Reading, verb: Verb) -> bool:
    """Tell whether a charge is called false: "called the accusation baseless"."""
    behind = {t.low for t in r.p.tokens[verb.last : verb.last + 8]}
    return bool(behind & _CHARGES) and bool(behind & r.words.claims["denied"].adjectives)


def _refusal_of(r: Reading, verb: Verb, *, pressed: bool) -> Draft | None:
    if verb.lemma == "turn" and r.p.tokens[min(verb.last, len(r.p.tokens) - 1)].low != "down":
        return None
    following = next((v for v in r.p.verbs if v.first == verb.last and v.infinitive), None)
    if not pressed and not (following is not None and following.lemma in ("follow", "join")):
        return None
    alone = verb.lemma == "refuse" and verb.last < len(r.p.tokens) and r.p.tokens[verb.last].low in (".", ",")
    objects = [c.phrase for c in complements(r.p, verb) if c.how == ""]
    offered = any(r.p.tokens[phrase.head].low in _OFFERS for phrase in objects)
    if not (following is not None and following.lemma in _REFUSED_ACTS) and not (offered or alone):
        return None
    actor = actor_of(r, subject(r.p, verb))
    return (
        _make_reply(r, "switch", Claim.REFUSED, actor) if actor is not None and not actor.is_party else None
    )


def _denial_of(r: Reading, verb: Verb, *, pressed: bool) -> Draft | None:
    inner = next((v for v in r.p.verbs if v.first >= verb.last and v.first <= verb.last + 3), None)
    who = actor_of(r, subject(r.p, verb))
    if who is None:
        return None
    if inner is not None and inner.lemma in _PRESS and inner.use == ING:
        if any(v.infinitive and v.first < inner.last + 8 for v in r.p.verbs if v.first >= inner.last):
            return None
        target = next((c.phrase for c in complements(r.p, inner) if c.how == ""), None)
        if inner.passive or r.p.tokens[inner.first].low == "being":
            return _make_reply(r, "pressure", Claim.DENIED, who)
        draft = _make_reply(r, "pressure", Claim.DENIED, actor_of(r, target))
        if draft is not None:
            draft.by = who.text
        return draft
    items = [r.p.tokens[c.phrase.head].low for c in complements(r.p, verb)]
    if set(items) & _TALK and who.politician:
        return _make_reply(r, "switch", Claim.DENIED, who)
    charged = bool(set(items) & _CHARGES) and (pressed or bool(set(items) & _PRESSURE))
    if charged or (items and items[0] in _PRESSURE):
        draft = _make_reply(r, "pressure", Claim.DENIED, Actor(None))
        if draft is not None:
            draft.by = who.text
        return draft
    return None


def _no_pressure(r: Reading) -> list[Draft]:
    tokens = r.p.tokens
    for index, token in enumerate(tokens):
        if token.low not in _PRESSURE or token.pos == "V":
            continue
        if not {t.low for t in tokens[max(0, index - 4) : index]} & _NO:
            continue
        first = next((v for v in r.p.verbs if v.last <= index), None)
        actor = actor_of(r, subject(r.p, first)) if first is not None else None
        if actor is None or not actor.text:
            speaker: Person | None = r.context.speaker
            actor = Actor(speaker.name, named=True) if speaker is not None else None
        draft = _make_reply(r, "pressure", Claim.DENIED, actor)
        return [draft] if draft is not None else []
    return []


def _make_reply(r: Reading, subkind: str, claim: Claim, actor: Actor | None) -> Draft | None:
    if actor is None:
        return None
    draft = Draft("defection", subkind, claim, r.where)
    draft.actor, draft.actor_named, draft.actor_party = actor.text, actor.named, actor.party
    draft.count, draft.count_min = actor.count, actor.count_min
    return draft
