"""The verb, noun or adjective that stands above an act: "refused to", "plans to", "said that"."""

from __future__ import annotations

from dataclasses import dataclass

from rules.events.english.phrases import Parsed, Phrase, Verb
from rules.events.english.subjects import climb, reduced, subject
from rules.events.english.words import BASE, ING, PART, PAST

_STOPS = frozenset((";", ":", "—", "–", "?", "!"))
_DEPTH = 40
_LEADING = frozenset("of for on over to against under about in into with from by as at".split())
#: Nouns that hold an act across the body they are brought before: "a suit with the court for a ban".
_CARRYING = frozenset(
    "suit lawsuit petition case motion application request appeal call calls demand demands bid complaint plea bill "
    "proposal threat threats plan plans talks report reports offer invitation deal".split()
)
#: Nouns that "that ..." fills themselves.
_CONTENT = _CARRYING | frozenset(
    "rumour rumours rumor rumors speculation talk claim claims suggestion suggestions allegation allegations news fact "
    "idea story stories notion impression gossip word fear fears hope hopes possibility likelihood chance".split()
)
#: Behind "in" these take "to ..." still; places do not.
_AIMS = frozenset(
    "attempt move effort efforts order push drive position decision vote hurry readiness right race rush".split()
)
_PLACING = frozenset("in at near across around within".split())
_SPANS = frozenset("hours days weeks months".split())
#: "no truth in reports that"
_MERITS = frozenset("truth substance basis foundation merit".split())
_BEFORE_BODY = frozenset("with in before at by from to against on".split())


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
    perfect = _perfect_before(p, verb) if verb is not None else None
    if perfect is not None:
        return _above_infinitive(p, perfect.first)
    having = _causative(p, verb) if verb is not None else None
    if having is not None:
        return Link(having, -1, "object")
    if verb is not None:
        return _above_clause(p, verb)
    return _above_noun(p, first)


def _perfect_before(p: Parsed, verb: Verb) -> Verb | None:
    """Return the infinitive that "and" goes on: "is said to have crossed the river and joined the rebels"."""
    if verb.first != verb.main or verb.use not in (PAST, PART) or verb.first == 0:
        return None
    if p.tokens[verb.first - 1].pos != "CONJ":
        return None
    earlier = next((v for v in reversed(p.verbs) if v.last < verb.first), None)
    inside = {t.low for t in p.tokens[earlier.first : earlier.main]} if earlier is not None else set()
    return earlier if earlier is not None and earlier.infinitive and "have" in inside else None


def _causative(p: Parsed, verb: Verb) -> Verb | None:
    """Return the "have" or "see" of "threatened to have X outlawed"; of two participles, for both."""
    if verb.be or verb.infinitive or verb.use not in (PAST, PART) or verb.first != verb.main:
        return None
    at = verb.first - 1
    if at > 0 and p.tokens[at].pos == "CONJ":
        other = next((v for v in reversed(p.verbs) if v.last <= at), None)
        return _causative(p, other) if other is not None and other.use in (PAST, PART) else None
    thing = p.phrase_ending(at)
    having = p.verb_at(thing.first - 1) if thing is not None else None
    return having if having is not None and having.lemma in ("have", "see") and having.infinitive else None


def _after_infinitive(p: Parsed, verb: Verb) -> bool:
    at = verb.first - 1
    listed = (
        at >= 0
        and p.tokens[at].low == ","
        and any(t.pos == "CONJ" for t in p.tokens[verb.last : verb.last + 10])
    )
    if at < 0 or (p.tokens[at].pos not in ("CONJ",) and not listed):
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
            if reduced(p, verb.main) is not None and _after_people(p, verb):
                # "called on officials elected as Democrats to switch"
                at = verb.first - 1
                continue
            listed = any(p.tokens[i].pos == "CONJ" for i in range(verb.last, first))
            if verb.infinitive and (listed or p.tokens[first].pos != "TO"):
                # "to leave and join": the second shares the first one's governor.
                return _above_infinitive(p, verb.first)
            return Link(verb, -1, "infinitive")
        phrase = p.phrase_ending(at)
        placed = phrase is not None and phrase.first > 0 and p.tokens[phrase.first - 1].low in _PLACING
        if phrase is not None and placed and p.tokens[phrase.head].low not in _CONTENT | _AIMS:
            at = phrase.first - 1
            continue
        if phrase is not None and _takes_infinitive(p, phrase, first):
            return Link(None, phrase.head, "infinitive")
        if token.pos == "ADJ" or (phrase is None and token.pos == "N"):
            return Link(None, at, "infinitive")
        if token.low == "as" and p.phrase_starting(at + 1) is not None and not _opens_clause(p, at + 1):
            # "officials elected as Democrats to switch"
            at -= 1
            continue
        if token.pos in ("SUB", "REL") or token.text in _STOPS:
            return None
        if phrase is not None:
            at = phrase.first - 1
        else:
            at -= 1
    return None


