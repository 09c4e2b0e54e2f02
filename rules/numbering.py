"""Terms numbered as needles, and one rule's condition made ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

from rules.anchors import Anchor, Clause
from rules.condition import (
    All,
    AnyOf,
    AtLeast,
    Field,
    Leaf,
    Near,
    Node,
    Not,
    Scoped,
    Score,
    Within,
    children,
    walk,
)
from rules.evaluate import (
    Absent,
    AllOf,
    Close,
    InField,
    InUnit,
    OneOf,
    Part,
    Terms,
    Weighed,
)
from rules.needles import Needle, needles
from rules.rarity import Rarity
from rules.regex import required_literals
from rules.rule import Rule
from rules.terms import Term


class Numbers:
    """Gives each distinct needle one number for all rules, those that must be found first."""

    def __init__(self, rarity: Rarity, needles: Iterable[Needle] = (), sought: int = 0) -> None:
        self.needles = list(needles)
        #: Needles below this number are sought by the automaton.
        self.sought = sought
        self._number = {needle: number for number, needle in enumerate(self.needles)}
        self._users: list[int] = []
        self._costs: dict[int, float] = {}
        self._capital: set[int] = set()
        self._clauses: dict[Clause, Clause] = {}
        self._clause_costs: dict[Clause, float] = {}
        #: By the identity of a leaf, which lives as long as ``_leaves`` does.
        self._clause_of: dict[int, Clause] = {}
        self._leaves: dict[tuple[str, tuple[Term, ...]], Terms] = {}
        self._terms: dict[Term, tuple[int, ...]] = {}
        self._groups: dict[tuple[Term, ...], tuple[int, ...]] = {}
        self._scopes: dict[frozenset[Field], frozenset[Field]] = {}
        self._rarity = rarity

    def take_sought(self, root: Node) -> None:
        """Number every needle that is not below a NOT or a negative weight."""
        waiting = [root]
        while waiting:
            node = waiting.pop()
            match node:
                case Leaf():
                    for number in self._of_group(node.terms):
                        self._users[number] += 1
                case Not():
                    continue
                case Score(weights=weights):
                    waiting += [part for part, weight in weights if weight > 0]
                case _:
                    waiting += children(node)

    def _of_group(self, terms: tuple[Term, ...]) -> tuple[int, ...]:
        known = self._groups.get(terms)
        if known is None:
            found: list[int] = []
            for term in terms:
                found += self.literals(term.text) if term.operator == "regex" else self.of(term)
            known = self._groups[terms] = tuple(found)
        return known

    def of(self, term: Term) -> tuple[int, ...]:
        """Return the numbers of a term's needles."""
        numbers = self._terms.get(term)
        if numbers is None:
            numbers = self._terms[term] = tuple(self._take(needle) for needle in needles(term))
            if term.text[:1].isupper():
                self._capital.update(numbers)
        return numbers

    def literals(self, expression: str) -> tuple[int, ...]:
        """Return the needles of which each match of an expression holds one."""
        return tuple(self._take(Needle(literal)) for literal in sorted(required_literals(expression)))

    def _take(self, needle: Needle) -> int:
        number = self._number.get(needle)
        if number is None:
            number = self._number[needle] = len(self.needles)
            self.needles.append(needle)
            self._users.append(0)
        return number

    def clause(self, leaf: Terms) -> Clause:
        """Return the needles of a leaf of which one must be there; none if an expression may do without."""
        known = self._clause_of.get(id(leaf))
        if known is None:
            found = set(leaf.needles)
            for expression in leaf.expressions:
                literals = self.literals(expression)
                if not literals:
                    found.clear()
                    break
                found.update(literals)
            known = self._clause_of[id(leaf)] = self._clauses.setdefault(frozenset(found), frozenset(found))
        return known

    def cost(self, clause: Clause) -> float:
        """Return the estimated share of articles that hold one of a clause's needles, at the most."""
        known = self._clause_costs.get(clause)
        if known is None:
            known = self._clause_costs[clause] = sum(map(self._needle_cost, clause))
        return known

    def _needle_cost(self, number: int) -> float:
        """Return the estimated share of articles with a needle; what many rules seek is taken to be common."""
        known = self._costs.get(number)
        if known is None:
            share = self._rarity.share(self.needles[number], capital=number in self._capital)
            known = self._costs[number] = share * (1 + log2(1 + self._users[number]))
        return known

    def scopes(self, rule: Rule) -> frozenset[Field]:
        """Return the fields that count for a rule, one object for all rules that agree."""
        fields = frozenset(field for field, weight in rule.fields.items() if weight > 0)
        return self._scopes.setdefault(fields, fields)

    def shared(self, anchor: Anchor) -> Anchor:
        """Return the anchor with its clauses as one object for all rules: they are read for every article."""
        first, second = (self._clauses.setdefault(one, one) for one in (anchor.first, anchor.second))
        return Anchor(first, second, anchor.together)

    def leaf(self, name: str, terms: tuple[Term, ...]) -> Terms:
        """Return a term group with its needles numbered, one object for all rules that have it."""
        known = self._leaves.get((name, terms))
        if known is None:
            known = self._leaves[name, terms] = self._made(name, terms)
        return known

    def _made(self, name: str, terms: Iterable[Term]) -> Terms:
        found: dict[int, None] = {}
        expressions: list[str] = []
        for term in terms:
            if term.operator == "regex":
                expressions.append(term.text)
                continue
            found.update(dict.fromkeys(self.of(term)))
        ranks = {number: rank for rank, number in enumerate(found)}
        return Terms(
            name, ranks, tuple(number for number in found if number >= self.sought), tuple(expressions)
        )


class Preparing:
    """Turns one rule's condition into parts that can be asked."""

    def __init__(self, rule: Rule, numbers: Numbers) -> None:
        self._rule = rule
        self._numbers = numbers

    def part(self, node: Node) -> Part:
        """Return a node with its terms numbered."""
        match node:
            case Leaf():
                return self._leaf(node)
            case All(parts):
                return AllOf(tuple(map(self.part, parts)))
            case AnyOf(parts):
                return OneOf(1, tuple(map(self.part, parts)))
            case AtLeast(count, parts):
                return OneOf(count, tuple(map(self.part, parts)))
            case Not(part):
                return Absent(self.part(part))
            case Near(left, right, words, ordered):
                return Close(self.part(left), self.part(right), words, ordered)
            case Within(part, unit):
                leaves = dict.fromkeys(self._leaf(leaf) for leaf in walk(part) if isinstance(leaf, Leaf))
                return InUnit(unit, self.part(part), tuple(leaves))
            case Scoped(field, part):
                return InField(field, self.part(part))
            case Score(threshold, weights):
                weighed = tuple((self.part(part), weight) for part, weight in weights)
                return Weighed(threshold, weighed, tuple(self._rule.fields.items()))
            case _:
                raise AssertionError(f"{node} was not resolved")

    def _leaf(self, leaf: Leaf) -> Terms:
        return self._numbers.leaf(leaf.name, leaf.terms)
