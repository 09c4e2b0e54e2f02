"""The parts of a dissolution: which party, by whom, of which kind."""

from __future__ import annotations

from dataclasses import dataclass

from rules.events.english.actors import actor_of
from rules.events.english.complements import Complement, complements
from rules.events.english.context import Reading, same
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.sides import after_of, antecedent_side, side_of
from rules.events.english.slots import Party
from rules.events.english.subjects import antecedent, subject
from rules.events.english.words import ING, PART, PAST
from state.records import Claim


@dataclass(slots=True)
class Ended:
    """The parts of one dissolution while they are put together."""

    party: Party | None
    subkind: str
    agent: Phrase | None = None
    by: str | None = None
    count: str | None = None
    count_min: int | None = None
    actor: str | None = None
    claim: Claim | None = None
    #: "the party, which the government banned": old unless the sentence dates it.
    relative: bool = False


def parts_of(r: Reading, verb: Verb) -> tuple[Phrase | None, Phrase | None, list[Complement]]:
    """Return who acts, on what, and the rest; a headline's bare participle is passive."""
    items = list(complements(r.p, verb))
    by = next((c.phrase for c in items if c.how == "by"), None)
    bare = next((c.phrase for c in items if c.how == ""), None)
    if verb.passive:
        return by, subject(r.p, verb) or (voter_of(r, verb) if verb.infinitive else None), items
    had = _had_done(r, verb)
    if had is not None:
        return by, had, items
    if verb.use in (PAST, PART) and bare is None:
        who = subject(r.p, verb)
        if by is not None or (who is not None and ended_side(r, who) is not None):
            return by, who, items
    if verb.infinitive or (verb.use == ING and not verb.be):
        return None, bare, items
    who = subject(r.p, verb)
    if (
        bare is None
        and who is not None
        and who.first
        and r.p.tokens[who.first - 1].low in ("which", "that", "whom")
    ):
        # "the party, which the government banned"
        bare = antecedent(r.p, who.first - 1)
    return who, bare, items


def _had_done(r: Reading, verb: Verb) -> Phrase | None:
    """Return what was done to: "thirty parties have had their registration cancelled"."""
    before = r.p.phrase_ending(verb.first - 1)
    if before is None or verb.be or verb.use not in (PAST, PART):
        return None
    having = r.p.verb_at(before.first - 1)
    return (
        before
        if having is not None and having.lemma in ("have", "see") and having.last == before.first
        else None
    )


def ended_side(r: Reading, phrase: Phrase | None) -> Party | None:
    """Return the party that a phrase in the place of what is ended means, or None."""
    if phrase is None or phrase.kind not in (
        "party",
        "pron",
        "acronym",
        "name",
        "count",
        "other",
        "group",
    ):
        return None
    if phrase.kind == "pron" and r.p.tokens[phrase.head].low in ("they", "them"):
        plural = [q for q in r.p.phrases if q.last <= phrase.first and r.p.tokens[q.head].low == "parties"]
        return side_of(r, plural[-1]) if plural else None
    if phrase.kind == "pron" and r.p.tokens[phrase.head].low in (
        "he",
        "she",
        "him",
        "her",
        "we",
        "i",
        "who",
    ):
        return None
    if phrase.kind == "group":
        return None
    if phrase.kind in ("count", "other"):
        return _partitive_side(r, phrase) or _outfit_side(r, phrase)
    party = side_of(r, phrase)
    if party is None:
        return None
    if not party.sure and not _is_party_here(r, party):
        return None
    return party


def _outfit_side(r: Reading, phrase: Phrase) -> Party | None:
    party = side_of(r, phrase)
    return party if party is not None and party.sure and party.name and phrase.kind == "other" else None


def _partitive_side(r: Reading, phrase: Phrase) -> Party | None:
    """Read "dozens of parties", "three of the parties"."""
    of = after_of(r, phrase)
    low = r.p.tokens[phrase.head].low
    if (
        of is None
        or of.kind != "party"
        or (phrase.kind == "other" and low not in r.words.set("many") | {"number", "half", "majority"})
    ):
        return None
    inner = side_of(r, of)
    return (
        Party(r.p.slice(phrase.first, of.last), None) if inner is not None and inner.name is None else inner
    )


def _is_party_here(r: Reading, party: Party) -> bool:
    """Tell whether an unproven name is a party's here: its form, and politics all around."""
    form = any(name.name == party.name for name in r.p.parties)
    if r.context.other_world > r.context.political:
        return False
    if form:
        return r.context.political > 1
    return bool(party.name) and party.name.isupper() and r.context.party_words > 0  # type: ignore[union-attr]


def voter_of(r: Reading, verb: Verb) -> Phrase | None:
    """Return who votes, agrees or decides to do what an infinitive says."""
    before = [v for v in r.p.verbs if v.last <= verb.first and not v.infinitive]
    return subject(r.p, before[-1]) if before else None


