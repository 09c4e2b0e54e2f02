"""Answers to pressure that do not name the act: "she refused to go", "he denied having pressured her"."""

from __future__ import annotations

from rules.events.draft import Draft, Where
from rules.events.english.clauses import complements, subject
from rules.events.english.context import Context, Person
from rules.events.english.phrases import Parsed, Verb
from rules.events.english.roles import Actor, Roles
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
_NO = frozenset(("not", "no", "never", "without", "nor", "any"))


class Replies:
    """Reads the answers of one sentence."""

    def __init__(self, p: Parsed, context: Context, where: Where) -> None:
        self.p = p
        self.context = context
        self.where = where
        self.roles = Roles(p, context)

    def read(self, *, pressed: bool) -> list[Draft]:
        """Return refusals and denials; ``pressed`` tells that pressure was told just before."""
        found: list[Draft] = []
        for verb in self.p.verbs:
            if self.p.tokens[verb.main].form is None:
                continue
            draft = None
            if pressed and verb.lemma in _REFUSE:
                draft = self._refusal(verb)
            elif pressed and verb.lemma in ("stay", "remain") and verb.modal in ("will", "'ll", "would"):
                draft = self._draft("switch", Claim.REFUSED, self.roles.actor(subject(self.p, verb)))
            elif pressed and verb.lemma in _YIELD and verb.negated and verb.modal:
                draft = self._draft("switch", Claim.REFUSED, self.roles.actor(subject(self.p, verb)))
            elif verb.lemma in _DENY:
                draft = self._denial(verb, pressed=pressed)
            elif verb.lemma in _PRESS and verb.negated and verb.passive:
                draft = self._draft("pressure", Claim.DENIED, self.roles.actor(subject(self.p, verb)))
            if draft is not None:
                found.append(draft)
        return found or self._no_pressure()

    def _refusal(self, verb: Verb) -> Draft | None:
        if verb.lemma == "turn" and self.p.tokens[min(verb.last, len(self.p.tokens) - 1)].low != "down":
            return None
        following = next((v for v in self.p.verbs if v.first == verb.last and v.infinitive), None)
        objects = [c.phrase for c in complements(self.p, verb) if c.how == ""]
        offered = any(self.p.tokens[phrase.head].low in _OFFERS for phrase in objects)
        if not (following is not None and following.lemma in _REFUSED_ACTS) and not offered:
            return None
        actor = self.roles.actor(subject(self.p, verb))
        return (
            self._draft("switch", Claim.REFUSED, actor) if actor is not None and not actor.is_party else None
        )

    def _denial(self, verb: Verb, *, pressed: bool) -> Draft | None:
        inner = next((v for v in self.p.verbs if v.first >= verb.last and v.first <= verb.last + 3), None)
        who = self.roles.actor(subject(self.p, verb))
        if who is None:
            return None
        if inner is not None and inner.lemma in _PRESS and inner.use == ING:
            if any(v.infinitive and v.first < inner.last + 8 for v in self.p.verbs if v.first >= inner.last):
                return None
            target = next((c.phrase for c in complements(self.p, inner) if c.how == ""), None)
            if inner.passive or self.p.tokens[inner.first].low == "being":
                return self._draft("pressure", Claim.DENIED, who)
            draft = self._draft("pressure", Claim.DENIED, self.roles.actor(target))
            if draft is not None:
                draft.by = who.text
            return draft
        items = [self.p.tokens[c.phrase.head].low for c in complements(self.p, verb)]
        charged = bool(set(items) & _CHARGES) and (pressed or bool(set(items) & _PRESSURE))
        if charged or (items and items[0] in _PRESSURE):
            draft = self._draft("pressure", Claim.DENIED, Actor(None))
            if draft is not None:
                draft.by = who.text
            return draft
        return None

    def _no_pressure(self) -> list[Draft]:
        tokens = self.p.tokens
        for index, token in enumerate(tokens):
            if token.low not in _PRESSURE or token.pos == "V":
                continue
            if not {t.low for t in tokens[max(0, index - 4) : index]} & _NO:
                continue
            first = next((v for v in self.p.verbs if v.last <= index), None)
            actor = self.roles.actor(subject(self.p, first)) if first is not None else None
            if actor is None or not actor.text:
                speaker: Person | None = self.context.speaker
                actor = Actor(speaker.name, named=True) if speaker is not None else None
            draft = self._draft("pressure", Claim.DENIED, actor)
            return [draft] if draft is not None else []
        return []

    def _draft(self, subkind: str, claim: Claim, actor: Actor | None) -> Draft | None:
        if actor is None:
            return None
        draft = Draft("defection", subkind, claim, self.where)
        draft.actor, draft.actor_named, draft.actor_party = actor.text, actor.named, actor.party
        draft.count, draft.count_min = actor.count, actor.count_min
        return draft
