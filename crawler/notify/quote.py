"""A quote is an exact slice of what the page said, cut only where that cannot change its sense."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

CUT = "[…]"

# Where a clause ends: punctuation and what closes it, in the scripts we read.
_CLAUSE_END = re.compile(
    r"[,;:!?.…—–][\"'”’»)\]]*(?=\s)"
    r"|[、，。；：！？][”’」』）]*"
    r"|[،؛؟۔]+(?=\s)"
    r"|[។៕៖၊။།॥।]+[”’»]*"
    # Khmer, Thai, Lao and Burmese part clauses by a space and words by none.
    r"|(?<=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])(?= [\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
)
# A point that ends no clause: a title, an initial, a number.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|St|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)

Range = tuple[int, int]


def occurrences(text: str, words: Iterable[str]) -> list[Range]:
    """Return where each of these words first stands in a text; those that do not are left out."""
    found = ((text.find(word), len(word)) for word in words if word)
    return [(start, start + length) for start, length in found if start >= 0]


def cut(text: str, keep: Sequence[Range], limit: int) -> str | None:
    """Return the text, or as many whole clauses of it as fit, the cuts marked with […].

    The clauses from the first to the last range of ``keep`` (the words that
    matched and those that decided the claim) stay together; None if they alone
    are longer than ``limit``: then there is no honest short quote.
    """
    if len(text) <= limit:
        return text
    clauses = _clauses(text)
    if not keep:
        keep = [(0, 1)]
    first = min(_clause_at(clauses, start) for start, _ in keep)
    last = max(_clause_at(clauses, end - 1) for _, end in keep)
    if len(_marked(text, clauses, first, last)) > limit:
        return None
    return _marked(text, clauses, *_grown(text, clauses, first, last, limit))


def _grown(text: str, clauses: Sequence[Range], first: int, last: int, limit: int) -> Range:
    """Add neighbouring clauses while they fit; what follows goes before what precedes."""
    growing = True
    while growing:
        growing = False
        for wider in ((first, last + 1), (first - 1, last)):
            fits = wider[0] >= 0 and wider[1] < len(clauses)
            if fits and len(_marked(text, clauses, *wider)) <= limit:
                first, last = wider
                growing = True
                break
    return first, last


def _clauses(text: str) -> list[Range]:
    ends = [
        m.end()
        for m in _CLAUSE_END.finditer(text)
        if not _ABBREVIATION.search(text, max(0, m.end() - 6), m.end())
    ]
    bounds = [0, *(end for end in ends if 0 < end < len(text)), len(text)]
    return [(start, end) for start, end in pairwise(bounds) if text[start:end].strip()]


def _clause_at(clauses: Sequence[Range], position: int) -> int:
    return next((i for i, (_, end) in enumerate(clauses) if position < end), len(clauses) - 1)


def _marked(text: str, clauses: Sequence[Range], first: int, last: int) -> str:
    kept = text[clauses[first][0] : clauses[last][1]].strip()
    before = f"{CUT} " if first > 0 else ""
    after = f" {CUT}" if last < len(clauses) - 1 else ""
    return f"{before}{kept}{after}"
