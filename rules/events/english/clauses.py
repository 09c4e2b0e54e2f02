"""Who does what to whom within one clause: subjects, objects, prepositions, the verb above a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.events.english.phrases import Parsed, Phrase, Verb
from rules.events.english.words import BASE, ING, PART, PAST

_CARRIERS = frozenset(
    ("of", "from", "in", "for", "at", "with", "under", "on", "to", "including", "within", "against")
)
_STOPS = frozenset((";", ":", "—", "–", "?", "!"))
_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows a verb: ``how`` is "" for its object, else the preposition."""

    how: str
    phrase: Phrase


def climb(p: Parsed, phrase: Phrase) -> Phrase:
    """Return the head of a chain such as "members of the party in the north", given its last phrase."""
    for _ in range(_DEPTH):
        at = phrase.first - 1
        if at < 0:
            return phrase
        token = p.tokens[at]
        if token.pos == "TO" or token.low in _CARRIERS:
            quote = at and p.tokens[at - 1].pos == "QUOTE"
            left = p.phrase_ending(at - (2 if quote else 1))
            if left is None or (left.kind == "date" and token.low != "of"):
                reduced = _reduced(p, at - 1)
                if reduced is None:
                    return phrase
                left = reduced
            phrase = left
        elif token.pos == "CONJ" and token.low == "and" and _names_listed(p, phrase, at):
            listed = p.phrase_ending(at - 1)
            if listed is None:
                return phrase
            phrase = listed
        elif token.low == "," and _apposition(p, phrase, at):
            above = p.phrase_ending(at - 1)
            if above is None:
                return phrase
            phrase = above
        elif token.pos == "QUOTE" and at and p.tokens[at - 1].low == "of":
            at -= 1
            left = p.phrase_ending(at - 1)
            if left is None:
                return phrase
            phrase = left
        elif token.low == "," and phrase.kind == "count" and _is_count(p, at - 1):
            phrase = p.phrase_ending(at - 1) or phrase
        else:
            return phrase
    return phrase


def _is_count(p: Parsed, at: int) -> bool:
    phrase = p.phrase_ending(at)
    return phrase is not None and phrase.kind == "count"


def _reduced(p: Parsed, at: int) -> Phrase | None:
    """Return the noun before a participle that qualifies it: "members expelled from"."""
    while at >= 0 and p.tokens[at].pos == "ADV":
        at -= 1
    if at < 1 or p.tokens[at].pos != "V":
        return None
    form = p.tokens[at].form
    verb = p.verb_at(at)
    if form is None or form.use not in (PAST, PART) or verb is None or verb.be or verb.first != verb.main:
        return None
    return p.phrase_ending(at - 1)


def _names_listed(p: Parsed, phrase: Phrase, at: int) -> bool:
    left = p.phrase_ending(at - 1)
    kinds = ("name", "person", "group", "count")
    return left is not None and left.kind in kinds and phrase.kind in kinds


def _apposition(p: Parsed, phrase: Phrase, comma: int) -> bool:
    left = p.phrase_ending(comma - 1)
    if left is None or left.kind not in ("name", "person", "group", "party", "pron"):
        return False
    first = p.tokens[phrase.first]
    if phrase.kind not in ("group", "count", "party", "other") or not (
        first.low in ("a", "an", "the", "one", "its", "his", "her", "their", "who")
        or first.pos == "NUM"
        or not first.capital
    ):
        return False
    before = left.first - 1
    return before < 0 or p.tokens[before].pos not in ("PREP", "TO") or p.tokens[before].low in ("of",)


