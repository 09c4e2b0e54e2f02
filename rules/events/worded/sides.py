"""Parties, persons, groups and bodies in a sentence of a language read by word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from rules.events.gazetteer import entities
from rules.events.worded.lexicon import Lexicon, either
from rules.events.worded.mention import Mention, Sentence, fold_at, hits
from rules.events.worded.names import goes_on_behind, name_after, name_before
from rules.events.worded.persons import capitalised, surnamed, titled
from rules.fold import comparable

_CAPITALISED = re.compile(r"[^\W\d_a-zа-яё][^\s,;:.!?()«»“”\"]*")
_NUMBER = re.compile(r"\d{1,3}(?:[ .,]\d{3})+|\d{1,7}")
_BEHIND = re.compile(r"([^\d,]{0,16}?)(\d{1,7})(?!\d)")
_QUOTES = re.compile(r"[«“「『《‘'\"]([^«»“”「」『』《》‘’'\"]{2,24})[»”」』》’'\"]")
_ACRONYM = re.compile(r"(?<![\w-])[^\W\d_]{2,8}(?:-[^\W\d_]{1,5})?(?![\w-])")
#: One to four words in quotation marks that begin with a capital and are not somebody's words.
_IN_QUOTES = re.compile(
    r"[«“\"]([^\W\d_a-zа-яёіїєґ][^\s«»“”\",.!?]*(?: [^\s«»“”\",.!?]+){0,3})[»”\"](?!,? ?[—–])"
)


@cache
def _gazetteer(code: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    names: dict[str, str] = {}
    for entity in entities():
        if entity.type not in ("party", "group", "armed group"):
            continue
        for language, forms in entity.by_language:
            if language in (code, "en") or not comparable(forms[0]).isascii():
                names.update({comparable(form): form for form in forms})
        for form in (*entity.short, *entity.abbreviations):
            names.setdefault(comparable(form), form)
    usable = [name for name in names if len(name) > 1]
    return either(usable), names


def parties(sentence: Sentence, lexicon: Lexicon, *, political: bool = True) -> list[Mention]:
    """Return the parties of a sentence: known names, names made by a party word, descriptions, "his party"."""
    found: list[Mention] = []
    text = sentence.folded.text
    for start, end in hits(text, _gazetteer(lexicon.language)[0]):
        source = sentence.source(start, end)
        if source.isascii() and len(source) <= 6 and not source.isupper() and source.islower():
            continue
        found.append(Mention(start, end, "party", source, source, known=len(source) > 3))
    vetoed = list(hits(text, lexicon.pattern("party.not")))
    for path, own in (("party.own", True), ("party.descriptions", False)):
        for start, end in hits(text, lexicon.pattern(path)):
            found.append(Mention(start, end, "party", sentence.source(start, end), own=own))
    for path in ("party.words", "party.weak") if political else ("party.words",):
        for start, end in hits(text, lexicon.pattern(path)):
            if any(a <= start and end <= b for a, b in vetoed):
                continue
            named = _named(sentence, lexicon, start, end)
            if named is not None:
                found.append(named)
    if political:
        found += [*_bare(sentence, lexicon), *_quoted(sentence, lexicon)]
    kept = [m for m in found if not any(a <= m.start and m.end <= b for a, b in vetoed)]
    return _longest(kept)


def _quoted(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield names in quotation marks that end as names of parties do ("Free Movement")."""
    ends = tuple(comparable(word) for word in lexicon.words("party.quoted_ends"))
    for match in _QUOTES.finditer(sentence.text) if ends else ():
        if comparable(match.group(1)).endswith(ends):
            start, end = fold_at(sentence, match.start(1)), fold_at(sentence, match.end(1))
            yield Mention(start, end, "party", match.group(1), match.group(1))


