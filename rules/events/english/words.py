"""The English lexicon as sets and tables, with every verb in all its forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.packs import data
from rules.packs.inflection import BASE, ING, PART, PAST, THIRD, forms

__all__ = ["BASE", "ING", "PART", "PAST", "THIRD", "Act", "ClaimWords", "Form", "Words", "words"]


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
        """Yield the forms of a verb with their uses."""
        return forms(verb, self.irregular)


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
        "fate",
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