def subject(p: Parsed, verb: Verb, depth: int = 0) -> Phrase | None:
    """Return the noun phrase that a finite verb is said of, or None."""
    at = verb.first - 1
    crossed = 0
    for _ in range(_DEPTH):
        if at < 0 or depth > 6:
            return None
        token = p.tokens[at]
        phrase = p.phrase_ending(at)
        if phrase is not None and phrase.kind == "date" and _loose_date(p, phrase):
            at = phrase.first - 1
        elif phrase is not None:
            relative = _relative_before(p, phrase)
            if relative >= 0:
                return _antecedent(p, relative)
            head = climb(p, phrase)
            return _with_infinitive(p, head) or head
        elif token.pos == "REL":
            return _antecedent(p, at)
        elif token.pos == "CONJ":
            return _shared(p, verb, at, depth)
        elif token.low == ",":
            if at and p.tokens[at - 1].pos == "CONJ":
                at -= 1
                continue
            at = _before_parenthesis(p, at)
            crossed += 1
        elif token.low in (")", "]"):
            at = _open_bracket(p, at) - 1
        elif token.pos in ("ADV", "QUOTE") or token.low in ("-", "–", "—"):
            at -= 1
        elif token.pos == "V":
            left = _reduced(p, at)
            return climb(p, left) if left is not None else None
        else:
            return None
        if crossed > 3:
            return None
    return None


