"""Anchors: the few literals without which a rule cannot match, chosen by rarity.

A condition is read as clauses of which each must hold; a clause is a set of
needles of which one must be there.  The rarest clause finds the candidates, the
next sifts them.  What does not surely hold gives no clause, so that no match is
ever missed.
"""

from __future__ import annotations

from collections.abc import Callable

from rules.evaluate import AllOf, Close, InField, InUnit, OneOf, Part, Terms, Weighed

Clause = frozenset[int]
Cost = Callable[[int], float]


def clauses(part: Part, cost: Cost, literals: Callable[[str], tuple[int, ...]]) -> list[Clause]:
    """Return clauses that hold in every text the part matches, the cheapest first.

    Args:
        part: A condition made ready.
        cost: Estimated share of articles that hold a needle.
        literals: Needles of which each match of an expression holds one; empty if none is certain.
    """
    found = _Reading(cost, literals).clauses(part)
    unique = dict.fromkeys(clause for clause in found if clause)
    return sorted(unique, key=lambda clause: (_sum(clause, cost), sorted(clause)))


def _sum(clause: Clause, cost: Cost) -> float:
    return sum(map(cost, clause))


class _Reading:
    def __init__(self, cost: Cost, literals: Callable[[str], tuple[int, ...]]) -> None:
        self._cost = cost
        self._literals = literals

    def clauses(self, part: Part) -> list[Clause]:
        match part:
            case Terms():
                return self._leaf(part)
            case AllOf(parts):
                return [clause for one in parts for clause in self.clauses(one)]
            case Close(left, right):
                return [*self.clauses(left), *self.clauses(right)]
            case InField(part=inner) | InUnit(part=inner):
                return self.clauses(inner)
            case OneOf(count, parts):
                return self._some(count, parts)
            case Weighed():
                return self._weighed(part)
            case _:
                return []

    def _leaf(self, leaf: Terms) -> list[Clause]:
        needles = set(leaf.needles)
        for expression in leaf.expressions:
            literals = self._literals(expression)
            if not literals:
                return []
            needles.update(literals)
        return [frozenset(needles)]

    def _best(self, part: Part) -> Clause | None:
        return min(self.clauses(part), key=lambda clause: _sum(clause, self._cost), default=None)

    def _some(self, count: int, parts: tuple[Part, ...]) -> list[Clause]:
        if count == len(parts):
            return [clause for one in parts for clause in self.clauses(one)]
        best = [clause for one in parts if (clause := self._best(one)) is not None]
        needed = len(parts) - count + 1
        best.sort(key=lambda clause: _sum(clause, self._cost))
        return [frozenset().union(*best[:needed])] if len(best) >= needed else []

    def _weighed(self, part: Weighed) -> list[Clause]:
        """Return the rarest parts without which the rest cannot reach the threshold."""
        most = max((weight for _, weight in part.fields), default=1.0)
        most = max(most, 1.0)
        entries = [(weight * most, self._best(one)) for one, weight in part.weights if weight > 0]
        reachable = sum(weight for weight, _ in entries)
        known = [(weight, clause) for weight, clause in entries if clause is not None]
        known.sort(key=lambda entry: _sum(entry[1], self._cost) / entry[0])
        chosen: list[Clause] = []
        for weight, clause in known:
            if reachable < part.threshold:
                break
            chosen.append(clause)
            reachable -= weight
        return [frozenset().union(*chosen)] if chosen and reachable < part.threshold else []
