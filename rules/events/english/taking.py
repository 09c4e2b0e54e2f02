"""Acts of parties on people: expel, poach, welcome."""

from __future__ import annotations

from rules.events.english.actors import actor_of
from rules.events.english.acts import Hit
from rules.events.english.complements import complements
from rules.events.english.context import Reading, text_of
from rules.events.english.moving import Found, is_partisan, is_same_side
from rules.events.english.phrases import Phrase
from rules.events.english.sides import after_of, side_of
from rules.events.english.slots import Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import subject
from rules.events.english.words import PART, PAST
from state.records import Claim

_SHOWN = frozenset(("unveil", "garland", "parade", "induct", "swear in"))


def frame_expel(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read people expelled from a party."""
    verb = hit.verb
    items = list(complements(r.p, verb))
    ways = ("from", "out", "of") if hit.words.endswith(" out") else ("from", "out")
    source = next((c.phrase for c in items if c.how in ways), None)
    by = next((c.phrase for c in items if c.how == "by"), None)
    if verb.passive or (verb.use in (PAST, PART) and not any(c.how == "" for c in items)):
        actor, agent = actor_of(r, subject(r.p, verb)), by
    else:
        actor = actor_of(r, next((c.phrase for c in items if c.how == ""), None))
        agent = subject(r.p, verb)
    expeller = side_of(r, agent) if agent is not None and agent.kind in ("party",) else None
    if expeller is None and agent is not None and agent.parties and agent.kind in ("group", "body"):
        # "the Civic Union's ethics committee"
        name = r.p.parties[agent.parties[0]].name
        expeller = Party(name, name)
    span = r.p.tokens[verb.last : hit.last]
    told = next((r.p.parties[t.party] for t in span if t.party >= 0), None)
    party = side_of(r, source, actor) if source is not None else expeller
    if told is not None:
        party = Party(told.name, told.name)
    if actor is None or party is None or actor.is_party or not (party.sure or expeller):
        return None
    if (
        party.name is None
        and party.text.lower() in ("parties", "party", "opposition")
        and not r.context.political
    ):
        return None
    if hit.words in ("sack", "dismiss", "oust", "purge") and source is None:
        return None
    found = Found(actor, party, subkind="expelled", strong=True)
    found.by = text_of(r.p, agent) if agent is not None else None
    return found


def frame_poach(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read people poached by another party."""
    verb = hit.verb
    items = list(complements(r.p, verb))
    agent = subject(r.p, verb) if not verb.passive else next((c.phrase for c in items if c.how == "by"), None)
    taken = subject(r.p, verb) if verb.passive else next((c.phrase for c in items if c.how == ""), None)
    actor = actor_of(r, taken) if taken is not None and taken.kind != "party" else None
    by = side_of(r, agent) if agent is not None and agent.kind in ("party", "acronym", "name") else None
    source = next((c.phrase for c in items if c.how == "from"), None)
    from_ = side_of(r, source) if source is not None else None
    if actor is None or (by is None and from_ is None) or not is_partisan(r, actor):
        return None
    if from_ is None and actor.party and not is_same_side(actor.party, by):
        from_ = Party(actor.party, actor.party)
    if (
        from_ is None or not (from_.sure or (by and by.sure)) or hit.words in ("recruit", "take", "woo")
    ) and from_ is None:
        return None
    found = Found(actor, from_, by, subkind="pressure", strong=True)
    found.by = text_of(r.p, agent) if agent is not None else None
    return found


def _received_into(r: Reading, into: Phrase | None) -> Party | None:
    """Return the party of "into X", "as members of X", "as X's newest recruit"."""
    if into is None or into.kind in ("party", "acronym"):
        return side_of(r, into)
    if into.parties:
        name = r.p.parties[into.parties[-1]].name
        return Party(name, name)
    return side_of(r, after_of(r, into) or into)


def frame_readmit(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read people whom their old party takes back."""
    verb = hit.verb
    items = list(complements(r.p, verb))
    taken = subject(r.p, verb) if verb.passive else next((c.phrase for c in items if c.how == ""), None)
    agent = next((c.phrase for c in items if c.how == "by"), None) if verb.passive else subject(r.p, verb)
    into = next((c.phrase for c in items if c.how in ("into", "to")), None)
    actor = actor_of(r, taken)
    to = side_of(r, into) or (side_of(r, agent) if agent is not None and agent.kind == "party" else None)
    if actor is None or actor.is_party or to is None or not to.sure or not (actor.named or actor.partisan):
        return None
    found = Found(actor, to=to, subkind="join", strong=True)
    found.claim = Claim.REVERSED if not stance.labels - {"claimed"} else None
    return found


def frame_receive(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read people a party receives from another."""
    verb = hit.verb
    items = list(complements(r.p, verb))
    taken = subject(r.p, verb) if verb.passive else next((c.phrase for c in items if c.how == ""), None)
    agent = next((c.phrase for c in items if c.how == "by"), None) if verb.passive else subject(r.p, verb)
    actor = actor_of(r, taken)
    if actor is None or taken is None or actor.is_party:
        return None
    into = next((c.phrase for c in items if c.how in ("into", "to", "as")), None)
    r.avoid = actor.party
    to = _received_into(r, into)
    r.avoid = None
    to = to or (
        side_of(r, agent) if agent is not None and agent.kind in ("party", "acronym", "pron") else None
    )
    source = next((c.phrase for c in items if c.how == "from"), None)
    from_ = side_of(r, source) if source is not None else None
    if from_ is None and actor.party and not is_same_side(actor.party, to):
        from_ = Party(actor.party, actor.party)
    defectors = r.p.tokens[taken.head].low in r.words.set("defection.nouns.people")
    shown = hit.words in _SHOWN and (actor.politician or actor.plural) and into is not None
    if to is None or not (defectors or shown or (from_ is not None and from_.sure)):
        return None
    if into is None and not defectors and hit.words not in _SHOWN:
        return None
    return Found(actor, from_, to, strong=True)
