"""Puts mentions of one act together: headline, caption and body tell one event once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rules.events.draft import Draft
from rules.events.gazetteer import Linker, plain
from state.records import Claim

_MOVES = frozenset(("switch", "leave", "join", "mass", "floor", "pledge"))
_ENDS = frozenset(("court", "exec", "admin", "self", "background"))
_DESCRIPTIONS = frozenset(
    "party parties opposition ruling governing main largest biggest the his her their its own it itself rival major "
    "former old new opposition's coalition bloc a an this that fold ranks benches government side".split()
)
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
    moves = _MOVES | {"recruitment"}
    if first.subkind not in moves or second.subkind not in moves or not _actors_fit(first, second):
        return False
    claims = {first.claim, second.claim}
    if len(claims) > 1 and not (first.claim is Claim.REPORTED and second.claim is Claim.PLANNED):
        return False
    return _sides_fit(first, second)


def _same_act(head: Draft, draft: Draft) -> bool:
    if head.kind != draft.kind or head.claim is not draft.claim or not _kinds_fit(head, draft):
        return False
    if draft.kind == "dissolution":
        if "bans" in (head.subkind, draft.subkind):
            return _counts_fit(head, draft)
        return _parties_fit(head, draft) and _counts_fit(head, draft)
    return _actors_fit(head, draft) and _sides_fit(head, draft) and _counts_fit(head, draft)


def _kinds_fit(head: Draft, draft: Draft) -> bool:
    left, right = head.subkind, draft.subkind
    if left == right:
        return True
    if head.kind == "defection":
        pair = {left, right}
        if (
            pair <= _MOVES | {"recruitment"}
            and "recruitment" in pair
            and (head.actor_named and draft.actor_named)
        ):
            return True
        if pair <= _MOVES:
            return not (
                pair == {"mass", "pledge"} or ("mass" in pair and (head.actor_named or draft.actor_named))
            )
        if pair == {"nk", "state"}:
            return True
        return pair <= {"recruitment", "join", "switch", "mass"} and head.where.order != draft.where.order
    return {left, right} <= _ENDS | {"merge"}


def _actors_fit(head: Draft, draft: Draft) -> bool:
    left, right = head.actor, draft.actor
    if left is None or right is None:
        return True
    if head.actor_named and draft.actor_named:
        return _one_name(left, right)
    if _one_name(left, right):
        return True
    if head.actor_named or draft.actor_named:
        group, person = (draft, head) if head.actor_named else (head, draft)
        return not _plural(group) or _one_of(group, person)
    if (head.count_min and draft.count_min) or {head.subkind, draft.subkind} == {"pressure"}:
        return True
    if _plural(head) != _plural(draft):
        return False
    return (
        head.actor_party is None
        or draft.actor_party is None
        or _party_fits(head.actor_party, draft.actor_party, None, None)
        or head.where.headline
    )


def _one_of(group: Draft, person: Draft) -> bool:
    """Tell whether a name, told after "two lawmakers", is one of them: it goes where they went."""
    small = 2 <= (group.count_min or 0) <= 12 and {group.subkind, person.subkind} <= _MOVES | {"recruitment"}
    later = group.where.order < person.where.order <= group.where.order + 8
    return (
        small
        and later
        and (person.to is None or group.to is None or _one_name(person.to, group.to))
        and bool(group.to or group.from_)
    )


def _plural(draft: Draft) -> bool:
    if draft.actor_named and " and " not in (draft.actor or ""):
        return False
    if (draft.count_min or 0) > 1 or draft.subkind == "mass":
        return True
    said = re.split(r" (?:of|from|in) (?:the|his|her|its|their|[A-Z])", draft.actor or "")[0].lower()
    words = re.findall(r"[a-z][a-z-]*", said)
    return bool(words) and (
        (words[-1].endswith(("men", "people", "ers")) and not words[-1].endswith("imen"))
        or (words[-1].endswith("s") and words[-1][-2:] != "ss")
    )


def _one_name(left: str, right: str) -> bool:
    one, two = plain(left), plain(right)
    if one == two:
        return True
    first, second = one.split(), two.split()
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    return bool(short) and (
        short == long[-len(short) :] or (len(short) == 1 and short[0] in (long[0], long[-1]))
    )


def _vague_party(name: str) -> bool:
    words = set(plain(name).split())
    if words & {"ruling", "governing", "opposition"} and plain(name).split()[-1] in (
        "party",
        "coalition",
        "opposition",
    ):
        return True
    return all(word in _DESCRIPTIONS for word in plain(name).replace("’", "'").split())


def _party_fits(left: str | None, right: str | None, left_id: str | None, right_id: str | None) -> bool:
    if not left or not right:
        return True
    if left_id and right_id:
        return left_id == right_id
    return _one_name(left, right) or _vague_party(left) or _vague_party(right) or _initials(left, right)


def _initials(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    letters = "".join(word[0] for word in long.replace("-", " ").split() if word[:1].isupper())
    return short.isupper() and len(short) > 1 and short == letters


def _sides_fit(head: Draft, draft: Draft) -> bool:
    if "military" in (head.subkind, draft.subkind) and head.where.headline != draft.where.headline:
        return True
    return _side_fits(head, draft, "from_") and _side_fits(head, draft, "to")


def _side_fits(head: Draft, draft: Draft, slot: str) -> bool:
    named = "from_named" if slot == "from_" else "to_named"
    if head.where.headline != draft.where.headline and getattr(head, named) != getattr(draft, named):
        return True
    left, right = getattr(head, slot), getattr(draft, slot)
    return _party_fits(left, right, head.ids.get(slot), draft.ids.get(slot))


def _parties_fit(head: Draft, draft: Draft) -> bool:
    for one, other in ((head, draft), (draft, head)):
        # "Court bans Kurdish party" above, the party's name below.
        if one.where.headline and not one.actor_named and not other.where.headline:
            return one.count_min is None or other.count_min in (None, one.count_min)
    if head.count_min and head.count_min == draft.count_min:
        return True
    return _party_fits(head.actor, draft.actor, head.ids.get("actor"), draft.ids.get("actor"))


def _counts_fit(head: Draft, draft: Draft) -> bool:
    left, right = head.count_min, draft.count_min
    if not left or not right or left == right:
        return True
    if head.kind == "defection" and (head.actor_named != draft.actor_named):
        return True
    low, high = sorted((left, right))
    return low >= 0.6 * high and high > 20


def _take(home: Cluster, draft: Draft) -> None:
    home.mentions.append(draft)
    if draft.actor_named and not home.head.actor_named and home.head.kind == "defection" and _plural(home.head):
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
        return (fresh and named) or ((fresh or _vague_party(mine)) and not _vague_party(other))
    return fresh and slot == "by"


def _better_actor(head: Draft, draft: Draft, *, fresh: bool) -> bool:
    mine, other = head.actor or "", draft.actor or ""
    if head.kind == "dissolution":
        vague = not draft.actor_named and (head.actor_named or _vague_party(other))
        return not vague and (
            fresh or not head.actor_named or (_vague_party(mine) and not _vague_party(other))
        )
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
        if "mass" in pair and pair <= _MOVES:
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
        if cluster.only_headline and any(
            _told_again(cluster.head, other.head) and not other.only_headline for other in others
        ):
            continue
        if any(_answers(other.head, cluster.head) for other in others):
            continue
        if cluster.head.attributive and any(_tells_end(cluster.head, other.head) for other in others):
            continue
        kept.append(cluster)
    return kept


def _answers(answer: Draft, said: Draft) -> bool:
    """Tell whether a denial or refusal answers a rumour or nameless pressure about the same person."""
    if (
        answer.kind != "defection"
        or said.kind != "defection"
        or not answer.actor
        or not _actors_fit(answer, said)
    ):
        return False
    if said.claim is Claim.RUMOURED:
        return (
            answer.claim is Claim.DENIED
            and answer.subkind in _MOVES
            and said.subkind in _MOVES
            and bool(said.actor)
        )
    nameless = (
        said.subkind == "pressure" and said.by is None and said.claim in (Claim.CALLED_FOR, Claim.CLAIMED)
    )
    return nameless and answer.claim is Claim.REFUSED


def _told_again(headline: Draft, body: Draft) -> bool:
    if headline.kind != body.kind or not (_kinds_fit(headline, body) or _asked_fits(headline, body)):
        return False
    if headline.kind == "dissolution":
        return _parties_fit(headline, body)
    return _actors_fit(headline, body) and _sides_fit(headline, body)


def _asked_fits(headline: Draft, body: Draft) -> bool:
    return headline.kind == "dissolution" and {headline.subkind, body.subkind} <= _ENDS | {"sought"}


def _tells_end(attribute: Draft, other: Draft) -> bool:
    told = other.kind == "dissolution" and not other.attributive and _parties_fit(attribute, other)
    return told and other.subkind in _ENDS | {"restore", "merge", "suspend", "disq"}