def _with_infinitive(p: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the noun whose infinitive ends here: "the petition to dissolve X was dismissed"."""
    verb = p.verb_at(phrase.first - 1)
    if verb is None or not verb.infinitive or verb.first < 1:
        return None
    noun = p.phrase_ending(verb.first - 1)
    return climb(p, noun) if noun is not None and noun.kind in ("other", "body") else None


def _relative_before(p: Parsed, phrase: Phrase) -> int:
    """Return the "who" of the relative clause that a phrase ends: "those who backed X left"; -1 for none."""
    verbs = 0
    for at in range(phrase.first - 1, max(-1, phrase.first - 16), -1):
        token = p.tokens[at]
        if token.low == "," or token.pos in ("CONJ", "SUB", "QUOTE") or token.text in _STOPS:
            return -1
        verbs += p.verb_of[at] >= 0 and p.verbs[p.verb_of[at]].main == at
        if token.pos == "REL":
            return at if verbs and token.low in ("who", "that", "which") and p.phrase_ending(at - 1) is not None else -1
    return -1


def _loose_date(p: Parsed, phrase: Phrase) -> bool:
    return phrase.first > 0 and p.tokens[phrase.first - 1].low not in ("in", "on", "of", "since", "by")


def _antecedent(p: Parsed, relative: int) -> Phrase | None:
    at = relative - 1
    while at >= 0 and (p.tokens[at].low == "," or p.tokens[at].pos == "PREP"):
        at -= 1
    if at >= 0 and p.tokens[at].low == ")":
        at = _open_bracket(p, at) - 1
    phrase = p.phrase_ending(at)
    if phrase is None:
        return None
    who = p.tokens[relative].low == "who"
    if who and phrase.kind in ("person", "group", "name", "pron"):
        return climb(p, phrase) if phrase.kind in ("name", "group") and _of_people(p, phrase) else phrase
    nested = phrase.first > 0 and p.tokens[phrase.first - 1].low != "of"
    head = phrase if nested and phrase.kind == "other" else climb(p, phrase)
    if p.tokens[relative].low in ("which", "that") and phrase.kind == "party" and head.kind != "party":
        return phrase
    return head


def _of_people(p: Parsed, phrase: Phrase) -> bool:
    at = phrase.first - 1
    return at > 0 and p.tokens[at].low in ("of", "from", "in", "for", ",", "at")


def _shared(p: Parsed, verb: Verb, conjunction: int, depth: int) -> Phrase | None:
    """Return the subject of the verb before "and", for "quit and joined"."""
    for other in reversed(p.verbs):
        if other.last > conjunction or other is verb:
            continue
        if other.use == ING and not other.be:
            continue
        if other.infinitive and not verb.infinitive and verb.use != BASE:
            continue
        if _in_relative(p, other, conjunction):
            continue
        return subject(p, other, depth + 1)
    return None


def _in_relative(p: Parsed, verb: Verb, before: int) -> bool:
    """Tell whether a verb stands in a relative clause that a comma closed before ``before``."""
    at = verb.first - 1
    while at >= 0 and p.tokens[at].pos == "ADV":
        at -= 1
    if at < 1 or p.tokens[at].pos != "REL":
        return False
    closed = any(p.tokens[i].low == "," for i in range(verb.last, before))
    return p.tokens[at - 1].low == "," and closed


def _before_parenthesis(p: Parsed, comma: int) -> int:
    """Return the token before the comma that opens the parenthesis closed at ``comma``."""
    at = comma - 1
    while at >= 0 and p.tokens[at].low != ",":
        if p.tokens[at].text in _STOPS:
            return comma - 1
        at -= 1
    return at - 1 if at > 0 else comma - 1 if at < 0 else at


def _open_bracket(p: Parsed, at: int) -> int:
    while at > 0 and p.tokens[at].low not in ("(", "["):
        at -= 1
    return at


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
    return _reduced(p, at) is not None or (p.tokens[at].form is not None and p.tokens[at].form.use == ING)  # type: ignore[union-attr]


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


@dataclass(frozen=True, slots=True)
class Link:
    """What stands above a verb or noun: another verb, or a noun such as "plan".

    ``how`` is infinitive, gerund, object, complement or noun.
    """

    verb: Verb | None
    noun: int
    how: str


def above(p: Parsed, first: int, verb: Verb | None) -> Link | None:
    """Return what governs the verb group or noun phrase that begins at ``first``, or None at the top."""
    if verb is not None and (
        verb.infinitive or (verb.use == BASE and not verb.modal and _after_infinitive(p, verb))
    ):
        return _above_infinitive(p, first)
    if verb is not None and verb.use == ING and not verb.be:
        return _above_gerund(p, first)
    if verb is not None:
        return _above_clause(p, verb)
    return _above_noun(p, first)


def _after_infinitive(p: Parsed, verb: Verb) -> bool:
    at = verb.first - 1
    if at < 0 or p.tokens[at].pos not in ("CONJ",) and p.tokens[at].low != ",":
        return p.headline and at >= 0 and p.tokens[at].low in ("not",)
    for other in reversed(p.verbs):
        if other.last <= at + 1:
            return other.infinitive or (other.use == BASE and _after_infinitive(p, other))
    return False


def _above_infinitive(p: Parsed, first: int) -> Link | None:
    """Find the verb, noun or adjective that takes "to ..."; objects in between are stepped over."""
    at = first - 1
    for _ in range(_DEPTH):
        if at < 0:
            return None
        token = p.tokens[at]
        verb = p.verb_at(at)
        if verb is not None:
            if verb.infinitive and p.tokens[first].pos != "TO":
                # "to leave and join": the second shares the first one's governor.
                return _above_infinitive(p, verb.first)
            if verb.infinitive and any(p.tokens[i].pos == "CONJ" for i in range(verb.last, first)):
                return _above_infinitive(p, verb.first)
            if verb.use == ING and not verb.be and _is_adjunct(p, verb):
                return Link(verb, -1, "infinitive")
            return Link(verb, -1, "infinitive")
        phrase = p.phrase_ending(at)
        if phrase is not None and phrase.last == first and phrase.kind == "other":
            return Link(None, phrase.head, "infinitive")
        if token.pos == "ADJ" or (phrase is None and token.pos == "N"):
            return Link(None, at, "infinitive")
        if token.pos in ("SUB", "REL") or token.text in _STOPS:
            return None
        if phrase is not None:
            at = phrase.first - 1
        else:
            at -= 1
    return None


def _is_adjunct(p: Parsed, verb: Verb) -> bool:
    return verb.first > 0 and p.tokens[verb.first - 1].low == ","


def _above_gerund(p: Parsed, first: int) -> Link | None:
    at = first - 1
    while at >= 0 and p.tokens[at].pos in ("ADV", "NEG"):
        at -= 1
    if at < 0:
        return None
    token = p.tokens[at]
    verb = p.verb_at(at)
    if verb is not None:
        return Link(verb, -1, "gerund")
    if token.low in ("of", "from", "for", "against", "about", "on", "in", "to", "at") and at:
        before = p.verb_at(at - 1)
        if before is not None:
            return Link(before, -1, "gerund")
        phrase = p.phrase_ending(at - 1)
        if phrase is None:
            return None
        if token.low in ("from", "of", "for") and phrase.kind not in ("other",):
            return _verb_before(p, phrase.first, "gerund")
        return Link(None, phrase.head, "gerund")
    thing = p.phrase_ending(at)
    if thing is not None and thing.kind == "other" and at == first - 1:
        return Link(None, thing.head, "gerund")
    if token.pos == "CONJ":
        for other in reversed(p.verbs):
            if other.last <= at:
                return _above_gerund(p, other.first) if other.use == ING else None
    return None


def _verb_before(p: Parsed, first: int, how: str) -> Link | None:
    at = first - 1
    for _ in range(8):
        while at >= 0 and p.tokens[at].pos in ("ADV", "PREP"):
            at -= 1
        verb = p.verb_at(at)
        if verb is not None:
            return Link(verb, -1, how)
        phrase = p.phrase_ending(at)
        if phrase is None:
            return None
        at = phrase.first - 1
    return None


def _above_clause(p: Parsed, verb: Verb) -> Link | None:
    """Find the verb of saying or thinking that a finite clause depends on: "said he would leave"."""
    base = verb
    for _ in range(4):
        at = base.first - 1
        while at >= 0 and p.tokens[at].pos == "ADV":
            at -= 1
        if at >= 0 and p.tokens[at].pos == "CONJ":
            earlier = next((o for o in reversed(p.verbs) if o.last <= at), None)
            if earlier is None or (earlier.infinitive and not base.infinitive):
                return None
            base = earlier
            continue
        break
    who = subject(p, base)
    at = (who.first if who is not None and who.last <= base.first else base.first) - 1
    while at >= 0 and (
        p.tokens[at].pos in ("ADV", "DET")
        or p.tokens[at].low in ("between", "than", "more", "least", "at", "some", "about")
        or _opens_scare(p, at)
    ):
        at -= 1
    if at >= 0 and p.tokens[at].low == "that":
        at -= 1
        dated = p.phrase_ending(at)
        if dated is not None and dated.kind == "date":
            at = dated.first - (2 if dated.first and p.tokens[dated.first - 1].pos == "PREP" else 1)
    if at < 0:
        return None
    if p.tokens[at].pos == "QUOTE" or p.tokens[at].low == ",":
        return None
    found = p.verb_at(at)
    if found is not None and found is not base:
        return Link(found, -1, "complement")
    phrase = p.phrase_ending(at)
    if phrase is not None and at + 1 < len(p.tokens) and p.tokens[at + 1].low == "that":
        told = p.verb_at(phrase.first - 1)
        if told is not None and phrase.kind in ("person", "name", "group", "pron", "body", "date"):
            return Link(told, -1, "complement")
        return Link(None, phrase.head, "complement")
    if phrase is not None and who is not None and phrase.last == who.first:
        told = p.verb_at(phrase.first - 1)
        return Link(told, -1, "complement") if told is not None else None
    return None


def _opens_scare(p: Parsed, at: int) -> bool:
    """Tell whether a quotation mark opens a few quoted words, not a speech: claimed “hundreds” had joined."""
    if p.tokens[at].pos != "QUOTE" or at + 1 >= len(p.tokens) or not p.tokens[at + 1].quoted:
        return False
    return any(p.tokens[i].pos == "QUOTE" for i in range(at + 1, min(len(p.tokens), at + 7)))


def _above_noun(p: Parsed, first: int) -> Link | None:
    """Find what governs a noun such as "dissolution": the verb before it, or "threat of"."""
    at = first - 1
    for _ in range(8):
        if at < 0:
            return None
        token = p.tokens[at]
        verb = p.verb_at(at)
        if verb is not None:
            return Link(verb, -1, "object")
        if (
            token.low
            in ("of", "for", "on", "over", "to", "against", "about", "in", "into", "with", "from", "by")
            or token.pos == "TO"
        ):
            before = p.verb_at(at - 1)
            if before is not None:
                return Link(before, -1, "object")
            phrase = p.phrase_ending(at - 1)
            if phrase is None:
                return None
            return Link(None, phrase.head, "object") if token.low not in ("in", "by", "with") else None
        if token.pos == "CONJ":
            phrase = p.phrase_ending(at - 1)
            if phrase is None:
                return None
            at = climb(p, phrase).first - 1
            continue
        if token.pos == "ADV":
            at -= 1
            continue
        return None
    return None
