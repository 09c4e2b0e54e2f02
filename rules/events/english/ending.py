"""Acts that end a party: dissolve, ban, strike off, declare illegal, annul its registration, suspend."""

from __future__ import annotations

from rules.events.english.acts import Hit
from rules.events.english.complements import Complement
from rules.events.english.context import Reading, text_of
from rules.events.english.ended import (
    Ended,
    agency_of,
    counted_parties,
    end_subkind,
    ended_side,
    is_own_act,
    make_ended,
    parts_of,
    registered_side,
    voter_of,
)
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.sides import antecedent_side, side_of
from rules.events.english.slots import Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import subject

_LAWS = frozenset(
    "law laws bill amendment amendments act power powers legislation clause constitution".split()
)
_GRANTS = frozenset(
    "allow enable empower let authorise authorize permit allows allowing letting lets empowers give gives right".split()
)
_OF_PARTIES = frozenset("outlaw proscribe deregister de-register delist dissolve ban disband".split())
_COMMON = frozenset("ban scrap ax axe terminate abolish prohibit shut cancel annul nullify".split())
#: What is done to projects and contracts as well: it takes a name that is surely a party's.
_PROJECTS = frozenset("scrap ax axe terminate cancel annul nullify".split())
#: "dissolved its organisational structure"
_OUTFITS = frozenset("structure structures organisation organization apparatus organs".split())
#: "a far-right party" is one, "a political party" is any.
_KNOWN = frozenset(
    "ruling opposition far-right far-left main largest biggest rival governing kurdish islamist".split()
)


