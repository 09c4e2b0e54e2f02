"""What a sentence names: a party, a person, a group, a body, with its place in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.events.worded.lexicon import whole
from rules.fold import Folded


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something named: place in the folded sentence, text as published.

    ``kind`` is party, person, group, court, executive or administration; ``name``
    is None for a description or "his party".
    """

    start: int
    end: int
    kind: str
    text: str
    name: str | None = None
    own: bool = False
    known: bool = False
    politician: bool = False
    national: bool = False
    military: bool = False
    #: A word that only counts people ("persons", "名").
    unit: bool = False
    count: str | None = None
    count_min: int | None = None


@dataclass(slots=True)
class Sentence:
    """A sentence with its folded form."""

    text: str
    folded: Folded

    def source(self, start: int, end: int) -> str:
        """Return the published words of a folded slice."""
        first, last = self.folded.span(start, end)
        return self.text[first:last]


def fold_at(sentence: Sentence, source: int) -> int:
    """Return the place in folded text of a place in the published text."""
    starts = sentence.folded.starts
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] < source:
            low = middle + 1
        else:
            high = middle
    return low


def hits(text: str, pattern: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """Yield where a pattern hits folded text without cutting a letter from its marks."""
    if pattern is None:
        return
    for match in pattern.finditer(text):
        if whole(text, match.end()):
            yield match.start(), match.end()
