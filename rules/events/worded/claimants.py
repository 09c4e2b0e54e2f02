"""Whose statement a claim is: "the secretary of A said that 300 members of B had joined it"."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.draft import Draft
from rules.events.worded.claims import Act
from rules.events.worded.lexicon import Lexicon
from rules.events.worded.mention import Mention, Sentence
from rules.events.worded.roles import marked
from state.records import Claim

_TOLD = frozenset((Claim.CLAIMED, Claim.DENIED, Claim.ESTIMATED))


def name_sayer(
    sentence: Sentence,
    draft: Draft,
    act: Act,
    persons: Sequence[Mention],
    institutions: Sequence[Mention],
    lexicon: Lexicon,
) -> None:
    """Fill ``said_by`` in place; those counted are the ones who moved, not the one who counts them."""
    for mention in [*persons, *institutions]:
        if marked(sentence, mention, lexicon) == "said_by":
            draft.said_by = mention.text
            return
    if draft.kind != "defection" or draft.claim not in _TOLD:
        return
    counted = [m for m in persons if m.kind == "group" and m.count and not m.unit]
    sayer = next((m for m in persons if m.kind == "person"), None)
    if counted and sayer is not None and draft.actor in (None, sayer.text):
        nearest = min(counted, key=lambda m: abs(m.start - act.start))
        draft.actor, draft.actor_named, draft.said_by = nearest.text, False, sayer.text
        draft.count, draft.count_min, draft.office = nearest.count, nearest.count_min, nearest.national
