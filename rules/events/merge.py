"""Puts mentions of one act together: headline, caption and body tell one event once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rules.events.draft import Draft
from rules.events.fit import (
    ENDS,
    MOVES,
    actors_fit,
    counts_fit,
    kinds_fit,
    parties_fit,
    plural,
    sides_fit,
    vague_party,
)
from rules.events.gazetteer import Linker, plain
from state.records import Claim

#: A headline that tells the end of it decides over what the body was told.
_ANSWERS = frozenset((Claim.DENIED, Claim.REFUSED, Claim.REVERSED))
_ANSWERED = frozenset((Claim.PLANNED, Claim.RUMOURED, Claim.CLAIMED, Claim.SOUGHT, Claim.CALLED_FOR))
_SLOTS = ("actor", "from_", "to", "by", "said_by", "count", "date", "place")


@dataclass(slots=True)
class Cluster:
    """Mentions of one act; ``head`` holds the slots put together, ``mentions`` all of them."""

    head: Draft
    mentions: list[Draft] = field(default_factory=list)

    @property
    def only_headline(self) -> bool:
        """Tell whether no sentence of the body or a caption tells it."""
        return all(m.where.headline for m in self.mentions)


def link(drafts: Iterable[Draft], linker: Linker) -> None:
    """Fill the ids of every mention, in place."""
    for draft in drafts:
        for slot in ("actor", "from_", "to", "by", "said_by"):
            draft.ids[slot] = linker.link(getattr(draft, slot))
        if draft.by is None and draft.claim is Claim.CLAIMED:
            draft.ids["by"] = linker.link(draft.said_party)
        if draft.ids["actor"] is None and draft.kind == "dissolution" and draft.actor_named:
            draft.ids["actor"] = linker.link(draft.actor)


def merge(drafts: Sequence[Draft]) -> list[Cluster]:
    """Return one cluster per act."""
    clusters: list[Cluster] = []
    for draft in _joined(drafts):
        if draft.vague or draft.faint:
            continue
        home = next((c for c in clusters if _same_act(c.head, draft)), None)
        if home is None:
            clusters.append(Cluster(_copy(draft), [draft]))
        else:
            _take(home, draft)
    for draft in drafts:
        if draft.vague or draft.faint:
            home = next(
                (
                    c
                    for c in clusters
                    if c.head.kind == draft.kind and (draft.faint or _told_again(draft, c.head))
                ),
                None,
            )
            if home is not None:
                home.mentions.append(draft)
            elif draft.vague:
                clusters.append(Cluster(_copy(draft), [draft]))
    return _without_echoes(clusters)


def _copy(draft: Draft) -> Draft:
    values = {name: getattr(draft, name) for name in Draft.__slots__}
    return Draft(
        **(values | {"pressure": list(draft.pressure), "cues": list(draft.cues), "ids": dict(draft.ids)})
    )


def _joined(drafts: Sequence[Draft]) -> list[Draft]:
    """Put "quit X" and "is expected to join Y" of one sentence together: one change of side."""
    kept: list[Draft] = []
    for draft in drafts:
        before = next((d for d in kept if d.where is draft.where and _one_move(d, draft)), None)
        if before is None:
            kept.append(draft)
            continue
        before.faint = before.faint and draft.faint
        whole = bool(before.from_ and before.to)
        _fill(before, draft)
        if not whole and before.from_ and before.to and before.subkind in ("leave", "join", "recruitment"):
            independent = (before.to or "").lower().startswith("independent")
            before.subkind = (
                "leave" if independent else "mass" if "mass" in (before.subkind, draft.subkind) else "switch"
            )
    return kept


def _one_move(first: Draft, second: Draft) -> bool:
    if first.kind != "defection" or second.kind != "defection":
        return False
    moves = MOVES | {"recruitment"}
    if first.subkind not in moves or second.subkind not in moves or not actors_fit(first, second):
        return False
    claims = {first.claim, second.claim}
    if len(claims) > 1 and not (first.claim is Claim.REPORTED and second.claim is Claim.PLANNED):
        return False
    return sides_fit(first, second)


def _same_act(head: Draft, draft: Draft) -> bool:
    if _comes_back(head, draft):
        return True
    answers = head.kind == "defection" and {head.claim, draft.claim} <= {Claim.DENIED, Claim.REFUSED}
    if head.kind != draft.kind or not (head.claim is draft.claim or answers) or not kinds_fit(head, draft):
        return False
    if draft.listed != head.listed and not (draft.actor_named and head.actor_named):
        return False
    if draft.kind == "dissolution":
        if "bans" in (head.subkind, draft.subkind):
            return counts_fit(head, draft)
        return parties_fit(head, draft) and counts_fit(head, draft)
    return actors_fit(head, draft) and sides_fit(head, draft) and counts_fit(head, draft)


def _comes_back(head: Draft, draft: Draft) -> bool:
    """Tell whether a mention tells which side somebody leaves who returns: "tore his card of the other party"."""
    returns = head.kind == draft.kind == "defection" and head.claim is Claim.REVERSED
    leaves = draft.claim is Claim.REPORTED and draft.subkind == "leave" and draft.to is None
    if not (returns and leaves and head.to and draft.from_ and head.from_ is None):
        return False
    return actors_fit(head, draft) and plain(head.to) != plain(draft.from_)


def _take(home: Cluster, draft: Draft) -> None:
    home.mentions.append(draft)
    if home.head.where.headline and not draft.where.headline:
        home.head.claim = draft.claim
    if (
        draft.actor_named
        and not home.head.actor_named
        and home.head.kind == "defection"
        and plural(home.head)
    ):
        # One of the two lawmakers told of before: the group keeps its own words.
        home.head.office = home.head.office or draft.office
        return
    _fill(home.head, draft)


def _fill(head: Draft, draft: Draft) -> None:
    """Complete a mention's slots from another; the body's words take the place of a headline's."""
    fresh = head.where.headline and not draft.where.headline
    if draft.actor and (head.actor is None or _better_actor(head, draft, fresh=fresh)):
        head.actor, head.actor_named = draft.actor, draft.actor_named
        head.ids["actor"] = draft.ids.get("actor") or head.ids.get("actor")
    for slot in ("from_", "to", "by", "said_by", "count", "date", "place", "actor_party"):
        mine, other = getattr(head, slot), getattr(draft, slot)
        if slot == "said_by" and head.claim not in (Claim.CLAIMED, Claim.ESTIMATED, Claim.RUMOURED):
            continue
        if other is not None and (mine is None or _better(slot, mine, other, head, draft, fresh=fresh)):
            setattr(head, slot, other)
            if slot in ("from_", "to", "by", "said_by"):
                head.ids[slot] = draft.ids.get(slot)
            if slot in ("from_", "to"):
                flag = f"{slot.rstrip('_')}_named"
                setattr(head, flag, getattr(draft, flag))
            if slot == "count":
                head.count_min = draft.count_min
            if slot == "date":
                head.date_iso, head.dated = draft.date_iso, draft.dated
    head.office = head.office or draft.office
    _settle(head, draft)
    if fresh:
        head.where = draft.where


