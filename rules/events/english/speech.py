"""Who says a whole sentence: "..., he said", "according to sources"."""

from __future__ import annotations

from rules.events.english.complements import complements
from rules.events.english.context import Reading
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.stance import Stance
from rules.events.english.subjects import antecedent, climb, reduced, subject
from rules.events.english.words import ING

_NAMELESS = frozenset("unsigned unconfirmed unverified anonymous rumours rumors whispers unnamed".split())
_UNSIGNED = frozenset(
    "note notes circular pamphlet pamphlets message messages recording clip audio leaflet leaflets flyer post posts word".split()
)
_WITHIN = frozenset("of in on at from for with by".split())
_SPEAKING = frozenset(("group", "person", "name", "body", "count", "pron", "other"))
_OWNED = frozenset(("his", "her", "their", "its"))


def find_speech(r: Reading, first: int, stance: Stance) -> None:
    """Find who says a whole sentence: "..., he said", "according to sources"."""
    p, tokens = r.p, r.p.tokens
    say = r.words.set("say")
    if stance.speaker is None:
        for verb in p.verbs:
            if verb.lemma not in say or verb.infinitive or first in range(verb.first, verb.last):
                continue
            if _frames_act(r, verb, first):
                note_speaker(r, verb, stance)
                _add_saying(r, verb, stance)
                break
    for index, token in enumerate(tokens[:-2]):
        if token.low == "according" and tokens[index + 1].low == "to" and stance.speaker is None:
            phrase = p.phrase_starting(index + 2)
            if phrase is not None:
                stance.speaker, stance.speech = phrase, "say"
    if stance.speaker is not None:
        _weigh_speaker(r, stance)


def sayer(r: Reading, verb: Verb) -> Phrase | None:
    """Return who says it, through "a post on Facebook said", ", its leader claimed" and ", saying"."""
    p = r.p
    if verb.use == ING and not verb.be and verb.first and p.tokens[verb.first - 1].low == ",":
        main = next((v for v in p.verbs if v.finite and v.last <= verb.first), None)
        own = subject(p, verb)
        if main is None or (own is not None and own.first and p.tokens[own.first - 1].low == "with"):
            return own
        return subject(p, main)
    near = p.phrase_ending(verb.first - 1)
    if near is not None and near.kind == "date":
        placed = near.first > 0 and p.tokens[near.first - 1].pos == "PREP"
        near = p.phrase_ending(near.first - (2 if placed else 1)) or near
    for _ in range(4):
        described = _described_by(r, near) if near is not None else None
        if described is not None:
            near = described
            continue
        before = p.tokens[near.first - 1] if near is not None and near.first else None
        if near is None or before is None or before.low not in _WITHIN:
            break
        left = p.phrase_ending(near.first - 2)
        if left is not None and p.tokens[left.head].low in _UNSIGNED:
            return left
        if left is None or (near.kind != "name" and left.kind in ("person", "name")):
            break
        near = left
    if near is not None and near.first and p.tokens[near.first - 1].low == "," and near.kind in _SPEAKING:
        return near
    if near is not None and p.tokens[near.head].low in _UNSIGNED:
        return near
    who = subject(p, verb) or _before_relative(r, verb)
    return climb(p, who) if who is not None and who.kind in ("other", "name") else who


def _before_relative(r: Reading, verb: Verb) -> Phrase | None:
    """Return the people of "colleagues who asked not to be named said"."""
    if r.p.verb_at(verb.first - 1) is None:
        return None
    at = next(
        (i for i in range(verb.first - 1, max(0, verb.first - 9), -1) if r.p.tokens[i].low == "who"), -1
    )
    return antecedent(r.p, at) if at > 0 else None


def _described_by(r: Reading, near: Phrase) -> Phrase | None:
    """Return the noun behind which a participle stands: "a message doing the rounds", "leaflets handed out at X"."""
    at = near.first - 1
    while at >= 0 and r.p.tokens[at].pos in ("PREP", "ADV"):
        at -= 1
    verb = r.p.verb_at(at)
    if verb is None or verb.be or verb.infinitive or verb.main != verb.first:
        return None
    left = r.p.phrase_ending(verb.first - 1)
    bare = verb.use == ING or reduced(r.p, verb.main) is not None
    return left if bare and left is not None and r.p.tokens[left.head].low in _UNSIGNED else None


def _frames_act(r: Reading, verb: Verb, first: int) -> bool:
    """Tell whether a verb of saying stands around the act, not beside it."""
    tokens = r.p.tokens
    if verb.first and tokens[verb.first - 1].pos == "REL":
        return False
    who = sayer(r, verb)
    start = min(who.first, verb.first) if who is not None else verb.first
    inverted = who is None or who.last < verb.first - 6
    if start > first:
        before = tokens[start - 1] if start else None
        closes = before is not None and (before.low == "," or before.pos == "QUOTE")
        after = tokens[verb.last] if verb.last < len(tokens) else None
        ended = (
            after is None
            or after.text in (".", ",", "?")
            or after.pos in ("PREP", "NAME", "ADV", "TO", "PRON", "SUB", "DET", "N", "QUOTE", "?")
        )
        content = after is not None and (
            after.low == "that" or (after.pos in ("PRON",) and after.low in ("he", "she", "they", "it"))
        )
        return (closes and ended and not content) or (
            inverted and before is not None and before.pos == "QUOTE"
        )
    after = tokens[verb.last] if verb.last < len(tokens) else None
    quoted = tokens[first].quoted and not tokens[verb.main].quoted
    return after is not None and (after.low in (",", ":") or after.pos == "QUOTE") and quoted


def _add_saying(r: Reading, verb: Verb, stance: Stance) -> None:
    for name in ("denied", "threatened", "estimated", "rumoured", "claimed"):
        if verb.lemma in r.words.claims[name].verbs and verb.lemma not in (
            "believe",
            "think",
            "understand",
        ):
            if name == "threatened" and verb.lemma == "vow":
                continue
            stance.labels.add(name)
            break


def note_speaker(r: Reading, verb: Verb, stance: Stance) -> None:
    """Note the subject of a verb of saying as the speaker."""
    who = sayer(r, verb)
    if who is None and verb.last < len(r.p.tokens):
        who = r.p.phrase_starting(verb.last)
    if who is not None and stance.speaker is None and who.kind != "date":
        stance.speaker, stance.speech = who, verb.lemma
        if verb.passive:
            stance.speaker = next((c.phrase for c in complements(r.p, verb) if c.how == "by"), None)


def _weigh_speaker(r: Reading, stance: Stance) -> None:
    if stance.speaker is None:
        return
    p = r.p
    said = p.slice(stance.speaker.first, min(len(p.tokens), stance.speaker.last + 6)).lower()
    words = r.words.raw["claims"]["rumoured"]["speakers"]
    inside = {t.low for t in p.tokens[stance.speaker.first : stance.speaker.last]}
    head, owned = p.tokens[stance.speaker.head].low, stance.speaker.owner >= 0 or inside & _OWNED
    if head in _UNSIGNED and not owned:
        stance.labels.add("rumoured")
    if inside & {word for word in words if " " not in word} or any(
        " " in phrase and phrase in said for phrase in words
    ):
        stance.labels.add("rumoured")
        hidden = any(" named" in phrase and phrase in said for phrase in words)
        if hidden or inside & _NAMELESS:
            stance.labels.discard("planned")
