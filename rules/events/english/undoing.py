"""Parties that end themselves, merge, or are brought back."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.english.actors import actor_of
from rules.events.english.acts import Hit
from rules.events.english.complements import complements
from rules.events.english.context import Reading
from rules.events.english.ended import (
    Ended,
    end_subkind,
    ended_side,
    make_ended,
    parts_of,
    registered_side,
    voter_of,
)
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.sides import after_of, antecedent_side, side_of
from rules.events.english.slots import Actor, Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import subject
from rules.events.english.tokens import Token
from rules.events.english.words import ING
from state.records import Claim

_ON_ITSELF = frozenset(
    "dissolve|disband|fold|close|deregister|extinguish|dismantle|wind up|wind down|shut down|close down|break up|"
    "liquidate|shutter".split("|")
)
#: What firms and shops do as well.
_OF_ANYTHING = frozenset(
    "close|shutter|fold|collapse|break up|dismantle|disintegrate|liquidate|extinguish|close down|shut down|"
    "wind down".split("|")
)


def frame_self(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party that ends itself."""
    verb = hit.verb
    lows = {t.low for t in r.p.tokens[: verb.first]}
    if hit.words == "exist" and not verb.negated:
        words = {t.low for t in r.p.tokens[verb.first : verb.main]}
        if "longer" not in words:
            return None
    if verb.passive or (hit.words == "collapse" and lows & {"coalition", "government", "talks"}):
        return None
    who = subject(r.p, verb)
    if verb.infinitive or (verb.use == ING and not verb.be):
        who = voter_of(r, verb) if stance.addressee is None else stance.addressee
    bare = next((c.phrase for c in complements(r.p, verb) if c.how == ""), None)
    party = ended_side(r, who) or _ending_name(r, who, hit)
    members = _side_of_members(r, who, verb) if party is None else None
    if bare is not None and hit.words in _ON_ITSELF:
        if r.p.tokens[bare.head].low not in ("itself", "themselves"):
            return None
        party = party or members
    elif party is not None and hit.words in _OF_ANYTHING:
        unlike = hit.words in ("close", "shutter", "dismantle", "liquidate", "extinguish")
        if unlike or (party.name is None and hit.words != "fold"):
            return None
    party = party or (members if stance.governors[:1] == ["vote"] else None)
    if party is None or who is None:
        return None
    ordered = bool(stance.governors) and stance.governors[0] in ("order", "force", "instruct", "tell")
    top = stance.top if ordered else None
    agent = subject(r.p, top) if top is not None and not top.passive else None
    if agent is not None and agent.kind == "body":
        return make_ended(r, party, who, end_subkind(r, "dissolve", agent), agent)
    return make_ended(r, party, who, "self", None)


def _ending_name(r: Reading, who: Phrase | None, hit: Hit) -> Party | None:
    """Read a name of any form as a party's where the article is about parties: "Green Step will cease to exist"."""
    alone = who is not None and who.kind == "name" and who.owner < 0
    if not alone or hit.words not in ("cease to exist", "disband", "exist"):
        return None
    near = r.context.partisan > 1 and r.context.other_world <= r.context.political
    return side_of(r, who) if near else None


def _side_of_members(r: Reading, who: Phrase | None, verb: Verb) -> Party | None:
    """Return the party whose members or delegates act: "members of X voted to disband"."""
    if who is None or who.kind not in ("group", "body", "other", "count"):
        return None
    for phrase in r.p.phrases:
        if phrase.parties and who.first <= phrase.first and phrase.last <= verb.first:
            name = r.p.parties[phrase.parties[0]].name
            return Party(name, name)
    return None


