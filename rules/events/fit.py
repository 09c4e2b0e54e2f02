"""Whether two mentions can be of one act: the same kind, people, sides, party and figures."""

from __future__ import annotations

import re

from rules.events.draft import Draft
from rules.events.gazetteer import plain

#: Sub-kinds that can tell the same change of side.
MOVES = frozenset(("switch", "leave", "join", "mass", "floor", "pledge"))
#: Sub-kinds that can tell the same end of a party.
ENDS = frozenset(("court", "exec", "admin", "self", "background"))
_DESCRIPTIONS = frozenset(
    "party parties opposition ruling governing main largest biggest the his her their its own it itself rival major "
    "former old new opposition's coalition bloc a an this that fold ranks benches government side".split()
)


def kinds_fit(head: Draft, draft: Draft) -> bool:
    """Tell whether two mentions can be of one act by their sub-kinds."""
    left, right = head.subkind, draft.subkind
    if left == right:
        return True
    if head.kind == "defection":
        pair = {left, right}
        if (
            pair <= MOVES | {"recruitment"}
            and "recruitment" in pair
            and (head.actor_named and draft.actor_named)
        ):
            return True
        if pair <= MOVES:
            return not (
                pair == {"mass", "pledge"} or ("mass" in pair and (head.actor_named or draft.actor_named))
            )
        if pair == {"nk", "state"}:
            return True
        return pair <= {"recruitment", "join", "switch", "mass"} and head.where.order != draft.where.order
    return {left, right} <= ENDS | {"merge"}


def actors_fit(head: Draft, draft: Draft) -> bool:
    """Tell whether two mentions can have the same actor: the same name, or a name and what describes it."""
    left, right = head.actor, draft.actor
    if left is None or right is None:
        return True
    if head.actor_named and draft.actor_named:
        return _one_name(left, right)
    if _one_name(left, right):
        return True
    if head.actor_named or draft.actor_named:
        group, person = (draft, head) if head.actor_named else (head, draft)
        return not plural(group) or _one_of(group, person)
    if (head.count_min and draft.count_min) or {head.subkind, draft.subkind} == {"pressure"}:
        return True
    if plural(head) != plural(draft):
        return False
    return (
        head.actor_party is None
        or draft.actor_party is None
        or _party_fits(head.actor_party, draft.actor_party, None, None)
        or head.where.headline
    )


def _one_of(group: Draft, person: Draft) -> bool:
    """Tell whether a name, told after "two lawmakers", is one of them: it goes where they went."""
    small = 2 <= (group.count_min or 0) <= 12 and {group.subkind, person.subkind} <= MOVES | {"recruitment"}
    later = group.where.order < person.where.order <= group.where.order + 8
    return (
        small
        and later
        and (person.to is None or group.to is None or _one_name(person.to, group.to))
        and bool(group.to or group.from_)
    )


def plural(draft: Draft) -> bool:
    """Tell whether the actor is several people or things."""
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


def vague_party(name: str) -> bool:
    """Tell whether a party is only described ("the ruling party")."""
    words = set(plain(name).split())
    if name.split()[-1:] in (["party"], ["parties"]) and not name[:1].isupper():
        return True
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
    return _one_name(left, right) or vague_party(left) or vague_party(right) or initials(left, right)


def initials(left: str, right: str) -> bool:
    """Tell whether the shorter of two names is made of the first letters of the other."""
    short, long = sorted((left, right), key=len)
    letters = "".join(word[0] for word in long.replace("-", " ").split() if word[:1].isupper())
    return short.isupper() and len(short) > 1 and short == letters


def sides_fit(head: Draft, draft: Draft) -> bool:
    """Tell whether no side of one mention contradicts the other's."""
    if "military" in (head.subkind, draft.subkind) and head.where.headline != draft.where.headline:
        return True
    return _side_fits(head, draft, "from_") and _side_fits(head, draft, "to")


def _side_fits(head: Draft, draft: Draft, slot: str) -> bool:
    named = "from_named" if slot == "from_" else "to_named"
    if head.where.headline != draft.where.headline and getattr(head, named) != getattr(draft, named):
        return True
    left, right = getattr(head, slot), getattr(draft, slot)
    return _party_fits(left, right, head.ids.get(slot), draft.ids.get(slot))


def parties_fit(head: Draft, draft: Draft) -> bool:
    """Tell whether two mentions can be about the end of the same party."""
    for one, other in ((head, draft), (draft, head)):
        # "Court bans Kurdish party" above, the party's name below.
        if one.where.headline and not one.actor_named and not other.where.headline:
            return one.count_min is None or other.count_min in (None, one.count_min)
    if head.count_min and head.count_min == draft.count_min:
        return True
    return _party_fits(head.actor, draft.actor, head.ids.get("actor"), draft.ids.get("actor"))


def counts_fit(head: Draft, draft: Draft) -> bool:
    """Tell whether the figures of two mentions can be of one act."""
    left, right = head.count_min, draft.count_min
    if not left or not right or left == right:
        return True
    if head.kind == "defection" and (head.actor_named != draft.actor_named):
        return True
    low, high = sorted((left, right))
    return low >= 0.6 * high and high > 20