def frame_end(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party that is dissolved, banned or outlawed."""
    agent, target, items = parts_of(r, hit.verb)
    if target is not None and r.p.tokens[target.head].low in ("itself", "themselves"):
        return None
    if " " in hit.words and r.p.tokens[hit.last - 1].low in ("to", "of", "with"):
        target = r.p.phrase_starting(hit.last)
    party = ended_side(r, target) or _outlawed_name(r, hit, target)
    if party is None and hit.verb.passive and hit.verb.infinitive:
        # "gave X a week to file accounts or be dissolved"
        target = stance.addressee
        party = ended_side(r, target)
    if party is None and target is not None:
        return _own_structure(r, target) or _banned_activities(r, target, items, agent)
    if party is None or target is None or _only_allowed(r, party, target, stance):
        return None
    if _is_of_anything(r, hit, party, items, target):
        return None
    if hit.words == "close" and (agency_of(r, agent) != "court" or not party.sure):
        return None
    lemma = hit.verb.lemma
    ended = make_ended(r, party, target, end_subkind(r, lemma, agent), agent)
    if agent is not None and is_own_act(r, agent, party):
        ended.subkind = "self"
    if (
        stance.governors
        and stance.governors[0] in ("vote", "agree", "decide", "resolve", "choose")
        and is_own_act(r, voter_of(r, hit.verb), party)
    ):
        ended.subkind, ended.agent = "self", None
    elif ended.agent is None and hit.verb.infinitive:
        ended.agent = voter_of(r, hit.verb)
        if is_own_act(r, ended.agent, party):
            ended.subkind = "self"
        elif ended.agent is not None and ended.subkind == "court":
            ended.subkind = end_subkind(r, lemma, ended.agent)
    return ended


def _own_structure(r: Reading, target: Phrase) -> Ended | None:
    """Read a party that dissolves "its organisational structure"."""
    tokens = r.p.tokens
    if tokens[target.head].low not in _OUTFITS or tokens[target.first].low != "its":
        return None
    own = antecedent_side(r, target, "it")
    return make_ended(r, own, target, "self", None) if own is not None else None


def _is_shared_modifier(r: Reading, target: Phrase) -> bool:
    """Tell whether a name only says whose things are ended: "close all Hamas and Islamic Jihad institutions"."""
    at = target.last
    behind = r.p.phrase_starting(at + 1) if at < len(r.p.tokens) and r.p.tokens[at].pos == "CONJ" else None
    return behind is not None and behind.kind == "other" and r.p.tokens[behind.first].pos == "NAME"


def _is_of_anything(
    r: Reading, hit: Hit, party: Party, items: list[Complement], target: Phrase | None
) -> bool:
    """Tell whether a verb said of anything has no party's name, or a deed or thing is banned."""
    lemma = hit.verb.lemma
    if target is not None and _is_shared_modifier(r, target):
        return True
    if lemma in ("ban", "prohibit") and _is_ban_of_deed(r, hit.verb, items):
        return True
    if lemma in _COMMON and not party.sure and (party.name is None or lemma in _PROJECTS):
        return True
    if lemma in _PROJECTS and r.context.party_words == 0:
        return True
    if lemma == "shut" and hit.words == "shut":
        return True
    return lemma == "ban" and any(c.how in ("from", "to") for c in items)


def _outlawed_name(r: Reading, hit: Hit, target: Phrase | None) -> Party | None:
    """Read a name of any form as a party's where it is done what is done to parties alone."""
    if target is None or target.kind not in ("name", "acronym") or hit.verb.lemma not in _OF_PARTIES:
        return None
    if r.context.partisan < 1 or r.context.other_world > r.context.political or target.owner >= 0:
        return None
    if {t.low for t in r.p.tokens[target.first : target.last]} & r.words.set("chambers"):
        return None
    named = side_of(r, target)
    return Party(named.text, named.text) if named is not None else None


def _banned_activities(
    r: Reading, target: Phrase, items: list[Complement], agent: Phrase | None
) -> Ended | None:
    """Read a ban on all that a party does: "banned all activities of the Awami League"."""
    if r.p.tokens[target.head].low not in ("activities", "activity", "operations"):
        return None
    party, whose = registered_side(r, target, items)
    if party is None and "political" in {t.low for t in r.p.tokens[target.first : target.last]}:
        # "banned all political activity"
        return make_ended(r, Party(text_of(r.p, target), None), target, "suspend", agent)
    return make_ended(r, party, whose, "suspend", agent) if party is not None and whose is not None else None


def _only_allowed(r: Reading, party: Party, target: Phrase, stance: Stance) -> bool:
    """Tell whether only a power over parties in general is meant: "would allow the ministry to dissolve parties"."""
    tokens = r.p.tokens
    any_one = (
        tokens[target.first].low in ("a", "any")
        and not {t.low for t in tokens[target.first : target.head]} & _KNOWN
    )
    if (
        party.name is not None
        or counted_parties(r, target)
        or not (any_one or tokens[target.head].low == "parties")
    ):
        return False
    granted = bool({t.low for t in tokens[: target.first]} & (_LAWS | _GRANTS))
    open_ = bool(stance.labels & {"conditional", "refused", "denied"}) and not stance.governors
    return granted or open_


def _is_ban_of_deed(r: Reading, verb: Verb, items: list[Complement]) -> bool:
    """Tell whether a ban is of a deed: "banned the party from holding a rally"."""
    for index in range(verb.last, min(len(r.p.tokens), verb.last + 14)):
        token = r.p.tokens[index]
        if token.low == "from" and index + 1 < len(r.p.tokens):
            return True
        if token.text in (".", ",", ";"):
            return False
    return False


def frame_strike(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party struck off the register."""
    agent, target, _items = parts_of(r, hit.verb)
    party = ended_side(r, target)
    lows = {t.low for t in r.p.tokens[hit.verb.last : hit.verb.last + 12]}
    if target is not None and target.parties and "ballot" in lows:
        # "struck the Left Front's list from the ballot"
        name = r.p.parties[target.parties[0]].name
        return make_ended(r, Party(name, name), target, "disq", agent)
    if (
        party is None
        or target is None
        or not lows & {"register", "registry", "roll", "rolls", "list", "registration", "off"}
    ):
        return None
    registered = bool(lows & {"register", "registry", "roll", "rolls"})
    registered |= "list" in lows and bool(lows & {"parties", "registered", "recognised", "legal"})
    if hit.words not in ("strike off", "strike from") and not registered:
        return None
    return make_ended(r, party, target, "court" if agency_of(r, agent) == "court" else "admin", agent)


#: "placed X on its list of banned organisations"
_LISTS = frozenset(("place", "put", "add"))


def frame_declare(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party declared illegal."""
    verb = hit.verb
    agent, target, _items = parts_of(r, verb)
    party = ended_side(r, target)
    if party is None and not verb.passive:
        # "ruled that the party is unconstitutional"
        inner = next((v for v in r.p.verbs if v.first >= verb.last and v.lemma == "be"), None)
        target = subject(r.p, inner) if inner is not None and inner.first < verb.last + 10 else None
        party = ended_side(r, target)
    if party is None or target is None:
        return None
    start = max(target.last, verb.last)
    after = {t.low for t in r.p.tokens[start : start + 8]} | {
        t.low for t in r.p.tokens[verb.last : verb.last + 3]
    }
    if verb.passive:
        after = {t.low for t in r.p.tokens[verb.last : verb.last + 6]}
    told = [t.low for t in r.p.tokens[start : start + 9]]
    unmade = {"no", "longer"} <= set(told) and bool({"party", "organisation", "group"} & set(told))
    if not after & r.words.set("dissolution.illegal") and not unmade:
        return None
    if hit.words in _LISTS and "list" not in told:
        return None
    if not verb.passive and subject(r.p, verb) is not None and agency_of(r, subject(r.p, verb)) == "":
        return None
    return make_ended(
        r, party, target, end_subkind(r, "dissolve" if "dissolved" in after else "ban", agent), agent
    )


def frame_registration(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party whose registration is annulled."""
    agent, target, items = parts_of(r, hit.verb)
    if target is None and hit.words in ("lapse", "end", "expire"):
        agent, target = None, subject(r.p, hit.verb)
    if target is None:
        return None
    if hit.verb.lemma == "strip":
        stripped = next((c.phrase for c in items if c.how == "of"), None)
        party = ended_side(r, target)
        if (
            party is None
            or stripped is None
            or r.p.tokens[stripped.head].low not in r.words.set("dissolution.registration_nouns")
        ):
            return None
        return make_ended(r, party, target, "court" if agency_of(r, agent) == "court" else "admin", agent)
    party, whose = registered_side(r, target, items)
    if party is None or whose is None:
        return None
    return make_ended(r, party, whose, "court" if agency_of(r, agent) == "court" else "admin", agent)


def frame_suspend(r: Reading, hit: Hit, stance: Stance) -> Ended | None:
    """Read a party whose registration or activity is suspended."""
    agent, target, items = parts_of(r, hit.verb)
    if target is None:
        return None
    party, whose = registered_side(r, target, items)
    if party is None and r.p.tokens[target.head].low in ("activity", "activities", "operations", "work"):
        # "ordered X to suspend all activity"
        party, whose = ended_side(r, stance.addressee), stance.addressee
        agent = subject(r.p, stance.top) if stance.top is not None and not stance.top.passive else agent
    if party is None:
        party, whose = ended_side(r, target), target
        if agent is not None and agent.kind in ("party",) and target.kind != "party":
            return None
    if party is None or whose is None or party.text.lower() == "it":
        return None
    return make_ended(r, party, whose, "suspend", agent)
