"""Settles the mentions of one article with each other: headline and lead tell one claim; a name tells a description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rules.events.draft import Draft
from rules.events.fit import MOVES, parties_fit, sides_fit
from rules.events.worded.claims import rank
from rules.events.worded.story import one_story
from state.records import Claim

#: What a headline says of an act although the sentences below tell it plainly.
_HEADLINE_DECIDES = frozenset(
    (Claim.REVERSED, Claim.REFUSED, Claim.DENIED, Claim.THREATENED, Claim.RUMOURED, Claim.CLAIMED)
)
#: What the lead says of an act that the headline tells in few words as done or planned.
_LEAD_DECIDES = _HEADLINE_DECIDES | {Claim.SOUGHT, Claim.CALLED_FOR, Claim.PLANNED, Claim.ESTIMATED}
_LATER = frozenset((Claim.REPORTED, Claim.PLANNED))
#: Sentences below the headline that tell its story, not an older one.
_LEAD = 3
#: How many sentences below an act one may be named that it told of without a name.
_INTRODUCED = 4


@dataclass(slots=True)
class Said:
    """What sentences without an act add to the acts told.

    ``headline`` is the headline's claim, ``introduced`` holds (order, person, party
    or None) told together; ``unverified`` says that the outlet could not check.
    """

    headline: Claim | None = None
    unverified: bool = False
    introduced: list[tuple[int, str, str | None]] = field(default_factory=list)


def merged(drafts: list[Draft]) -> list[Draft]:
    """Return the mentions of one sentence; a party that ends by joining another is no defector."""
    ended = next((d for d in drafts if d.subkind == "self" and d.actor), None)
    joins = [d for d in drafts if d.kind == "defection" and d.actor is None and d.subkind in MOVES]
    if ended is None:
        return drafts
    for draft in joins:
        if draft.to != ended.actor:
            ended.to = ended.to or draft.to
    return [d for d in drafts if d not in joins]


def settled(drafts: list[Draft], said: Said) -> list[Draft]:
    """Return the drafts of an article, each with the claim and the names that the other sentences give it."""
    if said.headline is not None and drafts:
        heads = [d for d in drafts if d.where.headline]
        for draft in heads or [d for d in drafts if d.where.order <= 2]:
            if draft.claim in _LATER:
                draft.claim = said.headline
    for draft in drafts:
        _introduce(draft, said)
        if said.unverified and draft.claim is Claim.REPORTED:
            draft.claim = Claim.CLAIMED
    for kind in ("defection", "dissolution"):
        same = [d for d in drafts if d.kind == kind and d.claim is not Claim.BACKGROUND]
        heads = [d for d in same if d.where.headline]
        body = [d for d in same if not d.where.headline and not d.where.comment]
        if heads and body:
            _agree(heads, body)
        elif body:
            _lead_decides(body)
    return one_story(_told_by_name(drafts))


def _introduce(draft: Draft, said: Said) -> None:
    """Give "a lawmaker of the opposition" the name and party that a later sentence introduces."""
    alone = (draft.count_min or 1) == 1 and draft.claim is not Claim.BACKGROUND
    if draft.kind != "defection" or draft.actor_named or draft.actor is None or not alone:
        return
    for order, person, party in said.introduced:
        if draft.where.order < order <= draft.where.order + _INTRODUCED:
            draft.actor, draft.actor_named = person, True
            if party and (draft.from_ is None or "from_" in draft.described) and party != draft.to:
                draft.from_ = party
                draft.described.discard("from_")
            return


def _agree(heads: Sequence[Draft], body: Sequence[Draft]) -> None:
    """Give headline and lead one claim: the one that says less than that it happened."""
    first = min(draft.where.order for draft in body)
    lead = [d for d in body if d.where.order <= first + _LEAD and _one_act(heads[0], d, first)]
    if not lead:
        return
    head = min((d.claim for d in heads), key=rank)
    if head in _HEADLINE_DECIDES or (head is Claim.CONDITIONAL and lead[0].claim in _LATER):
        for draft in lead:
            # A threat names below what would set it off.
            if rank(head) < rank(draft.claim) or (head, draft.claim) == (Claim.THREATENED, Claim.CONDITIONAL):
                _take(draft, head)
        return
    said = min((d.claim for d in lead if d.where.order == lead[0].where.order), key=rank)
    if said in _LEAD_DECIDES and rank(said) < rank(head):
        for draft in heads:
            _take(draft, said)
    elif head is not Claim.REPORTED:
        for draft in lead[:1]:
            if draft.claim is Claim.REPORTED or (head, draft.claim) == (Claim.PLANNED, Claim.SOUGHT):
                _take(draft, head)


def _lead_decides(body: Sequence[Draft]) -> None:
    """Let a denial, a refusal or a reversal that follows the act within the next sentences be its claim."""
    head = body[0]
    for draft in body[1:]:
        near = draft.where.order <= head.where.order + 2 and _one_act(head, draft)
        if near and draft.claim in (Claim.REVERSED, Claim.REFUSED, Claim.DENIED):
            _take(head, draft.claim)


def _take(draft: Draft, claim: Claim) -> None:
    draft.claim = claim


def _one_act(head: Draft, draft: Draft, lead: int = -1) -> bool:
    if head.kind == "dissolution":
        return draft.where.order == lead or parties_fit(head, draft)
    if head.actor_named and draft.actor_named and head.actor != draft.actor:
        return (head.actor or "") in (draft.actor or "") or (draft.actor or "") in (head.actor or "")
    if draft.where.order == lead:
        return True
    if {head.subkind, draft.subkind} <= MOVES | {"recruitment", "pressure"}:
        return sides_fit(head, draft) or _crossed(head, draft)
    return head.subkind == draft.subkind or sides_fit(head, draft)


def _crossed(head: Draft, draft: Draft) -> bool:
    """Tell whether two mentions name the same sides, whichever way each took them."""
    left = {name for name in (head.from_, head.to) if name}
    right = {name for name in (draft.from_, draft.to) if name}
    return any(one in other or other in one for one in left for other in right)


def _told_by_name(drafts: list[Draft]) -> list[Draft]:
    """Take descriptions out of a mention where another one of the same act gives the name."""
    for draft in drafts:
        for slot in tuple(draft.described):
            if any(
                other.kind == draft.kind
                and other.claim is draft.claim
                and getattr(other, slot) is not None
                and slot not in other.described
                for other in drafts
            ):
                setattr(draft, slot, None)
                draft.described.discard(slot)
    return drafts
