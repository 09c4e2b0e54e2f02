"""Which terms of a lexicon stand in one sentence, and where; the longest reading wins."""

from __future__ import annotations

from dataclasses import dataclass

from rules.events.lexical.lexicon import Label, Lexicon, Sense
from rules.fold import Folded, fold
from rules.needles import accepted

_MOST_HITS = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """One term: its sense and its place in the folded sentence."""

    sense: Sense
    start: int
    end: int


class Sentence:
    """One sentence, folded, with what was found in it."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.folded: Folded = fold(text)
        self.hits: list[Hit] = _longest(_found(self.folded.text, lexicon))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the sentence as published of a place in its folded text."""
        return self.folded.span(start, end)

    def words(self, start: int, end: int) -> str:
        """Return the published words of a folded place."""
        begin, stop = self.original(start, end)
        return self.text[begin:stop]

    def of(self, *labels: Label) -> list[Hit]:
        """Return the finds with these labels, in order."""
        return [hit for hit in self.hits if hit.sense.label in labels]


def _found(text: str, lexicon: Lexicon) -> list[Hit]:
    padded = f" {text} "
    found: list[Hit] = []
    for index, start, end in lexicon.automaton.find_matches_as_indexes(padded, overlapping=True):
        needle = lexicon.needles[index]
        begin, stop = start + needle.before, end - needle.after
        if accepted(needle, padded, begin, stop):
            found.append(Hit(lexicon.senses[index], begin - 1, _grown(padded, stop, needle.grows_right) - 1))
        if len(found) >= _MOST_HITS:
            break
    return found


def _grown(text: str, stop: int, grows: bool) -> int:
    """Return the end of the word that a term ending in ``*`` began."""
    while grows and stop < len(text) and text[stop] not in " ,":
        stop += 1
    return stop


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop every find that lies within or across a longer one."""
    taken: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in taken):
            taken.append(hit)
    return sorted(taken, key=lambda hit: hit.start)
