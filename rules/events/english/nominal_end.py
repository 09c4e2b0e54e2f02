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

_FACING = frozenset(
    "face escape avoid survive fear risk dodge await fight appeal evade challenge contest".split()
)
_SAVING = frozenset("spare save protect rescue shield threaten".split())
_DECIDES = frozenset(
    "order uphold affirm confirm approve ratify endorse decree rule back announce declare".split()
)


def read_nominal_end(r: Reading, at: int) -> Draft | None:
    """Read a nominal act: "the dissolution of X by Y", "a ban on X", "X's disbandment"."""
    p = r.p
    phrase = p.phrase_at(at)
    token = p.tokens[at]
    if phrase is None or phrase.head != at:
        return None
    party, whose = nominal_side(r, phrase)
    if party is None:
        party, whose = threatened_side(r, phrase)
    subkind = nominal_kind(r, token.low)
    if party is None or whose is None or not subkind:
        return None
    stance = read_stance(r, phrase.first, None, "dissolution")
    agent = nominal_agent(r, whose.last)
    if subkind == "restore" and not stance.labels & {
        "sought",
        "called_for",
        "planned",
        "refused",
        "conditional",
    }:
        stance.labels.clear()
    order = stance.governors[:1]
    lemma = {
        "ban": "ban",
        "outlawing": "outlaw",
        "proscription": "ban",
        "deregistration": "deregister",
    }.get(token.low, "dissolve")
    if agent is None and stance.top is not None and (not order or order[0] in _DECIDES):
        agent = (
            subject(p, stance.top)
            if not stance.top.passive
            else next((c.phrase for c in complements(p, stance.top) if c.how == "by"), None)
        )
    if agent is not None and agent.kind not in ("body", "group", "person", "name", "party"):
        agent = None
    kind = subkind or end_subkind(r, lemma, agent)
    if kind == "end":
        kind = (
            "self"
            if token.low == "self-dissolution" or (agent is not None and is_own_act(r, agent, party))
            else end_subkind(r, lemma, agent)
        )
    ended = make_ended(r, party, whose, kind, agent if kind != "self" else None)
    if kind == "restore":
        ended.claim = Claim.REVERSED if not stance.labels - {"rumoured", "claimed"} else None
    if not is_told(r, stance, phrase):
        return None
    return make_dissolution(r, ended, stance)


def is_told(r: Reading, stance: Stance, phrase: Phrase) -> bool:
    """Tell whether a nominal act is news: it is ordered, asked, feared, or the sentence's own subject."""
    return True


def nominal_kind(r: Reading, low: str) -> str:
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


def nominal_side(r: Reading, phrase: Phrase) -> tuple[Party | None, Phrase | None]:
    p = r.p
    following = p.tokens[phrase.last].low if phrase.last < len(p.tokens) else ""
    if following in ("of", "on", "against"):
        of = p.phrase_starting(phrase.last + 1)
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


def threatened_side(r: Reading, phrase: Phrase) -> tuple[Party | None, Phrase | None]:
    """Read "X faces dissolution", "spared X from a ban": the party is the verb's subject or object."""
    verb = next((v for v in reversed(r.p.verbs) if v.last <= phrase.first), None)
    if verb is None or phrase.first - verb.last > 9:
        return None, None
    between = [t.low for t in r.p.tokens[verb.last : phrase.first]]
    if verb.lemma in _FACING and len(between) <= 3:
        who = subject(r.p, verb)
    elif verb.lemma in _SAVING and {"from", "with"} & set(between):
        who = (
            subject(r.p, verb)
            if verb.passive
            else next((c.phrase for c in complements(r.p, verb) if c.how == ""), None)
        )
    else:
        return None, None
    party = ended_side(r, who)
    return (party, phrase) if party is not None else (None, None)


def nominal_agent(r: Reading, at: int) -> Phrase | None:
    if at < len(r.p.tokens) and r.p.tokens[at].low == "by":
        return r.p.phrase_starting(at + 1)
    return None


def read_attribute(r: Reading, at: int) -> Draft | None:
    """Read an attribute: "the now-dissolved Civic Union"."""
    phrase = r.p.phrase_at(at)
    if phrase is None or not phrase.parties and r.p.tokens[phrase.head].low != "party":
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
