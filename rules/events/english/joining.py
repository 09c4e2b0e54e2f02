"""Acts of joining: join, return to the fold, pledge allegiance."""

from __future__ import annotations

from rules.events.english.acts import Hit
from rules.events.english.armed import LEFT, armed_join
from rules.events.english.complements import complements
from rules.events.english.context import Reading, text_of
from rules.events.english.moving import Found, is_convincing, is_partisan, is_same_side, left_before, mover_of
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.sides import side_of
from rules.events.english.slots import Actor, Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import antecedent, subject
from rules.events.english.words import ING
from state.records import Claim

#: Verbs of moving that are said of anything; of a politician they mean a side.
_ANYWHERE = frozenset("move switch shift cross go run find take sit team fold surrender".split())


#: To a party by name nobody moves in any other sense.
_MOVES = frozenset(("move", "switch", "shift", "cross"))
#: "threw in his lot", "a new home": nobody says so of a first membership.
_CHOSEN = frozenset(("lot", "lots", "tent", "tents", "home", "wagon", "sides", "camp", "refuge"))


def frame_join(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "joined X", "threw in his lot with X"."""
    actor = mover_of(r, hit.verb, stance)
    joined = _joined_phrase(r, hit)
    if joined is None or (actor is not None and actor.is_party):
        return None
    if actor is not None and r.p.tokens[joined.head].low in ("independent", "independents"):
        return _gone_independent(r, actor, joined)
    r.avoid = actor.party if actor is not None else None
    party = side_of(r, joined, None)
    r.avoid = None
    found = Found(actor, to=party)
    if party is None or (not party.sure and actor is not None and actor.military and not actor.politician):
        armed = armed_join(r, hit, found, joined)
        if armed is not None or party is None:
            return armed
    if _is_no_move(r, hit, found, joined, party):
        return None
    source = next((c.phrase for c in complements(r.p, hit.verb) if c.how == "from"), None)
    found.from_ = side_of(r, source, actor) if source is not None else None
    if found.from_ is None and actor is not None and actor.party and not is_same_side(actor.party, party):
        found.from_ = Party(actor.party, actor.party)
    if found.from_ is None and actor is not None and actor.opposition and party.text.lower() != "opposition":
        found.from_ = Party("opposition", None)
    return _recruited(r, hit, found, stance)


def _gone_independent(r: Reading, actor: Actor, joined: Phrase) -> Found | None:
    """Read "elected for X will sit as independents"."""
    if not actor.party:
        return None
    return Found(actor, Party(actor.party, actor.party), Party(text_of(r.p, joined), None), subkind="leave")


def _is_no_move(r: Reading, hit: Hit, found: Found, joined: Phrase, party: Party) -> bool:
    """Tell whether what is joined is no side, or nothing says that it is one."""
    head, partisan = r.p.tokens[joined.head].low, is_partisan(r, found.actor)
    if head == "opposition" and (not partisan or _is_resistance(r, joined)):
        return True
    if not party.sure and joined.last < len(r.p.tokens) and r.p.tokens[joined.last].low == "as":
        return True  # "joined Lorimar as vice president": a post
    if _is_common_work(r, joined) or not (party.sure or is_convincing(r, hit, found)):
        return True
    form = party.sure or any(name.name == party.name for name in r.p.parties)
    moves = hit.words.split()[0] in _MOVES and party.sure and party.name is not None
    return hit.words.split()[0] in _ANYWHERE and not moves and not (partisan and form)


def _is_resistance(r: Reading, joined: Phrase) -> bool:
    """Tell whether "the opposition" is one to a thing: "joined the opposition to the tax"."""
    return joined.last < len(r.p.tokens) and r.p.tokens[joined.last].low in ("to", "against")


def _is_common_work(r: Reading, joined: Phrase) -> bool:
    """Tell whether somebody only does a thing together with others: "joined Congress in fighting deficits"."""
    verb = r.p.verb_at(joined.last + 1)
    together = joined.last < len(r.p.tokens) and r.p.tokens[joined.last].low == "in"
    return together and verb is not None and verb.use == ING


def _recruited(r: Reading, hit: Hit, found: Found, stance: Stance) -> Found | None:
    """Tell a change of side from a first membership, which is a recruitment."""
    asked = bool(stance.labels & {"called_for", "refused", "denied"})
    pressed = bool(stance.addressee) or asked
    if found.from_ is None and found.actor is not None and found.actor.military and not found.subkind:
        found.subkind = "" if found.actor.politician else "military"
    if found.from_ is None and not found.subkind:
        office = found.actor is not None and found.actor.politician
        left = left_before(r, hit.verb)
        if not (pressed or office or left or _CHOSEN & set(hit.words.split())):
            found.subkind = "recruitment"
        else:
            found.subkind = "" if left else "join"
    return found


def frame_rejoin(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "returned to the fold", which undoes a departure."""
    actor = mover_of(r, hit.verb, stance)
    joined = _joined_phrase(r, hit)
    if actor is None or joined is None or actor.is_party:
        return None
    lows = {t.low for t in r.p.tokens[joined.first : joined.last + 4]}
    party = side_of(r, joined, actor)
    if party is None and "fold" in lows and (actor.party or actor.politician or r.context.political):
        known = actor.party or r.context.party
        party = Party(known or text_of(r.p, joined), known)
    if party is None or (not party.sure and not is_partisan(r, actor)):
        return None
    if party.name is None and not is_partisan(r, actor) and "fold" not in lows and not r.context.political:
        return None
    found = Found(actor, to=party, subkind="join")
    if not stance.labels - {"claimed"}:
        found.claim = Claim.REVERSED
    return found


def frame_pledge(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read "pledged allegiance to X"."""
    actor = mover_of(r, hit.verb, stance)
    party = side_of(r, r.p.phrase_starting(hit.last), None)
    if party is None or actor is None or actor.is_party or (not party.sure and not is_partisan(r, actor)):
        return None
    found = Found(actor, to=party, subkind="pledge", strong=True)
    if actor.party and not is_same_side(actor.party, party):
        found.from_ = Party(actor.party, actor.party)
    return found


def _joined_phrase(r: Reading, hit: Hit) -> Phrase | None:
    if " " in hit.words and r.p.tokens[hit.last - 1].low in (
        "with",
        "to",
        "for",
        "in",
        "of",
        "into",
        "on",
        "as",
    ):
        return r.p.phrase_starting(hit.last)
    bare = next((c.phrase for c in complements(r.p, hit.verb) if c.how == ""), None)
    return bare or relative_object(r, hit.verb)


def relative_object(r: Reading, verb: Verb) -> Phrase | None:
    """Return what "which" stands for in "X, which he has now joined"; a plain past only describes."""
    who = subject(r.p, verb)
    at = who.first - 1 if who is not None and who.last <= verb.first else -1
    lows = {t.low for t in r.p.tokens[verb.first : verb.main]}
    if at < 1 or r.p.tokens[at].low not in ("which", "that") or not lows & {"has", "have", "'ve", "will"}:
        return None
    return antecedent(r.p, at)


def frame_support(r: Reading, hit: Hit, stance: Stance) -> Found | None:
    """Read a flight followed by support for the other side; support alone is no change of side."""
    fled = any(v.lemma in LEFT | {"flee", "defect", "leave", "escape", "resign"} for v in r.p.verbs)
    found = frame_pledge(r, hit, stance)
    if found is None or not fled:
        return None
    found.subkind = "switch"
    return found
