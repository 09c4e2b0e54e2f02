"""Acts of leaving: defect, cross the floor, quit, resign from, hand in the card."""

from __future__ import annotations

from rules.events.english.actors import actor_of
from rules.events.english.acts import Hit
from rules.events.english.armed import POLITICAL_VERBS, are_deserters, is_armed_move, is_northern
from rules.events.english.complements import complements, next_infinitive
from rules.events.english.context import Reading
from rules.events.english.moving import (
    Found,
    fill_sides,
    is_convincing,
    is_in_context,
    is_partisan,
    mover_of,
    target_of,
)
from rules.events.english.phrases import Phrase
from rules.events.english.sides import after_of, side_of
from rules.events.english.slots import Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import subject

_STRONG = frozenset(
    (
        "switch parties",
        "switch party",
        "change parties",
        "change party",
        "cross the floor",
        "cross the carpet",
        "cross floor",
        "switch political parties",
        "change political parties",
        "hop parties",
        "swap parties",
        "change ~ party affiliation",
        "join political life with",
        "join the political life with",
    )
)


#: What somebody who crosses the floor of a chamber does next.
_SEATED = frozenset(
    "join sit become support back form vote serve be protest prop defend give take strengthen".split()
)


def frame_move(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "defected", "crossed over", "decamped"."""
    if _are_voters(r, hit):
        return None
    found = Found(mover_of(r, hit.verb, stance))
    sides = fill_sides(r, hit, found)
    if sides is None or (found.actor is not None and found.actor.is_party):
        return None
    found.strong = hit.words in POLITICAL_VERBS
    if hit.words == "migrate" and not (found.from_ and found.to):
        return None
    object_ = r.p.phrase_starting(hit.last)
    if hit.words in ("go over", "go across") and (object_ or not (sides or is_partisan(r, found.actor))):
        return None
    if is_armed_move(r, hit, found, sides) or is_northern(r, found, sides):
        return found
    named = found.from_ or found.to or is_partisan(r, found.actor) or is_in_context(r, found)
    plainly = found.strong and found.actor is not None and not r.context.other_world and not sides
    return found if named or plainly else None


def _are_voters(r: Reading, hit: Hit) -> bool:
    """Tell whether only voters change, as polls tell."""
    before = {t.low for t in r.p.tokens[: hit.verb.first]}
    return bool(before & {"voters", "voter", "electors", "respondents", "poll", "viewers", "customers"})


def frame_switch(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "switched sides", "jumped ship"."""
    if _are_voters(r, hit):
        return None
    found = Found(mover_of(r, hit.verb, stance))
    sides = fill_sides(r, hit, found)
    if sides is None or (found.actor is not None and found.actor.is_party):
        return None
    if is_armed_move(r, hit, found, sides):
        return found
    if hit.words in _STRONG or found.from_ or found.to or is_partisan(r, found.actor):
        found.strong = True
        return found if r.context.political or hit.words in _STRONG else None
    if "called_for" in stance.labels and stance.addressee is not None and not r.context.other_world:
        return found
    return found if is_in_context(r, found) and (stance.addressee or r.context.political > 2) else None


def frame_floor(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "crossed the floor"."""
    follow = next_infinitive(r.p, hit.last)
    if follow is not None and follow.lemma not in _SEATED:
        return None
    found = frame_switch(r, hit, stance)
    if found is not None:
        found.subkind = "floor"
        nobody = not (found.from_ or found.to or is_partisan(r, found.actor) or r.p.parties)
        return None if nobody and hit.words.endswith("floor") else found
    if not r.context.other_world and (r.context.political or "floor" in hit.words):
        actor = mover_of(r, hit.verb, stance)
        if actor is not None and actor.politician:
            found = Found(actor, subkind="floor", strong=True)
    return found


#: Said of people of a party without naming it: "a third of the Civic Union's MPs have broken away".
_ALONE = frozenset(("break away", "head for the exit", "head for the exits", "head for the door"))


def frame_leave(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "quit X", "left X for Y"."""
    if hit.verb.passive:
        return _deserted_by(r, hit, stance)
    left = next((c.phrase for c in complements(r.p, hit.verb) if c.how == ""), None)
    if left is None and hit.words in ("leave", "quit", "depart", "desert") and not hit.verb.passive:
        return _left_alone(r, hit, stance)
    return _left_side(r, hit, stance, left)


def frame_leave_from(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "resigned from X", "broke ranks with X", "no longer belongs to X"."""
    if hit.words == "belong to" and not _no_more(r, hit):
        return None
    return _left_side(r, hit, stance, r.p.phrase_starting(hit.last))


def _no_more(r: Reading, hit: Hit) -> bool:
    """Tell whether something is so no longer."""
    before = [t.low for t in r.p.tokens[max(0, hit.verb.main - 2) : hit.verb.main]]
    return before == ["no", "longer"]


def _left_side(r: Reading, hit: Hit, stance: Stance, left: Phrase | None) -> Found | None:
    actor = mover_of(r, hit.verb, stance)
    if actor is None or actor.is_party:
        return None
    if left is None or (hit.words in _ALONE and left.first > hit.last):
        alone = hit.words in _ALONE and actor.party
        return Found(actor, Party(actor.party, actor.party)) if alone and actor.party else None
    if left.kind == "pron" and r.p.tokens[left.head].low == "them":
        return None
    found = Found(actor, side_of(r, left, actor))
    if found.from_ is None and left.kind == "pron" and actor.party:
        found.from_ = Party(actor.party, actor.party)
    found.to = target_of(r, hit, left.last, actor)
    if found.from_ is None:
        if are_deserters(r, hit, found, left):
            return found
        return None
    if not found.from_.sure and not is_convincing(r, hit, found):
        return None
    if hit.words in ("swap", "trade", "exchange") and not (found.from_.sure and found.to is not None):
        return None
    return found


def _left_alone(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "leave and join the CPP", "quit to join", "leave for the opposition"."""
    actor = mover_of(r, hit.verb, stance)
    if actor is None or actor.is_party:
        return None
    found = Found(actor, to=target_of(r, hit, hit.verb.last, actor))
    if hit.words == "desert" and actor.military and found.to is None:
        found.subkind = "military"
        return found
    behind = r.p.tokens[hit.verb.last].text if hit.verb.last < len(r.p.tokens) else "."
    told = stance.labels & {"denied", "rumoured"} or (actor.party and r.p.parties and stance.labels)
    if found.to is None and told and behind in (".", ",", "as", ";", "en", "over", "if", "unless"):
        known = actor.party or r.context.party
        if is_partisan(r, actor) and known:
            found.from_ = Party(known, known)
            return found
    if found.to is None and actor.party and actor.plural and (actor.percent or actor.count_min):
        found.from_ = Party(actor.party, actor.party)
        return found if behind in (".", ",") or _is_free(r, hit.verb.last) else None
    return found if found.to is not None and found.to.sure and (actor.party or actor.politician) else None


def _is_free(r: Reading, at: int) -> bool:
    """Tell whether no object follows: "quit en masse over the pact"."""
    while at < len(r.p.tokens) and r.p.tokens[at].pos == "ADV":
        at += 1
    phrase = r.p.phrase_starting(at)
    return at >= len(r.p.tokens) or phrase is None or phrase.kind == "date"


def frame_membership(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "handed in their cards"."""
    actor = mover_of(r, hit.verb, stance)
    span = r.p.tokens[hit.verb.last : hit.last]
    lows = {t.low for t in span}
    named = next((r.p.parties[t.party] for t in span if t.party >= 0), None)
    of = next((c.phrase for c in complements(r.p, hit.verb) if c.how in ("of", "in", "from")), None)
    party = side_of(r, of, actor) if of is not None else None
    if named is not None:
        party = Party(named.name, named.name)
    if actor is None or actor.is_party:
        return None
    if party is None and not ("party" in lows or "membership" in lows or actor.party):
        return None
    if party is None and not is_partisan(r, actor) and "party" not in lows and not r.context.political:
        return None
    known = actor.party or r.context.party
    found = Found(actor, party or (Party(known, known) if known else None), strong=True)
    found.to = target_of(r, hit, hit.last, actor)
    return found


def frame_resign(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read a resignation that is from the party, not from a post."""
    actor = mover_of(r, hit.verb, stance)
    if actor is None or actor.is_party:
        return None
    followed = [c for c in complements(r.p, hit.verb) if c.how in ("from", "as", "of")]
    of = next((c.phrase for c in followed if c.how == "as"), None)
    party: Party | None = None
    if of is not None and r.p.tokens[of.head].low in ("member", "members"):
        party = side_of(r, after_of(r, of), actor)
    for item in followed:
        if item.how == "from" and party is None:
            party = side_of(r, item.phrase, actor)
    to = target_of(r, hit, hit.last, actor)
    members = actor.plural and actor.party and not followed and hit.words == "resign"
    if party is None and actor.party and (to is not None or members):
        party = Party(actor.party, actor.party)
    if party is None or (not party.sure and not is_partisan(r, actor)):
        return None
    return Found(actor, party, to)


def _deserted_by(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "the party was abandoned by 200 members"."""
    by = next((c.phrase for c in complements(r.p, hit.verb) if c.how == "by"), None)
    party = side_of(r, subject(r.p, hit.verb))
    actor = actor_of(r, by)
    if party is None or not party.sure or actor is None or actor.is_party:
        return None
    return Found(actor, party)