def _better(slot: str, mine: str, other: str, head: Draft, draft: Draft, *, fresh: bool) -> bool:
    if slot == "date":
        return draft.dated and not head.dated
    if slot in ("from_", "to"):
        named = draft.from_named if slot == "from_" else draft.to_named
        return (fresh and named) or ((fresh or vague_party(mine)) and not vague_party(other))
    return fresh and slot == "by"


def _better_actor(head: Draft, draft: Draft, *, fresh: bool) -> bool:
    mine, other = head.actor or "", draft.actor or ""
    if head.kind == "dissolution":
        vague = not draft.actor_named and (head.actor_named or vague_party(other))
        return not vague and (fresh or not head.actor_named or (vague_party(mine) and not vague_party(other)))
    if fresh and plain(mine) == plain(other):
        return True
    if draft.actor_named != head.actor_named:
        return draft.actor_named
    if draft.actor_named:
        return other.endswith(mine) and len(other) > len(mine)
    return (fresh and bool(draft.actor_party or not head.actor_party)) or _nearer(head, draft)


def _nearer(head: Draft, draft: Draft) -> bool:
    """Tell whether another wording names the actors' party where the first one has only a description."""
    return bool(
        head.kind == "defection"
        and not head.actor_named
        and draft.actor_party
        and not head.actor_party
        and draft.actor
    ) and not (head.where.headline is False and draft.where.headline)


