"""What the lead tells is the news; ends and moves of others, told further down without a day, are background."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.draft import Draft
from rules.events.english.context import same
from rules.events.fit import initials, vague_party
from state.records import Claim

_DONE = frozenset((Claim.REPORTED, Claim.REFUSED, Claim.REVERSED))


def settle_background(drafts: Sequence[Draft], lead_end: int) -> None:
    """Make background, in place, of what is told below the lead of others than the lead's party.

    ``lead_end`` is the order of the lead's last sentence.  An act with its own
    day is news wherever it stands.
    """
    lead = [d for d in drafts if d.kind == "dissolution" and d.where.order <= lead_end and _is_news(d)]
    if not lead:
        return
    for draft in drafts:
        below = draft.kind == "dissolution" and draft.where.order > lead_end
        if below and draft.claim in _DONE and not draft.dated and _is_aside(draft, lead):
            draft.claim = Claim.BACKGROUND


def _is_news(draft: Draft) -> bool:
    return draft.claim is not Claim.BACKGROUND and not draft.vague


def _is_aside(draft: Draft, lead: Sequence[Draft]) -> bool:
    """Tell whether a mention is of another party, or of how today's story came to be."""
    fitting = [d for d in lead if _one_party(d, draft)]
    if not fitting:
        return True
    return draft.claim is Claim.REPORTED and all(
        d.claim not in (Claim.REPORTED, Claim.CLAIMED, Claim.ESTIMATED, Claim.PLANNED) for d in fitting
    )


def _one_party(lead: Draft, other: Draft) -> bool:
    if not lead.actor or not other.actor:
        return True
    if (lead.count_min or 0) > 1 or vague_party(other.actor) or vague_party(lead.actor):
        return True
    if lead.where.headline and not lead.actor_named:
        return True
    return same(lead.actor, other.actor) or initials(lead.actor, other.actor) or _inside(lead, other)


def _inside(lead: Draft, other: Draft) -> bool:
    one, two = (lead.actor or "").lower(), (other.actor or "").lower()
    return one in two or two in one
