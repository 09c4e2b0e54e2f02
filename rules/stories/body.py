"""An article as story-finding sees it: passages, names, figures, what its events say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain

import numpy as np

from rules.stories.facts import cases_in, han_numbers_in, names_in, numbers_in, spoken
from rules.stories.parties import common_names, parties_in
from rules.stories.places import places_in
from rules.stories.slots import names_announced
from rules.stories.words import Hashes, Passage, is_unspaced, passage, passages, row_of
from state.article import Article
from state.records import Event

#: A lead is the headline and the opening paragraphs up to this many tokens.
LEAD_TOKENS = 60
#: More of a very long text adds nothing to telling stories apart: paragraphs, and characters of one.
PASSAGES, LONGEST = 200, 10_000
_NONE: Hashes = np.empty(0, np.uint64)


@dataclass(frozen=True, eq=False)
class Body:
    """One article, taken apart.  ``events`` are those of the article itself, not of its comments."""

    article: Article
    events: tuple[Event, ...] = ()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the paragraphs; where a post is little more than a quotation, what it quotes too."""
        own, quoted = self.article.paragraphs, self.article.quoted
        if sum(map(len, quoted)) > sum(map(len, own)):
            own = (*own, *(line for text in quoted for line in text.splitlines() if line.strip()))
        return tuple(text[:LONGEST] for text in own[:PASSAGES])

    @cached_property
    def title(self) -> Passage:
        """Return the headline."""
        return passage(self.article.title)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the paragraphs that have words, in order, without captions and comments."""
        return tuple(item for item in passages(self.texts) if item.tokens)

    @cached_property
    def shingles(self) -> Hashes:
        """Return the shingles of all paragraphs, unique and sorted."""
        return np.unique(np.concatenate([item.runs for item in self.passages] or [_NONE]))

    @cached_property
    def lead(self) -> tuple[Passage, ...]:
        """Return the opening paragraphs, at least one."""
        taken, count = 0, 0
        while taken < len(self.passages) and (not taken or count < LEAD_TOKENS):
            count += len(self.passages[taken].tokens)
            taken += 1
        return self.passages[:taken]

    @cached_property
    def text(self) -> tuple[str, ...]:
        """Return the body as one row."""
        return tuple(chain.from_iterable(item.tokens for item in self.passages))

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Return headline and body as one row."""
        return (*self.title.tokens, *self.text)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Return every token once."""
        return frozenset(self.tokens)

    @cached_property
    def names(self) -> dict[str, int]:
        """Return the names of the body, with how often; empty in scripts without capitals."""
        return names_in(self.texts)

    @cached_property
    def rare_names(self) -> dict[str, int]:
        """Return the names that do not belong to countries, known parties or well-known politicians."""
        return {name: count for name, count in self.names.items() if name not in common_names()}

    @cached_property
    def parties(self) -> frozenset[str]:
        """Return the ids of the known parties and institutions that it names."""
        return parties_in("\n".join([self.article.title, *self.texts]))

    @cached_property
    def places(self) -> frozenset[str]:
        """Return the ids of the provinces and states that its headline and lead name."""
        opening = self.texts[: max(1, len(self.lead))]
        return places_in("\n".join([self.article.title, *opening]))

    @cached_property
    def all_places(self) -> frozenset[str]:
        """Return the ids of the provinces and states that it names anywhere."""
        return places_in("\n".join([self.article.title, *self.texts]))

    @cached_property
    def row(self) -> str:
        """Return headline and body as one string in which a run of tokens is found whole."""
        return row_of(self.tokens)

    @cached_property
    def announced(self) -> frozenset[str]:
        """Return, in scripts without capitals, what stands where a name stands."""
        return frozenset() if self.names else names_announced(self.tokens)

    @cached_property
    def cases(self) -> frozenset[str]:
        """Return the numbers of court cases, like 5/2563."""
        return cases_in("\n".join(text for text in self.texts if "/" in text))

    @cached_property
    def lead_names(self) -> frozenset[str]:
        """Return the names that stand in the headline or the lead."""
        opening = {
            *self.title.tokens,
            *(token for item in self.lead for token in item.tokens[: 3 * LEAD_TOKENS]),
        }
        return frozenset(self.names) & opening

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Return the figures of the body."""
        return numbers_in(self.tokens) | han_numbers_in(self.texts)

    @cached_property
    def quotations(self) -> tuple[Passage, ...]:
        """Return what stands between quotation marks."""
        return tuple(passages(spoken(self.texts)))

    @cached_property
    def spoken(self) -> Hashes:
        """Return the shingles of what is quoted."""
        return np.unique(np.concatenate([item.runs for item in self.quotations] or [_NONE]))

    @cached_property
    def unspaced(self) -> bool:
        """Tell whether the body is mostly written without spaces between words."""
        row = self.tokens[:400]
        return sum(map(is_unspaced, row)) * 2 > len(row)

    @property
    def time(self) -> datetime | None:
        """Return when it was published, else when it was fetched."""
        return self.article.published_at or self.article.fetched_at


def body_of(article: Article, events: Sequence[Event] = ()) -> Body:
    """Return the article with its own events."""
    own = tuple(event for event in events if not event.quote_at.field.startswith("/comments/"))
    return Body(article, own)
