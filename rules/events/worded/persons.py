"""The names of persons in a sentence: beside a title, by a family name, in capital letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rules.events.worded.lexicon import Lexicon, hits_of
from rules.events.worded.mention import Mention, Sentence, fold_at, hits
from rules.events.worded.names import skip
from rules.fold import comparable, fold

_LONGEST_WORD = 24
#: Letters of a given name behind a family name, where family names are listed.
_GIVEN = 2
_PERSON_TAIL = re.compile(r"[^\s,;:!?()\[\]«»“”\"、，。；：（）「」『』《》။၊។៕៖།༎،؛؟…\u200b]+")
_ENDING = re.compile(r"['’][^\W\d_]{1,5}$")


def titled(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the names that stand beside a title."""
    text = sentence.text
    for start, end in hits(sentence.folded.text, lexicon.pattern("people.titles")):
        first, last = sentence.folded.span(start, end)
        if lexicon.setting("titles_apart", "") and text[max(0, first - 1) : first].strip(' \u200b«“"('):
            continue
        stop = _person_end(text, last, lexicon)
        if stop > last:
            yield _person(sentence, lexicon, skip(text, last), stop, start, sentence.source(start, end))
    for start, end in hits(sentence.folded.text, lexicon.pattern("people.titles_after")):
        first, _ = sentence.folded.span(start, end)
        begin = _person_begin(text, first, lexicon)
        if begin < first:
            yield _person(sentence, lexicon, begin, first, start, sentence.source(start, end))


def _person(sentence: Sentence, lexicon: Lexicon, begin: int, stop: int, at: int, title: str) -> Mention:
    name = sentence.text[begin:stop].strip(" \u200b་.,")
    low = comparable(title)
    start, end = fold_at(sentence, begin), fold_at(sentence, stop)
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
        mapped = fold(piece)
        low = mapped.text
        # A family name can be one of the words that end a name: 周 is also "week".
        first = int(_surname(low, lexicon) > 0 and position == skip(text, at))
        found = [hit.start() for pattern in ends if pattern for hit in hits_of(pattern, low, lexicon, first)]
        if found:
            cut = mapped.span(min(found), min(found) + 1)[0]
            return position + cut if cut else end
        if first == 0 and lexicon.pattern("people.surnames") is not None:
            # Only what ends a name tells that a word without a family name is one.
            return end
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
    for letters in (3, 2, 4):
        if letters <= len(tail) and _surname(comparable(tail[-letters:]), lexicon):
            tail = tail[-letters:]
            break
    return stop - len(tail) if len(tail) > 1 and tail not in lexicon.words("people.not_names") else at


def _surname(name: str, lexicon: Lexicon) -> int:
    """Return how many letters of a folded name are a family name that the lexicon lists; 0 for none."""
    pattern = lexicon.pattern("people.surnames")
    found = pattern.match(name) if pattern is not None else None
    return len(found.group()) if found is not None else 0


def surnamed(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield names of a family name and two letters that begin a clause and stand before what ends a name."""
    text, ends = sentence.folded.text, lexicon.pattern("people.ends")
    for start, end in hits(text, lexicon.pattern("people.surnames")):
        stop = end + _GIVEN
        opens = start == 0 or text[start - 1] in ", 的"
        closes = text[stop : stop + 1] in ", " if text[start - 1 : start] == "的" else False
        closes = closes or (ends is not None and ends.match(text, stop) is not None)
        if opens and closes and ends is not None and not ends.search(text[end:stop]):
            name = sentence.source(start, stop)
            if name.isalpha() and name not in lexicon.words("people.not_names"):
                yield Mention(start, stop, "person", name, name)


def capitalised(sentence: Sentence, lexicon: Lexicon, busy: Iterable[tuple[int, int]]) -> Iterator[Mention]:
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
                yield Mention(fold_at(sentence, begin), fold_at(sentence, stop), "person", name, name)
        run = [match] if match is not None and good else []
