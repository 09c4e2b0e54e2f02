"""Words that colour a whole clause: if, should, reportedly, and the letter that is called a fake."""

from __future__ import annotations

from rules.events.english.context import Reading
from rules.events.english.governors import above
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.stance import Stance

_BREAKS = frozenset("but because although though while after before when since as".split())
_GENUINE = frozenset("true correct accurate genuine authentic real".split())
_DOCUMENTS = frozenset(
    "certificate certificates "
    "photograph photographs photo photos picture pictures image images "
    "letter letters notice statement post posts document documents video message messages report reports story stories "
    "news article screenshot audio clip resignation announcement claim claims rumour rumours rumor rumors".split()
)


def describe_noun(r: Reading, phrase: Phrase, stance: Stance) -> None:
    """Add the denial that a noun carries in itself: "a forged letter", "no plan"."""
    inside = r.p.tokens[phrase.first : phrase.last]
    if any(token.low in r.words.claims["denied"].adjectives for token in inside):
        stance.labels.add("denied")
        stance.forged = True
    if any(token.low == "no" for token in inside[:1]):
        stance.labels.add("denied")


def read_clause(r: Reading, first: int, verb: Verb | None, stance: Stance, kind: str) -> None:
    """Read the words that colour a whole clause: if, reportedly, whether."""
    if stance.drafted:
        return
    _read_conditions(r, first, verb, stance, kind)
    segment = r.p.tokens[max(0, first - 14) : first + 12]
    adverbs = {t.low for t in segment if t.pos == "ADV" or t.low in ("reportedly", "allegedly")}
    for name in ("rumoured", "claimed"):
        if adverbs & r.words.claims[name].adverbs:
            stance.labels.add(name)
    if _hears_of(r, first, verb, stance):
        # "is reportedly planning to leave": the plan itself is hearsay
        stance.labels.discard("planned")
    counted = f" {' '.join(t.low for t in r.p.tokens)} "
    if any(f" {phrase} " in counted for phrase in r.words.claims["estimated"].phrases):
        stance.labels.add("estimated")
    if _calls_hoax(r, first):
        stance.labels.add("denied")
        stance.forged = kind == "defection"
    for phrase in r.p.phrases:
        low = r.p.tokens[phrase.head].low
        held = kind == "defection" or low in stance.governors
        if held and phrase.last <= first and low in _DOCUMENTS:
            describe_noun(r, phrase, stance)
            if _called_false(r, first):
                stance.labels.add("denied")
                stance.forged = kind == "defection"


def _hears_of(r: Reading, first: int, verb: Verb | None, stance: Stance) -> bool:
    """Tell whether "reportedly" stands in the verb that governs an act, or in the act's own."""
    hearsay = r.words.claims["rumoured"].adverbs
    spans = [(v.first, v.main) for v in (verb, stance.top) if v is not None]
    return any(t.low in hearsay for start, end in spans for t in r.p.tokens[max(0, start - 1) : end])


def _read_conditions(r: Reading, first: int, verb: Verb | None, stance: Stance, kind: str) -> None:
    """Add what makes an act conditional: an if-clause, an inversion, "paving the way for", a question."""
    tokens = r.p.tokens
    where = _opening_of(r, first, verb)
    paid = any(v.lemma in ("offer", "promise", "bribe", "pay") and v.last <= first for v in r.p.verbs)
    if kind == "defection" and where == "if" and paid:
        stance.labels.add("called_for")
    elif where in ("if", "unless", "provided", "assuming", "lest", "event", "suppose"):
        stance.labels.add("conditional")
    elif where == "whether" and kind == "defection" and _is_left_open(r, first):
        stance.labels.discard("planned")
        stance.labels.add("rumoured")
    elif where == "whether":
        stance.labels.add("sought" if kind == "dissolution" else "conditional")
    later = stance.later and "sought" in stance.labels
    depends = (later or bool(stance.labels & {"planned", "rumoured"})) and _has_condition(r, first)
    asks = tokens[-1].text == "?" and not any(t.quoted for t in tokens[-2:])
    stops = (i + 1 for i in range(first) if tokens[i].text in (";", ":") or tokens[i].pos == "QUOTE")
    before = " ".join(t.low for t in tokens[max(*stops, 0, first - 18) : first])
    phrases = (phrase for phrase in r.words.claims["conditional"].phrases if " " in phrase)
    paved = any(f" {phrase} " in f" {before} " for phrase in phrases)
    failing = kind == "dissolution" and " failing which " in f" {before} "
    if depends or asks or paved or failing or _is_inverted(r, first):
        stance.labels.add("conditional")


