"""Which side of a move a party is on, told by the words around its name alone: left, or joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.events.english.complements import complements
from rules.events.english.context import Reading
from rules.events.english.names import PartyName
from rules.events.english.phrases import Phrase, Verb
from rules.events.english.sides import is_place
from rules.events.english.subjects import climb, subject
from rules.events.english.words import PART, PAST

_REACH = 9
#: A headline or a name of letters alone: what says "of" such a name needs politics all around.
_PEOPLE = ("person", "group", "name", "count", "pron")


@dataclass(frozen=True, slots=True)
class Role:
    """A party as the side left or joined; ``who`` is the phrase of those it took or lost, where a verb tells it.

    ``weak`` marks "from X", which counts only beside a side joined in the same sentence.
    """

    party: PartyName
    joined: bool
    who: Phrase | None = None
    weak: bool = False


def roles(r: Reading) -> list[Role]:
    """Return the roles of the parties of a sentence, in the order of the names."""
    found = []
    for name in [*r.p.parties, *_initials(r)]:
        role = _role(r, name)
        if role is not None:
            found.append(role)
    return sorted(found, key=lambda role: role.party.first)


def _initials(r: Reading) -> list[PartyName]:
    """Return unknown abbreviations as names of parties where the article is about parties."""
    if r.context.partisan < 2 or r.context.other_world > r.context.political:
        return []
    single = [q for q in r.p.phrases if q.kind == "acronym" and not is_place(r, q)]
    return [PartyName(q.head, q.last, r.p.tokens[q.head].text, sure=False) for q in single]


def _role(r: Reading, name: PartyName) -> Role | None:
    said, after = _before(r, name), _after(r, name)
    cues = r.words.raw["contrast"]
    taken = _taken(r, name)
    if taken is not None:
        return taken
    if _ends(said, cues["left_as"]) and after & r.words.set("contrast.part_of"):
        return Role(name, joined=False)
    if any(_ends_with(said, cue.lower().split()) for cue in cues["left"]):
        return Role(name, joined=False)
    if any(_ends_with(said, cue.lower().split()) for cue in cues["joined"]):
        return Role(name, joined=True)
    if after & {"newest", "latest"} and after & r.words.set("contrast.part_of"):
        return Role(name, joined=True)
    if after & r.words.set("contrast.worn"):
        shed = bool({t.low for t in r.p.tokens} & r.words.set("contrast.shed"))
        return Role(name, joined=not shed)
    if _ends(said, cues["joined_as"]) and after & r.words.set("contrast.part_of"):
        return Role(name, joined=True)
    if said[-1:] == ["to"] and any(v.lemma in r.words.set("contrast.lose") for v in r.p.verbs):
        # "X loses 300 members to Y"
        return Role(name, joined=True)
    return Role(name, joined=False, weak=True) if said[-1:] == ["from"] else None


def _ends(said: Sequence[str], cues: Sequence[str]) -> bool:
    return any(_ends_with(said, cue.lower().split()) for cue in cues)


def _before(r: Reading, name: PartyName) -> list[str]:
    """Return the words before a party's name, without "the ruling", up to the clause's start."""
    tokens, said = r.p.tokens, []
    for index in range(name.first - 1, max(-1, name.first - _REACH), -1):
        token = tokens[index]
        if token.text in (";", ":") or token.pos == "QUOTE" or token.party >= 0:
            break
        said.append(token.low)
    said.reverse()
    qualifiers = r.words.set("party.qualifiers") | {"the", "a", "an", "president's", "'s", "president"}
    while said and said[-1] in qualifiers - {"former"}:
        said.pop()
    return said


def _after(r: Reading, name: PartyName) -> set[str]:
    """Return the words behind a name up to the noun that it qualifies: "Reform UK's sixth MP"."""
    found: set[str] = set()
    for token in r.p.tokens[name.last : name.last + 4]:
        if token.pos in ("PREP", "TO", "CONJ", "PUNCT", "QUOTE", "AUX", "MOD", "SUB", "REL", "DET"):
            break
        found.add(token.low)
    return found


def _ends_with(said: Sequence[str], cue: Sequence[str]) -> bool:
    """Tell whether words end in a cue; "~" stands for up to two words."""
    if "~" not in cue:
        return list(said[-len(cue) :]) == list(cue)
    hole = list(cue).index("~")
    head, tail = list(cue[:hole]), list(cue[hole + 1 :])
    if tail and list(said[-len(tail) :]) != tail:
        return False
    rest = list(said[: len(said) - len(tail)])
    return any(rest[len(rest) - gap - len(head) : len(rest) - gap] == head for gap in range(3))


def _taken(r: Reading, name: PartyName) -> Role | None:
    """Read "X has gained a mayor", "was lured away by X", "X lost its deputy leader"."""
    words = r.words
    for verb in r.p.verbs:
        gains = verb.lemma in words.set("contrast.gain")
        if not gains and verb.lemma not in words.set("contrast.lose"):
            continue
        passive = verb.passive or (verb.use in (PAST, PART) and _object(r, verb) is None)
        agent = _agent(r, verb, name) if passive else subject(r.p, verb)
        if agent is None or not (agent.first <= name.first and name.last <= agent.last):
            continue
        if agent.kind not in ("party", "acronym"):
            continue
        who = subject(r.p, verb) if passive else _object(r, verb)
        if who is not None and who.kind in _PEOPLE:
            return Role(name, joined=gains, who=climb(r.p, who) if passive else who)
    return None


def _agent(r: Reading, verb: Verb, name: PartyName) -> Phrase | None:
    by = next((c.phrase for c in complements(r.p, verb) if c.how == "by"), None)
    return by if by is not None and by.first <= name.first and name.last <= by.last else None


def _object(r: Reading, verb: Verb) -> Phrase | None:
    """Return who is taken; a name set behind a colon says who "its latest catch" is."""
    bare = next((c.phrase for c in complements(r.p, verb) if c.how == ""), None)
    colon = next((i for i in range(verb.last, len(r.p.tokens)) if r.p.tokens[i].low in (":", "–", "—")), -1)
    shown = r.p.phrase_starting(colon + 1) if colon > 0 else None
    if shown is not None and shown.kind in ("person", "name") and bare is not None:
        return shown
    if bare is not None and bare.kind == "other":
        behind = r.p.phrase_starting(bare.last + 1)
        comma = bare.last < len(r.p.tokens) and r.p.tokens[bare.last].low == ","
        return behind if comma and behind is not None and behind.kind in ("person", "name") else bare
    return bare
