"""What one rule sees of an article: its terms' finds, in the fields that count, without those set aside."""

from __future__ import annotations

from collections.abc import Collection

from rules.engine import Engine, Prepared
from rules.evaluate import Hit, Terms
from rules.haystack import Haystack, Place
from rules.regex import compiled
from rules.rule import UnlessNear
from state.article import Scope

#: Longest paragraph an expression is run over, in code points; longer ones are cut there.
MAX_SEARCHED = 1_000_000

Raw = dict[int, list[int]]


class RuleView:
    """One rule's finds in some fields of one article."""

    def __init__(
        self, haystack: Haystack, engine: Engine, prepared: Prepared, raw: Raw, scopes: Collection[Scope]
    ) -> None:
        self._haystack = haystack
        self._engine = engine
        self._prepared = prepared
        self._raw = raw
        self._scopes = scopes
        self._everywhere = len(scopes) == _ALL_SCOPES
        self._hits: dict[int, list[Hit]] = {}

    @property
    def haystack(self) -> Haystack:
        """The article."""
        return self._haystack

    def hits(self, leaf: Terms) -> list[Hit]:
        """Return the finds of a leaf's terms, in order, without those set aside."""
        known = self._hits.get(id(leaf))
        if known is None:
            found = self.all_hits(leaf)
            known = self._hits[id(leaf)] = self._kept(leaf, found) if found else found
        return known

    def all_hits(self, leaf: Terms) -> list[Hit]:
        """Return the finds in the fields that count, with those that exceptions set aside."""
        raw, sought = self._raw, self._engine.sought
        numbers = [number for number in leaf.needles if number in raw or number >= sought]
        if not numbers and not leaf.expressions:
            return []
        found: dict[Place, Hit] = {}
        exact = dict(leaf.exact) if leaf.exact else {}
        for number in numbers:
            for start, end in self._places(number):
                wanted = exact.get(number)
                if wanted is None or self._haystack.capitals(start, end, len(wanted)) == wanted:
                    found.setdefault((start, end), Hit(start, end, leaf, number))
        for expression in leaf.expressions:
            for start, end in self._matches(expression):
                found.setdefault((start, end), Hit(start, end, leaf, -1))
        hits = [found[place] for place in sorted(found)]
        if self._everywhere:
            return hits
        scope, scopes = self._haystack.scope, self._scopes
        return [hit for hit in hits if scope(hit.start) in scopes]

    def _places(self, number: int) -> list[Place]:
        needle = self._engine.needles[number]
        if number >= self._engine.sought:
            return self._haystack.places(number, needle)
        return self._haystack.places(number, needle, self._raw[number])

    def _matches(self, expression: str) -> list[Place]:
        found: list[Place] = []
        text, start = self._haystack.text, 0
        for end in [*self._haystack.breaks, len(text)]:
            for match in compiled(expression).finditer(text[start : min(end, start + MAX_SEARCHED)]):
                first, last = match.span()
                piece = text[start + first : start + last]
                first += len(piece) - len(piece.lstrip())
                last -= len(piece) - len(piece.rstrip())
                if first < last:
                    found.append((start + first, start + last))
            start = end + 1
        return found

    # ---- what is set aside

    def _kept(self, leaf: Terms, hits: list[Hit]) -> list[Hit]:
        exceptions = self._prepared.exceptions
        if exceptions is not None:
            taken = self.all_hits(exceptions)
            hits = [hit for hit in hits if not any(t.start < hit.end and hit.start < t.end for t in taken)]
        for entry, terms in zip(self._prepared.rule.unless_near, self._prepared.spoilers, strict=True):
            if hits and (not entry.groups or leaf.name in entry.groups):
                spoilers = self.all_hits(terms)
                hits = [hit for hit in hits if not any(self._near(hit, other, entry) for other in spoilers)]
        return hits

    def _near(self, hit: Hit, other: Hit, entry: UnlessNear) -> bool:
        haystack = self._haystack
        if haystack.segment(hit.start) != haystack.segment(other.start):
            return False
        if entry.words is None:
            sentence = haystack.sentence(hit.start, hit.end)
            return sentence is not None and sentence == haystack.sentence(other.start, other.end)
        first, second = sorted((hit, other), key=lambda one: one.start)
        if second.start < first.end:
            return True
        return haystack.closer(first.end, second.start, entry.words)


_ALL_SCOPES = 5
