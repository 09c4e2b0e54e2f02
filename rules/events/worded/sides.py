"""Parties, persons, groups and bodies in a sentence of a language read by word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rules.events.gazetteer import entities
from rules.events.worded.lexicon import Lexicon, either, whole
from rules.events.worded.names import goes_on_behind, name_after, name_before, skip
from rules.fold import Folded, comparable

_CAPITALISED = re.compile(r"[^\W\d_a-zа-яё][^\s,;:.!?()«»“”\"]*")
_NUMBER = re.compile(r"\d{1,3}(?:[ .,]\d{3})+|\d{1,7}")
_LONGEST_WORD = 24
_BEHIND = re.compile(r"([^\d,]{0,16}?)(\d{1,7})(?!\d)")
_QUOTES = re.compile(r"[«“「『《‘'\"]([^«»“”「」『』《》‘’'\"]{2,24})[»”」』》’'\"]")
_ACRONYM = re.compile(r"(?<![\w-])[^\W\d_]{2,8}(?:-[^\W\d_]{1,5})?(?![\w-])")
_PERSON_TAIL = re.compile(r"[^\s,;:!?()\[\]«»“”\"、，。；：（）「」『』《》။၊។៕៖།༎،؛؟…\u200b]+")
#: One to four words in quotation marks that begin with a capital and are not somebody's words.
_IN_QUOTES = re.compile(
    r"[«“\"]([^\W\d_a-zа-яёіїєґ][^\s«»“”\",.!?]*(?: [^\s«»“”\",.!?]+){0,3})[»”\"](?!,? ?[—–])"
)
_ENDING = re.compile(r"['’][^\W\d_]{1,5}$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something named: place in the folded sentence, text as published.

    ``kind`` is party, person, group, court, executive or administration; ``name``
    is None for a description or "his party".
    """

    start: int
    end: int
    kind: str
    text: str
    name: str | None = None
    own: bool = False
    known: bool = False
    politician: bool = False
    national: bool = False
    military: bool = False
    #: A word that only counts people ("persons", "名").
    unit: bool = False
    count: str | None = None
    count_min: int | None = None


@dataclass(slots=True)
class Sentence:
    """A sentence with its folded form."""

    text: str
    folded: Folded

    def source(self, start: int, end: int) -> str:
        """Return the published words of a folded slice."""
        first, last = self.folded.span(start, end)
        return self.text[first:last]


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
    for start, end in _hits(text, _gazetteer(lexicon.language)[0]):
        source = sentence.source(start, end)
        if source.isascii() and len(source) <= 6 and not source.isupper() and source.islower():
            continue
        found.append(Mention(start, end, "party", source, source, known=len(source) > 3))
    vetoed = list(_hits(text, lexicon.pattern("party.not")))
    for path, own in (("party.own", True), ("party.descriptions", False)):
        for start, end in _hits(text, lexicon.pattern(path)):
            found.append(Mention(start, end, "party", sentence.source(start, end), own=own))
    for path in ("party.words", "party.weak"):
        for start, end in _hits(text, lexicon.pattern(path)):
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
            start, end = _fold_at(sentence, match.start(1)), _fold_at(sentence, match.end(1))
            yield Mention(start, end, "party", match.group(1), match.group(1))


