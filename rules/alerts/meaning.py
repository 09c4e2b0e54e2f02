"""When two readings of a page mean the same, and what changed when they do not.

The meaning of an event is its kind, claim, actor, sides and count; where an id
is known it stands for the words.  Words are compared without case, accents of
typing (curly quotes, spaces, zero-width characters) and articles' punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from state.article import Article, texts
from state.records import Claim, Event

#: Claims that say one thing: not yet, somebody says so, it happened, it did not.
GROUPS: dict[Claim, str] = {
    Claim.CALLED_FOR: "not done",
    Claim.THREATENED: "not done",
    Claim.SOUGHT: "not done",
    Claim.PLANNED: "not done",
    Claim.CONDITIONAL: "not done",
    Claim.RUMOURED: "said",
    Claim.CLAIMED: "said",
    Claim.ESTIMATED: "said",
    Claim.REPORTED: "done",
    Claim.DENIED: "undone",
    Claim.REFUSED: "undone",
    Claim.REVERSED: "undone",
}

Meaning = tuple[str, str, str, str, str, str]
FIELDS = ("kind", "claim", "actor", "from", "to", "count")

_LIKE_ENOUGH = 0.6
_ARTICLE = re.compile(r"\b(?:the|an?)\s+", re.IGNORECASE)


def plain(text: str) -> str:
    """Return letters, marks and digits only, case folded: what two spellings of one word share."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LMN")


def meaning(event: Event) -> Meaning:
    """Return what must change for a reader to be told."""
    return (
        event.kind,
        str(event.claim),
        event.actor_id or _said(event.actor),
        event.from_id or _said(event.from_),
        event.to_id or _said(event.to),
        _said(event.count),
    )


def _said(words: str | None) -> str:
    return plain(_ARTICLE.sub("", words or ""))


@dataclass(frozen=True, slots=True)
class Change:
    """One event that reads differently now; ``now`` is None if it is gone, ``was`` if it is back."""

    was: Event | None
    now: Event | None
    fields: tuple[str, ...]


def changes(before: Sequence[Event], after: Sequence[Event], page: Article) -> list[Change]:
    """Return how the events told before differ from those a later version holds.

    An event whose meaning is still there has not changed, wherever its sentence
    now stands, unless that sentence was taken off the page altogether.  Events
    are paired by likeness; what is merely new in the later version is no change.
    """
    found: list[Change] = []
    left = list(after)
    unpaired: list[Event] = []
    for event in before:
        same = next((other for other in left if meaning(other) == meaning(event)), None)
        if same is None:
            unpaired.append(event)
            continue
        left.remove(same)
        if not still_said(event.quote, page):
            found.append(Change(event, same, ("quote_gone",)))
    for event in unpaired:
        partner = _partner(event, left)
        if partner is not None:
            left.remove(partner)
            found.append(Change(event, partner, differing(event, partner)))
        elif not any(meaning(other) == meaning(event) for other in after):
            found.append(Change(event, None, ("quote_gone",)))
    return found


def differing(was: Event, now: Event) -> tuple[str, ...]:
    """Return the names of the meaning fields in which two events differ."""
    pairs = zip(FIELDS, meaning(was), meaning(now), strict=True)
    return tuple(name for name, first, second in pairs if first != second)


def _partner(event: Event, others: Iterable[Event]) -> Event | None:
    """Return the event of the later version that took this one's place."""
    rated = [(_kinship(event, other), -number, other) for number, other in enumerate(others)]
    best = max(rated, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] >= 1.0 else None


def _kinship(event: Event, other: Event) -> float:
    if event.kind != other.kind:
        return 0.0
    score = 2.0 * likeness(event.quote, other.quote)
    if event.quote_at.field == other.quote_at.field:
        score += 0.5
    mine, theirs = meaning(event)[2:], meaning(other)[2:]
    return score + sum(0.5 for first, second in zip(mine, theirs, strict=True) if first and first == second)


def still_said(quote: str, page: Article) -> bool:
    """Tell whether a quote, or its lightly edited form, stands on the page."""
    wanted = plain(quote)
    if not wanted:
        return True
    whole = [plain(item.text) for item in texts(page)]
    if any(wanted in text for text in whole):
        return True
    grams = _grams(wanted)
    return any(_held(grams, text) >= _LIKE_ENOUGH for text in whole)


def likeness(one: str, two: str) -> float:
    """Return the Dice coefficient of two sentences' character trigrams, 0 to 1."""
    first, second = _grams(plain(one)), _grams(plain(two))
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 1.0


def _held(grams: frozenset[str], text: str) -> float:
    return sum(gram in text for gram in grams) / len(grams) if grams else 1.0


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 3] for at in range(max(1, len(text) - 2)))


def same_headline(one: str, two: str) -> bool:
    """Tell whether two headlines differ in nothing but case, spaces and punctuation."""
    return plain(one) == plain(two)
