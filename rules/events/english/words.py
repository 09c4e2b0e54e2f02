"""The English lexicon as sets and tables, with every verb in all its forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.packs import data

#: How a verb form is used: base, third person, past, participle, -ing.
BASE, THIRD, PAST, PART, ING = "base", "s", "past", "part", "ing"

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word as a verb."""

    lemma: str
    use: str


@dataclass(frozen=True, slots=True)
class Act:
    """One phrase of the lexicon that may tell an event.

    ``pattern`` are lower-case words, the first a verb's base form; ``~`` stands
    for up to three words.
    """

    kind: str
    frame: str
    pattern: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """What decides one claim: governing verbs, nouns, adjectives, adverbs, idioms."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    adverbs: frozenset[str]
    phrases: tuple[str, ...]


class Words:
    """All lists of the English lexicon, read once."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.irregular: dict[str, tuple[str, str]] = {k: (v[0], v[1]) for k, v in raw["irregular"].items()}
        self.acts = tuple(_acts(raw))
        self.claims = {name: _claim_words(lists) for name, lists in raw["claims"].items()}
        self.forms: dict[str, tuple[Form, ...]] = {}
        self.act_verbs = frozenset(act.pattern[0] for act in self.acts)
        self._inflect_all()
        self.sets: dict[str, frozenset[str]] = {}

    def set(self, path: str) -> frozenset[str]:
        """Return the list at a dotted path of the lexicon as a set of lower-case words."""
        found = self.sets.get(path)
        if found is None:
            node: Any = self.raw
            for part in path.split("."):
                node = node[part]
            found = frozenset(str(word).lower() for word in node)
            self.sets[path] = found
        return found

    def number(self, word: str) -> int | None:
        """Return what a number word is worth, or None."""
        value = self.raw["numbers"].get(word)
        return None if value is None else int(value)

    def _inflect_all(self) -> None:
        verbs = set(self.raw["verbs"]) | set(self.raw["say"]) | set(self.raw["carried_out"])
        verbs |= set(self.irregular) | self.act_verbs
        for words in self.claims.values():
            verbs |= {verb.split()[0] for verb in words.verbs}
        found: dict[str, list[Form]] = {}
        for verb in sorted(verbs):
            for form, use in self.inflect(verb):
                found.setdefault(form, []).append(Form(verb, use))
        self.forms = {form: tuple(readings) for form, readings in found.items()}

    def inflect(self, verb: str) -> Iterable[tuple[str, str]]:
        """Yield the forms of a verb with their uses; regular English spelling unless the lexicon says other."""
        yield verb, BASE
        yield third(verb), THIRD
        past, part = self.irregular.get(verb, (_past(verb), _past(verb)))
        yield past, PAST
        yield part, PART
        yield _ing(verb, past), ING


def third(word: str) -> str:
    """Return the -s form of a verb or noun."""
    if word == "have":
        return "has"
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + "ed"


def _ing(verb: str, past: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    doubled = verb + verb[-1]
    return doubled + "ing" if past == doubled + "ed" or _short(verb) or verb == "begin" else verb + "ing"


def _short(verb: str) -> bool:
    # One vowel before one consonant at the end: cut, put, run, win, split, quit.
    bare = verb.replace("qu", "q")
    return verb[-1] not in "aeiouwxy" and bare[-2:-1] in (*_VOWELS,) and sum(c in _VOWELS for c in bare) == 1


def _acts(raw: Mapping[str, Any]) -> Iterable[Act]:
    defection, dissolution = raw["defection"], raw["dissolution"]
    for frame, phrases in defection.items():
        if isinstance(phrases, list):
            for phrase in phrases:
                yield Act("defection", frame, tuple(phrase.split()))
    for frame in (
        "end",
        "strike",
        "declare",
        "registration",
        "suspend",
        "disqualify",
        "deny",
        "bans",
        "seats",
        "self",
        "merge",
        "restore",
        "reinstate",
    ):
        for phrase in dissolution[frame]:
            yield Act("dissolution", frame, tuple(phrase.split()))


def _claim_words(lists: Mapping[str, Any]) -> ClaimWords:
    phrases = [*lists.get("phrases", ()), *lists.get("idioms", ()), *lists.get("words", ())]
    return ClaimWords(
        verbs=frozenset(lists.get("verbs", ())),
        nouns=frozenset(lists.get("nouns", ())),
        adjectives=frozenset(lists.get("adjectives", ())),
        adverbs=frozenset(lists.get("adverbs", ())),
        phrases=tuple(phrases),
    )


@cache
def words() -> Words:
    """Return the English lexicon."""
    return Words(data.read("lexicon", "en.yaml"))
