"""A sentence about people who change sides, as a mention."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules.events.draft import Draft
from rules.events.english.actors import actor_of, name_of
from rules.events.english.acts import Hit
from rules.events.english.armed import frame_asylum, frame_yield
from rules.events.english.context import Reading, same, text_of
from rules.events.english.governing import read_stance
from rules.events.english.joining import frame_join, frame_pledge, frame_rejoin, frame_support
from rules.events.english.leaving import (
    frame_floor,
    frame_leave,
    frame_leave_from,
    frame_membership,
    frame_move,
    frame_resign,
    frame_switch,
)
from rules.events.english.moving import Found, is_same_side
from rules.events.english.phrases import Parsed, Phrase, Verb
from rules.events.english.roles import roles
from rules.events.english.sides import after_of, side_of
from rules.events.english.slots import Actor, Party
from rules.events.english.stance import Stance
from rules.events.english.subjects import climb, subject
from rules.events.english.taking import frame_expel, frame_poach, frame_readmit, frame_receive
from rules.events.english.words import BASE, ING, PART, PAST, THIRD
from state.records import Claim

_PREVENTS = frozenset("bar ban prohibit prevent forbid stop discourage deter dissuade keep block".split())
_MASS = 24
#: So many leave only in the counters of standing campaigns.
_CAMPAIGN = 2_000_000


Frame = Callable[[Reading, Hit, Stance], Found | None]
#: Who reads which frame of the lexicon.
FRAMES: Mapping[str, Frame] = {
    "move": frame_move,
    "switch": frame_switch,
    "floor": frame_floor,
    "leave": frame_leave,
    "leave_from": frame_leave_from,
    "membership": frame_membership,
    "resign": frame_resign,
    "join": frame_join,
    "rejoin": frame_rejoin,
    "pledge": frame_pledge,
    "support": frame_support,
    "expel": frame_expel,
    "poach": frame_poach,
    "receive": frame_receive,
    "readmit": frame_readmit,
    "asylum": frame_asylum,
    "yield": frame_yield,
}

_UNPARTISAN = frozenset(("military", "nk", "state", "pledge", "recruitment", "expelled"))
_CALLED = frozenset((Claim.CALLED_FOR, Claim.CLAIMED, Claim.DENIED, Claim.RUMOURED))


def read_defection(r: Reading, hit: Hit) -> Draft | None:
    """Return the mention that an act makes, or None where its parts are not those of a defection."""
    if is_no_news(r, hit.verb):
        return None
    stance = read_stance(r, hit.verb.first, hit.verb, "defection")
    if set(stance.governors) & _PREVENTS and "from" in {
        t.low for t in r.p.tokens[max(0, hit.verb.first - 2) : hit.verb.first]
    }:
        return None
    r.called = "called_for" in stance.labels
    for frame in hit.frames:
        found = FRAMES[frame](r, hit, stance)
        if found is not None and not _is_anybody(r, found, hit.verb, stance):
            return make_defection(r, found, stance, hit.verb)
    return None


def is_no_news(r: Reading, verb: Verb) -> bool:
    """Tell whether a verb speaks of people in general, of what never was, or only ranks an act."""
    return _is_counterfactual(r.p, verb) or _is_general(r.p, verb) or _is_ranked(r.p, verb)


def _is_anybody(r: Reading, found: Found, verb: Verb, stance: Stance) -> bool:
    """Tell whether only people in general are said to change sides: "politicians have crossed the floor"."""
    actor = found.actor
    if actor is not None and (actor.count_min or 0) >= _CAMPAIGN:
        return True
    if actor is None and not (found.from_ or found.to or stance.governors):
        return True
    if actor is None or actor.pronoun or actor.named or found.from_ or found.to or r.p.headline:
        return False
    who = subject(r.p, verb)
    if (
        who is None
        or who.kind != "group"
        or who.last - who.first > 1
        or actor.count
        or stance.addressee is not None
    ):
        return False
    return actor.plural and not actor.military


def make_defection(r: Reading, found: Found, stance: Stance, verb: Verb | None) -> Draft:
    """Return the mention with its claim, sub-kind and slots."""
    actor = found.actor
    draft = Draft("defection", found.subkind, found.claim or stance.claim(), r.where)
    if actor is not None:
        draft.actor, draft.actor_named = actor.text, actor.named
        draft.count, draft.count_min = actor.count, actor.count_min
        draft.office, draft.actor_party = actor.national, actor.party
    if found.from_ is None and found.subkind not in _UNPARTISAN:
        found.from_ = _side_left(r, found, verb)
    _add_sides(r, found)
    draft.from_named = found.from_ is not None and found.from_.name is not None
    draft.to_named = found.to is not None and found.to.name is not None
    draft.from_ = found.from_.name or found.from_.text if found.from_ else None
    draft.to = found.to.name or found.to.text if found.to else None
    draft.by = found.by
    if draft.claim is Claim.REPORTED and "estimated" in (draft.actor or "").lower().split()[:2]:
        draft.claim = Claim.ESTIMATED
    _add_speech(r, draft, stance, found)
    _add_pressure(r, draft, stance)
    if stance.forged and draft.subkind in ("", "join", "switch") and draft.from_:
        draft.subkind = "leave"
    if not draft.subkind:
        draft.subkind = _move_subkind(draft, actor)
    reported = draft.subkind == "recruitment" and draft.claim is Claim.REPORTED
    if reported and actor is not None and actor.former:
        draft.subkind = "join"
    return draft


def _add_sides(r: Reading, found: Found) -> None:
    """Fill a side that the verb does not take but the sentence tells: "received by Y after leaving X"."""
    if found.subkind in _UNPARTISAN or found.subkind == "pressure" or (found.from_ and found.to):
        return
    for role in roles(r):
        name = role.party.name
        if role.joined and found.to is None and not is_same_side(name, found.from_):
            found.to = Party(name, name)
        elif not role.joined and found.from_ is None and not is_same_side(name, found.to):
            found.from_ = Party(name, name)


def _side_left(r: Reading, found: Found, verb: Verb | None) -> Party | None:
    """Return the side that the actor is of, or whose trouble is given as the reason."""
    actor = found.actor
    own = actor.party if actor is not None and not actor.is_party else None
    if own and not is_same_side(own, found.to) and found.claim is not Claim.REVERSED:
        return Party(own, own)
    return _cited_side(r, verb, found.to) if found.to is not None and verb is not None else None


def _add_pressure(r: Reading, draft: Draft, stance: Stance) -> None:
    """Make an act that is called for, or forced, one of pressure; told by its target it is a claim."""
    called = "called_for" in stance.labels and draft.claim in _CALLED
    if called or (stance.governors and stance.governors[0] in ("force", "coerce", "compel", "oblige")):
        draft.subkind = "pressure"
    if draft.subkind != "pressure":
        return
    if draft.by is None and stance.asker is not None:
        draft.by = name_of(r, stance.asker)
    side = _side_of_asker(r, stance)
    told = draft.claim in (Claim.CALLED_FOR, Claim.CLAIMED)
    if told and draft.to is None and side and draft.from_ and not same(side, draft.from_):
        draft.to, draft.to_named = side, True
    if draft.claim is not Claim.CALLED_FOR:
        return
    said, actor = draft.said_by, draft.actor
    if "claimed" in stance.labels or (said and actor and (said in actor or actor in said)):
        draft.claim = Claim.CLAIMED


def _side_of_asker(r: Reading, stance: Stance) -> str | None:
    """Return the party of who calls on others to come: its own leader asks for it."""
    who = actor_of(r, stance.asker)
    if who is not None and who.party:
        return who.party
    of = after_of(r, stance.asker) if stance.asker is not None else None
    return r.p.parties[of.parties[0]].name if of is not None and of.parties else None


def _cited_side(r: Reading, verb: Verb, to: Party) -> Party | None:
    """Return the party whose trouble is given as the reason: "citing division in the Labour Party"."""
    p = r.p
    for index in range(verb.last, len(p.tokens) - 1):
        if p.tokens[index].low in ("citing", "blaming", "over", "amid"):
            for phrase in p.phrases:
                near = index < phrase.first <= index + 7
                if (
                    near
                    and phrase.kind == "party"
                    and p.tokens[phrase.first - 1].low in ("in", "within", "inside", "of")
                ):
                    party = side_of(r, phrase)
                    if party is not None and party.name and not is_same_side(party.name, to):
                        return party
    return None


def _move_subkind(draft: Draft, actor: Actor | None) -> str:
    if (draft.count_min or 0) >= _MASS or (actor is not None and (actor.percent or _is_many(actor.text))):
        return "mass"
    if (draft.from_ and not draft.to) or (draft.to or "").lower().startswith("independent"):
        return "leave"
    return "switch"


def _add_speech(r: Reading, draft: Draft, stance: Stance, found: Found) -> None:
    speaker = stance.speaker
    if speaker is None:
        return
    who = actor_of(r, speaker)
    draft.said_by = who.text if who is not None and who.text else None
    if speaker.kind == "person" and speaker.parties:
        draft.said_by = text_of(r.p, speaker)
    side = r.p.parties[speaker.parties[0]].name if speaker.parties else who.party if who else None
    draft.said_party = side
    if draft.said_by is None and speaker.kind in ("body", "other", "party"):
        draft.said_by = text_of(r.p, speaker)
    _weigh_one_sided(r, draft, who, speaker, found, stance.speech)


def _weigh_one_sided(
    r: Reading, draft: Draft, who: Actor | None, speaker: Phrase, found: Found, speech: str
) -> None:
    """Make a plain "said" a claim where one side says it of others."""
    armed = found.subkind in ("military", "state", "nk") and speech != "confirm"
    lows = {t.low for t in r.p.tokens[speaker.first : speaker.last]}
    interested = bool(
        lows & (r.words.set("people.armed_sides") | {"group", "defence", "defense", "spokesman"})
    )
    if draft.claim is Claim.REPORTED and armed and interested:
        draft.claim = Claim.CLAIMED
    if draft.claim is not Claim.REPORTED or found.to is None:
        return
    side = r.p.parties[speaker.parties[0]].name if speaker.parties else who.party if who else None
    if speaker.kind == "party" and side is None:
        side = side_of(r, speaker).text if side_of(r, speaker) else None  # type: ignore[union-attr]
    mine = who is not None and draft.actor is not None and who.text == draft.actor
    if side and not mine and (same(side, found.to.name) or same(side, found.to.text)):
        draft.claim = Claim.CLAIMED


def _is_counterfactual(p: Parsed, verb: Verb) -> bool:
    """Tell whether a verb speaks of what did not come to be: "I would never have joined"."""
    before = [t.low for t in p.tokens[verb.first : verb.main]]
    return "have" in before and bool({"would", "could", "might", "should", "'d", "wouldn't"} & set(before))


def _is_general(p: Parsed, verb: Verb) -> bool:
    """Tell whether a relative clause only describes a kind of people: "lawmakers who switch parties"."""
    at = verb.first - 1
    while at >= 0 and p.tokens[at].pos == "ADV":
        at -= 1
    if is_long_after(p, verb.first) or _is_told_of(p, verb) or _is_usual(p, verb):
        return True
    if at < 1 or p.tokens[at].low not in ("who", "that", "which"):
        return False
    plain = verb.first == verb.main or verb.modal
    if verb.use in (BASE, THIRD) and plain and not p.headline:
        return True
    return p.headline and verb.use in (PAST, PART) and any(v.first > verb.last for v in p.verbs)


def _is_ranked(p: Parsed, verb: Verb) -> bool:
    """Tell whether an infinitive only ranks the act: "becoming the second MP to cross over"."""
    phrase = p.phrase_ending(verb.first - 1) if verb.infinitive else None
    if phrase is not None and phrase.kind == "date":
        # "the third deputy this month to abandon"
        phrase = p.phrase_ending(phrase.first - 1) or phrase
    main = p.verb_at(phrase.first - 1) if phrase is not None else None
    if main is not None and main.finite and main.lemma in ("be", "become"):
        return False
    ranks = {
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "latest",
        "last",
        "only",
        "next",
        "highest-ranking",
    }
    return phrase is not None and any(t.low in ranks for t in p.tokens[phrase.first : phrase.last])


def _is_usual(p: Parsed, verb: Verb) -> bool:
    """Tell whether only what people do is said: "it has become common for members to quit", "nobody joins X"."""
    who = subject(p, verb) if not verb.infinitive else None
    nobody = who is not None and p.tokens[who.first].low in ("nobody", "no", "everyone", "anyone")
    if nobody and verb.use in (BASE, THIRD) and not verb.modal and verb.first == verb.main:
        return True
    before = {t.low for t in p.tokens[max(0, verb.first - 8) : verb.first]}
    usual = {
        "common",
        "easy",
        "usual",
        "rare",
        "normal",
        "illegal",
        "legal",
        "impossible",
        "hard",
        "difficult",
        "known",
    }
    return (verb.infinitive and "for" in before and bool(before & usual)) or (
        verb.use == ING and "known" in before and "as" in before
    )


def _is_told_of(p: Parsed, verb: Verb) -> bool:
    """Tell whether somebody is the matter of a book or film: "the story of a spy who defected"."""
    who = subject(p, verb)
    head = climb(p, who) if who is not None else None
    matter = {
        "story",
        "tale",
        "history",
        "portrait",
        "account",
        "life",
        "biography",
        "memoir",
        "role",
        "part",
    }
    return head is not None and p.tokens[head.head].low in matter


def is_long_after(p: Parsed, first: int) -> bool:
    """Tell whether a clause gives an old act: "six months after he quit"."""
    for index in range(max(1, first - 6), first):
        units = ("months", "years", "decades", "weeks", "month", "year", "decade")
        if p.tokens[index].low in ("after", "since") and p.tokens[index - 1].low in units:
            return True
    return False


def _is_many(text: str | None) -> bool:
    low = (text or "").lower()
    return low.startswith(
        (
            "many ",
            "hundreds",
            "thousands",
            "dozens",
            "scores",
            "a cascade",
            "cascade",
            "droves",
            "a wave",
            "wave",
            "a flood",
            "several hundred",
            "mass",
        )
    )
