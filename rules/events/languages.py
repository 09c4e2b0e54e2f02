"""Which language's reader reads an article."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

from rules.events.draft import Draft
from rules.events.english.read import EnglishReader
from rules.events.english.trigger import worth_reading
from rules.events.reading import Unit
from rules.events.worded.lexicon import codes, lexicon
from rules.events.worded.read import WordedReader
from state.article import Article

_SAMPLE = 3000
_LEAST_WORDS = 2
_ENGLISH = frozenset("the of and to in is was that for on with by has from at it his are".split())
_SHARED = frozenset(("LATIN", "ARABIC", "CYRILLIC"))
#: Languages read by another one's lexicon: Cantonese is written with the same words of politics.
_READ_AS = {"yue": "zh", "cmn": "zh", "wuu": "zh", "in": "id"}


def read(article: Article, strings: Sequence[Unit]) -> list[Draft]:
    """Return the mentions of an article in its own language."""
    language = language_of(article.language, " ".join(unit.text for unit in strings[:40])[:_SAMPLE])
    if language != "en" and language in codes():
        return WordedReader(article, strings, language).drafts()
    if worth_reading(unit.text for unit in strings):
        return EnglishReader(article, strings).drafts()
    return []


def language_of(stated: str | None, text: str) -> str:
    """Return the language to read a text in: the stated one, unless the text is not in its script."""
    base = (stated or "").replace("_", "-").split("-")[0].lower()
    base = _READ_AS.get(base, base)
    script = _script(text)
    expected = ("LATIN",) if base == "en" else _scripts(base) if base in codes() else (script,)
    if base and script in ("", *expected):
        return base
    fitting = [code for code in codes() if script in _scripts(code)]
    if len(fitting) == 1 and script not in _SHARED:
        return fitting[0]
    return _by_words(text, fitting) or base or "en"


def _by_words(text: str, fitting: Sequence[str]) -> str:
    """Return the language whose frequent words a text has most of; empty where too few tell."""
    words = Counter(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text).lower()))
    scores = {code: sum(words[word] for word in set(lexicon(code).words("marks"))) for code in fitting}
    best = max(scores, key=lambda code: scores[code], default="")
    english = sum(words[word] for word in _ENGLISH)
    return best if best and scores[best] >= _LEAST_WORDS and scores[best] > english else ""


@cache
def _scripts(code: str) -> tuple[str, ...]:
    return tuple(name.upper() for name in lexicon(code).words("scripts"))


def _script(text: str) -> str:
    """Return the script that most letters of a text are in, as Unicode names it; empty without letters."""
    found: Counter[str] = Counter()
    for char, times in Counter(text).items():
        if char.isalpha():
            name = unicodedata.name(char, "").split(" ")[0].split("-")[0]
            found["HAN" if name == "CJK" else name] += times
    for script in found:
        if script not in _SHARED and found[script] * 5 > found.total():
            found[script] += found.total()
    return found.most_common(1)[0][0] if found else ""
