"""English dates in a sentence, and which of them is the day of an act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rules.events.dates import Dated
from rules.events.english.phrases import Parsed
from rules.events.english.tokens import Token
from rules.events.english.words import Words, words

_PREFIX = r"(?:(?P<prefix>on|in|since|by|before|after|until|during|early|late|mid|from|ahead of|for|at) (?:early |late |mid-?)?)?"
_AGO = re.compile(
    r"\b(?P<number>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some|many|few) "
    r"(?P<unit>day|week|month|year|decade|century)s? ago\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?<!the )(?P<which>last|this|earlier this|late last) (?P<unit>week|month|year|night|decade)\b",
    re.IGNORECASE,
)
_UNIT = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650, "century": 36500, "night": 1}
_SMALL = dict(
    zip(
        "a an one two three four five six seven eight nine ten eleven twelve".split(),
        (1, 1, *range(1, 13)),
        strict=True,
    )
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    months = "|".join(sorted(words().raw["months"], key=len, reverse=True))
    days = "|".join(words().raw["weekdays"])
    return (
        re.compile(
            rf"\b{_PREFIX}(?P<month>{months})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
            r"(?:,? (?P<year>(?:19|20)\d\d))?",
            re.I,
        ),
        re.compile(
            rf"\b{_PREFIX}(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{months})\b\.?"
            r"(?:,? (?P<year>(?:19|20)\d\d))?",
            re.I,
        ),
        re.compile(rf"\b{_PREFIX}(?P<month>{months})\b\.?,? (?:of )?(?P<year>(?:19|20)\d\d)\b", re.I),
        re.compile(
            r"\b(?P<prefix>in|since|last|this|by|until|from|after|before|during|early|late) "
            rf"(?:early |late |mid-?)?(?P<month>{months})\b(?P<past> last year)?",
            re.I,
        ),
        re.compile(
            r"\b(?:(?P<prefix>in|since|by|after|before|until|during|from|of) (?:early |late |mid-?)?)"
            r"(?P<year>(?:19|20)\d\d)\b",
            re.I,
        ),
        re.compile(
            rf"\b(?:(?P<prefix>on|since|by|before|after|until|late|last|this|next) )?(?P<weekday>{days})\b",
            re.I,
        ),
        re.compile(r"\b(?P<relative>yesterday|today|overnight|tonight)\b", re.I),
    )


def find(text: str, lexicon: Words) -> list[Dated]:
    """Return the dates of a sentence in order, overlapping readings left out."""
    found: list[Dated] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            row = _row(match, lexicon)
            if row is not None:
                found.append(row)
    found += [_ago(match) for match in _AGO.finditer(text)]
    found += [_last(match) for match in _LAST.finditer(text)]
    kept: list[Dated] = []
    for row in sorted(found, key=lambda r: (r.start, -(r.end - r.start))):
        if not kept or row.start >= kept[-1].end:
            kept.append(row)
    return kept


def _row(match: re.Match[str], lexicon: Words) -> Dated | None:
    parts = match.groupdict()
    name = (parts.get("month") or "").lower()
    if (
        name == "may"
        and not parts.get("day")
        and not parts.get("year")
        and match.group().split()[-1] != "May"
    ):
        return None
    if (
        name
        and name in ("march", "may", "mar")
        and match.group().split()[0][:1].islower()
        and not parts.get("prefix")
        and not parts.get("day")
    ):
        return None
    weekday = parts.get("weekday")
    relative = (parts.get("relative") or "").lower()
    if parts.get("past"):
        return Dated(match.start(), match.end(), match.group(), days_back=_UNIT["year"], long_ago=True)
    return Dated(
        match.start(),
        match.end(),
        match.group(),
        year=int(parts["year"]) if parts.get("year") else None,
        month=int(lexicon.raw["months"][name]) if name else None,
        day=int(parts["day"]) if parts.get("day") else None,
        weekday=int(lexicon.raw["weekdays"][weekday.lower()]) if weekday else None,
        days_back=(1 if relative == "yesterday" else 0) if relative else None,
        prefix=(parts.get("prefix") or "").lower(),
    )


def _ago(match: re.Match[str]) -> Dated:
    number = match.group("number").lower()
    count = int(number) if number.isdecimal() else _SMALL.get(number, 3)
    days = count * _UNIT[match.group("unit").lower()]
    return Dated(match.start(), match.end(), match.group(), days_back=days, long_ago=days >= 60)


def _last(match: re.Match[str]) -> Dated:
    this = match.group("which").lower() in ("this", "earlier this")
    days = 0 if this else _UNIT[match.group("unit").lower()]
    return Dated(match.start(), match.end(), match.group(), days_back=days, long_ago=days >= 365)


_APART = frozenset(("since", "before", "after", "until", "from", "ahead of", "for", "next", "by"))


def of_act(p: Parsed, dates: Sequence[Dated], first: int, last: int, *, main: bool) -> Dated | None:
    """Return the date of the act at tokens ``first`` to ``last``: behind it in its clause, else at the sentence's head."""
    start, end = p.tokens[first].start, p.tokens[last - 1].end
    for row in dates:
        if start <= row.start and row.end <= end:
            return row
        if row.start >= end and row.prefix not in _APART and not _modifies(p, row):
            between = [t for t in p.tokens if end <= t.start < row.start]
            if _same_clause(p, between):
                return row
            break
    before = [row for row in dates if main and row.end <= start and row.prefix not in _APART]
    return next((row for row in before if not _modifies(p, row) and _leads(p, row, start)), None)


