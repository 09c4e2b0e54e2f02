"""Nouns for the end of a party: "the dissolution of X by Y", "faces a ban", "the now-dissolved X"."""

from __future__ import annotations

from rules.events.draft import Draft
from rules.events.english.complements import complements
from rules.events.english.context import Reading
from rules.events.english.dissolution import make_dissolution
from rules.events.english.ended import (
    Ended,
    end_subkind,
    ended_side,
    is_own_act,
    make_ended,
    registered_side,
    seat_owner,
)
from rules.events.english.governing import read_stance
from rules.events.english.phrases import Phrase
from rules.events.english.sides import antecedent_side
from rules.events.english.slots import Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import subject
from state.records import Claim

#: What is done before an end that has not come.
FACING = frozenset(
    "face escape avoid survive fear risk dodge await fight appeal evade challenge contest".split()
)
SAVING = frozenset("spare save protect rescue shield threaten".split())
_DECIDES = frozenset(
    "order uphold affirm confirm approve ratify endorse decree rule back announce declare".split()
)
_LEMMAS = {"ban": "ban", "outlawing": "outlaw", "proscription": "ban", "deregistration": "deregister"}
#: Claims under which a restoration has not happened.
_OPEN = frozenset(("sought", "called_for", "planned", "refused", "conditional"))


def read_nominal_end(r: Reading, at: int) -> Draft | None:
    """Read a nominal act: "the dissolution of X by Y", "a ban on X", "X's disbandment"."""
    phrase = r.p.phrase_at(at)
    if phrase is None or phrase.head != at:
        return None
    party, whose = _nominal_side(r, phrase)
    if party is None:
        party, whose = _threatened_side(r, phrase)
    kind = _nominal_kind(r, r.p.tokens[at].low)
    if party is None or whose is None or not kind:
        return None
    if kind in ("end", "suspend") and (_is_undone(r, phrase) or _is_of_any(r, party, whose)):
        return None
    stance = read_stance(r, phrase.first, None, "dissolution")
    if kind == "restore" and not stance.labels & _OPEN:
        stance.labels.clear()
    agent = _agent_of_noun(r, whose, stance)
    if kind == "end":
        low = r.p.tokens[at].low
        own = low == "self-dissolution" or (agent is not None and is_own_act(r, agent, party))
        kind = "self" if own else end_subkind(r, _LEMMAS.get(low, "dissolve"), agent)
    ended = make_ended(r, party, whose, kind, agent if kind != "self" else None)
    if kind == "restore":
        ended.claim = Claim.REVERSED if not stance.labels - {"rumoured", "claimed"} else None
    return make_dissolution(r, ended, stance)


def _is_of_any(r: Reading, party: Party, whose: Phrase) -> bool:
    """Tell whether only "de-registration of political parties" in general is spoken of, and nobody orders it."""
    lows = {t.low for t in r.p.tokens[whose.first : whose.last]}
    vague = party.name is None and lows <= {"political", "parties", "party", "a", "any"} and not r.p.headline
    return vague and not any(v.lemma in _DECIDES for v in r.p.verbs)


def _is_undone(r: Reading, phrase: Phrase) -> bool:
    """Tell whether the sentence goes on to undo the act: "the ban on X was lifted"; its verb tells that."""
    undoing = r.words.set("dissolution.restore")
    for verb in r.p.verbs:
        if verb.first >= phrase.last and verb.lemma in undoing and (verb.passive or r.p.headline):
            who = subject(r.p, verb)
            return who is not None and who.first <= phrase.first
    return False


def _agent_of_noun(r: Reading, whose: Phrase, stance: Stance) -> Phrase | None:
    """Return who does it: "by Y" behind the noun, else the subject of "ordered", "upheld"."""
    agent = _nominal_agent(r, whose.last)
    if agent is None and stance.top is not None and (not stance.governors or stance.governors[0] in _DECIDES):
        by = next((c.phrase for c in complements(r.p, stance.top) if c.how == "by"), None)
        agent = by if stance.top.passive else subject(r.p, stance.top)
    kinds = ("body", "group", "person", "name", "party")
    return agent if agent is not None and agent.kind in kinds else None


