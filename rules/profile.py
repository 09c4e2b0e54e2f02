"""What each rule costs on articles already read, and which of its words make it be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.asking import Asking
from rules.compile import Ruleset
from rules.engine import Prepared
from rules.events import extract
from rules.match import match
from state.article import Article

#: Returns nanoseconds from any beginning; only differences count.
Tick = Callable[[], int]


@dataclass(slots=True)
class Cost:
    """One rule: how many articles it was looked at for and matched, in nanoseconds how long that took.

    ``reading`` is its share of the time in which articles that matched were read for events.
    """

    rule: str
    looked: int = 0
    matched: int = 0
    asking: int = 0
    reading: int = 0

    @property
    def total(self) -> int:
        """Return the nanoseconds spent for this rule alone."""
        return self.asking + self.reading


class Profile:
    """Reads articles one by one and keeps counts.

    Args:
        ruleset: The rules.
        tick: The clock.
    """

    def __init__(self, ruleset: Ruleset, tick: Tick) -> None:
        self._ruleset = ruleset
        self._tick = tick
        self.costs = {one.rule.id: Cost(one.rule.id) for one in ruleset.engine.prepared}
        self.articles = 0
        #: Nanoseconds for folding and scanning, and for choosing candidates: shared by all rules.
        self.scanning = 0
        self.choosing = 0
        self._present: Counter[int] = Counter()

    def take(self, articles: Iterable[Article]) -> None:
        """Read some articles."""
        for article in articles:
            self._take(article)

    def _take(self, article: Article) -> None:
        engine, tick = self._ruleset.engine, self._tick
        self.articles += 1
        started = tick()
        asking = Asking(article, engine)
        scanned = tick()
        candidates = asking.candidates()
        chosen = tick()
        self.scanning += scanned - started
        self.choosing += chosen - scanned
        self._present.update(asking.present)
        for number in candidates:
            self._ask(asking, engine.prepared[number])
        self._read(article)

    def _ask(self, asking: Asking, prepared: Prepared) -> None:
        cost = self.costs[prepared.rule.id]
        started = self._tick()
        found = asking.found(prepared)
        cost.asking += self._tick() - started
        cost.looked += 1
        cost.matched += found is not None

    def _read(self, article: Article) -> None:
        matches = [found for found in match(article, self._ruleset) if found.expects]
        if not matches:
            return
        started = self._tick()
        extract(article, matches)
        each = (self._tick() - started) // len(matches)
        for found in matches:
            self.costs[found.rule].reading += each

    def anchors(self, rule: str, most: int) -> list[tuple[str, float]]:
        """Return the words by which a rule was found as a candidate, the commonest first, and their share of articles."""
        prepared = next(one for one in self._ruleset.engine.prepared if one.rule.id == rule)
        needles = self._ruleset.engine.needles
        seen = [(number, self._present[number]) for number in prepared.anchor.first if self._present[number]]
        seen.sort(key=lambda entry: (-entry[1], needles[entry[0]].text))
        return [(needles[number].text.strip(), times / self.articles) for number, times in seen[:most]]
