"""In how many of the user's own articles a word, and what a rule looks for, stands: what makes a good anchor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rules.compile import Ruleset
from rules.fold import is_spaced
from rules.haystack import Haystack
from state.article import Article

#: What stands in a smaller share of articles is not worth a line of the table.
RAREST = 0.002
_FEWEST = 3
#: So many different words are counted at once; then those seen once are let go.
_MOST_WORDS = 500_000


def frequencies(articles: Iterable[Article], ruleset: Ruleset) -> tuple[int, dict[str, float]]:
    """Return how many articles were read, and the share of them that holds each common word or sought string.

    A word stands between spaces, as it is sought; what rules seek stands as they
    seek it, so that scripts without spaces and beginnings of words are measured too.
    """
    engine, counted, read = ruleset.engine, Counter[str](), 0
    for article in articles:
        read += 1
        text = Haystack(article).text
        present = {f" {word} " for word in set(text.split()) if is_spaced(word[0])}
        present.update(engine.needles[number].text for number, _, _ in engine.scan(text))
        counted.update(present)
        if len(counted) > _MOST_WORDS:
            counted = Counter({word: times for word, times in counted.items() if times > 1})
    fewest = max(_FEWEST, RAREST * read)
    return read, {word: round(times / read, 4) for word, times in counted.items() if times >= fewest}
