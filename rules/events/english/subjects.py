"""Who does it: the noun phrase that a verb is said of, through appositions, relative clauses and "and"."""

from __future__ import annotations

from rules.events.english.phrases import Parsed, Phrase, Verb
from rules.events.english.words import BASE, ING, PART, PAST

_CARRIERS = frozenset(
    ("of", "from", "in", "for", "at", "with", "under", "on", "to", "including", "within", "against")
)
_STOPS = frozenset((";", ":", "—", "–", "?", "!"))
_DEPTH = 40


def climb(p: Parsed, phrase: Phrase) -> Phrase:
    """Return the head of a chain such as "members of the party in the north", given its last phrase."""
    for _ in range(_DEPTH):
        at = _edge(p, phrase) - 1
        if at < 0:
            return phrase
        token = p.tokens[at]
        if token.pos == "TO" or token.low in _CARRIERS:
            quote = at and p.tokens[at - 1].pos == "QUOTE"
            left = p.phrase_ending(at - (2 if quote else 1))
            if left is None or (left.kind == "date" and token.low != "of"):
                lead = reduced(p, at - 1)
                if lead is None:
                    return phrase
                left = lead
            phrase = left
        elif token.pos == "CONJ" and token.low == "and" and _names_listed(p, phrase, at):
            listed = p.phrase_ending(_before_bracket(p, _before_comma(p, at - 1)))
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


def _edge(p: Parsed, phrase: Phrase) -> int:
    """Return where a counted phrase begins with its "more than", if "and" stands before that."""
    at = phrase.first
    pair = [t.low for t in p.tokens[max(0, at - 2) : at]]
    counted = pair in (["more", "than"], ["at", "least"], ["as", "many"]) and at > 2
    return at - 2 if counted and p.tokens[at - 3].pos == "CONJ" else at


def _is_count(p: Parsed, at: int) -> bool:
    phrase = p.phrase_ending(at)
    return phrase is not None and phrase.kind == "count"


def reduced(p: Parsed, at: int) -> Phrase | None:
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


def _before_bracket(p: Parsed, at: int) -> int:
    """Return the token before a bracket that closes here: "the Civic Union (CU) and"."""
    return _open_bracket(p, at) - 1 if at >= 0 and p.tokens[at].low == ")" else at


def _before_comma(p: Parsed, at: int) -> int:
    """Return the token before a comma that closes an apposed name: "its chairman, Sok Dara, and"."""
    name = p.phrase_ending(at - 1) if at > 0 and p.tokens[at].low == "," else None
    apposed = name is not None and name.kind in ("name", "person") and p.tokens[name.first - 1].low == ","
    return at - 1 if apposed else at


def _names_listed(p: Parsed, phrase: Phrase, at: int) -> bool:
    left = p.phrase_ending(_before_bracket(p, _before_comma(p, at - 1)))
    kinds = ("name", "person", "group", "count")
    if left is not None and left.kind == phrase.kind == "party":
        # "lawmakers from the Civic Union and the Harmony Front"
        return left.first > 0 and p.tokens[left.first - 1].low in ("from", "of", "in")
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
            return _ended_by(p, phrase, verb)
        elif token.pos == "REL":
            return antecedent(p, at)
        elif token.pos == "CONJ":
            return _shared(p, verb, at, depth)
        elif token.low == ",":
            if at and p.tokens[at - 1].pos == "CONJ":
                at -= 1
                continue
            named = _name_behind(p, at)
            if named is not None:
                return named
            at = _before_parenthesis(p, at)
            crossed += 1
        elif token.low in (")", "]"):
            at = _open_bracket(p, at) - 1
        elif token.pos in ("ADV", "QUOTE") or token.low in ("-", "–", "—"):
            at -= 1
        elif token.pos == "V":
            left = reduced(p, at)
            return climb(p, left) if left is not None else None
        else:
            return None
        if crossed > 3:
            return None
    return None


def _ended_by(p: Parsed, phrase: Phrase, verb: Verb) -> Phrase:
    """Return the subject whose last words are a phrase right before its verb."""
    if verb.infinitive and phrase.first and p.tokens[phrase.first - 1].low == "for":
        # "called for X to be banned"
        return phrase
    relative = _relative_before(p, phrase)
    led = antecedent(p, relative) if relative >= 0 else None
    if relative >= 0 and led is not None:
        return led
    head = climb(p, phrase)
    return _with_infinitive(p, head) or head


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
            return (
                at
                if verbs and token.low in ("who", "that", "which") and p.phrase_ending(at - 1) is not None
                else -1
            )
    return -1


def _loose_date(p: Parsed, phrase: Phrase) -> bool:
    return phrase.first > 0 and p.tokens[phrase.first - 1].low not in ("in", "on", "of", "since", "by")


def antecedent(p: Parsed, relative: int) -> Phrase | None:
    """Return the noun phrase that a relative pronoun stands for."""
    at = relative - 1
    while at >= 0 and (p.tokens[at].low == "," or p.tokens[at].pos == "PREP"):
        at -= 1
    if at >= 0 and p.tokens[at].low == ")":
        at = _open_bracket(p, at) - 1
    phrase = p.phrase_ending(at)
    if phrase is None:
        return None
    who = p.tokens[relative].low == "who"
    described = _described_person(p, at) if who else None
    if described is not None:
        return described
    if who and phrase.kind in ("person", "group", "name", "pron"):
        head = climb(p, phrase) if phrase.kind in ("name", "group") and _of_people(p, phrase) else phrase
        return head if head.kind in ("person", "group", "name", "pron", "count") else phrase
    nested = phrase.first > 0 and p.tokens[phrase.first - 1].low != "of"
    head = phrase if nested and phrase.kind == "other" else climb(p, phrase)
    if p.tokens[relative].low in ("which", "that") and phrase.kind == "party" and head.kind != "party":
        return phrase
    return head


def _described_person(p: Parsed, at: int) -> Phrase | None:
    """Return the name before ", representing Enugu North, who": an -ing clause between commas is stepped over."""
    comma = next((i for i in range(at, max(-1, at - 16), -1) if p.tokens[i].low == ","), -1)
    if comma < 1:
        return None
    verb = p.verb_at(comma + 1)
    phrase = p.phrase_ending(comma - 1)
    between = verb is not None and verb.use == ING and not verb.be
    return phrase if between and phrase is not None and phrase.kind in ("name", "person") else None


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


def _name_behind(p: Parsed, comma: int) -> Phrase | None:
    """Return the name between commas behind a person described by what he does: "the senator representing X, Y,"."""
    name = p.phrase_ending(comma - 1)
    if name is None or name.kind not in ("name", "person") or name.owner >= 0:
        return None
    left = p.phrase_ending(name.first - 2) if name.first > 1 and p.tokens[name.first - 1].low == "," else None
    doing = p.verb_at(left.first - 1) if left is not None else None
    return name if doing is not None and doing.use == ING and not doing.be else None


def _open_bracket(p: Parsed, at: int) -> int:
    while at > 0 and p.tokens[at].low not in ("(", "["):
        at -= 1
    return at