def _is_left_open(r: Reading, first: int) -> bool:
    """Tell whether somebody does not say: "would not say whether she was about to quit"."""
    silent = ("say", "comment", "confirm", "tell", "answer", "rule", "reveal", "disclose", "clear", "speak")
    return any(
        (v.lemma in silent and v.negated) or v.lemma in ("decline", "refuse", "dodge", "sidestep", "ask")
        for v in r.p.verbs
        if v.last <= first
    )


def _calls_hoax(r: Reading, first: int) -> bool:
    """Tell whether the sentence ends by calling the post or report a hoax."""
    tokens = r.p.tokens
    false = r.words.claims["denied"].adjectives
    for index in range(first + 1, len(tokens)):
        if tokens[index].low in false:
            near = [t.low for t in tokens[max(first, index - 4) : index]]
            if set(near) & _DOCUMENTS and set(near) & {"a", "as", "an"}:
                return True
    return False


def _called_false(r: Reading, first: int) -> bool:
    """Tell whether the sentence goes on to say "is a fake", "was forged"."""
    tokens = r.p.tokens
    false = r.words.claims["denied"].adjectives
    being = ("is", "was", "were", "are", "be", "been", "as", "'s")
    for index in range(first + 1, len(tokens)):
        before = [t.low for t in tokens[max(first, index - 3) : index]]
        untrue = tokens[index].low in _GENUINE and "not" in before
        invented = tokens[index].low == "up" and before[-1:] in (
            ["made"],
            ["dreamt"],
            ["cooked"],
            ["dreamed"],
        )
        if (tokens[index].low in false or untrue or invented) and set(being) & set(before):
            return True
    return False


def _is_inverted(r: Reading, first: int) -> bool:
    """Tell whether an act stands in "Should the court dissolve it, ..."."""
    tokens = r.p.tokens
    start = next(
        (
            i
            for i, t in enumerate(tokens)
            if (t.low == "should" and r.p.phrase_starting(i + 1) is not None)
            or (t.low == "were" and (i == 0 or tokens[i - 1].text in ("“", '"', ",")))
        ),
        None,
    )
    if start is None or tokens[-1].text == "?" or r.p.phrase_starting(start + 1) is None:
        return False
    if start >= first:
        # "would leave should it vote for the budget"
        return tokens[start].low == "should" and r.p.verb_at(start - 1) is None
    comma = next((i for i in range(start, len(tokens)) if tokens[i].low == ","), len(tokens))
    return first < comma or tokens[start].low == "should"


def _opening_of(r: Reading, first: int, verb: Verb | None) -> str:
    """Return the subordinator of the clause that an act stands in, or ""."""
    tokens = r.p.tokens
    at = first - 1
    commas = 0
    while at >= 0:
        token = tokens[at]
        if token.low in ("if", "unless", "whether", "lest", "assuming", "provided", "suppose"):
            return token.low if not commas or commas == 2 else ""
        if token.low == "event" and at and tokens[at - 1].low == "the":
            return "event" if not commas else ""
        if token.low in _BREAKS:
            return ""
        if token.text in (";", ":", "—", "–") or token.pos == "QUOTE":
            return ""
        other = r.p.verb_at(at)
        if (
            other is not None
            and other.finite
            and verb is not None
            and not verb.infinitive
            and token.pos == "V"
        ):
            link = above(r.p, first, verb)
            if link is None or link.verb is not other:
                nested = any(tokens[i].pos == "REL" for i in range(at, first)) or tokens[at - 1].pos == "REL"
                if not nested and not any(tokens[i].pos == "CONJ" for i in range(at, first)):
                    return ""
        commas += token.low == ","
        at -= 1
    return ""


def _has_condition(r: Reading, first: int) -> bool:
    tokens = r.p.tokens
    for index, token in enumerate(tokens):
        event = token.low == "event" and index and tokens[index - 1].low == "the"
        if (token.low in ("if", "unless") or event) and token.quoted == tokens[first].quoted:
            between = tokens[min(index, first) : max(index, first)]
            if not any(t.text in (";", "—") or t.low == "but" for t in between):
                return True
    return False
