"""One article as folded text: where each needle stands, in which field, how many words apart.

All strings of the article are folded at once; a line feed that no needle
contains stands between paragraphs, so that nothing is found across them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from rules.fold import APOSTROPHES, BREAK_CHAR, fold, is_mark, is_spaced
from rules.needles import Needle, accepted, is_hangul
from rules.sentences import sentences
from state.article import Article, FieldText, Scope, strings, texts
from state.records import Span

_BETWEEN = f" {BREAK_CHAR} "
# Comments keep their line breaks; a blank one parts paragraphs.
_BLANK_LINE = "\n\n"
_LINE_FEED = re.compile("\n")
_MAY_BE_INNER = re.compile(f"[.,{re.escape(APOSTROPHES)}]")
_INNER_MARK = re.compile(rf"(?<=[^\W_])[{re.escape(APOSTROPHES)}](?=[^\W_])|(?<=\d)[.,](?=\d)")

# Letters per word in scripts without spaces, measured on sample sentences against ICU's word boundaries.
_PER_WORD = (
    ("\u0e00", "\u0e7f", 3.6),
    ("\u0e80", "\u0eff", 4.4),
    ("\u0f00", "\u0fff", 3.0),
    ("\u1000", "\u109f", 2.4),
    ("\u1780", "\u17ff", 2.8),
)
_PER_WORD_ELSE = 1.7

# Two letters with a space between are the end and the beginning of words; more are one word spaced apart.
_FEWEST_SPACED_APART = 3

Place = tuple[int, int]
#: Needle number → where it begins, as the automaton found it.
Raw = Mapping[int, Sequence[int]]


class Haystack:
    """The article as a matcher sees it; made once, asked by every rule."""

    def __init__(self, article: Article) -> None:
        self._article = article
        parts = strings(article)
        #: How many segments stand before the comments.
        self._own_segments = len(parts) - len(article.comments)
        if article.comments:
            parts[self._own_segments :] = [
                part for text in parts[self._own_segments :] for part in text.split(_BLANK_LINE)
            ]
        self._joined = _BETWEEN.join(parts)
        if self._joined.count(BREAK_CHAR) >= len(parts):
            self._joined = _BETWEEN.join([part.replace(BREAK_CHAR, " ") for part in parts])
        self._folded = fold(self._joined)
        #: Folded text with a space at both ends; all places below count in it.
        self.text = f" {self._folded.text} "
        self._places: dict[int, list[Place]] = {}
        self._paragraphs: dict[int, int] = {}
        self._spans: dict[Place, Span] = {}
        self._sentence_bounds: dict[int, list[Place]] = {}
        self._sentence_of: dict[Place, tuple[int, int] | None] = {}

    # ---- where

    def places(self, number: int, needle: Needle, raw: Sequence[int] | None = None) -> list[Place]:
        """Return where a needle stands, delimiters left out.

        Args:
            number: The needle's number in its rule set; what was found is kept under it.
            needle: What to seek.
            raw: Starts already found by the automaton; without them the text is searched.
        """
        known = self._places.get(number)
        if known is None:
            known = self._accepted(needle, self._search(needle.text) if raw is None else raw)
            self._places[number] = known
        return known

    def _search(self, sought: str) -> list[int]:
        found, at = [], self.text.find(sought)
        while at >= 0:
            found.append(at)
            at = self.text.find(sought, at + 1)
        return found

    def _accepted(self, needle: Needle, raw: Sequence[int]) -> list[Place]:
        text, size = self.text, len(needle.text)
        found: list[Place] = []
        for at in raw:
            start, end = at + needle.before, at + size - needle.after
            if (needle.checks_left or needle.checks_right) and not accepted(needle, text, start, end):
                continue
            if needle.compact and self._is_spread(start, end):
                continue
            if needle.capitals and self._capitals(start, end) != needle.capitals:
                continue
            if needle.grows_right:
                end = text.index(" ", end)
            if needle.grows_left:
                start = text.rindex(" ", 0, start) + 1
            found.append((start, end))
        return found

    def _is_spread(self, start: int, end: int) -> bool:
        """Tell whether white space of the source lies inside, unless it lies between all of three or more letters."""
        begin, finish = self._folded.span(start - 1, end - 1)
        source = self._joined[begin:finish]
        gaps = sum(map(str.isspace, source))
        letters = sum(1 for char in self.text[start:end] if not is_mark(char))
        return gaps > 0 and (letters < _FEWEST_SPACED_APART or gaps < letters - 1)

    def _capitals(self, start: int, end: int) -> tuple[bool, ...]:
        """Return for the letters of a folded slice whether their sources are capitals."""
        starts = self._folded.starts
        return tuple(
            self._joined[starts[at - 1]].isupper() for at in range(start, end) if self.text[at] != " "
        )

    # ---- in which field

    @cached_property
    def _segments(self) -> list[tuple[FieldText, int]]:
        """The paragraphs in order, each with its place in the article's string: a comment is parted at blank lines."""
        found: list[tuple[FieldText, int]] = []
        for item in texts(self._article):
            base = 0
            for part in item.text.split(_BLANK_LINE) if item.scope == "comment" else (item.text,):
                found.append((item, base))
                base += len(part) + len(_BLANK_LINE)
        return found

    @cached_property
    def breaks(self) -> list[int]:
        """Where in the folded text one segment ends and the next begins."""
        return [found.start() for found in _LINE_FEED.finditer(self.text)]

    def segment(self, at: int) -> int:
        """Return the number of the segment at a place."""
        return bisect_right(self.breaks, at)

    def paragraphs(self, number: int, raw: Raw) -> int:
        """Return in which segments the automaton found a needle, as a set of bits."""
        known = self._paragraphs.get(number)
        if known is None:
            known, breaks = 0, self.breaks
            for at in raw[number]:
                known |= 1 << bisect_right(breaks, at)
            self._paragraphs[number] = known
        return known

    def paragraph_end(self, at: int) -> int:
        """Return where the segment at a place ends."""
        number = bisect_right(self.breaks, at)
        return self.breaks[number] if number < len(self.breaks) else len(self.text)

    def scope(self, at: int) -> Scope:
        """Return the field at a place."""
        return self._segments[bisect_right(self.breaks, at)][0].scope

    @cached_property
    def comments_at(self) -> int:
        """Where the comments begin; the text's end if there are none."""
        breaks = self.breaks
        return breaks[self._own_segments - 1] if len(breaks) >= self._own_segments else len(self.text)

    def post(self, at: int) -> int:
        """Return the index of the comment at a place, -1 for the article itself."""
        return self._segments[bisect_right(self.breaks, at)][0].post

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the slice of the joined source that a folded slice came from."""
        return self._folded.span(start - 1, end - 1)

    def span(self, start: int, end: int) -> Span:
        """Return a folded slice as a span of the article's own string."""
        known = self._spans.get((start, end))
        if known is None:
            item, base = self._segments[self.segment(start)]
            begin, finish = self.source(start, end)
            moved = base - self._segment_start(begin)
            begin, finish = begin + moved, finish + moved
            known = self._spans[start, end] = Span(item.pointer, begin, finish, item.text[begin:finish])
        return known

    def _segment_start(self, source: int) -> int:
        """Return where in the joined source the segment at a place of it begins."""
        before = self._joined.rfind(_BETWEEN, 0, source)
        return before + len(_BETWEEN) if before >= 0 else 0

    # ---- how far apart

    def words_between(self, end: int, start: int) -> float:
        """Return how many words stand between the end of one find and the start of the next.

        An apostrophe or a decimal point does not end a word.  Scripts without
        spaces are counted by letters per word.
        """
        return max(0.0, self._parts_between(end, start) - self._inner_marks(end, start))

    def closer(self, end: int, start: int, words: int) -> bool:
        """Tell whether fewer words stand between the end of one find and the start of the next."""
        parts = self._parts_between(end, start)
        return parts < words or parts - self._inner_marks(end, start) < words

    def _parts_between(self, end: int, start: int) -> float:
        gap = self.text[end:start]
        return gap.count(" ") - 1 if gap.isascii() else _estimated(gap)

    def _inner_marks(self, end: int, start: int) -> int:
        """Return how many of the spaces between two finds stand inside a word."""
        begin, finish = self.source(end - 1, end)[1], self.source(start, start + 1)[0]
        between = self._joined[max(0, begin - 1) : finish + 1]
        return len(_INNER_MARK.findall(between)) if _MAY_BE_INNER.search(between) else 0

    def sentence(self, start: int, end: int) -> tuple[int, int] | None:
        """Return segment and number of the sentence that holds a folded slice, None if none holds all of it."""
        if (start, end) not in self._sentence_of:
            self._sentence_of[start, end] = self._found_sentence(start, end)
        return self._sentence_of[start, end]

    def _found_sentence(self, start: int, end: int) -> tuple[int, int] | None:
        number = self.segment(start)
        begin, finish = self.source(start, end)
        offset = self._segment_start(begin)
        bounds = self._sentences(number, offset)
        index = bisect_right(bounds, (begin - offset, len(self._joined))) - 1
        if index < 0 or finish - offset > bounds[index][1]:
            return None
        return number, index

    def _sentences(self, number: int, offset: int) -> list[Place]:
        known = self._sentence_bounds.get(number)
        if known is None:
            after = self._joined.find(_BETWEEN, offset)
            known = sentences(self._joined[offset : after if after >= 0 else None])
            self._sentence_bounds[number] = known
        return known


def _estimated(gap: str) -> float:
    """Return the words of a gap: whole words of spaced scripts, letters over letters per word of others."""
    tokens = gap.replace(",", " ").split(" ")
    count = 0.0
    for number, token in enumerate(tokens):
        if token and (is_spaced(token[0]) or is_hangul(token[0])):
            count += 0 < number < len(tokens) - 1
            continue
        count += sum(1 / _per_word(char) for char in token if not is_mark(char))
    return round(count, 6)


def _per_word(char: str) -> float:
    return next((ratio for first, last, ratio in _PER_WORD if first <= char <= last), _PER_WORD_ELSE)