def is_own_act(r: Reading, agent: Phrase | None, party: Party) -> bool:
    """Tell whether those who end a party are its own members or leader."""
    if agent is None:
        return False
    if agent.kind == "party":
        found = side_of(r, agent)
        return found is not None and (
            same(found.name, party.name)
            or same(found.text, party.text)
            or party.text.lower() in ("it", "itself")
        )
    if agent.kind in ("group", "person", "name", "pron", "count"):
        actor = actor_of(r, agent)
        if actor is not None and actor.party and same(actor.party, party.name):
            return True
        head = r.p.tokens[agent.head].low
        return party.text.lower().startswith(("his ", "her ", "their ", "its ")) or head in (
            "members",
            "delegates",
            "founder",
            "founders",
            "membership",
        )
    return False


def make_ended(r: Reading, party: Party, target: Phrase, subkind: str, agent: Phrase | None) -> Ended:
    """Return the parts, with the number of parties where one is told."""
    ended = Ended(party, subkind, agent)
    counted = counted_parties(r, target)
    if counted:
        ended.count, ended.count_min = counted
    at = target.last + (r.p.tokens[min(target.last, len(r.p.tokens) - 1)].low == ",")
    led = at < len(r.p.tokens) and r.p.tokens[at].low in ("which", "that", "whom")
    ended.relative = led and agent is not None and agent.first == at + 1
    return ended


def counted_parties(r: Reading, phrase: Phrase) -> tuple[str, int | None] | None:
    """Return the number in "four parties", as published and as a number."""
    first = r.p.tokens[phrase.first]
    if first.pos == "NUM" and r.p.tokens[phrase.head].low in ("parties", "party"):
        actor = actor_of(r, Phrase(phrase.first, phrase.last, phrase.head, "group"))
        return (actor.count or first.text, actor.count_min) if actor else None
    return None


def end_subkind(r: Reading, lemma: str, agent: Phrase | None) -> str:
    """Return court, admin or exec by who acts and how."""
    kind = agency_of(r, agent)
    if lemma in ("deregister", "de-register", "delist", "de-list", "unregister"):
        return kind if kind == "court" else "admin"
    if kind:
        return kind
    return (
        "exec"
        if lemma in ("ban", "outlaw", "proscribe", "prohibit", "criminalise", "criminalize", "abolish")
        else "court"
    )


def agency_of(r: Reading, agent: Phrase | None) -> str:
    """Return court, admin or exec by who acts, or ""."""
    if agent is None:
        return ""
    lows = [t.low for t in r.p.tokens[agent.first : agent.last]]
    if r.p.tokens[agent.head].low == "order" or "order" in lows:
        lows += [t.low for t in r.p.tokens[agent.last : agent.last + 6]]
    for name in ("court", "administration", "executive"):
        if set(lows) & r.words.set(f"bodies.{name}"):
            both = name == "administration" and set(lows) & {
                "revolutionary",
                "military",
                "ruling",
                "security",
                "sovereign",
                "transitional",
            }
            return {"court": "court", "administration": "exec" if both else "admin", "executive": "exec"}[
                name
            ]
    if agent.kind in ("person", "name", "group"):
        return "exec"
    return ""


def registered_side(
    r: Reading, target: Phrase, items: list[Complement]
) -> tuple[Party | None, Phrase | None]:
    """Return whose registration a phrase is: "the registration of X", "X's legal status"."""
    head = r.p.tokens[target.head].low
    activities = {"activities", "activity", "operations", "operation"}
    if head not in r.words.set("dissolution.registration_nouns") | activities:
        return None, None
    of = after_of(r, target)
    if of is not None and r.p.tokens[of.head].low == "registration":
        # "the certificate of registration of X"
        return registered_side(r, of, items)
    if of is not None:
        return ended_side(r, of), of
    if target.owner >= 0:
        owner = Phrase(target.first, target.owner - 1, target.owner - 2, "party", target.parties)
        if r.p.tokens[owner.head].party >= 0 or r.p.tokens[owner.head].low in (
            "party",
            "opposition",
        ):
            return ended_side(r, owner), owner
        return None, None
    if target.parties:
        name = r.p.parties[target.parties[0]].name
        return Party(name, name), target
    if r.p.tokens[target.first].low == "its":
        return antecedent_side(r, target, "it"), target
    if r.p.tokens[target.first].low == "their":
        owners = [q for q in r.p.phrases if q.kind == "party" and q.last <= target.first]
        return (ended_side(r, owners[-1]), owners[-1]) if owners else (None, None)
    return None, None


def seat_owner(r: Reading, seats: Phrase) -> Party | None:
    """Return the party whose seats a phrase means."""
    p = r.p
    if seats.parties:
        name = p.parties[seats.parties[0]].name
        return Party(name, name)
    for other in p.phrases:
        if (
            seats.last <= other.first <= seats.last + 6
            and other.kind == "party"
            and p.tokens[other.first - 1].low in ("by", "of")
        ):
            return side_of(r, other)
    if p.tokens[seats.first].low in ("its", "their", "the") and (p.parties or r.context.party):
        return antecedent_side(r, seats, "it")
    if p.tokens[seats.first].low == "its":
        return antecedent_side(r, seats, "it")
    return None