def _bare(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield parties named without a party word: names that the lexicon lists, and words all in capitals."""
    for start, end in _hits(sentence.folded.text, lexicon.pattern("party.names")):
        source = sentence.source(start, end)
        if not lexicon.capitals or source[:1].isupper():
            yield Mention(start, end, "party", source, source)
    if lexicon.raw.get("party", {}).get("quoted") == "true":
        for match in _IN_QUOTES.finditer(sentence.text):
            start, end = _fold_at(sentence, match.start(1)), _fold_at(sentence, match.end(1))
            yield Mention(start, end, "party", match.group(1), match.group(1))
    if not lexicon.capitals or sentence.text.isupper():
        return
    institutions = lexicon.pattern("bodies.court", "bodies.executive", "bodies.administration")
    for match in _ACRONYM.finditer(sentence.text):
        word = match.group()
        if word.isupper() and not (institutions and institutions.fullmatch(comparable(word))):
            start, end = _fold_at(sentence, match.start()), _fold_at(sentence, match.end())
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
        for hit_start, hit_end in _hits(sentence.folded.text, lexicon.pattern("party.descriptions"))
    ):
        return None
    folded_start = _fold_at(sentence, begin)
    folded_end = max(end, _fold_at(sentence, stop))
    return Mention(folded_start, folded_end, "party", name, name)


def _fold_at(sentence: Sentence, source: int) -> int:
    starts = sentence.folded.starts
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] < source:
            low = middle + 1
        else:
            high = middle
    return low


def bodies(sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    """Return courts, governments and commissions."""
    found: list[Mention] = []
    for kind in ("court", "executive", "administration"):
        for start, end in _hits(sentence.folded.text, lexicon.pattern(f"bodies.{kind}")):
            found.append(Mention(start, end, kind, sentence.source(start, end)))
    return _longest(found)


def countries(sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    """Return the countries that a lexicon lists: sides of those who flee abroad."""
    rows = _hits(sentence.folded.text, lexicon.pattern("countries"))
    return [Mention(a, b, "party", sentence.source(a, b), sentence.source(a, b)) for a, b in rows]


def people(sentence: Sentence, lexicon: Lexicon, taken: Iterable[Mention]) -> list[Mention]:
    """Return persons and groups outside of what is already taken by parties and bodies."""
    busy = [(m.start, m.end) for m in taken]
    found = [*_titled(sentence, lexicon), *_groups(sentence, lexicon)]
    if lexicon.capitals:
        found += _capitalised(sentence, lexicon, busy)
    free = [m for m in found if not any(m.start < b and a < m.end for a, b in busy)]
    return _longest(free)


def _titled(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    text = sentence.text
    for start, end in _hits(sentence.folded.text, lexicon.pattern("people.titles")):
        first, last = sentence.folded.span(start, end)
        if lexicon.setting("titles_apart", "") and text[max(0, first - 1) : first].strip(' \u200b«“"('):
            continue
        stop = _person_end(text, last, lexicon)
        if stop > last:
            yield _person(sentence, lexicon, skip(text, last), stop, start, sentence.source(start, end))
    for start, end in _hits(sentence.folded.text, lexicon.pattern("people.titles_after")):
        first, _ = sentence.folded.span(start, end)
        begin = _person_begin(text, first, lexicon)
        if begin < first:
            yield _person(sentence, lexicon, begin, first, start, sentence.source(start, end))


def _person(sentence: Sentence, lexicon: Lexicon, begin: int, stop: int, at: int, title: str) -> Mention:
    name = sentence.text[begin:stop].strip(" \u200b.,")
    low = comparable(title)
    start, end = _fold_at(sentence, begin), _fold_at(sentence, stop)
    politician = low in {comparable(word) for word in lexicon.words("people.politicians")}
    national = low in {comparable(word) for word in lexicon.words("people.national")}
    return Mention(
        min(at, start), max(end, at + 1), "person", name, name, politician=politician, national=national
    )


def _person_end(text: str, at: int, lexicon: Lexicon) -> int:
    words = int(lexicon.setting("name_words", "3" if lexicon.capitals else "2"))
    ends = [lexicon.pattern("people.ends")]
    if not lexicon.spaced:
        ends += [lexicon.acts, lexicon.cue]
    end = at
    position = skip(text, at)
    for _ in range(words):
        match = _PERSON_TAIL.match(text, position)
        if match is None:
            break
        if lexicon.capitals and not match.group()[:1].isupper():
            break
        piece = match.group().rstrip(".")
        found = [hit.start() for pattern in ends if pattern and (hit := pattern.search(comparable(piece)))]
        if found:
            return position + min(found) if min(found) else end
        if len(piece) > _LONGEST_WORD:
            break
        end = match.start() + len(piece)
        if end < len(text) and text[end] not in " \u200b":
            break
        position = skip(text, end)
    return end


def _person_begin(text: str, at: int, lexicon: Lexicon) -> int:
    size = int(lexicon.setting("name_letters", "4"))
    stop = at - 1 if text[at - 1 : at] == " " else at
    window = text[max(0, stop - size) : stop]
    tail = re.split(r"[\s,;:.!?()«»“”\"、，。；：（）「」『』《》的]", window)[-1]
    if tail.endswith(tuple(lexicon.words("people.counters")) or ("\0",)):
        return at
    return stop - len(tail) if len(tail) > 1 and tail not in lexicon.words("people.not_names") else at


def _capitalised(sentence: Sentence, lexicon: Lexicon, busy: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """Yield runs of two to four capitalised words: names of persons, unless a list says other."""
    avoid = {word.lower() for word in lexicon.words("people.not_names")}
    avoid |= {comparable(word) for word in lexicon.words("party.words")}
    places = {comparable(name) for name in (*lexicon.words("countries"), *lexicon.words("places"))}
    taken = [sentence.folded.span(start, end) for start, end in busy]
    run: list[re.Match[str]] = []
    for match in [*re.finditer(r"[^\s,;:.!?()«»“”\"]+", sentence.text), None]:
        follows = match is not None and (not run or sentence.text[run[-1].end() : match.start()] == " ")
        good = match is not None and match.group()[:1].isupper() and match.group().lower() not in avoid
        good = good and not any(match.start() < b and a < match.end() for a, b in taken if match)
        if match is not None and good and follows:
            run.append(match)
            continue
        if len(run) >= 2 and not (run[0].start() == 0 and len(run) == 2 and run[0].group().lower() in avoid):
            begin, stop = run[0].start(), run[min(len(run), 4) - 1].end()
            name = sentence.text[begin:stop]
            if any(marks.suffix for marks in lexicon.roles.values()):
                name = _ENDING.sub("", name)
            if comparable(name) not in places:
                yield Mention(_fold_at(sentence, begin), _fold_at(sentence, stop), "person", name, name)
        run = [match] if match is not None and good else []


def _groups(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    text = sentence.folded.text
    politicians, national = lexicon.pattern("people.politicians"), lexicon.pattern("people.national")
    military, units = lexicon.pattern("people.military"), lexicon.pattern("units")
    for start, end in _hits(
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
    found = list(_NUMBER.finditer(before))
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
        apart = at <= 0 or not lexicon.spaced or before[at - 1] in " ,"
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


def _hits(text: str, pattern: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    if pattern is None:
        return
    for match in pattern.finditer(text):
        if whole(text, match.end()):
            yield match.start(), match.end()


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Leave out mentions that lie inside or across an earlier, longer one."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (not m.known, m.start - m.end, m.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)
