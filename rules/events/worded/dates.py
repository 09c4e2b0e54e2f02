"""Dates in languages read by word lists: digits of any script, month names, words such as "yesterday"."""

from __future__ import annotations

import re

from rules.events.dates import Dated
from rules.events.worded.lexicon import Lexicon, either, whole
from rules.fold import comparable, fold

_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
_NUMERIC = re.compile(
    r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)"
)
_HAN = re.compile(r"(?:((?:19|20)\d\d)\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日号號일])?")
#: Buddhist years are counted 543 ahead.
_BUDDHIST = 543
_SINCE_REACH = 14


def find(text: str, lexicon: Lexicon) -> list[Dated]:
    """Return the dates of a text in order."""
    digits = _ascii_digits(text)
    found = [*_numeric(digits, text), *_months(text, lexicon), *_relative(text, lexicon)]
    covered = [(row.start, row.end) for row in found]
    for match in _YEAR.finditer(digits):
        if not any(a <= match.start() < b for a, b in covered):
            found.append(
                Dated(
                    match.start(),
                    match.end(),
                    text[match.start() : match.end()],
                    year=_era(int(match.group())),
                )
            )
    return sorted(found, key=lambda row: row.start)


def of_acts(text: str, lexicon: Lexicon) -> list[Dated]:
    """Return the dates of a text that can be when something happened: not those since when something is so."""
    rows = find(text, lexicon)
    before, after = lexicon.pattern("since.before"), lexicon.pattern("since.after")
    kept: list[Dated] = []
    for row in rows:
        lead = comparable(text[max(0, row.start - _SINCE_REACH) : row.start])
        tail = comparable(text[row.end : row.end + _SINCE_REACH])
        ends = before is not None and any(len(lead) - hit.end() <= 1 for hit in before.finditer(lead))
        begins = after is not None and any(hit.start() <= 1 for hit in after.finditer(tail))
        if not ends and not begins:
            kept.append(row)
    return kept


def _ascii_digits(text: str) -> str:
    return "".join(str(int(char)) if char.isdecimal() and not char.isascii() else char for char in text)


def _era(year: int) -> int:
    return year - _BUDDHIST if year > 2400 else year


def _numeric(digits: str, text: str) -> list[Dated]:
    found: list[Dated] = []
    for match in _NUMERIC.finditer(digits):
        day, month, year, year2, month2, day2 = match.groups()
        values = (int(year or year2), int(month or month2), int(day or day2))
        if 1 <= values[1] <= 12 and 1 <= values[2] <= 31:
            found.append(Dated(match.start(), match.end(), text[match.start() : match.end()], *values))
    for match in _HAN.finditer(digits):
        year, month, day = match.groups()
        if 1 <= int(month) <= 12:
            found.append(
                Dated(
                    match.start(),
                    match.end(),
                    text[match.start() : match.end()],
                    int(year) if year else None,
                    int(month),
                    int(day) if day else None,
                )
            )
    return found


def _months(text: str, lexicon: Lexicon) -> list[Dated]:
    table = {comparable(name): int(number) for name, number in lexicon.raw.get("months", {}).items()}
    pattern = either(lexicon.raw.get("months", {}))
    if pattern is None:
        return []
    folded = fold(text)
    found: list[Dated] = []
    for match in pattern.finditer(folded.text):
        if not whole(folded.text, match.end()):
            continue
        before = re.search(
            r"(?<!\d)(\d{1,2})\D{0,8}$", folded.text[max(0, match.start() - 12) : match.start()]
        )
        after = re.match(r"\D{0,14}?((?:19|20|25)\d\d)(?!\d)", folded.text[match.end() : match.end() + 20])
        start = match.start() - len(before.group()) if before else match.start()
        end = match.end() + (after.end() if after else 0)
        first, last = folded.span(start, end)
        day = int(before.group(1)) if before and 1 <= int(before.group(1)) <= 31 else None
        year = _era(int(after.group(1))) if after else None
        found.append(Dated(first, last, text[first:last].strip(), year, table[match.group()], day))
    return found


def _relative(text: str, lexicon: Lexicon) -> list[Dated]:
    found: list[Dated] = []
    folded = fold(text)
    for words, key in (("days_back", "days"), ("weekdays", "weekday")):
        table = {comparable(word): int(value) for word, value in lexicon.raw.get(words, {}).items()}
        pattern = either(table)
        for match in pattern.finditer(folded.text) if pattern is not None else ():
            if not whole(folded.text, match.end()) or match.group() not in table:
                continue
            first, last = folded.span(match.start(), match.end())
            value = table[match.group()]
            days = value if key == "days" else None
            found.append(
                Dated(
                    first,
                    last,
                    text[first:last],
                    weekday=value if key == "weekday" else None,
                    days_back=days,
                    long_ago=days is not None and days >= 365,
                )
            )
    return found
