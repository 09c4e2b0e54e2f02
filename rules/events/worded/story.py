"""Puts the mentions of one article together: headline, lead and the sentences below tell one act in several words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules.events.draft import Draft
from rules.events.fit import MOVES, initials
from rules.events.gazetteer import plain
from rules.events.worded.claims import rank
from state.records import Claim

_SIDES = ("from_", "to")
#: What may befall a party short of its end.
_LESS = frozenset(("restore", "suspend", "disq", "bans"))


def one_story(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts of an article with every retelling folded into the mention that it retells.

    A folded mention stays as a faint one: it can be quoted, but makes no event of
    its own.  Two persons, each with a side of his own, are two stories.
    """
    for kind in ("defection", "dissolution"):
        _age_headlines([d for d in drafts if d.kind == kind and not d.where.comment])
    told = [d for d in drafts if _told(d)]
    stories: list[list[Draft]] = []
    for draft in sorted(told, key=lambda d: (d.where.headline, d.where.order)):
        home = next((s for s in stories if s[0].kind == draft.kind and _one_story(s, draft)), None)
        if home is None:
            stories.append([draft])
        else:
            home.append(draft)
    for story in stories:
        _fold(story)
    _share_sides([story[0] for story in stories if story[0].listed])
    return _one_kind(drafts, [story[0] for story in stories])


def _share_sides(listed: Sequence[Draft]) -> None:
    """Give those who are told of in one list the sides that the article names for the first of them."""
    for draft in listed[1:]:
        first = listed[0]
        if draft.where is first.where:
            draft.from_, draft.to = draft.from_ or first.from_, draft.to or first.to
            draft.subkind = first.subkind


def _told(draft: Draft) -> bool:
    return not (draft.where.comment or draft.faint or draft.claim is Claim.BACKGROUND)


def _age_headlines(drafts: Sequence[Draft]) -> None:
    """Let an undated headline be as old as what the body tells of its act."""
    heads = [d for d in drafts if d.where.headline and not d.dated]
    body = [d for d in drafts if not d.where.headline and not d.faint]
    if heads and body and all(d.claim is Claim.BACKGROUND for d in body):
        for draft in heads:
            if draft.claim is Claim.REPORTED:
                draft.claim = Claim.BACKGROUND


def _one_story(story: Sequence[Draft], draft: Draft) -> bool:
    """Tell whether a mention retells a story: nobody else by name, with sides of his own."""
    head = story[0]
    if draft.kind == "dissolution":
        other = head.where is draft.where and head.actor_named and draft.actor_named
        return not (other and not _alike(head.actor, draft.actor) and head.subkind == draft.subkind)
    if head.listed and draft.listed:
        return _alike(head.actor, draft.actor)
    both = head.actor_named and draft.actor_named and draft.subkind in MOVES and head.subkind in MOVES
    if not both or draft.where.headline or head.claim is not draft.claim or draft.where is head.where:
        return True
    return _alike(head.actor, draft.actor) or not (draft.from_ or draft.to)


def _alike(one: str | None, other: str | None) -> bool:
    """Tell whether two names can be one: the same, a part of the other, its first letters."""
    left, right = plain(one or ""), plain(other or "")
    return not left or not right or left in right or right in left or initials(one or "", other or "")


def _fold(story: Sequence[Draft]) -> None:
    """Complete a story's first mention from the others, in place, and leave those faint."""
    head = story[0]
    head.claim = _claim(story)
    _name_actor(head, story)
    whole = next((d for d in story if d.from_ and d.to and not d.described & set(_SIDES)), None)
    if whole is not None and not (head.from_ and head.to):
        head.from_, head.to = whole.from_, whole.to
        head.described -= set(_SIDES)
    for slot in _SIDES:
        _name_side(head, slot, story)
    for draft in story[1:]:
        if head.by is None and draft.claim is head.claim:
            head.by = draft.by
        if head.count is None and not head.actor_named:
            head.count, head.count_min = draft.count, draft.count_min
        head.office = head.office or draft.office
        if draft.subkind == "mass" and head.subkind in MOVES and not head.actor_named:
            head.subkind = "mass"
    if head.subkind in ("leave", "join", "recruitment") and head.from_ and head.to:
        head.subkind = "switch"
    for draft in story[1:]:
        draft.claim, draft.faint = head.claim, True


def _claim(story: Sequence[Draft]) -> Claim:
    """Return what the story's first sentence says of it: the least sure, but what was done stays done."""
    lead = [d.claim for d in story if d.where is story[0].where]
    if lead[0] is Claim.REPORTED and set(lead) <= {Claim.REPORTED, Claim.PLANNED}:
        return Claim.REPORTED
    return min(lead, key=rank)


def _name_actor(head: Draft, story: Sequence[Draft]) -> None:
    if head.actor:
        head.actor = next((d.actor for d in story if d.actor and _cleaner(d.actor, head.actor)), head.actor)
    if head.actor and head.actor_named:
        return
    named = [d for d in story if d.actor and d.actor_named and (d.claim is head.claim or d.where.headline)]
    crowd = (head.count_min or 1) > 1 and head.kind == "defection"
    best = next(iter(named), None) if not crowd else None
    best = best or (next((d for d in story if d.actor), None) if head.actor is None else None)
    if best is not None:
        head.actor, head.actor_named, head.count, head.count_min = (
            best.actor,
            best.actor_named,
            best.count,
            best.count_min,
        )
        head.described.discard("actor")
        if best.actor_named:
            head.subkind = "switch" if head.subkind == "mass" else head.subkind


def _cleaner(other: str, mine: str) -> bool:
    """Tell whether another reading is the same name without a particle or a word that stood beside it."""
    rest = mine.replace(other, "")
    return other in mine and 0 < len(rest) < len(other) and not (" " in rest and mine.startswith(other))


def _name_side(head: Draft, slot: str, story: Iterable[Draft]) -> None:
    """Fill a side from the mention that names it best: by name, else by description."""
    other = head.to if slot == "from_" else head.from_
    mine = getattr(head, slot)
    if mine and slot not in head.described:
        return
    for named in (True, False):
        for draft in story:
            said = getattr(draft, slot)
            known = slot not in draft.described
            if said and known is named and not (other and _alike(said, other)) and (named or not mine):
                setattr(head, slot, said)
                if named:
                    head.described.discard(slot)
                return


def _one_kind(drafts: list[Draft], heads: Sequence[Draft]) -> list[Draft]:
    """Leave out the kind that only goes with the other: the merger's members, the convicts' party."""
    ends = [d for d in heads if d.kind == "dissolution"]
    moves = [d for d in heads if d.kind == "defection"]
    if not ends or not moves:
        return drafts
    end, move = ends[0], moves[0]
    above = {d.kind for d in drafts if d.where.headline and d.kind in ("defection", "dissolution")}
    if above == {"defection"} and end.subkind in _LESS and _alike(end.actor, move.from_):
        gone = end
    elif (
        not move.actor_named
        or _alike(move.actor, end.actor)
        or (end.to and end.to == move.to and (not move.from_ or move.where is end.where))
    ):
        gone = move
    else:
        return drafts
    return [d for d in drafts if d.kind != gone.kind or d.where.comment or d.claim is Claim.BACKGROUND]
