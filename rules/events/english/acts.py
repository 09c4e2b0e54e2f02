"""Where the lexicon's acts stand in a sentence: "threw in his lot with" as much as "defected"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rules.events.english.phrases import Parsed, Verb
from rules.events.english.words import Act, Words

_PARTICLES = frozenset("off out down up away back in over together from".split())
#: "moved from the Moderates to": the side left may stand before the side joined, and the other way round.
_GOALS = {"to": ("from",), "into": ("from",), "with": ("from",), "from": ("to", "for", "into")}
_GAP = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """An act found at a verb; ``last`` is the token after the phrase.

    ``frames`` names all readings of the same words.
    """

    kind: str
    frames: tuple[str, ...]
    verb: Verb
    last: int
    words: str


@cache
def _by_verb(words: Words) -> dict[str, tuple[Act, ...]]:
    found: dict[str, list[Act]] = {}
    for act in words.acts:
        found.setdefault(act.pattern[0], []).append(act)
    return {verb: tuple(acts) for verb, acts in found.items()}


def find(p: Parsed, words: Words) -> list[Hit]:
    """Return the acts of a sentence: for each verb and kind the longest phrase of the lexicon."""
    hits: list[Hit] = []
    for verb in p.verbs:
        form = p.tokens[verb.main].form
        if form is None and verb.lemma != "be":
            continue
        best: dict[str, list[tuple[int, Act]]] = {}
        for act in _by_verb(words).get(form.lemma if form is not None else "be", ()):
            last = _match(p, verb, act.pattern)
            if last is not None:
                best.setdefault(act.kind, []).append((last, act))
        for kind, found in best.items():
            longest = max(len(act.pattern) for _, act in found)
            chosen = [(last, act) for last, act in found if len(act.pattern) == longest]
            frames = tuple(dict.fromkeys(act.frame for _, act in chosen))
            hits.append(Hit(kind, frames, verb, chosen[0][0], " ".join(chosen[0][1].pattern)))
    return hits


def _match(p: Parsed, verb: Verb, pattern: tuple[str, ...]) -> int | None:
    at = verb.last
    rest = pattern[1:]
    for number, word in enumerate(rest):
        if word == "~":
            continue
        gap = _GAP if number and rest[number - 1] == "~" else 0
        found = _word(p, at, word, gap)
        if found is None and word in _GOALS and number == len(rest) - 1:
            found = _behind_source(p, at, word)
        if found is None and word in _PARTICLES and number == 0:
            found = _after_object(p, at, word)
            if found is not None and len(rest) == 1:
                at = verb.last
                continue
        if found is None:
            return None
        at = found + 1
    return at


def _word(p: Parsed, at: int, word: str, gap: int) -> int | None:
    while at < len(p.tokens) and p.tokens[at].low != word and (behind := _behind_aside(p, at)) > at:
        at = behind
    for index in range(at, min(len(p.tokens), at + gap + 1)):
        token = p.tokens[index]
        if token.low == word or (token.pos in ("N", "ADJ") and token.low == word + "s" and word[-1] != "s"):
            return index
        if (
            index > at
            and token.pos in ("V", "PREP", "PUNCT", "CONJ", "SUB", "REL", "QUOTE")
            and token.low != "of"
        ):
            return None
    return None


def _behind_aside(p: Parsed, at: int) -> int:
    """Return the token behind an adverb or a day: "signed up on Saturday with"."""
    if p.tokens[at].pos == "ADV":
        return at + 1
    start = at + 1 if p.tokens[at].low in ("on", "in", "at") else at
    phrase = p.phrase_starting(start)
    return phrase.last if phrase is not None and phrase.kind == "date" else at


def _behind_source(p: Parsed, at: int, word: str) -> int | None:
    """Find the preposition behind the other side's phrase: "moved from X to"."""
    if at >= len(p.tokens) or p.tokens[at].low not in _GOALS[word]:
        return None
    phrase = p.phrase_starting(at + 1)
    if phrase is not None and phrase.last < len(p.tokens) and p.tokens[phrase.last].low == word:
        return phrase.last
    return None


def _after_object(p: Parsed, at: int, particle: str) -> int | None:
    """Find the particle behind a short object: "shut the party down"."""
    phrase = p.phrase_starting(at)
    if phrase is not None and phrase.last < len(p.tokens) and p.tokens[phrase.last].low == particle:
        return phrase.last
    return None
