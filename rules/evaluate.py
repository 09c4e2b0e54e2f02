"""Conditions made ready to be asked, and the asking: which finds satisfy them.

Every part answers with the finds that make it true, or with None.  Only finds
that take part in a satisfied part are answered, all of them: an explanation
shows each, and a correction can tell when one is gone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from rules.condition import Field, Unit
from rules.haystack import Haystack


class Hit(NamedTuple):
    """One find in folded text; ``parts`` are the finds a NEAR joined into it."""

    start: int
    end: int
    leaf: Terms
    needle: int
    parts: tuple[Hit, ...] = ()

    def simple(self) -> Iterable[Hit]:
        """Return the single finds this is made of."""
        return self.parts or (self,)


class View(Protocol):
    """What a part of a condition is asked about: an article, a sentence of it, one of its fields."""

    @property
    def haystack(self) -> Haystack:
        """The article."""

    def hits(self, leaf: Terms) -> list[Hit]:
        """Return the finds of a leaf's terms, in order, without those set aside."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A term group: its needles by number, and its expressions."""

    name: str
    #: Needle number → its rank in the group.
    needles: Mapping[int, int]
    #: Needles that the automaton does not seek.
    unsought: tuple[int, ...] = ()
    expressions: tuple[str, ...] = ()

    def find(self, view: View) -> list[Hit] | None:
        """Return the finds, or None."""
        return view.hits(self) or None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part."""

    parts: tuple[Part, ...]

    def find(self, view: View) -> list[Hit] | None:
        """Return the finds of all parts, or None."""
        found: list[Hit] = []
        for part in self.parts:
            hits = part.find(view)
            if hits is None:
                return None
            found += hits
        return found


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least ``count`` parts."""

    count: int
    parts: tuple[Part, ...]

    def find(self, view: View) -> list[Hit] | None:
        """Return the finds of every part that holds, or None."""
        held = [hits for part in self.parts if (hits := part.find(view)) is not None]
        return [hit for hits in held for hit in hits] if len(held) >= self.count else None


@dataclass(frozen=True, slots=True)
class Absent:
    """Not the part."""

    part: Part

    def find(self, view: View) -> list[Hit] | None:
        """Return no finds, or None."""
        return [] if self.part.find(view) is None else None


@dataclass(frozen=True, slots=True)
class InField:
    """The part in one field."""

    field: Field
    part: Part

    def find(self, view: View) -> list[Hit] | None:
        """Return the part's finds in the field, or None."""
        return self.part.find(self.narrowed(view))

    def narrowed(self, view: View) -> View:
        """Return a view of that field alone."""
        return Narrowed(view, lambda hit: view.haystack.scope(hit.start) == self.field)


