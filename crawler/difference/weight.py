"""How much a change weighs: does it touch what the text says, its wording, or its looks only?

*Cosmetic* is what leaves every letter, mark and digit as it was: capitals,
spaces, invisible signs, the style of quotation marks.  *Meaning* is a headline
in other words, or a passage in which a number, a name or a word of denial came
or went, or which came or went as a whole.  All else is *wording*.  In a script
without capitals a name looks like any word: words put in the place of others
count as meaning there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from crawler.difference.tokens import tokens
from crawler.difference.words import Part
from rules.alerts.meaning import plain

Weight = Literal["meaning", "wording", "cosmetic"]

#: Words by which a text in a script with spaces denies.
_DENIALS = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|without|cannot|\w+n['\u2019]t|den(?:y|ies|ied)|refus(?:e|es|ed)|"
    r"reject(?:s|ed)?|false|alleged(?:ly)?|không|chưa|chẳng|bác|안|않\w*|못\w*|없\w*|아니\w*|emes|yoq)\b",
    re.IGNORECASE,
)
#: The same in Khmer, Thai, Lao, Burmese, Tibetan, Chinese and Uyghur.
_DENIALS_UNSPACED = re.compile(
    "មិន|ពុំ|គ្មាន|កុំ|បដិសេធ|ไม่|มิได้|ไร้|ปฏิเสธ|ບໍ່|ບໍ|ປະຕິເສດ|မဟုတ်|မရှိ|မ[\u1000-\u1021]|ငြင်း|"
    "མ་|མི་|མེད|མིན|不|没|沒|未|非|无|無|否|勿|莫|ئەمەس|يوق"
)
_NUMBER_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|"
    r"millions?|dozens?)\b",
    re.IGNORECASE,
)
#: Letters of scripts without capitals, from Hebrew to Khmer and from kana to Hangul.
_CASELESS = re.compile("[\u05d0-\u10ff\u1780-\u17dd\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufdff]")
_SENTENCE_END = frozenset(".!?:\u201c\"'\u2018(")


def weigh(field: str, was: str, now: str, found: Sequence[Part]) -> Weight:
    """Return the weight of a change from one text to another; either may be empty."""
    if was and now and plain(was) == plain(now):
        return "cosmetic"
    if field in ("author", "dateline"):
        return "wording"
    if not was or not now or field in ("title", "subtitle"):
        return "meaning"
    went = " ".join(part.text for part in found if part.sign == "-")
    came = " ".join(part.text for part in found if part.sign == "+")
    exchanged = bool(_CASELESS.search(went) and _CASELESS.search(came))
    return "meaning" if exchanged or _facts(went, was) != _facts(came, now) else "wording"


def _facts(changed: str, whole: str) -> set[str]:
    """Return the numbers, names and denials of what changed."""
    return {
        *(plain(token) for token in tokens(changed) if token[0].isdigit()),
        *(word.casefold() for word in _NUMBER_WORDS.findall(changed)),
        *(word.casefold() for word in _DENIALS.findall(changed)),
        *_DENIALS_UNSPACED.findall(changed),
        *(plain(token) for token in tokens(changed) if _is_name(token, whole)),
    }


def _is_name(token: str, whole: str) -> bool:
    """Tell whether a word is written with a capital where no sentence begins."""
    if not token[0].isupper():
        return False
    before = whole[: whole.find(token)].rstrip()
    return bool(before) and before[-1] not in _SENTENCE_END
