"""What speaks for two texts telling of one event although their words differ.

Names that are not on everybody's lips, figures, what is quoted, the opening,
known parties (across languages by their ids), and what the articles' main
events say.  A fact that both carry as background proves nothing: names must
stand in an opening, events must be what the article is about.
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.stories.body import Body
from rules.stories.differ import known
from rules.stories.words import held_share
from state.records import Claim, Event

#: An opening of which this much stands in the other text speaks for the same story.
_OPENING = 0.15
#: Rewording leaves some words of most paragraphs.
_PARAGRAPH, _TOUCHED, _SPREAD = 10, 0.06, 0.75
_OPENINGS = ("/title", "/subtitle", "/sections/0/paragraphs/0", "/sections/0/paragraphs/1")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Weighted facts in common, and which they are."""

    score: float
    reasons: tuple[str, ...]


def agreement(new: Body, old: Body, opening: float) -> Agreement:
    """Return what two texts have in common beside words.

    Args:
        new: One text.
        old: The other.
        opening: How much of the shorter one's opening the other holds, 0 to 1.
    """
    found = [
        _names(new, old),
        _announced(new, old),
        _figures(new, old),
        _spoken(new, old),
        _parties(new, old),
        _events(new, old),
    ]
    if opening >= _OPENING:
        found.append((0.5, "the opening"))
    if _spread(*sorted((new, old), key=lambda body: len(body.tokens))):
        found.append((1.0, "words of nearly every paragraph"))
    return Agreement(sum(score for score, _ in found), tuple(words for score, words in found if score))


def _spread(short: Body, long: Body) -> bool:
    """Tell whether the longer text has some of nearly every paragraph, as it does not of shared background."""
    parts = [item for item in short.passages if len(item.tokens) >= _PARAGRAPH]
    touched = sum(held_share(item.shingles, long.shingles) >= _TOUCHED for item in parts)
    return len(parts) >= 3 and touched >= _SPREAD * len(parts)


def _names(new: Body, old: Body) -> tuple[float, str]:
    """Rare names, of which most of the shorter list must be shared; two in an opening weigh more."""
    few, many = (new, old) if len(new.rare_names) <= len(old.rare_names) else (old, new)
    shared = [name for name in few.rare_names if known(name, many)]
    share = len(shared) / max(1, len(few.rare_names))
    opening = [name for name in shared if name in few.lead_names | many.lead_names]
    if len(shared) < 2 or share < 0.5 or not opening:
        return 0.0, ""
    score = 1.0 + (len(shared) >= 4 and share >= 0.6) + 0.5 * (len(opening) >= 2)
    return score, f"names {', '.join(sorted(opening)[:4])}"


def _announced(new: Body, old: Body) -> tuple[float, str]:
    """In scripts without capitals: what stands where a name stands, found again in the other text."""
    few, many = (new, old) if len(new.announced) <= len(old.announced) else (old, new)
    shared = [name for name in few.announced if name in many.row]
    if len(shared) < 2 or len(shared) * 2 < len(few.announced):
        return 0.0, ""
    return 1.0 + (len(shared) >= 4), f"{len(shared)} names"


def _figures(new: Body, old: Body) -> tuple[float, str]:
    """Figures: long ones and case numbers weigh more; half of the shorter list must be shared."""
    shared = new.numbers & old.numbers
    cases = new.cases & old.cases
    if len(shared) * 2 < min(len(new.numbers), len(old.numbers)):
        shared = frozenset()
    score = sum(0.5 if len(number) == 2 else 1.0 for number in shared) + 1.5 * len(cases)
    words = sorted({*shared, *cases}, key=lambda number: (-len(number), number))
    return min(score, 3.0), f"figures {', '.join(words[:3])}"


def _spoken(new: Body, old: Body) -> tuple[float, str]:
    short, long = (new.spoken, old.spoken) if new.spoken.size <= old.spoken.size else (old.spoken, new.spoken)
    share = held_share(short, long) if short.size >= 4 else 0.0
    return (1.5, f"{share:.0%} of what is quoted") if share >= 0.4 else (0.0, "")


def _parties(new: Body, old: Body) -> tuple[float, str]:
    shared = new.parties & old.parties
    return min(1.0, 0.5 * len(shared)), f"parties {', '.join(sorted(shared)[:2])}"


def _events(new: Body, old: Body) -> tuple[float, str]:
    """The same who, left and joined in what both articles are about; who alone is worth most."""
    best, words = 0.0, ""
    for one in main_events(new):
        for two in main_events(old):
            score = _event_score(one, two) if one.kind == two.kind else 0.0
            if score > best:
                best, words = score, f"{one.kind} of {one.actor or one.from_ or one.to or 'the same sides'}"
    return best, words


def _event_score(one: Event, two: Event) -> float:
    sides = (
        1.0 * _same(one.actor_id, two.actor_id, one.actor, two.actor)
        + 0.5 * _same(one.from_id, two.from_id, one.from_, two.from_)
        + 0.5 * _same(one.to_id, two.to_id, one.to, two.to)
    )
    if not sides:
        return 0.5  # like acts of others are reported every day, with like figures
    same_count = one.count_min is not None and one.count_min == two.count_min
    return 0.5 + sides + 0.5 * same_count + 0.5 * (one.claim == two.claim)


def _same(id_one: str | None, id_two: str | None, one: str | None, two: str | None) -> bool:
    if id_one and id_two:
        return id_one == id_two
    return bool(one and two and one.casefold() == two.casefold())


def main_events(body: Body) -> list[Event]:
    """Return what an article is about: the events of its headline and opening paragraphs."""
    told = [event for event in body.events if event.claim not in (Claim.BACKGROUND, Claim.UNCLEAR)]
    return [event for event in told if event.quote_at.field in _OPENINGS]
