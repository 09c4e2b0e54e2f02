"""One line that says which words made a rule match: ``"announced" near "ruling party"``."""

from __future__ import annotations

from itertools import islice

from rules.evaluate import AllOf, Close, Hit, InField, InUnit, OneOf, Part, Terms, View, Weighed


def reason(part: Part, view: View) -> str:
    """Return the line for a part that holds; a part that only asks for absence gives an empty one."""
    match part:
        case Terms():
            hits = view.hits(part)
            return _quote(view, hits[0]) if hits else ""
        case Close(ordered=ordered):
            return _closest(view, part, "before" if ordered else "near")
        case AllOf(parts):
            return " and ".join(filter(None, (reason(one, view) for one in parts)))
        case OneOf(count, parts):
            first = islice((one for one in parts if one.find(view) is not None), count)
            return " and ".join(filter(None, (reason(one, view) for one in first)))
        case InUnit(unit=unit):
            inside = next(part.satisfied(view), None)
            return f"{reason(part.part, inside[0])} in one {unit}" if inside else ""
        case InField(field=field):
            return f"{reason(part.part, part.narrowed(view))} in the {field}"
        case Weighed():
            held = [one for one, weight in part.weights if weight > 0 and one.find(view)]
            return f"{part.total(view):g} points: " + ", ".join(reason(one, view) for one in held)
        case _:
            return ""


def _closest(view: View, part: Close, word: str) -> str:
    pairs = part.pairs(view)
    if not pairs:
        return ""
    left, right = min(pairs, key=lambda pair: (_gap(*pair), pair[0].start))
    return f"{_quotes(view, left)} {word} {_quotes(view, right)}"


def _gap(a: Hit, b: Hit) -> int:
    return max(a.start, b.start) - min(a.end, b.end)


def _quotes(view: View, hit: Hit) -> str:
    return " near ".join(_quote(view, one) for one in hit.simple())


def _quote(view: View, hit: Hit) -> str:
    return f'"{view.haystack.span(hit.start, hit.end).quote}"'
