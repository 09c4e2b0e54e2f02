"""Soldiers, fighters, diplomats and North Koreans who change sides."""

from __future__ import annotations

from rules.events.english.actors import actor_of, extent_of
from rules.events.english.acts import Hit
from rules.events.english.complements import complements
from rules.events.english.context import Reading, text_of
from rules.events.english.moving import Found, mover_of
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.slots import Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import subject

POLITICAL_VERBS = frozenset(("defect", "decamp", "cross-carpet", "crosscarpet", "carpet-cross", "party-hop"))
LEFT = frozenset(("quit", "ditch", "dump", "abandon", "desert", "bolt", "forsake", "jilt", "exit"))


_CROSSING = frozenset("cross walk swim slip sneak wade row sail flee escape".split())
_STAYING = frozenset(
    "asylum wish wished wishes defect defected defecting defection surrender surrendered protection deserted desert "
    "refuge sanctuary seeking fled custody".split()
)


def is_armed_move(r: Reading, hit: Hit, found: Found, sides: dict[str, Phrase]) -> bool:
    """Tell whether soldiers change sides, and fill the sides they leave and join."""
    actor = found.actor
    heads = {k: r.p.tokens[v.head].low for k, v in sides.items()}
    armed = r.words.set("people.armed_sides")
    from_army = heads.get("from") in armed - {"opposition", "government", "side"}
    military = actor is not None and actor.military and not (actor.politician or actor.party)
    if not (military or from_army):
        return False
    if found.from_ is not None and found.from_.name and not from_army:
        return False
    found.subkind = "military"
    if "from" in sides and found.from_ is None:
        found.from_ = Party(text_of(r.p, sides["from"]), None)
    goal = sides.get("to") or sides.get("into")
    if goal is not None and found.to is None:
        found.to = Party(text_of(r.p, goal), None)
    return hit.words in POLITICAL_VERBS or bool(found.to or found.from_) or hit.frames[0] == "switch"


def are_deserters(r: Reading, hit: Hit, found: Found, left: Phrase) -> bool:
    """Tell whether soldiers leave their army, post or junta."""
    head, actor = r.p.tokens[left.head].low, found.actor
    if actor is None or not actor.military:
        return False
    ruling = head in ("junta", "regime", "council", "force", "base", "post", "barracks", "outpost", "camp")
    ruling &= head in ("junta", "regime", "council") or _goes_over(r, hit)
    if not (ruling and hit.words.split()[0] in LEFT | {"leave", "break", "resign", "walk"}):
        if hit.words not in ("desert", "abandon", "flee", "desert from", "walk away from"):
            return False
        going = hit.words not in ("abandon", "flee") or r.called or _goes_over(r, hit)
        grouped = r.called and head in ("group", "movement", "organisation", "struggle")
        if not (head in r.words.set("people.armed_sides") or grouped) or not going:
            return False
    found.subkind = "military"
    found.from_ = Party(text_of(r.p, left), None)
    found.to = _over_to(r, hit)
    return True


def _over_to(r: Reading, hit: Hit) -> Party | None:
    for other in r.p.verbs:
        if other.first >= hit.last and other.lemma in (
            "go",
            "join",
            "defect",
            "surrender",
            "cross",
            "give",
            "side",
        ):
            ways = ("", "to", "with") if other.lemma not in ("go", "give") else ("to",)
            item = next((c for c in complements(r.p, other) if c.how in ways), None)
            if item is not None and item.phrase.kind != "date":
                return Party(text_of(r.p, item.phrase), None)
    return None


def _goes_over(r: Reading, hit: Hit) -> bool:
    return _over_to(r, hit) is not None