def _settle(head: Draft, draft: Draft) -> None:
    if head.kind == "defection":
        pair = {head.subkind, draft.subkind}
        if "mass" in pair and pair <= MOVES:
            head.subkind = "mass"
        elif "floor" in pair:
            head.subkind = "floor"
        elif "pledge" in pair:
            head.subkind = "pledge"
        elif len(pair) > 1 and pair <= {"leave", "join", "switch", "recruitment"} and head.from_ and head.to:
            head.subkind = "leave" if head.to.lower().startswith("independent") else "switch"
        elif pair == {"nk", "state"}:
            head.subkind = "nk"
        elif "recruitment" in pair and len(pair) == 2:
            head.subkind = next(iter(pair - {"recruitment"}))
    elif (
        draft.by and head.by in (None, draft.by) and draft.subkind != "background"
    ) or head.subkind == "background":
        head.subkind = draft.subkind if not (head.by and head.by != draft.by) else head.subkind


def _without_echoes(clusters: list[Cluster]) -> list[Cluster]:
    """Drop what another cluster tells better: a headline that the body corrects, an attribute of today's news."""
    kept: list[Cluster] = []
    for cluster in clusters:
        others = [c for c in clusters if c is not cluster]
        bodies = [c for c in others if not c.only_headline and _retold(cluster.head, c.head)]
        body = next((c for c in bodies if c.head.claim is cluster.head.claim), bodies[0] if bodies else None)
        if cluster.only_headline and body is not None:
            _lend(cluster.head, body.head)
            if cluster.head.claim in _ANSWERS and body.head.claim in _ANSWERED:
                body.head.claim = cluster.head.claim
            body.mentions += cluster.mentions
            continue
        if any(_answers(other.head, cluster.head) for other in others):
            continue
        if cluster.head.attributive and any(_tells_end(cluster.head, other.head) for other in others):
            continue
        kept.append(cluster)
    return kept


def _retold(headline: Draft, body: Draft) -> bool:
    """Tell whether the body tells what a headline names in fewer words: another name of the party, a description."""
    if headline.kind != body.kind or body.claim is Claim.BACKGROUND or headline.claim is Claim.BACKGROUND:
        return _told_again(headline, body)
    if headline.kind == "dissolution":
        return True
    if body.subkind == "recruitment" and headline.subkind != "recruitment" and not headline.from_:
        return False
    return not (headline.actor_named and body.actor_named) or actors_fit(headline, body)


def _lend(headline: Draft, body: Draft) -> None:
    """Fill what the body leaves open from the headline that it retells."""
    if body.kind != "defection":
        return
    for slot, other in (("from_", "to"), ("to", "from_")):
        said, known = getattr(headline, slot), getattr(body, other)
        if getattr(body, slot) is None and said and (not known or plain(said) != plain(known)):
            setattr(body, slot, said)
            body.ids[slot] = headline.ids.get(slot)
    if body.subkind == "recruitment" and headline.subkind != "recruitment" and body.from_:
        body.subkind = headline.subkind


def _answers(answer: Draft, said: Draft) -> bool:
    """Tell whether a denial or refusal answers a rumour or nameless pressure about the same person."""
    if answer.kind == said.kind == "dissolution":
        early = answer.where.headline or answer.where.order < said.where.order
        talk = said.claim in (Claim.RUMOURED, Claim.CLAIMED)
        return answer.claim is Claim.DENIED and talk and early and parties_fit(answer, said)
    if (
        answer.kind != "defection"
        or said.kind != "defection"
        or not answer.actor
        or not actors_fit(answer, said)
    ):
        return False
    if said.claim is Claim.RUMOURED:
        return (
            answer.claim is Claim.DENIED
            and answer.subkind in MOVES
            and said.subkind in MOVES
            and bool(said.actor)
        )
    nameless = (
        said.subkind == "pressure" and said.by is None and said.claim in (Claim.CALLED_FOR, Claim.CLAIMED)
    )
    return nameless and answer.claim is Claim.REFUSED


def _told_again(headline: Draft, body: Draft) -> bool:
    if headline.kind != body.kind or not (kinds_fit(headline, body) or _asked_fits(headline, body)):
        return False
    if headline.kind == "dissolution":
        return parties_fit(headline, body)
    return actors_fit(headline, body) and sides_fit(headline, body)


def _asked_fits(headline: Draft, body: Draft) -> bool:
    return headline.kind == "dissolution" and {headline.subkind, body.subkind} <= ENDS | {"sought"}


def _tells_end(attribute: Draft, other: Draft) -> bool:
    told = other.kind == "dissolution" and not other.attributive and parties_fit(attribute, other)
    return told and other.subkind in ENDS | {"restore", "merge", "suspend", "disq"}
