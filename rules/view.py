"""What one rule sees of an article: its terms' finds, in the fields that count, without those set aside."""

from __future__ import annotations

from rules.engine import Engine, Prepared
from rules.evaluate import Hit, Terms
from rules.haystack import Haystack, Place
from rules.regex import compiled
from rules.rule import UnlessNear
from state.article import Scope

#: Longest paragraph an expression is run over, in code points; longer ones are cut there.
MAX_SEARCHED = 1_000_000

_ARTICLE: frozenset[Scope] = frozenset({"title", "subtitle", "body", "caption"})
_ALL_SCOPES = len(_ARTICLE) + 1


class Finds:
    """What the automaton found in one article, and what terms that several rules share came to."""

    def __init__(self, haystack: Haystack, engine: Engine) -> None:
        self.haystack = haystack
        self.engine = engine
        #: Needle number → where it begins, as the automaton found it.
        self.raw: dict[int, list[int]] = {}
        for number, start, _ in engine.scan(haystack.text):
            self.raw.setdefault(number, []).append(start)
        self._hits: dict[tuple[int, frozenset[Scope]], tuple[list[Hit], bool]] = {}

    def hits(self, leaf: Terms, scopes: frozenset[Scope]) -> tuple[list[Hit], bool]:
        """Return the finds of a leaf in some fields, and whether there are more in others."""
        key = (id(leaf), scopes)
        known = self._hits.get(key)
        if known is None:
            known = self._hits[key] = self._in_scope(self._sought(leaf), scopes)
        return known

    def _sought(self, leaf: Terms) -> list[Hit]:
        numbers = [number for number in self.raw if number in leaf.needles]
        numbers += leaf.unsought
        if len(numbers) == 1 and not leaf.expressions:
            return [Hit(start, end, leaf, numbers[0]) for start, end in self._places(numbers[0])]
        found: dict[Place, Hit] = {}
        numbers.sort(key=leaf.needles.__getitem__)
        for number in numbers:
            for start, end in self._places(number):
                found.setdefault((start, end), Hit(start, end, leaf, number))
        for expression in leaf.expressions:
            for start, end in self._matches(expression):
                found.setdefault((start, end), Hit(start, end, leaf, -1))
        return [found[place] for place in sorted(found)]

    def _in_scope(self, hits: list[Hit], scopes: frozenset[Scope]) -> tuple[list[Hit], bool]:
        if not hits or len(scopes) == _ALL_SCOPES:
            return hits, False
        if scopes == _ARTICLE:
            limit = self.haystack.comments_at
            kept = [hit for hit in hits if hit.start < limit]
        else:
            kept = [hit for hit in hits if self.haystack.scope(hit.start) in scopes]
        return kept, len(kept) < len(hits)

    def _places(self, number: int) -> list[Place]:
        raw = None if number >= self.engine.sought else self.raw[number]
        return self.haystack.places(number, self.engine.needles[number], raw)

    def _matches(self, expression: str) -> list[Place]:
        found: list[Place] = []
        text, start = self.haystack.text, 0
        for end in [*self.haystack.breaks, len(text)]:
            for match in compiled(expression).finditer(text[start : min(end, start + MAX_SEARCHED)]):
                first, last = match.span()
                piece = text[start + first : start + last]
                first += len(piece) - len(piece.lstrip())
                last -= len(piece) - len(piece.rstrip())
                if first < last:
                    found.append((start + first, start + last))
            start = end + 1
        return found


class RuleView:
    """One rule's finds in some fields of one article."""

    def __init__(self, finds: Finds, prepared: Prepared, scopes: frozenset[Scope]) -> None:
        self._finds = finds
        self._prepared = prepared
        self._scopes = scopes
        self._plain = prepared.exceptions is None and not prepared.spoilers
        self._kept_hits: dict[int, list[Hit]] = {}
        #: Whether finds outside the fields that count were passed over.
        self.passed_over = False

    @property
    def haystack(self) -> Haystack:
        """The article."""
        return self._finds.haystack

    def hits(self, leaf: Terms) -> list[Hit]:
        """Return the finds of a leaf's terms, in order, without those set aside."""
        found = self.all_hits(leaf)
        if self._plain or not found:
            return found
        known = self._kept_hits.get(id(leaf))
        if known is None:
            known = self._kept_hits[id(leaf)] = self._kept(leaf, found)
        return known

    def all_hits(self, leaf: Terms) -> list[Hit]:
        """Return the finds in the fields that count, with those that exceptions set aside."""
        found, more = self._finds.hits(leaf, self._scopes)
        if more:
            self.passed_over = True
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
        haystack = self.haystack
        if haystack.segment(hit.start) != haystack.segment(other.start):
            return False
        if entry.words is None:
            sentence = haystack.sentence(hit.start, hit.end)
            return sentence is not None and sentence == haystack.sentence(other.start, other.end)
        first, second = sorted((hit, other), key=lambda one: one.start)
        if second.start < first.end:
            return True
        return haystack.closer(first.end, second.start, entry.words)
