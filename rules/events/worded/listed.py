"""Several persons who do one thing: "A, B and C left" tells of three."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from rules.events.draft import Draft
from rules.events.worded.lexicon import Lexicon
from rules.events.worded.mention import Mention, Sentence
from rules.fold import comparable


def each_listed(
    sentence: Sentence, draft: Draft, persons: Sequence[Mention], lexicon: Lexicon
) -> list[Draft]:
    """Return one draft for each person of the list that a draft's actor stands in, in the order of the text."""
    names = sorted((m for m in persons if m.kind == "person"), key=lambda m: m.start)
    at = next((i for i, m in enumerate(names) if m.text == draft.actor), None)
    if draft.kind != "defection" or at is None or (draft.count_min or 1) > 1:
        return [draft]
    first = last = at
    while first > 0 and _joined(sentence, names[first - 1], names[first], lexicon):
        first -= 1
    while last + 1 < len(names) and _joined(sentence, names[last], names[last + 1], lexicon):
        last += 1
    if first == last:
        return [draft]
    return [_of(draft, mention) for mention in names[first : last + 1]]


def _joined(sentence: Sentence, one: Mention, other: Mention, lexicon: Lexicon) -> bool:
    """Tell whether nothing stands between two names but a comma or a word for "and"."""
    between = comparable(sentence.source(one.end, other.start)).strip(" ,") if one.end < other.start else "?"
    ends = {comparable(word) for word in lexicon.words("and")}
    return bool(ends) and (not between or between in ends)


def _of(draft: Draft, mention: Mention) -> Draft:
    one = copy(draft)
    one.actor, one.actor_named, one.listed = mention.text, True, True
    one.pressure, one.cues = list(draft.pressure), list(draft.cues)
    one.described, one.ids = set(draft.described), dict(draft.ids)
    return one
