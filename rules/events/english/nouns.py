"""Which claim a governing noun gives to the act under it."""

from __future__ import annotations

from itertools import pairwise

from rules.events.english.context import Reading
from rules.events.english.cues import describe_noun
from rules.events.english.stance import Stance

_TRIED = tuple(
    "denied refused threatened sought called_for planned rumoured claimed conditional estimated".split()
)
_SPANS = frozenset("hours days day week weeks month months deadline".split())
_RULINGS = frozenset(
    "verdict ruling decision judgment judgement hearing hearings arguments vote debate opinion".split()
)
_CHALLENGES = frozenset("appeal appeals challenge challenges complaint complaints".split())
_GROUNDS = frozenset(
    "ground grounds reason reasons basis need evidence justification power powers cause case".split()
)
_FILES = frozenset("refer file lodge submit petition sue turn".split())


def read_noun(r: Reading, at: int, stance: Stance, kind: str) -> None:
    """Add the claim of the noun at ``at``: "plans to", "the threat of", "a petition for"."""
    low = r.p.tokens[at].low
    stance.governors.append(low)
    special = _special_label(r, at, stance, kind)
    if special is not None:
        stance.labels |= {special} - {""}
        return
    order = tuple(name for name in _TRIED if kind == "dissolution" or name != "sought")
    if low in ("talks", "discussions", "negotiations", "deliberations", "consideration"):
        stance.labels.add("considered")
    for name in order:
        if low in r.words.claims[name].nouns or low in r.words.claims[name].adjectives:
            stance.labels.add(name)
            if name == "rumoured":
                stance.labels -= {"planned", "considered"}
            break
    if kind == "dissolution" and "called_for" in stance.labels and _goes_to_court(r, at):
        stance.labels.discard("called_for")
        stance.labels.add("sought")
    after = r.p.tokens[at + 1].low if at + 1 < len(r.p.tokens) else ""
    if kind == "dissolution" and after in ("on", "over") and low in _RULINGS:
        stance.labels.add("sought")
    phrase = r.p.phrase_at(at)
    if phrase is not None:
        describe_noun(r, phrase, stance)


def _special_label(r: Reading, at: int, stance: Stance, kind: str) -> str | None:
    """Return what a noun tells by its surroundings, "" for nothing; None leaves it to the lists."""
    low, ends = r.p.tokens[at].low, kind == "dissolution"
    if low == "support" and ends and any(v.lemma in _FILES and v.last <= at for v in r.p.verbs):
        return "sought"
    if low in _SPANS and any(v.lemma == "give" and at - 6 <= v.last <= at for v in r.p.verbs):
        # "gave the government 48 hours to ban X"
        return "called_for"
    if low in ("petition", "petitions") and "called_for" in stance.labels:
        return ""
    if low in _CHALLENGES and ends and _is_against(r, at):
        return ""
    phrase = r.p.phrase_at(at)
    if ends and low in _GROUNDS and phrase is not None and r.p.tokens[phrase.first].low == "no":
        return "refused"
    return None


def _is_against(r: Reading, at: int) -> bool:
    """Tell whether an appeal is one against the act: "an appeal by the party against its ban"."""
    return any(
        t.low in ("against", "over")
        for t, following in pairwise(r.p.tokens[at + 1 : at + 14])
        if following.pos not in ("V", "AUX")
    ) and not any(t.low in ("that", "to", "for", "seeking") for t in r.p.tokens[at + 1 : at + 3])


def _goes_to_court(r: Reading, at: int) -> bool:
    """Tell whether a demand goes to a court with a case: "referred X to the court with a demand that"."""
    phrase = r.p.phrase_at(at)
    before = (phrase.first if phrase is not None else at) - 1
    return r.p.tokens[before].low in ("with", "and") and any(
        v.lemma in _FILES and v.last <= at for v in r.p.verbs
    )
