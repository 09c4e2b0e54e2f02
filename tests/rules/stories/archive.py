"""A story archive in memory, with the look-up the database has: by shared keys."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from rules.stories import Assignment, Neighbour, addresses, assign, signature
from state.article import Article
from state.records import Event, Placement


class Archive:
    """Articles as they were placed."""

    def __init__(self) -> None:
        self.placed: dict[str, Neighbour] = {}
        self._holders: dict[str, list[str]] = defaultdict(list)

    def add(self, article: Article, events: Sequence[Event] = ()) -> Assignment:
        """Place one article and remember it."""
        key = article.key or ""
        found = signature(article, events)
        shared: dict[str, float] = defaultdict(float)
        for look in found.lookup:
            for holder in self._holders[look][-64:]:
                shared[holder] += 1 / len(self._holders[look][-64:])
        named = Counter(holder for look in addresses(found.lookup) for holder in self._holders[look])
        closest = dict.fromkeys(
            other
            for other, _ in (*named.most_common(5), *sorted(shared.items(), key=lambda pair: -pair[1])[:24])
        )
        near = [self.placed[other] for other in closest if other != key]
        result = assign(key, found, near)
        for other, placement in ((key, result.placement), *result.demoted):
            known = self.placed.get(other)
            article_there = known.article if known else article
            events_there = known.events if known else tuple(events)
            self.placed[other] = Neighbour(
                key=other, placement=placement, article=article_there, events=events_there
            )
        for held in found.keys:
            self._holders[held].append(key)
        return result

    def placement(self, article: Article) -> Placement:
        """Return where an article stands now."""
        return self.placed[article.key or ""].placement
