"""The matcher behind a rule set: one automaton, anchors to candidates, candidates to finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from rules.anchors import Anchor, Clause, anchor
from rules.condition import Field
from rules.evaluate import Part, Terms
from rules.haystack import Haystack, Raw
from rules.needles import Needle
from rules.numbering import Numbers, Preparing
from rules.rarity import Rarity
from rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Prepared:
    """One rule with its terms as needle numbers."""

    rule: Rule
    root: Part
    anchor: Anchor
    exceptions: Terms | None
    #: For each ``unless_near`` of the rule, its terms.
    spoilers: tuple[Terms, ...]
    #: Fields that count.
    scopes: frozenset[Field]


class Beside(NamedTuple):
    """Rules whose anchor holds are looked at only where ``second`` holds too, ``together``: in one paragraph."""

    second: Clause
    together: bool
    rules: tuple[int, ...]


class Anchored(dict[int, tuple[Beside, ...]]):
    """Needle number → what must hold besides for which rules to be looked at; nothing for other needles."""

    def __missing__(self, needle: int) -> tuple[Beside, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Engine:
    """Built once per rule set; asked by ``match``."""

    prepared: Sequence[Prepared]
    needles: Sequence[Needle]
    #: Needles below this number are in the automaton; the rest is searched for only when a rule asks.
    sought: int
    automaton: AhoCorasick | None
    anchored: Anchored
    #: Rules without an anchor, by number; they are looked at for every article.
    always: tuple[int, ...]

    @property
    def unanchored(self) -> tuple[str, ...]:
        """Return the ids of rules that are looked at for every article."""
        return tuple(self.prepared[number].rule.id for number in self.always)

    def scan(self, text: str) -> list[tuple[int, int, int]]:
        """Return needle number, start and end of everything the automaton finds in folded text."""
        return self.automaton.find_matches_as_indexes(text, overlapping=True) if self.automaton else []

    def candidates(self, raw: Raw, haystack: Haystack) -> list[int]:
        """Return the numbers of the rules that can match where these needles are."""
        present = set(raw)
        found = set(self.always)
        anchored = self.anchored
        for needle in present:
            for second, together, rules in anchored[needle]:
                if second.isdisjoint(present):
                    continue
                if together and not _share_paragraph(raw, haystack, needle, second & present):
                    continue
                found.update(rules)
        return sorted(found)


def _share_paragraph(raw: Raw, haystack: Haystack, needle: int, others: Iterable[int]) -> bool:
    here = haystack.paragraphs(needle, raw)
    return any(here & haystack.paragraphs(other, raw) for other in others)


def build(rules: Sequence[Rule], rarity: Rarity) -> Engine:
    """Return the engine of some rules."""
    numbers = Numbers(rarity)
    for rule in rules:
        numbers.take_sought(rule.when)
    sought = numbers.sought = len(numbers.needles)
    automaton = automaton_of(numbers.needles)
    prepared = tuple(_anchored(rule, numbers) for rule in rules)
    anchored: dict[int, dict[tuple[Clause, bool], list[int]]] = {}
    for number, one in enumerate(prepared):
        beside = (one.anchor.second, one.anchor.together)
        for needle in one.anchor.first:
            anchored.setdefault(needle, {}).setdefault(beside, []).append(number)
    return Engine(
        prepared=prepared,
        needles=tuple(numbers.needles),
        sought=sought,
        automaton=automaton,
        anchored=Anchored(
            (needle, tuple(Beside(*beside, tuple(rules)) for beside, rules in found.items()))
            for needle, found in anchored.items()
        ),
        always=tuple(number for number, one in enumerate(prepared) if not one.anchor.first),
    )


def automaton_of(sought: Sequence[Needle]) -> AhoCorasick | None:
    """Return what seeks some needles, None where there are none."""
    return AhoCorasick([needle.text for needle in sought]) if sought else None


def prepare(rule: Rule, root: Part, anchor: Anchor, numbers: Numbers) -> Prepared:
    """Return a rule with its terms as needle numbers."""
    return Prepared(
        rule=rule,
        root=root,
        anchor=anchor,
        exceptions=numbers.leaf("except", rule.exceptions) if rule.exceptions else None,
        spoilers=tuple(numbers.leaf("unless_near", entry.terms) for entry in rule.unless_near),
        scopes=numbers.scopes(rule),
    )


def _anchored(rule: Rule, numbers: Numbers) -> Prepared:
    root = Preparing(rule, numbers).part(rule.when)
    return prepare(rule, root, numbers.shared(anchor(root, numbers.cost, numbers.clause)), numbers)
