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

from rules.stories.agree import agreement
from rules.stories.body import Body
from rules.stories.differ import conflict, has_capitals, other_language
from rules.stories.standing import is_forum
from rules.stories.words import held_share

Verdict = Literal["copy", "joined", "different"]

#: Above this share the shorter text is a copy whatever its opening.
WHOLE = 0.8
#: Above this share nothing that another article of the story says can speak against it.
VERBATIM = 0.95
#: Above this share it is one if its opening is held too.
MOST = 0.4
#: Above this share a text whose facts agree is a rewording, below it a report of its own.
REWORDED = 0.1
#: Below this share nothing but facts can join two texts.
SOME = 0.06
#: Weighted facts that must agree; less between languages, where words and names cannot.
ENOUGH, ENOUGH_ABROAD = 3.0, 2.5
_LEAD_HELD = 0.3
_TITLE_HELD = 0.6
#: A paragraph of so many tokens is carried along if this much of it stands in the other text, and is a text's
#: own if hardly any does; so much that is its own makes a carried text no copy.
_PARAGRAPH, _CARRIED, _OWN, _MOSTLY_OWN = 8, 0.8, 0.1, 0.5
#: An opening of fewer words than this is a line above the text, in a forum the poster's remark; a character of
#: unspaced scripts is a third of a word.
_LINE, _REMARK, _CHARS_PER_WORD = 10, 24, 3
#: Reports of one event are at most so far apart; a copy may come years later.
NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of two texts, and why in words an operator can check.

    ``conflict`` is set where a named fact differs, ``stated`` where a page itself says what it is,
    ``adds`` where the new text carries the old one along under something of its own; ``agreed`` is the
    weight of the facts that agree where they decided, above any such weight where the words did.
    """

    verdict: Verdict
    held: float
    why: str
    conflict: bool = False
    stated: bool = False
    adds: bool = False
    agreed: float = 9.0


def compare(new: Body, old: Body) -> Comparison:
    """Return how a new article relates to one that is stored."""
    short, long = (new, old) if new.shingles.size <= old.shingles.size else (old, new)
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
    """A copy, unless the new text has something of its own and carries the old one along."""
    share = f"{held:.0%} of the shorter text is in the longer"
    if _adds(new, old):
        return Comparison("joined", held, f"{share}, with an opening or a half of its own", adds=True)
    return Comparison("copy", held, share)


def _adds(new: Body, old: Body) -> bool:
    """Tell whether a text repeats paragraphs of another, but opens with its own or is mostly its own."""
    parts = [item for item in new.passages if len(item.tokens) >= _PARAGRAPH]
    shares = [held_share(item.shingles, old.shingles) for item in parts]
    if not any(share >= _CARRIED for share in shares):
        return False
    carried = next(number for number, share in enumerate(shares) if share >= _LEAD_HELD)
    opening = sum(len(item.tokens) for item in parts[:carried]) / (_CHARS_PER_WORD if new.unspaced else 1)
    if opening >= (_REMARK if is_forum(new.article) else _LINE) and not same_title(new, old):
        return True
    own = sum(len(item.tokens) for item, share in zip(parts, shares, strict=True) if share < _OWN)
    return own >= _MOSTLY_OWN * sum(len(item.tokens) for item in parts)


def carried(new: Body, old: Body) -> frozenset[int]:
    """Return which paragraphs of a text stand in another nearly whole."""
    return frozenset(
        number
        for number, item in enumerate(new.passages)
        if len(item.tokens) >= _PARAGRAPH and held_share(item.shingles, old.shingles) >= _CARRIED
    )


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
    if one.unspaced and two.unspaced:
        short, long = sorted((one.title.shingles, two.title.shingles), key=len)
        return held_share(short, long) >= _TITLE_HELD
    mine, theirs = set(one.title.tokens), set(two.title.tokens)
    return len(mine & theirs) >= _TITLE_HELD * min(len(mine), len(theirs))


def _worth_facts(one: Body, two: Body) -> bool:
    return (
        bool(one.events and two.events)
        or len(one.numbers & two.numbers) > 1
        or len(one.rare_names.keys() & two.rare_names.keys()) > 1
    )


def _by_facts(new: Body, old: Body, held: float, opening: float) -> Comparison:
    """Reworded, translated or reported by others: the facts must agree."""
    if not near(new, old):
        return Comparison("different", held, "far apart in time")
    found = agreement(new, old, opening)
    reasons = ", ".join(found.reasons)
    if other_language(new, old):
        if has_capitals(new) and has_capitals(old) and not new.rare_names.keys() & old.rare_names.keys():
            return Comparison("different", held, "in another language, no name in common")
        if found.score >= ENOUGH_ABROAD:
            return Comparison("joined", held, f"in another language: {reasons}", agreed=found.score)
        return Comparison("different", held, "in another language, facts do not agree")
    if found.score >= ENOUGH:
        adds = _adds(new, old)
        if held >= REWORDED and not adds and not _adds(old, new):
            return Comparison(
                "copy", held, f"reworded: {held:.0%} of the words, {reasons}", agreed=found.score
            )
        return Comparison("joined", held, reasons, adds=adds, agreed=found.score)
    return Comparison("different", held, f"{held:.0%} of the words, facts do not agree")


def near(one: Body, two: Body) -> bool:
    """Tell whether two articles may report one event; without times nothing speaks against it."""
    first, second = one.time, two.time
    return first is None or second is None or abs(first - second) <= NEAR