def _nominal_kind(r: Reading, low: str) -> str:
    for kind, path in (
        ("end", "nouns"),
        ("suspend", "suspend_nouns"),
        ("disq", "disq_nouns"),
        ("seats", "seat_nouns"),
        ("restore", "restore_nouns"),
    ):
        if low in r.words.set(f"dissolution.{path}"):
            return kind
    return ""


def _nominal_side(r: Reading, phrase: Phrase) -> tuple[Party | None, Phrase | None]:
    p = r.p
    following = p.tokens[phrase.last].low if phrase.last < len(p.tokens) else ""
    of = p.phrase_starting(phrase.last + 1)
    if following in ("of", "on", "against") and (of is None or of.kind != "date"):
        if of is not None and p.tokens[of.head].low in (
            "seats",
            "positions",
            "registration",
            "activities",
        ):
            return (
                seat_owner(r, of)
                if p.tokens[of.head].low in ("seats", "positions")
                else registered_side(r, of, [])[0]
            ), of
        if p.tokens[phrase.head].low in r.words.set("dissolution.seat_nouns"):
            return None, None
        return ended_side(r, of), of
    if p.tokens[phrase.head].low in r.words.set("dissolution.seat_nouns"):
        return None, None
    if phrase.owner >= 0:
        owner = Phrase(phrase.first, phrase.owner - 1, phrase.owner - 2, "party", phrase.parties, -1, True)
        head = p.tokens[owner.head]
        if head.party >= 0 or head.low in ("party",):
            return ended_side(r, owner), phrase
        return None, None
    if phrase.parties and p.tokens[phrase.head].low not in ("ban", "exclusion", "closure"):
        name = p.parties[phrase.parties[0]].name
        return Party(name, name), phrase
    if p.tokens[phrase.first].low == "its" and p.tokens[phrase.head].low in (
        "dissolution",
        "disbandment",
        "deregistration",
        "self-dissolution",
        "proscription",
    ):
        return antecedent_side(r, phrase, "it"), phrase
    return None, None


def _threatened_side(r: Reading, phrase: Phrase) -> tuple[Party | None, Phrase | None]:
    """Read "X faces dissolution", "spared X from a ban": the party is the verb's subject or object."""
    verb = next((v for v in reversed(r.p.verbs) if v.last <= phrase.first), None)
    if verb is None or phrase.first - verb.last > 9:
        return None, None
    between = [t.low for t in r.p.tokens[verb.last : phrase.first]]
    if verb.lemma in FACING and len(between) <= 3:
        who = subject(r.p, verb)
    elif verb.lemma in SAVING and {"from", "with"} & set(between):
        who = (
            subject(r.p, verb)
            if verb.passive
            else next((c.phrase for c in complements(r.p, verb) if c.how == ""), None)
        )
    else:
        return None, None
    party = ended_side(r, who)
    return (party, phrase) if party is not None else (None, None)


def _nominal_agent(r: Reading, at: int) -> Phrase | None:
    if at < len(r.p.tokens) and r.p.tokens[at].low == "by":
        return r.p.phrase_starting(at + 1)
    return None


def read_attribute(r: Reading, at: int) -> Draft | None:
    """Read an attribute: "the now-dissolved Civic Union"."""
    phrase = r.p.phrase_at(at)
    if phrase is None or (not phrase.parties and r.p.tokens[phrase.head].low != "party"):
        return None
    party = ended_side(r, phrase) if phrase.kind == "party" else None
    if party is None and phrase.parties:
        name = r.p.parties[phrase.parties[0]].name
        party = Party(name, name)
    if party is None:
        return None
    draft = make_dissolution(r, Ended(party, "background"), Stance())
    draft.claim, draft.attributive = Claim.BACKGROUND, True
    return draft
