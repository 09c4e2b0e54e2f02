"""The parts of a change of side: who moves, from where, to where, and what makes it one."""

from __future__ import annotations

from dataclasses import dataclass

from rules.events.english.actors import actor_of
from rules.events.english.acts import Hit
from rules.events.english.complements import Complement, complements, next_infinitive
from rules.events.english.context import Reading, same
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.sides import side_of
from rules.events.english.slots import Actor, Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import climb, subject
from rules.events.english.words import BASE, ING
from state.records import Claim

#: Where one of these is spoken of, an unknown name is a firm's or a treaty's.
_FIRMS = frozenset(
    "director directors plc inc ltd corp corporation company firm shares bank banking currency talks treaty "
    "agreement executive consultancy broker brokerage".split()
)


#: A name with one of these is no party's.
_HOUSES = frozenset("church university college school hospital bank club academy".split())
#: What those who leave do next.
_ENTERS = frozenset(("join", "enter", "stand", "run"))


@dataclass(slots=True)
class Found:
    """The parts of one defection while they are put together."""

    actor: Actor | None
    from_: Party | None = None
    to: Party | None = None
    by: str | None = None
    subkind: str = ""
    claim: Claim | None = None
    strong: bool = False
    pressure: bool = False


def left_before(r: Reading, verb: Verb) -> bool:
    """Tell whether the same sentence has the actor leave a party first."""
    before = {r.p.tokens[i].low for i in range(verb.first)}
    return bool(
        before
        & {
            "defected",
            "quit",
            "left",
            "leave",
            "leaving",
            "resigned",
            "abandoned",
            "former",
            "switched",
            "defect",
            "quitting",
            "resigning",
            "dissolved",
            "sides",
            "ex",
            "dumped",
            "ditched",
        }
    )


def mover_of(r: Reading, verb: Verb, stance: Stance) -> Actor | None:
    """Return who moves: the verb's own subject, else who was urged or who refuses."""
    reduced = verb.use == ING and not verb.be
    bare = verb.use == BASE and not verb.modal and not verb.infinitive
    shown = _shown_people(r, verb) if reduced else None
    if shown is not None:
        return actor_of(r, shown)
    if verb.infinitive or reduced or (bare and stance.governors):
        asked = stance.addressee
        pressing = stance.labels & {"called_for"} or (
            stance.governors and stance.governors[0] in r.words.set("carried_out")
        )
        if (
            asked is not None
            and asked.kind != "body"
            and (pressing or asked.kind in ("group", "person", "pron", "name"))
        ):
            return actor_of(r, asked)
        who = _controller_of(r, verb, stance)
        return actor_of(r, who)
    return actor_of(r, subject(r.p, verb))


def _shown_people(r: Reading, verb: Verb) -> Phrase | None:
    """Return the people directly before an -ing form: "showed activists apologising and pledging"."""
    at = verb.first - 1
    if at >= 0 and r.p.tokens[at].low == "and":
        other = r.p.verb_at(at - 1)
        if other is None or other.use != ING or other.be:
            return None
        at = other.first - 1
    phrase = r.p.phrase_ending(at)
    return phrase if phrase is not None and phrase.kind in ("group", "person", "name") else None


def _controller_of(r: Reading, verb: Verb, stance: Stance) -> Phrase | None:
    """Return the subject of the verb that governs an infinitive or -ing form."""
    before = [other for other in r.p.verbs if other.last <= verb.first and not other.infinitive]
    for other in reversed(before):
        if other.use == ING and not other.be and other is not stance.top:
            continue
        who = subject(r.p, other)
        if who is not None:
            return who
    at = verb.first - 1
    phrase = r.p.phrase_ending(at)
    if phrase is not None and phrase.kind in ("group", "person", "name"):
        return climb(r.p, phrase)
    # "After quitting the party, she joined": the subject comes later.
    for other in r.p.verbs:
        if other.first > verb.last and other.finite:
            return subject(r.p, other)
    return None


