"""How two texts relate: a copy, the same story told otherwise, or nothing to do with each other.

No single similarity decides.  A copy is judged by how much of the shorter text
the longer holds, together with facts: who differs in a named fact is another
story however alike the words, and a paragraph of background that two articles
share says nothing, because their openings differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from rules.stories.body import Body
from rules.stories.differ import conflict, known
from rules.stories.words import held_share
from state.records import Claim, Event

Verdict = Literal["copy", "joined", "different"]

#: Above this share the shorter text is a copy whatever its opening.
WHOLE = 0.8
#: Above this share it is one if its opening is held too.
MOST = 0.4
#: Above this share rewording is possible, and facts decide.
SOME = 0.06
_LEAD_HELD = 0.3
_TITLE_HELD = 0.6
#: Reports of one event are at most so far apart; a copy may come years later.
NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of two texts, and why in words an operator can check.

    ``conflict`` is set where a named fact differs, ``stated`` where a page itself says what it is.
    """

    verdict: Verdict
    held: float
    why: str
    conflict: bool = False
    stated: bool = False


def compare(new: Body, old: Body) -> Comparison:
    """Return how a new article relates to one that is stored."""
    short, long = (new, old) if len(new.tokens) <= len(old.tokens) else (old, new)
    held = held_share(short.shingles, long.shingles)
    if held < SOME and not _worth_facts(new, old):
        return Comparison("different", held, "few words and no facts in common")
    if against := conflict(new, old, held):
        return Comparison("different", held, against, conflict=True)
    if held >= WHOLE:
        return _copied(new, old, held)
    opening = lead_held(short, long)
    if held >= MOST and (opening >= _LEAD_HELD or same_title(new, old)):
        return _copied(new, old, held)
    return _by_facts(new, old, held, opening)


def _copied(new: Body, old: Body, held: float) -> Comparison:
    """A copy, unless the new text opens with something of its own and carries the old one along."""
    share = f"{held:.0%} of the shorter text is in the longer"
    longer = len(new.tokens) > 1.4 * len(old.tokens)
    if longer and lead_held(new, old) < _LEAD_HELD and not same_title(new, old):
        return Comparison("joined", held, f"{share}, under a new opening")
    return Comparison("copy", held, share)


def lead_held(short: Body, long: Body) -> float:
    """Return how much of one text's opening stands anywhere in the other, 0 to 1."""
    total = sum(item.shingles.size for item in short.lead)
    if not total:
        return 0.0
    return sum(held_share(item.shingles, long.shingles) * item.shingles.size for item in short.lead) / total


def same_title(one: Body, two: Body) -> bool:
    """Tell whether two headlines say mostly the same words."""
    if len(one.title.tokens) < 4 or len(two.title.tokens) < 4:
        return one.title.tokens == two.title.tokens
    mine, theirs = set(one.title.tokens), set(two.title.tokens)
    return len(mine & theirs) >= _TITLE_HELD * min(len(mine), len(theirs))


def _worth_facts(one: Body, two: Body) -> bool:
    return bool(one.events and two.events) or len(one.numbers & two.numbers) > 1


def _by_facts(new: Body, old: Body, held: float, opening: float) -> Comparison:
    """Reworded, translated or reported by others: the facts must agree."""
    if not near(new, old):
        return Comparison("different", held, "far apart in time")
    score, reasons = agreement(new, old, opening)
    if held >= 0.12 and score >= 2.5:
        return Comparison("copy", held, f"reworded: {held:.0%} of the words, {', '.join(reasons)}")
    if score >= 3:
        return Comparison("joined", held, ", ".join(reasons))
    return Comparison("different", held, f"{held:.0%} of the words, facts do not agree")


def near(one: Body, two: Body) -> bool:
    """Tell whether two articles may report one event; without times nothing speaks against it."""
    first, second = one.time, two.time
    return first is None or second is None or abs(first - second) <= NEAR


def agreement(new: Body, old: Body, opening: float) -> tuple[float, list[str]]:
    """Return how many facts agree, weighted, and which."""
    score, reasons = 0.0, []
    names, name_words = _names_agree(new, old)
    score += names
    reasons += name_words
    figures = new.numbers & old.numbers
    fewest = min(len(new.numbers), len(old.numbers))
    if figures and len(figures) * 2 >= fewest:
        score += min(1.5, 0.5 * len(figures))
        reasons.append(f"figures {', '.join(sorted(figures)[:3])}")
    if (quotes := min(new.spoken.size, old.spoken.size)) >= 4:
        short, long = (
            (new.spoken, old.spoken) if new.spoken.size <= old.spoken.size else (old.spoken, new.spoken)
        )
        if (share := held_share(short, long)) >= 0.4:
            score += 1.5
            reasons.append(f"{share:.0%} of what is quoted ({quotes} runs)")
    if opening >= 0.15:
        score += 0.5
        reasons.append("the opening")
    told, words = _events_agree(new.events, old.events)
    return score + told, [*reasons, *words]


def _names_agree(new: Body, old: Body) -> tuple[float, list[str]]:
    if not new.names or not old.names:
        return 0.0, []
    few, many = (new, old) if len(new.names) <= len(old.names) else (old, new)
    shared = [name for name in few.names if known(name, many)]
    share = len(shared) / len(few.names)
    leads = [name for name in few.lead_names if known(name, many)]
    if len(shared) < 3 or share < 0.6 or len(leads) < 2:
        return 0.0, []
    return (1.5 if share >= 0.8 else 1.0), [f"names {', '.join(sorted(leads)[:4])}"]


def _events_agree(mine: tuple[Event, ...], theirs: tuple[Event, ...]) -> tuple[float, list[str]]:
    """The same who, left and joined, of one kind; who alone is worth more than the sides."""
    best, words = 0.0, ""
    for one in mine:
        for two in theirs:
            if one.kind != two.kind or Claim.BACKGROUND in (one.claim, two.claim):
                continue
            score = 0.0
            actor = _same(one.actor_id, two.actor_id, one.actor, two.actor)
            score += 1.5 * actor
            score += 0.5 * _same(one.from_id, two.from_id, one.from_, two.from_)
            score += 0.5 * _same(one.to_id, two.to_id, one.to, two.to)
            score += 0.5 * (one.count_min is not None and one.count_min == two.count_min)
            score += 0.5 * (one.claim == two.claim)
            if score > best:
                best, words = score, f"{one.kind} of {one.actor or one.from_ or one.to or 'the same sides'}"
    return best, [words] if words else []


def _same(id_one: str | None, id_two: str | None, one: str | None, two: str | None) -> bool:
    if id_one and id_two:
        return id_one == id_two
    return bool(one and two and one.casefold() == two.casefold())
