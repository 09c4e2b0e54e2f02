"""Acts short of an end: disqualify, refuse registration, ban people from politics, hand out seats."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.english.actors import actor_of
from rules.events.english.acts import Hit
from rules.events.english.complements import complements
from rules.events.english.context import Reading
from rules.events.english.ended import Ended, agency_of, ended_side, make_ended, parts_of, seat_owner
from rules.events.english.phrases import Phrase
from rules.events.english.slots import Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import subject
from rules.events.english.tokens import Token

#: What a party hands in to be registered.
_BIDS = frozenset("bid application request".split())
_REJECTED = frozenset(("reject", "invalidate", "refuse"))


def frame_disqualify(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party kept from an election."""
    verb = hit.verb
    agent, target, _items = parts_of(r, verb)
    party = ended_side(r, target)
    if (
        party is None
        and target is not None
        and target.parties
        and r.p.tokens[target.head].low in ("list", "lists", "slate", "slates", "ticket")
    ):
        name = r.p.parties[target.parties[0]].name
        party = Party(name, name)
    if party is None or target is None:
        return None
    lows = [t.low for t in r.p.tokens[verb.last : verb.last + 12]]
    election = set(lows) & r.words.set("dissolution.elections")
    if verb.lemma in _REJECTED:
        return make_ended(r, party, target, "disq", agent) if target.kind != "party" else None
    direct = verb.lemma == "disqualify"
    if not direct and not (election and set(lows) & {"from", "off", "out"}):
        return None
    if (
        not direct
        and verb.lemma in ("leave", "throw", "stop", "keep", "kick", "remove", "strike", "knock")
        and not election
        & {"election", "elections", "ballot", "polls", "vote", "race", "contesting", "running"}
    ):
        return None
    return make_ended(r, party, target, "disq", agent)


def frame_deny(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party that is refused registration."""
    agent, target, items = parts_of(r, hit.verb)
    lows = [t.low for t in r.p.tokens[hit.verb.last : hit.verb.last + 10]]
    bid = hit.verb.passive and target is not None and r.p.tokens[target.head].low in _BIDS
    if "registration" not in lows and "register" not in lows and not bid:
        return None
    to = next((c.phrase for c in items if c.how in ("to", "of", "by")), None)
    first = next((c.phrase for c in items if c.how == ""), None)
    register = next(
        (v for v in r.p.verbs if v.infinitive and v.lemma == "register" and v.first >= hit.verb.last), None
    )
    if register is not None and not hit.verb.passive:
        first = next((c.phrase for c in complements(r.p, register) if c.how == ""), None)
    for phrase in (target, first, to, subject(r.p, hit.verb) if hit.verb.passive else None):
        party = ended_side(r, phrase)
        if party is not None and phrase is not None and agency_of(r, agent) in ("court", "admin", "exec", ""):
            if agent is not None and agent.kind == "party":
                return None
            return make_ended(r, party, phrase, "disq", agent)
        if (
            phrase is not None
            and "registration" in {t.low for t in r.p.tokens[phrase.first : phrase.last + 2]}
            and phrase.parties
        ):
            name = r.p.parties[phrase.parties[0]].name
            return make_ended(r, Party(name, name), phrase, "disq", agent)
    return None


def frame_bans(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read people who are banned from politics."""
    verb = hit.verb
    agent, target, _items = parts_of(r, verb)
    actor = actor_of(r, target)
    if target is None or actor is None or actor.is_party or (actor.text is None and not actor.pronoun):
        return None
    if agent is not None and agent.kind == "party":
        return None
    tail = r.p.tokens[verb.last : verb.last + 14]
    lows = {t.low for t in tail}
    if verb.lemma == "strip":
        if not ("political" in lows and "rights" in lows):
            return None
    elif not ("from" in lows or "for" in lows) or not lows & (
        r.words.set("dissolution.politics") - {"holding", "seeking", "public"} | {"politics"}
    ):
        return None
    if verb.lemma != "strip" and not _is_from_politics(r, tail):
        return None
    ended = Ended(None, "bans", agent, count=actor.count, count_min=actor.count_min, actor=actor.text)
    ended.relative = verb.first > 0 and r.p.tokens[verb.first - 1].pos == "REL"
    return ended


def _is_from_politics(r: Reading, tail: Sequence[Token]) -> bool:
    lows = [t.low for t in tail]
    if "from" not in lows:
        return False
    after = lows[lows.index("from") + 1 :][:6]
    strong = {
        "politics",
        "political",
        "office",
        "parliament",
        "contesting",
        "standing",
        "running",
        "election",
        "elections",
        "vote",
        "voting",
    }
    return bool(set(after) & strong) and not set(after) & {
        "rallies",
        "rally",
        "meeting",
        "meetings",
        "headquarters",
    }


def frame_seats(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read seats of a party that are given to others."""
    verb = hit.verb
    agent, target, items = parts_of(r, verb)
    if target is None:
        return None
    phrases = [target, *(c.phrase for c in items if c.how == "")]
    seats = next(
        (q for q in phrases if r.p.tokens[q.head].low in ("seats", "positions", "posts", "mandates", "seat")),
        None,
    )
    if seats is None:
        return None
    if verb.lemma in (
        "hand",
        "give",
        "award",
        "transfer",
        "split",
        "divide",
        "share",
        "hand over",
    ) and not any(c.how in ("to", "among", "between", "over") for c in items):
        return None
    party = seat_owner(r, seats)
    if party is None:
        return None
    ended = Ended(party, "seats", agent)
    actor = actor_of(r, Phrase(seats.first, seats.last, seats.head, "group"))
    if actor is not None:
        number = next((t.text for t in r.p.tokens[seats.first : seats.last] if t.pos == "NUM"), None)
        ended.count = number or actor.count
        ended.count_min = int(number) if number and number.isdecimal() else actor.count_min
    return ended