def fill_sides(r: Reading, hit: Hit, found: Found) -> dict[str, Phrase] | None:
    """Fill from and to; None where the goal is a club, a firm or a product."""
    phrases: dict[str, Phrase] = {}
    for item in complements(r.p, hit.verb):
        led = item.how in ("from", "to", "into", "for", "with", "of") and item.how not in phrases
        if led and item.phrase.kind != "date":
            phrases[item.how] = item.phrase
    goal = phrases.get("to") or phrases.get("into") or phrases.get("for")
    if hit.words.endswith(" to") and goal is None:
        goal = r.p.phrase_starting(hit.last)
    found.from_ = side_of(r, phrases.get("from"), found.actor)
    r.avoid = found.actor.party if found.actor is not None else None
    found.to = side_of(r, goal, None)
    r.avoid = None
    if found.to is not None and not found.to.sure and not (is_partisan(r, found.actor) or found.from_):
        found.to = None
    if found.from_ is not None and not found.from_.sure and not (is_partisan(r, found.actor) or found.to):
        found.from_ = None
    for phrase, side in ((goal, found.to), (phrases.get("from"), found.from_)):
        if phrase is not None and side is None and phrase.kind == "other":
            head = r.p.tokens[phrase.head].low
            if head not in r.words.set("people.armed_sides") and not _is_side_word(r, head):
                return None
    if (
        found.from_ is None
        and found.actor is not None
        and found.actor.party
        and not is_same_side(found.actor.party, found.to)
    ):
        found.from_ = Party(found.actor.party, found.actor.party)
    if found.from_ is None and found.actor is not None and found.actor.opposition and found.to:
        found.from_ = Party("opposition", None)
    follow = next_infinitive(r.p, hit.last)
    if found.to is None and follow is not None and follow.lemma in ("join", "sit"):
        found.to = side_of(r, next((c.phrase for c in complements(r.p, follow)), None))
    return phrases | ({"to": goal} if goal is not None else {})


def _is_side_word(r: Reading, head: str) -> bool:
    return head in (
        "coalition",
        "side",
        "benches",
        "bench",
        "camp",
        "bloc",
        "ranks",
        "alliance",
        "independents",
        "party",
        "parties",
    )


def target_of(r: Reading, hit: Hit, start: int, actor: Actor) -> Party | None:
    """Return where somebody goes who leaves: "for Y", "to join Y", "and joined Y"."""
    for item in complements(r.p, hit.verb):
        if item.how in ("for", "to", "into") and item.phrase.first >= start - 1:
            if item.how == "to" and hit.frames[0] not in ("leave_from", "move"):
                continue
            party = side_of(r, item.phrase, None)
            if party is not None and (party.sure or is_partisan(r, actor) or _is_political(r, actor)):
                return party
    for other in r.p.verbs:
        if (
            other.first < start
            or other.first > start + 14
            or other.lemma not in ("join", "sit", "become", "back", "enter", "stand", "run")
        ):
            continue
        if any(t.text in (";", ":") or t.pos in ("REL",) for t in r.p.tokens[start : other.first]):
            break
        items = [c for c in complements(r.p, other) if other.lemma not in ("stand", "run") or c.how == "for"]
        item2: Complement | None = next(iter(items), None)
        if item2 is None:
            continue
        if r.p.tokens[item2.phrase.head].low in ("independent", "independents"):
            return Party(r.p.tokens[item2.phrase.head].text, None)
        if other.lemma in _ENTERS and (other.infinitive or _same_mover(r, other, hit.verb)):
            party = side_of(r, item2.phrase, None)
            if party is not None and (party.sure or is_partisan(r, actor) or _is_political(r, actor)):
                return party
    return None


def _is_political(r: Reading, actor: Actor) -> bool:
    """Tell whether somebody named moves where an article speaks of parties."""
    return actor.named and r.context.partisan > 0 and r.context.political > r.context.other_world


def _same_mover(r: Reading, later: Verb, earlier: Verb) -> bool:
    first, second = subject(r.p, later), subject(r.p, earlier)
    if first is None or second is None:
        return True
    return first is second or first.kind == "pron"


def is_partisan(r: Reading, actor: Actor | None) -> bool:
    """Tell whether an actor is a politician or somebody of a party."""
    return actor is not None and (actor.politician or bool(actor.party) or actor.opposition)


def is_convincing(r: Reading, hit: Hit, found: Found) -> bool:
    """Tell whether politicians and a second party let a bare name stand for a party."""
    actor = found.actor
    if r.context.other_world > r.context.political or actor is None or _is_firm(r):
        return False
    names = f"{found.from_.text if found.from_ else ''} {found.to.text if found.to else ''}".lower().split()
    if set(names) & _HOUSES:
        return False
    if r.paired and r.context.partisan > 0 and r.context.political > 0:
        return True
    other = found.to if hit.frames[0].startswith("leave") else found.from_
    both = other is not None and other.sure
    form = any(not name.sure for name in r.p.parties)
    if actor.politician and not (actor.party is None and hit.words == "leave" and not form):
        return True
    return both or bool(actor.party) or (form and r.context.political > 1)


def _is_firm(r: Reading) -> bool:
    """Tell whether the sentence speaks of posts in firms: "joins Blue Arrow as a non-executive director"."""
    lows = {t.low for t in r.p.tokens}
    formed = any(not name.sure for name in r.p.parties)
    return bool(lows & _FIRMS) or (r.context.partisan == 0 and not formed)


def is_in_context(r: Reading, found: Found) -> bool:
    """Tell whether the article is about parties at all."""
    if r.context.other_world > r.context.political:
        return False
    return bool(r.context.party or r.context.main_party) or r.context.political > 3


def is_same_side(name: str | None, party: Party | None) -> bool:
    """Tell whether a name is that of a party."""
    return party is not None and (same(name, party.name) or same(name, party.text))