def armed_join(r: Reading, hit: Hit, found: Found, joined: Phrase) -> Found | None:
    """Read soldiers who join the other side."""
    actor, head = found.actor, r.p.tokens[joined.head].low
    sides = (
        "resistance",
        "rebels",
        "rebellion",
        "revolution",
        "insurgents",
        "insurgency",
        "guerrillas",
        "enemy",
        "movement",
        "militia",
        "guerillas",
        "fighters",
    )
    if actor is None or not actor.military or head not in sides:
        return None
    found.subkind, found.to = "military", Party(text_of(r.p, joined), None)
    return found


def frame_asylum(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read soldiers and diplomats who ask for asylum."""
    actor = mover_of(r, hit.verb, stance)
    if actor is None or not (actor.military or actor.state or actor.north_korean):
        first = next((q for q in r.p.phrases if q.kind in ("group", "person")), None)
        actor = actor_of(r, first) if first is not None and first.last <= hit.verb.first else actor
    soldier = actor is not None and (actor.military or actor.state)
    if actor is None or actor.is_party or (r.context.other_world > 2 and not soldier):
        return None
    if actor.north_korean and (hit.frames[0] == "asylum" or _wishes(r)):
        return Found(actor, subkind="nk")
    if not (actor.military or actor.state) or (hit.words.split()[0] in _CROSSING and not _wishes(r)):
        return None
    return Found(actor, subkind="military" if actor.military else "state")


def _wishes(r: Reading) -> bool:
    """Tell whether those who cross a border mean to stay: troops also cross to fight, or by mistake."""
    return bool({t.low for t in r.p.tokens} & _STAYING)


def frame_yield(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read fighters who give themselves up to the other side."""
    actor = mover_of(r, hit.verb, stance)
    if actor is None or not actor.military:
        first = next((q for q in r.p.phrases if q.kind == "group" and q.last <= hit.verb.first), None)
        actor = actor_of(r, first)
    if actor is None or not actor.military:
        return None
    found = Found(actor, subkind="military")
    goal = r.p.phrase_starting(hit.last) if hit.words.endswith(" to") else None
    if goal is not None and r.p.tokens[goal.head].low not in r.words.set("people.armed_sides") | {
        "authorities",
        "government",
        "troops",
        "soldiers",
        "officers",
    }:
        return None
    found.to = Party(text_of(r.p, goal), None) if goal is not None else None
    found.from_ = _own_side(r, hit.verb)
    return found if found.from_ is not None or goal is not None else None


def _own_side(r: Reading, verb: Verb) -> Party | None:
    """Return the side that fighters belong to: "a commander of the rebel Lord's Brigade"."""
    who = subject(r.p, verb)
    if who is None:
        return None
    last = extent_of(r, who)
    for phrase in r.p.phrases:
        if (
            not (who.first <= phrase.first and phrase.last <= max(last, who.last + 6))
            or phrase.first > verb.first
        ):
            continue
        if phrase.parties:
            name = r.p.parties[phrase.parties[0]].name
            return Party(name, name)
        if (
            phrase.first > who.first
            and phrase.kind in ("name", "other")
            and r.p.tokens[phrase.head].pos == "NAME"
        ):
            return Party(text_of(r.p, phrase), None)
    return None


def is_northern(r: Reading, found: Found, sides: dict[str, Phrase]) -> bool:
    """Tell whether North Koreans or officials go over to another country."""
    actor = found.actor
    goal = sides.get("to") or sides.get("into")
    country = goal is not None and found.to is None and goal.kind in ("name", "other")
    source = sides.get("from")
    north = source is not None and r.p.slice(source.first, source.last).lower() in (
        "north korea",
        "the north",
        "pyongyang",
        "the dprk",
    )
    if not (country or north) or actor is None:
        if actor is not None and actor.north_korean and found.strong and not found.to:
            found.subkind = "nk"
            return True
        return False
    if actor.north_korean or north:
        found.subkind = "nk"
    elif actor.state and not actor.party:
        found.subkind = "state"
    else:
        return False
    found.to = Party(text_of(r.p, goal), None) if goal is not None else None
    found.from_ = Party(text_of(r.p, source), None) if source is not None else None
    return True
