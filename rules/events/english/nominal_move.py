"""Nouns for changes of side: "the exodus from X", "defections to Y", "among the defectors"."""

from __future__ import annotations

from rules.events.draft import Draft
from rules.events.english.actors import actor_from, actor_of, group_before, person_before
from rules.events.english.complements import complements
from rules.events.english.context import Reading
from rules.events.english.defection import is_long_after, make_defection
from rules.events.english.governing import read_stance
from rules.events.english.moving import Found
from rules.events.english.phrases import Phrase
from rules.events.english.sides import side_of
from rules.events.english.slots import Actor, Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import climb, subject

_BURDENS = frozenset(
    "suffer face see experience hit rock shake weaken lose plague dog stem halt stop prevent witness "
    "report record survive endure welcome cheer condemn trigger spark hasten accelerate cost rob deprive leave strip".split()
)


def read_nominal_move(r: Reading, at: int) -> Draft | None:
    """Return the mention that a noun makes, or None where it is no head of its phrase or names no side."""
    phrase = r.p.phrase_at(at)
    if phrase is None or phrase.head != at:
        return None
    low = r.p.tokens[at].low
    if low in r.words.set("defection.nouns.people"):
        return _among_defectors(r, phrase)
    if _is_about_law(r, phrase) or is_long_after(r.p, phrase.first):
        return None
    stance = read_stance(r, phrase.first, None, "defection")
    return nominal_move(r, phrase, low, stance)


def _is_about_law(r: Reading, phrase: Phrase) -> bool:
    at = phrase.last
    following = r.p.tokens[at].low if at < len(r.p.tokens) else ""
    before = r.p.tokens[phrase.first - 1].low if phrase.first else ""
    law = any(t.low in r.words.set("generic") for t in r.p.tokens[max(0, phrase.first - 4) : phrase.first])
    return (law and before in ("on", "of", "against", "governing", "regulating")) or following in (
        "law",
        "laws",
        "bill",
    )


def nominal_move(r: Reading, phrase: Phrase, low: str, stance: Stance) -> Draft | None:
    """Return the mention that a noun of moving makes."""
    p = r.p
    found = Found(_nominal_mover(r, phrase))
    _nominal_sides(r, phrase, found)
    if low in r.words.set("defection.nouns.join"):
        return _nominal_join(r, phrase, found, stance)
    moved = low in r.words.set("defection.nouns.defection")
    if low.startswith("resignation") and found.from_ is None and not (found.actor and found.actor.plural):
        return None  # "the resignation of the party's chairman" is from a post
    if found.from_ is None and found.actor is not None and found.actor.party:
        found.from_ = Party(found.actor.party, found.actor.party)
    burdened = _burdened_side(r, phrase)
    if burdened is not None and found.from_ is None and found.to is None:
        found.from_ = burdened
    if not moved and found.from_ is None:
        return None
    unsure = found.from_ is not None and not found.from_.sure and not (found.to and found.to.sure)
    if unsure and not (found.actor and (found.actor.politician or found.actor.party)):
        return None
    plural = (
        p.tokens[phrase.head].low.endswith("s")
        or low == "exodus"
        or any(t.low == "mass" for t in p.tokens[phrase.first : phrase.last])
    )
    if plural and found.actor is None and not phrase.owner >= 0:
        found.subkind = "mass" if moved or low == "exodus" else "leave"
    elif low == "exodus":
        found.subkind = "mass"
    if found.actor is not None and found.actor.north_korean and moved:
        found.subkind = "nk"
    elif found.actor is not None and found.actor.military:
        found.subkind = "military"
    draft = make_defection(r, found, stance, None)
    draft.faint = found.from_ is None and found.to is None and draft.subkind not in ("nk", "military")
    return draft


def _nominal_join(r: Reading, phrase: Phrase, found: Found, stance: Stance) -> Draft | None:
    """Read "a move to the Civic Union": who moves is the subject of the verb above."""
    if found.actor is None and stance.top is not None:
        found.actor = actor_of(r, subject(r.p, stance.top))
    if found.to is None or not found.to.sure or found.actor is None or found.actor.is_party:
        return None
    if not (found.actor.named or found.actor.politician or found.from_):
        return None
    return make_defection(r, found, stance, None)


