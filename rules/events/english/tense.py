"""What the form of a verb alone tells of its act: to come, refused, a standing state, or an old story."""

from __future__ import annotations

from rules.events.english.context import Reading
from rules.events.english.phrases import Verb
from rules.events.english.subjects import subject
from rules.events.english.words import BASE, ING, PART, PAST, THIRD

_PRESENT_BE = frozenset("am is are 'm 're 's isn't aren't".split())
_FIRST = frozenset(("i", "we"))
_UNITS = frozenset("fortnight week weeks month months year years decade decades".split())
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
#: States that a present passive describes: "is outlawed in Germany".
_STATES = frozenset("designate ban outlaw proscribe prohibit list classify label blacklist consider".split())
_NOW = frozenset(("hereby", "now", "today", "being"))


def never_to(r: Reading, verb: Verb) -> bool:
    """Tell whether "not" or "never" stands before an infinitive: "vowed never to leave"."""
    return verb.infinitive and verb.first > 0 and r.p.tokens[verb.first - 1].pos == "NEG"


def is_own_refusal(r: Reading, verb: Verb) -> bool:
    """Tell whether somebody says "I am not leaving": an act to come, not one that was reported."""
    if verb.use != ING or not _present(r, verb):
        return False
    who = subject(r.p, verb)
    return who is not None and r.p.tokens[who.head].low in _FIRST


def is_coming(r: Reading, verb: Verb) -> bool:
    """Tell whether a progressive with a day to come tells a plan: "we are leaving on Monday"."""
    if verb.use != ING or verb.modal or not _present(r, verb):
        return False
    tokens = r.p.tokens
    for index in range(verb.last, min(len(tokens), verb.last + 12)):
        low = tokens[index].low
        if tokens[index].pos in ("SUB", "REL", "QUOTE"):
            return False
        if low in ("tomorrow", "soon", "shortly", "tonight"):
            return True
        if low == "next" and index + 1 < len(tokens) and tokens[index + 1].low in _UNITS | _WEEKDAYS:
            return True
        if low in _WEEKDAYS and tokens[index - 1].low in ("on", "by", "this"):
            return True
    return False


def _present(r: Reading, verb: Verb) -> bool:
    inside = [t.low for t in r.p.tokens[verb.first : verb.main]]
    clipped = verb.first > 0 and r.p.tokens[verb.first - 1].low in ("he's", "she's", "i'm")
    return (clipped or bool(_PRESENT_BE & set(inside))) and "been" not in inside


def is_standing(r: Reading, verb: Verb) -> bool:
    """Tell whether a present tense only describes: "is designated a terrorist group", "a party that does so is dissolved"."""
    if r.p.headline or r.p.tokens[verb.main].quoted or verb.modal or verb.negated:
        return False
    who = subject(r.p, verb)
    start = who.first if who is not None else verb.first
    anybody = who is not None and r.p.tokens[who.first].low in ("a", "an", "any", "every") and not who.parties
    if start and r.p.tokens[start - 1].pos == "SUB":
        return anybody and who is not None and who.last - who.first == 2
    if anybody and verb.use in (BASE, THIRD) and verb.first == verb.main:
        return True
    inside = [t.low for t in r.p.tokens[verb.first : verb.main]]
    present = verb.passive and verb.use in (PAST, PART) and inside[:1] in (["is"], ["are"])
    return present and (anybody or verb.lemma in _STATES) and not _NOW & set(inside)


def is_aside(r: Reading, verb: Verb) -> bool:
    """Tell whether an act is told as known already: "five weeks after he left", "when he left, she did not follow"."""
    tokens = r.p.tokens
    for index in range(max(0, verb.first - 6), verb.first):
        before = tokens[index - 1].low if index else ""
        if tokens[index].low in ("after", "since") and before in _UNITS:
            return True
        opens = index == 0 or tokens[index - 1].low in ("but", "and") or tokens[index - 1].pos == "QUOTE"
        if tokens[index].low in ("when", "after", "although", "while") and opens:
            return _stays(r, verb)
    return False


def _stays(r: Reading, verb: Verb) -> bool:
    """Tell whether the main clause behind says that somebody did not follow."""
    comma = next((i for i in range(verb.last, len(r.p.tokens)) if r.p.tokens[i].low == ","), -1)
    main = next((v for v in r.p.verbs if v.first > comma > 0 and v.finite), None)
    return main is not None and main.negated


_HOME = frozenset("unit units barracks base bases post posts duty fold ranks army garrison regiment".split())


def comes_back(r: Reading, verb: Verb) -> bool:
    """Tell whether those who left are now back: "soldiers who deserted have returned to their unit"."""
    if verb.first == 0 or r.p.tokens[verb.first - 1].low not in ("who", "that"):
        return False
    main = next((v for v in r.p.verbs if v.first >= verb.last and v.finite), None)
    if main is not None and main.passive and main.lemma in ("readmit", "reinstate") and not main.negated:
        return True
    if main is not None and main.passive and main.lemma in ("readmit", "reinstate") and not main.negated:
        return True
    if (
        main is None
        or main.lemma not in ("return", "come", "go", "rejoin", "report")
        or main.negated
        or main.modal
    ):
        return False
    return any(t.low in _HOME for t in r.p.tokens[main.last : main.last + 6])
