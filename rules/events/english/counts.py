"""How many people a phrase counts: "more than 200", "10% to 15%", "hundreds"."""

from __future__ import annotations

from itertools import pairwise

from rules.events.english.context import Reading
from rules.events.english.phrases import Phrase
from rules.events.english.slots import Actor

_ABOUT = frozenset(
    "than more least at some about over nearly around fewer up to , between almost roughly approximately and "
    "including far another".split()
)


def count_actor(r: Reading, phrase: Phrase, last: int, actor: Actor) -> None:
    """Fill the count of an actor from the numbers before its noun."""
    p = r.p
    first = _first_of_count(r, phrase)
    values, end = _values(r, first, last)
    if not values:
        return
    if first < phrase.first and actor.text is not None and p.tokens[phrase.first].pos == "NUM":
        actor.text = p.slice(first, last)
    actor.count = p.slice(first if first < end else phrase.first, end).strip()
    actor.percent = "%" in actor.count or (end < len(p.tokens) and p.tokens[end].low in ("percent", "per"))
    actor.count_min = None if actor.percent else _total_of(values)


def _first_of_count(r: Reading, phrase: Phrase) -> int:
    """Return where the words of a count begin, before the phrase: "more than", "between 10% and"."""
    tokens = r.p.tokens
    numbers = r.words.raw["numbers"].keys()
    first = phrase.first
    while first > 0 and (tokens[first - 1].low in _ABOUT | numbers or tokens[first - 1].pos == "NUM"):
        first -= 1
    while first < phrase.first and tokens[first].low in (",", "and", "to", "including", "at"):
        if tokens[first].low == "at" and tokens[first + 1].low == "least":
            break
        first += 1
    return first


def _values(r: Reading, first: int, last: int) -> tuple[list[int], int]:
    """Return the numbers of a count and where they end."""
    values: list[int] = []
    end = first
    for index in range(first, last):
        token = r.p.tokens[index]
        value = _value_at(r, index)
        if value is not None:
            values.append(value)
            end = index + 1
        elif (values and token.low not in (",", "to", "and", "or", "-", "–", "%")) or (
            not values and token.pos != "DET" and token.low not in _ABOUT
        ):
            break
    return values, end


def _value_at(r: Reading, index: int) -> int | None:
    low = r.p.tokens[index].low
    digits = low.rstrip("%").replace(",", "")
    if digits.isdecimal() and len(digits) < 10:
        return int(digits)
    if digits.replace(".", "", 1).isdecimal():
        return int(float(digits)) if len(digits) < 12 else None
    return r.words.number(low)


def _total_of(values: list[int]) -> int:
    total = values[0]
    for left, right in pairwise(values):
        total = total * right if right in (100, 1000, 12) and left < right else min(total, right)
    return total
