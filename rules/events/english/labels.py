"""Which claim a governing verb gives to the act under it."""

from __future__ import annotations

from rules.events.english.complements import complements
from rules.events.english.context import Reading
from rules.events.english.governors import Link
from rules.events.english.phrases import Verb

_CONSIDER = frozenset(
    "consider mull weigh contemplate ponder eye discuss debate toy flirt think look examine".split()
)
#: A court that does so keeps a party alive: "stopped the commission from deregistering X".
_HINDERS = frozenset(("stop", "restrain", "bar", "prevent", "halt", "prohibit"))
_ASKING = frozenset(("demand", "urge", "request", "insist", "ask"))
_PROPOSING = frozenset(("recommend", "propose", "petition", "plead", "suggest", "move", "advise"))
#: An end that is faced has not come: before a court it is sought, else it depends.
_FACES = frozenset(("face", "await", "confront"))
_PENDING = frozenset(
    "court courts case cases petition petitions prosecutor prosecutors prosecution charge charges trial tribunal judges "
    "verdict suit lawsuit hearing hearings alleged allegedly proceedings indictment".split()
)
_CAUSES = frozenset("trigger cause lead spark prompt mean bring unleash provoke set trigger".split())
_RIGHT = frozenset(("true", "correct", "accurate", "right", "so", "case"))


def verb_names(r: Reading, verb: Verb) -> tuple[str, ...]:
    """Return a verb alone and with the one and two words behind it: "rule", "rule out"."""
    tail = [t.low for t in r.p.tokens[verb.last : verb.last + 2]]
    if verb.lemma in ("vote", "decide", "rule") and any(
        t.low == "against" for t in r.p.tokens[verb.last : verb.last + 7]
    ):
        return (f"{verb.lemma} against", verb.lemma)
    return (verb.lemma, *(f"{verb.lemma} {' '.join(tail[:n])}" for n in (1, 2) if len(tail) >= n))


def label_of(r: Reading, names: tuple[str, ...], verb: Verb, link: Link, kind: str) -> str | None:
    """Return the claim a verb gives to what it governs, "carried" where that happened, None where it says nothing."""
    claims = r.words.claims
    if verb.lemma == "be":
        return _copula_label(r, verb)
    if verb.passive and verb.lemma in r.words.set("claims.rumoured.passive"):
        return "rumoured"
    if kind == "dissolution" and link.how == "gerund" and verb.lemma in _HINDERS:
        return "refused"
    if kind == "dissolution" and verb.lemma in ("order", "uphold", "agree", "back") and link.how != "gerund":
        return "planned" if verb.lemma == "agree" else "carried"
    if verb.lemma == "announce" and link.how == "object":
        return "carried"
    if verb.lemma in _FACES and link.how == "object":
        pending = {t.low for t in r.p.tokens} & _PENDING
        return None if kind == "defection" else "sought" if pending else "conditional"
    if verb.lemma == "appeal" and kind == "dissolution" and link.how == "infinitive":
        courts = r.words.set("bodies.court")
        heard = any(
            c.how == "to" and {t.low for t in r.p.tokens[c.phrase.first : c.phrase.last]} & courts
            for c in complements(r.p, verb)
        )
        return "sought" if heard else "called_for"
    if verb.lemma == "stand" and link.how == "infinitive":
        return "conditional"
    if (
        verb.lemma in _CAUSES
        and verb.modal in ("would", "'d", "could", "might", "may")
        and link.how == "object"
    ):
        return "conditional"
    if verb.lemma == "decide" and kind == "defection" and _is_still_to_tell(r, verb):
        return "planned"
    if verb.lemma in _CONSIDER and link.how != "complement":
        return "considered"
    for name in _tried_claims(r, kind, link):
        if any(word in claims[name].verbs for word in names):
            return name
    if verb.lemma in r.words.set("carried_out"):
        return "carried"
    return None


def _tried_claims(r: Reading, kind: str, link: Link) -> tuple[str, ...]:
    if link.how == "complement" and link.verb is not None and link.verb.lemma in _ASKING:
        return ("called_for",)
    if link.how == "complement" and link.verb is not None and link.verb.lemma in _PROPOSING:
        return ("sought", "called_for")
    if link.how == "complement":
        return ("denied", "refused", "conditional", "threatened", "estimated", "rumoured", "claimed")
    if kind == "defection":
        return (
            "refused",
            "denied",
            "threatened",
            "called_for",
            "planned",
            "rumoured",
            "claimed",
            "estimated",
        )
    asked = ("refused", "denied", "threatened", "sought", "called_for", "planned", "rumoured", "claimed")
    return (*asked, "conditional") if link.how in ("object", "gerund") else asked


def _is_still_to_tell(r: Reading, verb: Verb) -> bool:
    """Tell whether a decision is only to be acted on: "has decided to resign and will announce it"."""
    return any(v.first > verb.last and v.modal in ("will", "'ll", "would") for v in r.p.verbs)


def _copula_label(r: Reading, verb: Verb) -> str | None:
    tail = r.p.tokens[verb.last : verb.last + 4]
    if (verb.negated or any(t.pos == "NEG" for t in tail)) and any(t.low in _RIGHT for t in tail):
        return "denied"
    for token in tail:
        if token.low in r.words.claims["planned"].adjectives:
            return "planned"
        if token.low in r.words.claims["denied"].adjectives:
            return "denied"
    return None


def negated_label(label: str | None, verb: Verb) -> str | None:
    """Return what becomes of a verb's claim under "not"."""
    if label == "refused":
        return "conditional"
    if label == "denied":
        return "rumoured"
    if verb.lemma in ("want", "wish", "like", "dare"):
        return "refused"
    if verb.lemma in ("say", "comment", "know", "tell", "confirm", "clear"):
        return None if verb.lemma == "say" else "rumoured"
    return "denied"
