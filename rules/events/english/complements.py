"""To whom, from whom, by whom: the object and the prepositional phrases behind a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.events.english.phrases import Parsed, Phrase, Verb
from rules.events.english.subjects import reduced
from rules.events.english.words import ING

_CARRIERS = frozenset(
    ("of", "from", "in", "for", "at", "with", "under", "on", "to", "including", "within", "against")
)
_STOPS = frozenset((";", ":", "—", "–", "?", "!"))


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows a verb: ``how`` is "" for its object, else the preposition."""

    how: str
    phrase: Phrase


def complements(p: Parsed, verb: Verb) -> Iterator[Complement]:
    """Yield the object and the prepositional phrases that follow a verb, up to the end of its clause."""
    at, how, free = verb.last, "", True
    for _ in range(60):
        if at >= len(p.tokens):
            return
        token = p.tokens[at]
        phrase = p.phrase_starting(at)
        if phrase is not None:
            if free and not (phrase.kind == "date" and not how) and not _new_clause(p, phrase, how):
                yield Complement(how, phrase)
            elif _new_clause(p, phrase, how):
                return
            free, how, at = False, "", phrase.last
        elif token.pos in ("PREP",) or (token.pos == "TO" and p.verb_at(at) is None):
            how, free, at = _preposition(p, at)
        elif token.pos in ("V", "AUX", "MOD", "TO", "NEG"):
            if token.pos != "V" or not _qualifies(p, at):
                return
            at, free = at + 1, False
        elif token.low == "as" and _as_noun(p, at):
            how, free, at = "as", True, at + 1
        elif token.pos in ("SUB", "REL") or token.text in _STOPS:
            return
        elif token.pos == "CONJ":
            if _verb_soon(p, at + 1):
                return
            # "for Y and Z" goes on; "left X, but ..." does not.
            free, at = bool(how), at + 1
            if token.low == "but":
                return
        elif token.low == ",":
            if _verb_soon(p, at + 1):
                return
            at += 1
        else:
            at += 1


def _as_noun(p: Parsed, at: int) -> bool:
    phrase = p.phrase_starting(at + 1)
    return phrase is not None and p.verb_at(phrase.last) is None


def _qualifies(p: Parsed, at: int) -> bool:
    return reduced(p, at) is not None or (p.tokens[at].form is not None and p.tokens[at].form.use == ING)  # type: ignore[union-attr]


def _preposition(p: Parsed, at: int) -> tuple[str, bool, int]:
    low = p.tokens[at].low
    if (
        low in ("over", "across", "back")
        and at + 1 < len(p.tokens)
        and p.tokens[at + 1].low in ("to", "into")
    ):
        return "to", True, at + 2
    return low, True, at + 1


def _new_clause(p: Parsed, phrase: Phrase, how: str) -> bool:
    """Tell whether a phrase is the subject of a clause that begins here: "..., the party said"."""
    if how or phrase.first == 0 or p.tokens[phrase.first - 1].low not in (",", "and", "but", "or"):
        return False
    at = phrase.last
    while at < len(p.tokens) and (
        p.tokens[at].pos in ("ADV",) or p.phrase_of[at] >= 0 or p.tokens[at].low in _CARRIERS
    ):
        at += 1
    verb = p.verb_at(at)
    return verb is not None and verb.finite


def _verb_soon(p: Parsed, at: int) -> bool:
    while at < len(p.tokens) and (p.tokens[at].pos in ("ADV", "CONJ")):
        at += 1
    verb = p.verb_at(at)
    return verb is not None and not (verb.use == ING and not verb.be)


def next_infinitive(p: Parsed, start: int) -> Verb | None:
    """Return the infinitive that follows within a few words: "quit X to join Y"."""
    at = start
    for _ in range(14):
        if at >= len(p.tokens):
            return None
        token = p.tokens[at]
        verb = p.verb_at(at)
        if verb is not None:
            return verb if verb.infinitive else None
        if token.pos in ("SUB", "REL", "CONJ") or token.text in _STOPS or token.low == ",":
            return None
        at += 1
    return None