def _bare(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield parties named without a party word: names that the lexicon lists, and words all in capitals."""
    for start, end in hits(sentence.folded.text, lexicon.pattern("party.names")):
        source = sentence.source(start, end)
        if not lexicon.capitals or source[:1].isupper():
            yield Mention(start, end, "party", source, source)
    if lexicon.raw.get("party", {}).get("quoted") == "true":
        for match in _IN_QUOTES.finditer(sentence.text):
            start, end = fold_at(sentence, match.start(1)), fold_at(sentence, match.end(1))
            yield Mention(start, end, "party", match.group(1), match.group(1))
    if not lexicon.capitals or sentence.text.isupper():
        return
    institutions = lexicon.pattern("bodies.court", "bodies.executive", "bodies.administration")
    for match in _ACRONYM.finditer(sentence.text):
        word = match.group()
        if word.isupper() and not (institutions and institutions.fullmatch(comparable(word))):
            start, end = fold_at(sentence, match.start()), fold_at(sentence, match.end())
            yield Mention(start, end, "party", word, word)


def _named(sentence: Sentence, lexicon: Lexicon, start: int, end: int) -> Mention | None:
    """Return the name that a party word is part of, on the side where the language puts it."""
    place = lexicon.raw.get("party", {}).get("place", "before")
    first, last = sentence.folded.span(start, end)
    begin, stop = first, last
    if place == "before" and goes_on_behind(sentence.folded.text, end, lexicon):
        return Mention(start, end, "party", sentence.source(start, end), own=True)
    if place in ("before", "either"):
        stop = name_after(sentence.text, last, lexicon, proper=first > 0 and sentence.text[first].isupper())
    if (
        place in ("after", "either")
        and stop == last
        and (not lexicon.capitals or sentence.text[first].isupper())
    ):
        begin = name_before(sentence.text, first, lexicon)
    if (begin, stop) == (first, last):
        return None
    name = sentence.text[begin:stop].strip()
    if begin < first and any(
        hit_end == end and hit_start < end
        for hit_start, hit_end in hits(sentence.folded.text, lexicon.pattern("party.descriptions"))
    ):
        return None
    folded_start = fold_at(sentence, begin)
    folded_end = max(end, fold_at(sentence, stop))
    return Mention(folded_start, folded_end, "party", name, name)


def bodies(sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    """Return courts, governments and commissions."""
    found: list[Mention] = []
    for kind in ("court", "executive", "administration"):
        for start, end in hits(sentence.folded.text, lexicon.pattern(f"bodies.{kind}")):
            found.append(Mention(start, end, kind, sentence.source(start, end)))
    return _longest(found)


def countries(sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    """Return the countries that a lexicon lists: sides of those who flee abroad."""
    rows = hits(sentence.folded.text, lexicon.pattern("countries"))
    return [Mention(a, b, "party", sentence.source(a, b), sentence.source(a, b)) for a, b in rows]


def people(sentence: Sentence, lexicon: Lexicon, taken: Iterable[Mention]) -> list[Mention]:
    """Return persons and groups outside of what is already taken by parties and bodies."""
    busy = [(m.start, m.end) for m in taken]
    found = [*titled(sentence, lexicon), *surnamed(sentence, lexicon), *_groups(sentence, lexicon)]
    if lexicon.capitals:
        found += capitalised(sentence, lexicon, busy)
    clipped = [_before(sentence, m, busy) for m in found]
    free = [m for m in clipped if not any(m.start < b and a < m.end for a, b in busy)]
    return _longest(free)


def _before(sentence: Sentence, mention: Mention, busy: Iterable[tuple[int, int]]) -> Mention:
    """Return a counted group without the party's name that its words run into: "18 members | of A"."""
    ends = [a for a, b in busy if mention.start < a < mention.end <= b]
    if mention.kind != "group" or not mention.count or not ends:
        return mention
    text = sentence.source(mention.start, ends[0]).rstrip()
    return replace(mention, end=ends[0], text=text)


def _groups(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    text = sentence.folded.text
    politicians, national = lexicon.pattern("people.politicians"), lexicon.pattern("people.national")
    military, units = lexicon.pattern("people.military"), lexicon.pattern("units")
    for start, end in hits(
        text, lexicon.pattern("people.groups", "people.politicians", "people.national", "people.military")
    ):
        word = text[start:end]
        count, value, begin = _count(sentence, lexicon, start, end)
        yield Mention(
            begin,
            end,
            "group",
            sentence.source(begin, end),
            politician=bool(politicians and politicians.fullmatch(word)),
            national=bool(national and national.fullmatch(word)),
            military=bool(military and military.fullmatch(word)),
            unit=bool(units and units.fullmatch(word)),
            count=count,
            count_min=value,
        )


def _count(sentence: Sentence, lexicon: Lexicon, start: int, end: int) -> tuple[str | None, int | None, int]:
    """Return the number that stands before a counted word (or behind it), its value, and where the group begins."""
    text = sentence.folded.text
    before = text[max(0, start - 24) : start]
    dated = lexicon.pattern("not_counts")
    numbers = _NUMBER.finditer(before)
    found = [
        m for m in numbers if not (dated and dated.match(before, m.end() + (before[m.end() :][:1] == " ")))
    ]
    if found and len(before) - found[-1].end() <= 12 and not _counted(before[found[-1].end() :], lexicon):
        at = max(0, start - 24) + found[-1].start()
        digits = re.sub(r"\D", "", found[-1].group())
        return sentence.source(at, at + len(found[-1].group())), int(digits), at
    after = _number_behind(text, end, lexicon) if lexicon.setting("number", "before") == "after" else None
    if after is not None:
        return sentence.source(*after), int(re.sub(r"\D", "", text[after[0] : after[1]])), start
    words = lexicon.raw.get("numbers", {})
    for word, value in words.items():
        folded = comparable(word)
        at = before.rfind(folded)
        apart = at <= 0 or not lexicon.apart or before[at - 1] in " ,"
        if at >= 0 and apart and len(before) - at - len(folded) <= 12:
            place = max(0, start - 24) + at
            return sentence.source(place, place + len(folded)), int(value), place
    return None, None, start


def _counted(between: str, lexicon: Lexicon) -> bool:
    """Tell whether a number has its unit already, where numbers follow what they count."""
    units = lexicon.pattern("units")
    return lexicon.setting("number", "before") == "after" and bool(units and units.match(between.lstrip()))


def _number_behind(text: str, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return where the number stands that follows a counted word, at once or before a unit."""
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    units = lexicon.pattern("units")
    counted = units is not None and units.match(text, match.end() + (text[match.end() :][:1] == " "))
    return match.span(2) if not match.group(1).strip() or counted else None


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Leave out mentions that lie inside or across an earlier, longer one."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (not m.known, m.start - m.end, m.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)