def _leads(p: Parsed, row: Dated, start: int) -> bool:
    """Tell whether a date before an act is its date: at the sentence's head, in a cleft, or close before it."""
    head = [t for t in p.tokens if t.end <= row.start]
    follows = next((t for t in p.tokens if t.start >= row.end), None)
    if follows is None:
        return False
    if not head or ([t.low for t in head[:2]] == ["it", "was"] and (row.year or row.long_ago)):
        return True
    if follows.low == "," and (head[0].low in ("on", "in") and len(head) <= 4):
        return True
    if follows.low == "," and head[0].form is not None and len(head) <= 14:
        return True
    near = [t for t in p.tokens if row.end <= t.start < start]
    apart = any(t.pos in ("PUNCT", "SUB", "REL", "QUOTE", "CONJ") for t in near)
    return len(near) <= 6 and not apart and sum(t.pos == "V" for t in near) <= 1


def _same_clause(p: Parsed, between: Sequence[Token]) -> bool:
    for token, after in zip(between[-4:], [*between[-3:], None], strict=True) if len(between) > 3 else ():
        subject = token.low != "it" or after is None or after.pos in ("V", "AUX", "MOD", "ADV")
        if token.low in ("he", "she", "they", "it", "who") and subject:
            return False
    for token in between:
        pos, low = token.pos, token.low
        if (
            pos in ("SUB", "REL", "AUX", "MOD")
            or low in (";", ":", "but")
            or low in ("ahead", "before", "after", "until", "won", "held")
        ):
            return False
        if pos == "V" and token.form is not None and token.form.use in ("past", "s", "part"):
            return False
    return len(between) < 32


def _modifies(p: Parsed, row: Dated) -> bool:
    """Tell whether a date belongs to a following noun: "the July 23 election"."""
    after = next((t for t in p.tokens if t.start >= row.end), None)
    before = next((t for t in reversed(p.tokens) if t.end <= row.start), None)
    if after is not None and after.low in ("'s", "’s", "'"):
        return True
    noun = (
        after is not None
        and after.pos in ("N", "ADJ", "NAME")
        and after.text[0].isalpha()
        and after.start - row.end <= 1
    )
    return noun and before is not None and before.pos in ("DET", "PREP", "ADJ")
