"""How many people a phrase counts: "more than 200", "10% to 15%", "hundreds"."""

from __future__ import annotations

from rules.events.english.context import Reading
from rules.events.english.phrases import Phrase
from rules.events.english.slots import Actor


def count_actor(r: Reading, phrase: Phrase, last: int, actor: Actor) -> None:
    p = r.p
    first, end = phrase.first, phrase.first
    while (
        first > 0
        and p.tokens[first - 1].low
        in (
            "than",
            "more",
            "least",
            "at",
            "some",
            "about",
            "over",
            "nearly",
            "around",
            "fewer",
            "up",
            "to",
            ",",
            "between",
            "almost",
            "roughly",
            "approximately",
            "and",
            "including",
            "far",
        )
        | r.words.raw["numbers"].keys()
        or (first > 0 and p.tokens[first - 1].pos == "NUM")
    ):
        first -= 1
    while (
        first < phrase.first
        and p.tokens[first].low in (",", "and", "to", "including", "at")
        and not (p.tokens[first].low == "at" and p.tokens[first + 1].low == "least")
    ):
        first += 1
    values: list[int] = []
    for index in range(first, last):
        token = p.tokens[index]
        value = value_at(r, index)
        if value is not None:
            values.append(value)
            end = index + 1
        elif values and token.low in (",", "to", "and", "or", "-", "–", "%"):
            continue
        elif values:
            break
        elif token.pos == "DET" or token.low in (
            "than",
            "more",
            "least",
            "at",
            "some",
            "about",
            "over",
            "nearly",
            "around",
            "between",
            "almost",
            "fewer",
            "up",
            "roughly",
            "approximately",
            "another",
        ):
            continue
        else:
            break
    if not values:
        return
    if first < phrase.first and actor.text is not None and p.tokens[phrase.first].pos == "NUM":
        actor.text = p.slice(first, last)
    actor.count = p.slice(first if first < end else phrase.first, end).strip()
    actor.percent = "%" in actor.count or (end < len(p.tokens) and p.tokens[end].low in ("percent", "per"))
    actor.count_min = None if actor.percent else total_of(values)


def value_at(r: Reading, index: int) -> int | None:
    low = r.p.tokens[index].low
    digits = low.rstrip("%").replace(",", "")
    if digits.isdigit() and len(digits) < 10:
        return int(digits)
    if digits.replace(".", "", 1).isdigit():
        return int(float(digits)) if len(digits) < 12 else None
    return r.words.number(low)


def total_of(values: list[int]) -> int:
    total = values[0]
    for left, right in zip(values, values[1:], strict=False):
        total = total * right if right in (100, 1000, 12) and left < right else min(total, right)
    return total