def _takes_infinitive(p: Parsed, phrase: Phrase, first: int) -> bool:
    """Tell whether a noun takes "to ...": "plans to ban", "48 hours to ban", "demands for X to be banned"."""
    low = p.tokens[phrase.head].low
    if low in _CARRYING and p.tokens[phrase.last].low == "for":
        return True
    return phrase.last == first and (phrase.kind == "other" or low in _SPANS)


def _opens_clause(p: Parsed, at: int) -> bool:
    phrase = p.phrase_starting(at)
    verb = p.verb_at(phrase.last) if phrase is not None else None
    return verb is not None and verb.finite


def _after_people(p: Parsed, verb: Verb) -> bool:
    """Tell whether a participle only describes people: no object follows, and a verb stands before them."""
    left = p.phrase_ending(verb.first - 1)
    bare = p.phrase_starting(verb.last)
    above = p.verb_at(left.first - 1) or p.verb_at(left.first - 2) if left is not None else None
    return left is not None and left.kind == "group" and bare is None and above is not None


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
        if token.low == "against" and phrase.kind in ("count", "date", "body", "other"):
            # "voted 114 to 52 against dissolving"
            vote = next((v for v in reversed(p.verbs) if at - 8 <= v.last <= at), None)
            if vote is not None and vote.lemma in ("vote", "decide", "rule"):
                return Link(vote, -1, "gerund")
        if token.low in ("from", "of", "for") and phrase.kind not in ("other",):
            return _verb_before(p, phrase.first, "gerund")
        return Link(None, (climb(p, phrase) if phrase.kind != "other" else phrase).head, "gerund")
    thing = p.phrase_ending(at)
    if thing is not None and thing.kind in ("other", "body") and at == first - 1:
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
    base = _first_of_shared(p, verb)
    if base is None:
        return None
    who = subject(p, base)
    if who is None and p.verb_at(base.first - 1) is not None:
        return None
    if who is not None and who.first > 1 and p.tokens[who.first - 1].pos == "CONJ" and who.last <= base.first:
        # "that they and 4,000 members will leave"
        who = p.phrase_ending(who.first - 2) or who
    at = _before_clause(p, (who.first if who is not None and who.last <= base.first else base.first) - 1)
    if at < 0 or p.tokens[at].pos == "QUOTE" or p.tokens[at].low == ",":
        return None
    found = p.verb_at(at)
    if found is not None and found is not base:
        return Link(found, -1, "complement")
    phrase = p.phrase_ending(at)
    if phrase is None and p.tokens[at].pos in ("ADJ", "N") and p.tokens[at + 1].low == "that":
        # "speculation is rife that"
        copula = p.verb_at(at - 1)
        return Link(copula, -1, "complement") if copula is not None and copula.lemma == "be" else None
    if phrase is None:
        return None
    told = p.verb_at(_before_not(p, phrase.first - 1))
    if p.tokens[at + 1].low == "that":
        if p.tokens[phrase.head].low not in _CONTENT:
            told, phrase = _over_places(p, phrase)
        if told is not None and told.lemma == "be":
            stated = _stated(p, told, phrase)
            if stated is not None:
                return stated
        people = phrase.kind in ("person", "name", "group", "pron", "body", "date")
        return (
            Link(told, -1, "complement")
            if told is not None and people
            else Link(None, phrase.head, "complement")
        )
    if who is not None and phrase.last == who.first and told is not None:
        return Link(told, -1, "complement")
    return None