def _nominal_mover(r: Reading, phrase: Phrase) -> Actor | None:
    p = r.p
    if phrase.owner >= 0 and not (phrase.parties and p.tokens[phrase.owner - 2].party >= 0):
        owner_head = phrase.owner - 2
        kind = "group" if p.tokens[owner_head].low in r.words.set("people.groups") else "name"
        owner = Phrase(phrase.first, phrase.owner - 1, owner_head, kind, phrase.parties)
        return actor_of(r, owner)
    first = p.tokens[phrase.first].low
    if first in ("his", "her", "their"):
        pronoun = {"his": "he", "her": "she", "their": "they"}[first]
        return _possessor_of(r, phrase, pronoun)
    if phrase.first and p.tokens[phrase.first - 1].low == "in" and p.tokens[phrase.head].low == "defection":
        main = next((v for v in p.verbs if v.last <= phrase.first and v.finite), None)
        return actor_of(r, subject(p, main)) if main is not None else None
    at = phrase.last
    if at < len(p.tokens) and p.tokens[at].low in ("of", "by"):
        of = p.phrase_starting(at + 1)
        if of is not None and of.kind in ("group", "person", "name", "count"):
            return actor_of(r, of)
    return None


def _possessor_of(r: Reading, phrase: Phrase, pronoun: str) -> Actor | None:
    # "announced his resignation": the subject of the verb that governs it, else what "he" means here.
    for verb in r.p.verbs:
        if verb.last == phrase.first or (verb.last < phrase.first <= verb.last + 2):
            who = subject(r.p, verb)
            if who is not None and who.kind in ("person", "name", "group", "count"):
                return actor_of(r, who)
    if pronoun == "they":
        group = group_before(r, phrase)
        return actor_of(r, group) if group is not None else None
    person = person_before(r, phrase) or r.context.person
    return actor_from(r, person)


def _nominal_sides(r: Reading, phrase: Phrase, found: Found) -> None:
    p = r.p
    at = phrase.last
    if phrase.owner >= 0 and p.tokens[phrase.owner - 2].party >= 0:
        name = p.parties[p.tokens[phrase.owner - 2].party]
        found.from_ = Party(name.name, name.name, name.sure)
    elif phrase.parties:
        name = p.parties[phrase.parties[0]]
        found.from_ = Party(name.name, name.name, name.sure)
    for _ in range(14):
        if at >= len(p.tokens):
            return
        token = p.tokens[at]
        following = p.phrase_starting(at + 1)
        if token.low in ("from", "to", "into", "for") and following is not None and p.verb_at(at) is None:
            party = side_of(r, following, found.actor)
            if party is not None and token.low == "from":
                found.from_ = party
            elif party is not None:
                found.to = party
            at = following.last
        elif (
            token.low == "of" and following is not None and following.kind == "party" and found.from_ is None
        ):
            found.from_ = side_of(r, following) if p.tokens[phrase.head].low == "exodus" else None
            at = following.last
        elif token.low == "and" and following is not None and following.kind == "party":
            at = following.last
        elif p.phrase_starting(at) is not None:
            at = p.phrase_starting(at).last  # type: ignore[union-attr]
        elif token.pos in ("V", "AUX", "MOD", "SUB", "REL", "TO", "CONJ") or token.text in (
            ",",
            ";",
            ":",
        ):
            return
        else:
            at += 1


def _burdened_side(r: Reading, phrase: Phrase) -> Party | None:
    """Return the party that suffers defections: "the wave has rocked X", "X was hit by defections"."""
    top = phrase
    before = r.p.tokens[phrase.first - 1].low if phrase.first else ""
    if before == "of":
        top = climb(r.p, phrase)
    for verb in r.p.verbs:
        if verb.lemma not in _BURDENS:
            continue
        who = subject(r.p, verb)
        items = list(complements(r.p, verb))
        if (
            who is not None
            and who.first <= top.first
            and top.last <= max(who.last, phrase.last)
            and who.kind != "party"
        ):
            target = next((c.phrase for c in items if c.how == ""), None)
        else:
            target = who
        party = side_of(r, target) if target is not None and target.kind in ("party", "acronym") else None
        if party is not None:
            return party
    at = phrase.last
    if at < len(r.p.tokens) and r.p.tokens[at].low in ("in", "within", "inside"):
        inside = r.p.phrase_starting(at + 1)
        return side_of(r, inside) if inside is not None and inside.kind in ("party", "acronym") else None
    return None


def _among_defectors(r: Reading, phrase: Phrase) -> Draft | None:
    """Read "among the defectors is Yim Sinorn"; defectors who do other things are no new event."""
    p = r.p
    before = [t.low for t in p.tokens[max(0, phrase.first - 2) : phrase.first + 1]]
    if "among" not in before and not (phrase.first >= 1 and p.tokens[phrase.first - 1].low == "among"):
        return None
    verb = next((v for v in p.verbs if v.first >= phrase.last and v.lemma in ("be", "include")), None)
    who = p.phrase_starting(verb.last) if verb is not None else None
    actor = actor_of(r, who)
    if actor is None or not actor.named:
        return None
    found = Found(actor, subkind="switch")
    draft = make_defection(r, found, Stance(), None)
    draft.faint = True
    return draft
