"""Which words of a sentence name a party: listed ones, and any name beside a word for party."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rules.events.lexical.lexicon import Lexicon
from rules.events.lexical.scan import Hit, Sentence

_MOST_NAME = 60
_MOST_WORDS = 7
_WORD = re.compile(r"[^\s,.;:!?()\[\]\"“”«»„「」『』《》〈〉、，。！？；：།༎།။၊។؛،؟]+")
_QUOTED = re.compile(r"\s*[«“\"„「『《〈‘]\s*([^»”\"“」』》〉’]{2,60})[»”\"“」』》〉’]")
_QUOTED_BEFORE = re.compile(r"[«“\"„「『《〈‘]\s*([^»”\"“」』》〉’]{2,60})[»”\"“」』》〉’]\s*$")
_ACRONYM = re.compile(r"(?<!\w)[A-ZÀ-ÞА-ЯЁİĞŞ][\w-]*[A-ZÀ-ÞА-ЯЁİĞŞ]+[\w-]*(?!\w)")


@dataclass(frozen=True, slots=True)
class Party:
    """A party in the sentence, at its published place; ``named`` unless only described or bare."""

    start: int
    end: int
    text: str
    named: bool


def parties(sentence: Sentence) -> list[Party]:
    """Return the parties of a sentence in order, none within another."""
    found = [*_listed(sentence), *_worded(sentence)]
    if sentence.lexicon.capitals:
        found += _headed(sentence)
    if sentence.lexicon.suffixes:
        found += _suffixed(sentence)
    return _apart(found)


def acronyms(sentence: Sentence) -> list[Party]:
    """Return words in capitals, which beside a change of side are parties nobody has listed."""
    return [
        Party(m.start(), m.end(), m.group(), True)
        for m in _ACRONYM.finditer(sentence.text)
        if len(m.group()) <= 10
    ]


def _apart(found: Iterable[Party]) -> list[Party]:
    kept: list[Party] = []
    for party in sorted(found, key=lambda p: (not p.named, p.start - p.end, p.start)):
        if all(party.end <= other.start or party.start >= other.end for other in kept):
            kept.append(party)
    return sorted(kept, key=lambda p: p.start)


def _listed(sentence: Sentence) -> Iterable[Party]:
    for hit in sentence.of("party"):
        start, end = sentence.original(hit.start, hit.end)
        yield Party(start, end, sentence.text[start:end], bool(hit.sense.name))


def _worded(sentence: Sentence) -> Iterable[Party]:
    """Yield each word for party with the name beside it, or alone."""
    for hit in sentence.of("party_word"):
        start, end = sentence.original(hit.start, hit.end)
        begin, stop = _with_name(sentence, hit, start, end)
        yield Party(begin, stop, sentence.text[begin:stop], (begin, stop) != (start, end))


def _with_name(sentence: Sentence, hit: Hit, start: int, end: int) -> tuple[int, int]:
    text, lexicon = sentence.text, sentence.lexicon
    if lexicon.names == "after":
        quoted = _QUOTED.match(text, end)
        if quoted:
            return start, quoted.end()
        return start, _name_after(sentence, end)
    quoted = _QUOTED_BEFORE.search(text[max(0, start - _MOST_NAME) : start])
    if quoted:
        return max(0, start - _MOST_NAME) + quoted.start(), end
    return _name_before(sentence, start), end


def _name_after(sentence: Sentence, at: int) -> int:
    """Return where a name that begins at ``at`` ends; ``at`` itself if none does."""
    limit = _stop_after(sentence, at)
    if sentence.lexicon.spaced:
        return _words_after(sentence, at, limit)
    found = _WORD.match(sentence.text, at, limit)
    return found.end() if found and found.end() - at >= 2 else at


def _name_before(sentence: Sentence, at: int) -> int:
    limit = _stop_before(sentence, at)
    if sentence.lexicon.spaced:
        return _words_before(sentence, at, limit)
    start = at
    while start > limit and _WORD.fullmatch(sentence.text[start - 1 : at]):
        start -= 1
    return start if at - start >= 1 else at


def _stop_after(sentence: Sentence, at: int) -> int:
    """Return where the next find of the lexicon begins, at most a name's length on."""
    limit = min(len(sentence.text), at + _MOST_NAME)
    for hit in sentence.hits:
        start, _ = sentence.original(hit.start, hit.end)
        if start >= at:
            return min(limit, start)
    return limit


def _stop_before(sentence: Sentence, at: int) -> int:
    limit = max(0, at - _MOST_NAME)
    for hit in reversed(sentence.hits):
        _, end = sentence.original(hit.start, hit.end)
        if end <= at:
            return max(limit, end)
    return limit


def _words_after(sentence: Sentence, at: int, limit: int) -> int:
    """Take capitalised words and the small words between them (of scripts without capitals: one word)."""
    end, words = at, 0
    for found in _WORD.finditer(sentence.text, at, limit):
        word = found.group()
        gap = sentence.text[end : found.start()]
        if gap.strip() or words >= _MOST_WORDS:
            break
        if _is_name(word, sentence.lexicon):
            end = found.end()
            words += 1
            if not sentence.lexicon.capitals:
                break
        elif word not in sentence.lexicon.connectors:
            break
        else:
            following = _WORD.match(sentence.text, found.end() + 1, limit)
            if not following or not _is_name(following.group(), sentence.lexicon):
                break
            end = found.end()
    return end


def _words_before(sentence: Sentence, at: int, limit: int) -> int:
    start, words = at, 0
    for found in reversed(list(_WORD.finditer(sentence.text, limit, at))):
        if sentence.text[found.end() : start].strip() or words >= _MOST_WORDS:
            break
        if not _is_name(found.group(), sentence.lexicon):
            break
        start = found.start()
        words += 1
        if not sentence.lexicon.capitals and words >= 2:
            break
    return start


def _is_name(word: str, lexicon: Lexicon) -> bool:
    return word[:1].isupper() if lexicon.capitals else len(word) > 1


def _headed(sentence: Sentence) -> Iterable[Party]:
    """Yield capitalised names that begin with a word such as Front, Union, Movement."""
    for found in _WORD.finditer(sentence.text):
        if found.group()[:1].isupper() and found.group().casefold() in sentence.lexicon.heads:
            end = _words_after(sentence, found.end(), min(len(sentence.text), found.end() + _MOST_NAME))
            if end > found.end():
                yield Party(found.start(), end, sentence.text[found.start() : end], True)


def _suffixed(sentence: Sentence) -> Iterable[Party]:
    """Yield words that end as parties' names do (당, 연합, 联盟), a case particle left off."""
    for found in _WORD.finditer(sentence.text):
        word = found.group()
        stem = next(
            (word[: -len(p)] for p in sentence.lexicon.particles if word.endswith(p) and len(word) > len(p)),
            word,
        )
        for part in (word, stem):
            suffix = next((s for s in sentence.lexicon.suffixes if part.endswith(s)), None)
            if suffix and len(part) > len(suffix):
                yield Party(found.start(), found.start() + len(part), part, True)
                break