def _stated(p: Parsed, be: Verb, phrase: Phrase) -> Link | None:
    """Return the noun of "there is talk that", the verb of "it is not true that"."""
    if p.tokens[phrase.head].low in _CONTENT:
        return Link(None, phrase.head, "complement")
    between = p.tokens[be.last : phrase.first]
    return Link(be, -1, "complement") if all(t.pos in ("NEG", "ADV") for t in between) else None


def _over_places(p: Parsed, phrase: Phrase) -> tuple[Verb | None, Phrase]:
    """Step back over "on social media" to the verb or noun that takes "that"."""
    for _ in range(4):
        before = phrase.first - 1
        if before < 1 or p.tokens[before].pos not in ("PREP", "TO"):
            break
        verb, left = p.verb_at(before - 1), p.phrase_ending(before - 1)
        if verb is not None:
            return verb, Phrase(phrase.first, phrase.last, phrase.head, "body")
        if left is None or p.tokens[before].low == "of":
            break
        phrase = left
    return p.verb_at(_before_not(p, phrase.first - 1)), phrase


def _before_not(p: Parsed, at: int) -> int:
    while at > 0 and p.tokens[at].pos == "NEG":
        at -= 1
    return at


def _first_of_shared(p: Parsed, verb: Verb) -> Verb | None:
    """Return the verb whose subject and governor "and" shares; None where that one is an infinitive."""
    for _ in range(4):
        at = verb.first - 1
        while at >= 0 and p.tokens[at].pos == "ADV":
            at -= 1
        if at < 0 or p.tokens[at].pos != "CONJ":
            return verb
        earlier = next((o for o in reversed(p.verbs) if o.last <= at), None)
        if earlier is None or (earlier.infinitive and not verb.infinitive):
            return None
        verb = earlier
    return verb


def _before_clause(p: Parsed, at: int) -> int:
    """Return the last token before a clause, its "that" and a date before that stepped over."""
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
    return at


def _opens_scare(p: Parsed, at: int) -> bool:
    """Tell whether a quotation mark opens a few quoted words, not a speech: claimed “hundreds” had joined."""
    if p.tokens[at].pos != "QUOTE" or at + 1 >= len(p.tokens) or not p.tokens[at + 1].quoted:
        return False
    return any(p.tokens[i].pos == "QUOTE" for i in range(at + 1, min(len(p.tokens), at + 7)))


def _over_verdict(p: Parsed, at: int) -> int:
    """Step back over "as propaganda" in "rejected as propaganda a claim that"."""
    start = at
    if start >= 0 and p.tokens[start].pos == "QUOTE":
        opened = [i for i in range(max(0, start - 8), start) if p.tokens[i].pos == "QUOTE"]
        start = opened[-1] - 1 if opened else start
    phrase = p.phrase_ending(start)
    start = phrase.first - 1 if phrase is not None else start
    if start >= 1 and p.tokens[start].low == "as" and start < at:
        return start - 1
    return at


def _carrier_before(p: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the "suit" of "a suit with the court for a ban"."""
    before = p.tokens[phrase.first - 1].low if phrase.first else ""
    left = p.phrase_ending(phrase.first - 2)
    carries = before in _BEFORE_BODY and left is not None and p.tokens[left.head].low in _CARRYING
    return left if carries else None


def _above_noun(p: Parsed, first: int) -> Link | None:
    """Find what governs a noun such as "dissolution": the verb before it, or "threat of"."""
    at = _over_verdict(p, first - 1)
    for _ in range(8):
        if at < 0:
            return None
        token = p.tokens[at]
        verb = p.verb_at(at)
        if verb is not None:
            return Link(verb, -1, "object")
        if token.low in _LEADING or token.pos == "TO":
            before = p.verb_at(at - 1)
            if before is not None:
                return Link(before, -1, "object")
            phrase = p.phrase_ending(at - 1)
            if phrase is None:
                return None
            if token.low == "in" and p.tokens[phrase.head].low in _MERITS:
                return Link(None, phrase.head, "object")
            threat = p.verb_at(phrase.first - 1) if token.low == "with" else None
            if threat is not None and threat.lemma == "threaten":
                return Link(threat, -1, "object")
            carrier = _carrier_before(p, phrase)
            if carrier is not None:
                return Link(None, carrier.head, "object")
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
