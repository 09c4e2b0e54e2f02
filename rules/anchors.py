"""Anchors: the few literals without which a rule cannot match, chosen by rarity.

A condition is read as clauses of which each must hold; a clause is a set of
needles of which one must be there.  The rarest clause finds the candidates,
another sifts them, by paragraph where both stand under one NEAR.  What does not
surely hold gives no clause, so that no match is ever missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from rules.evaluate import AllOf, Close, InField, InUnit, OneOf, Part, Terms, Weighed

Clause = frozenset[int]
Cost = Callable[[Clause], float]
#: Returns the needles of a leaf of which one must be there, none if that is not certain.
ClauseOf = Callable[[Terms], Clause]

# A clause and the number of the part that keeps it in one paragraph with others of the same number; 0 = none.
_Tagged = tuple[Clause, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """``first`` finds candidates, ``second`` must hold too; ``together``: both in one paragraph.

    Both are empty if nothing must surely be there.
    """

    first: Clause
    second: Clause
    together: bool


def anchor(part: Part, cost: Cost, clause_of: ClauseOf) -> Anchor:
    """Return the two best clauses of a condition.

    Args:
        part: A condition made ready.
        cost: Estimated share of articles that hold one of a clause's needles.
        clause_of: The clause of a leaf, empty if none is certain.
    """
    reading = _Reading(cost, clause_of)
    found = sorted(
        dict.fromkeys(tagged for tagged in reading.clauses(part) if tagged[0]),
        key=lambda tagged: (reading.cost(tagged[0]), min(tagged[0])),
    )
    if not found:
        return Anchor(frozenset(), frozenset(), together=False)
    first, tag = found[0]
    others = [tagged for tagged in found if tagged[0] != first]
    beside = next((clause for clause, other in others if tag and other == tag), None)
    if beside is not None:
        return Anchor(first, beside, together=True)
    return Anchor(first, others[0][0] if others else first, together=False)


class _Reading:
    """Reads clauses off a condition, each tagged with the part that keeps it in one paragraph."""

    def __init__(self, cost: Cost, clause_of: ClauseOf) -> None:
        self.cost = cost
        self._clause_of = clause_of
        self._tags = count(1)

    def clauses(self, part: Part, tag: int = 0) -> list[_Tagged]:
        match part:
            case Terms():
                clause = self._clause_of(part)
                return [(clause, tag)] if clause else []
            case AllOf(parts):
                return [tagged for one in parts for tagged in self.clauses(one, tag)]
            case Close(left, right):
                tag = tag or next(self._tags)
                return [*self.clauses(left, tag), *self.clauses(right, tag)]
            case InUnit(unit, inner):
                tag = tag or (0 if unit == "post" else next(self._tags))
                return self.clauses(inner, tag)
            case InField(part=inner):
                return self.clauses(inner, tag)
            case OneOf(needed, parts):
                return self._some(needed, parts, tag)
            case Weighed():
                return self._weighed(part, tag)
            case _:
                return []

    def _best(self, part: Part) -> Clause | None:
        return min((clause for clause, _ in self.clauses(part)), key=self.cost, default=None)

    def _some(self, needed: int, parts: tuple[Part, ...], tag: int) -> list[_Tagged]:
        if needed == len(parts):
            return [tagged for one in parts for tagged in self.clauses(one, tag)]
        best = [clause for one in parts if (clause := self._best(one)) is not None]
        enough = len(parts) - needed + 1
        best.sort(key=self.cost)
        return [(frozenset().union(*best[:enough]), tag)] if len(best) >= enough else []

    def _weighed(self, part: Weighed, tag: int) -> list[_Tagged]:
        """Return the rarest parts without which the rest cannot reach the threshold."""
        most = max((weight for _, weight in part.fields), default=1.0)
        most = max(most, 1.0)
        entries = [(weight * most, self._best(one)) for one, weight in part.weights if weight > 0]
        reachable = sum(weight for weight, _ in entries)
        known = [(weight, clause) for weight, clause in entries if clause is not None]
        known.sort(key=lambda entry: self.cost(entry[1]) / entry[0])
        chosen: list[Clause] = []
        for weight, clause in known:
            if reachable < part.threshold:
                break
            chosen.append(clause)
            reachable -= weight
        return [(frozenset().union(*chosen), tag)] if chosen and reachable < part.threshold else []