@dataclass(frozen=True, slots=True)
class InUnit:
    """The part in one sentence, paragraph or post; ``leaves`` are all below it."""

    unit: Unit
    part: Part
    leaves: tuple[Terms, ...]

    def find(self, view: View) -> list[Hit] | None:
        """Return the part's finds in every unit that holds it, or None."""
        held = list(self.satisfied(view))
        return [hit for _, hits in held for hit in hits] if held else None

    def satisfied(self, view: View) -> Iterator[tuple[View, list[Hit]]]:
        """Yield each unit that holds the part, and its finds there."""
        parts = self.part.parts if isinstance(self.part, AllOf) else (self.part,)
        needed = [view.hits(part) for part in parts if isinstance(part, Terms)]
        if not all(needed):
            return
        key = _unit_key(view.haystack, self.unit)
        possible = {key(hit) for hit in min(needed, key=len)} if needed else None
        units: dict[object, dict[int, list[Hit]]] = {}
        for leaf in self.leaves:
            for hit in view.hits(leaf):
                unit = key(hit)
                if possible is None or unit in possible:
                    units.setdefault(unit, {}).setdefault(id(leaf), []).append(hit)
        for unit, found in units.items():
            inside = OneUnit(view.haystack, found)
            hits = None if unit is None else self.part.find(inside)
            if hits is not None:
                yield inside, hits


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weights of the parts that are there reach the threshold."""

    threshold: float
    weights: tuple[tuple[Part, float], ...]
    fields: tuple[tuple[Field, float], ...]

    def find(self, view: View) -> list[Hit] | None:
        """Return the finds of every part with a positive weight, or None."""
        found: list[Hit] = []
        for part, weight in self.weights:
            if weight > 0:
                found += part.find(view) or []
        return found if self.total(view) >= self.threshold else None

    def total(self, view: View) -> float:
        """Return the score: each part once, in the field that counts most."""
        return sum(self.shares(view))

    def shares(self, view: View) -> list[float]:
        """Return what each part adds."""
        fields = dict(self.fields)
        shares = []
        for part, weight in self.weights:
            hits = part.find(view)
            counts = [fields.get(view.haystack.scope(hit.start), 1.0) for hit in hits or ()]
            shares.append(weight * max(counts, default=0.0))
        return shares


@dataclass(frozen=True, slots=True)
class Close:
    """Both sides with fewer than ``words`` words between."""

    left: Part
    right: Part
    words: int
    ordered: bool

    def find(self, view: View) -> list[Hit] | None:
        """Return the finds of every pair that is close enough, or None."""
        pairs = self.pairs(view)
        found = {hit: None for pair in pairs for joined in pair for hit in joined.simple()}
        return list(found) or None

    def pairs(self, view: View) -> list[tuple[Hit, Hit]]:
        """Return every pair of finds (left, right) that is close enough."""
        left = joined_hits(self.left, view)
        right = joined_hits(self.right, view) if left else []
        if not right:
            return []
        if len(left) * len(right) <= _FEW:
            return [
                (a, b) for a in left for b in right if _close(view.haystack, a, b, self.words, self.ordered)
            ]
        pairs = list(_following(view.haystack, left, right, self.words))
        if not self.ordered:
            pairs += [(a, b) for b, a in _following(view.haystack, right, left, self.words)]
        return list(dict.fromkeys(pairs))


#: Up to so many pairs of finds are tried one by one; more are walked in order.
_FEW = 9

Part = Terms | AllOf | OneOf | Absent | InField | InUnit | Weighed | Close


@dataclass(frozen=True, slots=True)
class OneUnit:
    """A view of one sentence, paragraph or post; ``found`` are its finds by leaf."""

    haystack: Haystack
    found: Mapping[int, list[Hit]]

    def hits(self, leaf: Terms) -> list[Hit]:
        """Return the finds of a leaf in this unit."""
        return self.found.get(id(leaf), [])


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A view that shows only some of another's finds."""

    of: View
    keeps: Callable[[Hit], bool]

    @property
    def haystack(self) -> Haystack:
        """The article."""
        return self.of.haystack

    def hits(self, leaf: Terms) -> list[Hit]:
        """Return the finds of a leaf that are kept."""
        return [hit for hit in self.of.hits(leaf) if self.keeps(hit)]


def joined_hits(part: Part, view: View) -> list[Hit]:
    """Return the finds NEAR can take: a leaf's, those of alternatives, or each pair of another NEAR as one."""
    if isinstance(part, Terms):
        return view.hits(part)
    if isinstance(part, Close):
        return sorted({_joined(a, b) for a, b in part.pairs(view)}, key=_place)
    if isinstance(part, OneOf):
        return sorted((hit for one in part.parts for hit in joined_hits(one, view)), key=_place)
    return part.find(view) or []


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, hit.end


def _joined(a: Hit, b: Hit) -> Hit:
    parts = tuple(sorted({*a.simple(), *b.simple()}, key=_place))
    return Hit(min(a.start, b.start), max(a.end, b.end), parts[0].leaf, parts[0].needle, parts)


def _close(haystack: Haystack, a: Hit, b: Hit, words: int, ordered: bool) -> bool:
    if b.start < a.start:
        if ordered:
            return False
        a, b = b, a
    if b.start < a.end:
        return not _overlap(a, b)
    return b.start <= haystack.paragraph_end(a.start) and haystack.closer(a.end, b.start, words)


def _following(
    haystack: Haystack, first: Sequence[Hit], second: Sequence[Hit], words: int
) -> Iterable[tuple[Hit, Hit]]:
    """Yield each pair in which the second begins at or after the first and is close enough."""
    starts = [hit.start for hit in second]
    for a in first:
        limit = haystack.paragraph_end(a.start)
        for b in second[bisect_left(starts, a.start) :]:
            if b.start < a.end:
                if not _overlap(a, b):
                    yield a, b
            elif b.start > limit or not haystack.closer(a.end, b.start, words):
                break
            else:
                yield a, b


def _overlap(a: Hit, b: Hit) -> bool:
    return any(x.start < y.end and y.start < x.end for x in a.simple() for y in b.simple())


def _unit_key(haystack: Haystack, unit: Unit) -> Callable[[Hit], object]:
    if unit == "sentence":
        return lambda hit: haystack.sentence(hit.start, hit.end)
    if unit == "paragraph":
        return lambda hit: haystack.segment(hit.start)
    return lambda hit: haystack.post(hit.start)