def frame_fate(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read "could go the way of the parties already dissolved"."""
    party = ended_side(r, subject(r.p, hit.verb))
    acts = r.words.set("dissolution.nouns") | {
        "dissolved",
        "banned",
        "outlawed",
        "disbanded",
        "dissolve",
        "deregistered",
    }
    if party is None or not (r.context.ending or any(t.low in acts for t in r.p.tokens)):
        return None
    return Ended(party, "court")


def _are_two(r: Reading, verb: Verb) -> bool:
    """Tell whether two parties are the subject: "the Forum and the Centre Union will merge"."""
    before = [q for q in r.p.parties if q.last <= verb.first]
    return len(before) > 1 and r.p.tokens[before[-2].last].low == "and"


def frame_merge(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party that merges into another."""
    verb = hit.verb
    items = list(complements(r.p, verb))
    who = subject(r.p, verb)
    if verb.infinitive:
        who = voter_of(r, verb)
    if hit.words in ("absorb", "swallow"):
        agent, target, _ = parts_of(r, verb)
        party = ended_side(r, target)
        into = next((c.phrase for c in complements(r.p, verb) if c.how in ("into", "by")), agent)
        if party is None or target is None or ended_side(r, into) is None:
            return None
        return make_ended(r, party, target, "merge", agent)
    party = ended_side(r, who)
    into = next((c.phrase for c in items if c.how in ("into", "with", "by")), None) or r.p.phrase_starting(
        hit.last
    )
    other = ended_side(r, into) or (
        side_of(r, into) if party is not None and party.sure and r.context.partisan else None
    )
    if hit.words.startswith(("merge", "become")) and other is None and _are_two(r, verb):
        other = party
    if party is None or who is None or other is None:
        return None
    return make_ended(r, party, who, "merge", None)


def frame_restore(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a ban or dissolution that is undone."""
    verb = hit.verb
    agent, target, _items = parts_of(r, verb)
    orders = r.words.set("dissolution.orders")
    behind = r.p.phrase_starting(hit.last) if hit.last > verb.last else _behind_date(r, verb)
    if behind is not None and r.p.tokens[behind.head].low in orders and target is not behind:
        agent, target = subject(r.p, verb), behind
    if target is None:
        return None
    head = r.p.tokens[target.head].low
    if head not in orders:
        return None
    people = _barred_people(r, target)
    party = _ordered_side(r, target) if people is None else None
    if people is not None:
        ended = Ended(
            None, "restore", agent, count=people.count, count_min=people.count_min, actor=people.text
        )
    elif party is not None and (party.sure or r.context.partisan):
        ended = make_ended(r, party, target, "restore", agent)
        ended.count = ended.count_min = None
    else:
        return None
    ended.claim = Claim.REVERSED if not stance.labels - {"rumoured", "claimed"} else None
    return ended


def _behind_date(r: Reading, verb: Verb) -> Phrase | None:
    """Return the object behind a date: "lifted on Friday the suspension of X"."""
    after = [q for q in r.p.phrases if verb.last <= q.first <= verb.last + 4][:2]
    dated = len(after) == 2 and after[0].kind == "date" and after[1].first == after[0].last
    return after[1] if dated else None


#: How an order names the act it makes: "the decree dissolving X".
_UNDONE = frozenset(
    "dissolving dissolved banning outlawing dissolve banned disbanding "
    "suspending outlawed deregistering disqualifying merger ban suspended freeze".split()
)


def _ordered_side(r: Reading, target: Phrase) -> Party | None:
    """Return whose ban or dissolution an order is: "the decree that dissolved X", "the ban on X"."""
    p = r.p
    if target.parties:
        name = p.parties[target.parties[0]].name
        return Party(name, name)
    window = [
        q for q in p.phrases if target.last <= q.first <= target.last + 12 and q.kind in ("party", "acronym")
    ]
    between = p.tokens[target.last : window[0].first] if window else []
    acts = r.words.set("dissolution.nouns") | _UNDONE
    head = p.tokens[target.head].low
    modifiers = {t.low for t in p.tokens[target.first : target.last]}
    if window and _is_act_told(r, p.tokens[target.last : window[0].first]):
        return side_of(r, window[0])
    if head == "merger":
        # "called off a merger with Y": the one that calls it off would have ended
        return _merging(r, target)
    if window and (
        head in acts | {"suspension", "disqualification", "proscription"}
        or {t.low for t in between} & acts
        or modifiers & acts
    ):
        return side_of(r, window[0])
    if target.owner >= 0 and p.tokens[target.owner - 2].low in ("party", "opposition"):
        return side_of(
            r, Phrase(target.first, target.owner - 1, target.owner - 2, "party", target.parties, -1, True)
        )
    if head in ("dissolution", "ban", "deregistration", "proscription", "suspension", "disbandment") and (
        p.parties or r.context.party
    ):
        return antecedent_side(r, target, "it")
    return None


def _is_act_told(r: Reading, between: Sequence[Token]) -> bool:
    """Tell whether a clause behind an order names the act: "a decree that struck X off the list"."""
    ends = {
        act.pattern[0] for act in r.words.acts if act.frame in ("end", "strike", "suspend", "registration")
    }
    return any(t.form is not None and t.form.lemma in ends for t in between if t.pos == "V")


def _merging(r: Reading, target: Phrase) -> Party | None:
    if target.parties:
        name = r.p.parties[target.parties[0]].name
        return Party(name, name)
    of = after_of(r, target)
    if of is not None and ended_side(r, of) is not None:
        return ended_side(r, of)
    verb = next((v for v in reversed(r.p.verbs) if v.last <= target.first), None)
    who = subject(r.p, verb) if verb is not None else None
    return ended_side(r, who)


def _given_back(r: Reading, target: Phrase, agent: Phrase | None, verb: Verb) -> Ended | None:
    """Read "had her political rights restored"."""
    lows = {t.low for t in r.p.tokens[target.first : target.last]}
    having = r.p.verb_at(target.first - 1)
    who = subject(r.p, having) if having is not None else _owner_of(r, target)
    actor = actor_of(r, who)
    if "political" not in lows or actor is None or not actor.text:
        return None
    ended = Ended(None, "restore", agent if having is None else None, actor=actor.text)
    ended.claim = Claim.REVERSED if not verb.modal else None
    return ended


def _owner_of(r: Reading, target: Phrase) -> Phrase | None:
    if target.owner < 0:
        return after_of(r, target)
    return Phrase(target.first, target.owner - 1, target.owner - 2, "name", target.parties)


def _barred_people(r: Reading, target: Phrase) -> Actor | None:
    """Return the politicians whose ban is undone: "the ban on 118 politicians was lifted"."""
    at = target.last
    on = at < len(r.p.tokens) and r.p.tokens[at].low == "on"
    actor = actor_of(r, r.p.phrase_starting(at + 1)) if on else None
    known = actor is not None and actor.text and not actor.is_party
    return actor if known and actor is not None and (actor.politician or actor.named) else None


_GETS_BACK = frozenset(("win back", "get back", "regain", "recover"))
_GIVES_BACK = frozenset(("give back", "hand back"))


def _standing_back(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read "has won back its registration", "gave back legal status to X"."""
    nouns = r.words.set("dissolution.registration_nouns")
    items = list(complements(r.p, hit.verb))
    behind = [c.phrase for c in items] + [q for q in r.p.phrases if q.first in (hit.last, hit.verb.last)]
    if not any(r.p.tokens[phrase.head].low in nouns for phrase in behind):
        return None
    who = subject(r.p, hit.verb)
    gets = hit.words in _GETS_BACK
    target = who if gets else next((c.phrase for c in items if c.how == "to"), None)
    party = ended_side(r, target)
    if party is None or target is None:
        return None
    ended = make_ended(r, party, target, "restore", None if gets else who)
    ended.claim = Claim.REVERSED if not stance.labels - {"rumoured", "claimed"} else None
    return ended


def frame_reinstate(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party that is brought back."""
    agent, target, items = parts_of(r, hit.verb)
    if target is None and hit.words in ("register again", "re-register", "reregister"):
        # "allowed X to register again"
        target = stance.addressee if hit.verb.infinitive else subject(r.p, hit.verb)
        top = stance.top if stance.top is not hit.verb else None
        agent = subject(r.p, top) if top is not None and not top.passive else None
    if hit.words in _GETS_BACK or hit.words in _GIVES_BACK:
        return _standing_back(r, hit, stance)
    party = ended_side(r, target)
    if party is None and target is not None:
        party, _ = registered_side(r, target, items)
    if party is None and target is not None and r.p.tokens[target.head].low == "rights":
        return _given_back(r, target, agent, hit.verb)
    if (
        party is None
        or target is None
        or (hit.verb.lemma in ("revive", "resurrect") and target.kind != "party")
    ):
        return None
    if agent is not None and agent.kind == "party":
        return None
    ended = make_ended(r, party, target, "restore", agent)
    ended.claim = Claim.REVERSED if not stance.labels - {"rumoured", "claimed"} else None
    return ended
