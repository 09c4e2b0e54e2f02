"""What a text names: people and places by their capitals, figures, and spoken words.

A name is judged by capitals where a script has them; the headline, whose words
may all be capitalised, and the first word of a sentence prove nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from rules.stories.words import tokens_of

_SENTENCE_START = re.compile(r"(?:^|[.!?…:]['\"”’»)\]]*\s+|[“\"«‘(\[]\s*|^\W+)$")
_YEAR = re.compile(r"(?:19|20|25)\d\d")
_SPELLED = dict(
    zip(
        """ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty
        fifty sixty seventy eighty ninety""".split(),
        map(str, (*range(10, 20), *range(20, 100, 10))),
        strict=True,
    )
)
_SPELLED_WORDS = frozenset(_SPELLED)
#: Every token that begins with a digit sorts before it.
_AFTER_DIGITS = ":"
_GROUPED = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN_NUMBER = re.compile(f"[{''.join(_HAN_DIGITS)}{''.join(_HAN_UNITS)}]{{1,12}}")
_CASE = re.compile(r"(?<![\d/.])(\d{1,5})/(\d{4})(?![\d/])")
_QUOTED = re.compile(r"“([^“”]{6,600})”|\"([^\"]{6,600})\"|«([^«»]{6,600})»|「([^「」]{6,300})」")

#: Capitalised words that name nobody: calendar, titles, offices, and outlets, which change with the copy.
COMMON = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
    mr mrs ms dr sir prof gen maj col lt capt hon i president premier prime minister deputy secretary state
    governor mayor chief senator mp lawmaker spokesman spokeswoman spokesperson chairman chairwoman leader
    king queen prince general colonel captain commander ambassador judge justice attorney party parties
    court supreme constitutional high appeal tribunal ministry interior justice commission committee
    election electoral national assembly parliament senate congress council government opposition ruling
    province district commune village city county state township region capital north south east west
    northern southern eastern western facebook telegram twitter youtube tiktok whatsapp line
    rfa voa radio free asia voice america reuters afp ap associated press agence france presse bbc dpa efe
    xinhua kyodo yonhap photo file courtesy english service reporting reported editing news agency
    the a an in on at by for from to of and but or as if it he she they we his her their this that these""".split()
)


_REST_OF_NAME = r"(?<![^\W_].)[^\W_]*(?:['’.-][^\W\d_]+)*"
_PLAIN_NAME = re.compile(f"[A-Z]{_REST_OF_NAME}")


@cache
def _capitalised() -> re.Pattern[str]:
    """Begin with the set of capitals: what can be skipped by its first character costs little."""
    capitals = "".join(
        chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in ("Lu", "Lt")
    )
    return re.compile(f"[{capitals}]{_REST_OF_NAME}")


class _Folded(dict[str, tuple[str, ...]]):
    """What a capitalised word met lately names: its tokens, without those that name nobody."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        tokens = tuple(token for token in tokens_of(word) if len(token) > 1 and token not in COMMON)
        if len(self) >= _MOST_FOLDED:
            self.clear()
        if len(word) <= _LONGEST_FOLDED:
            self[word] = tokens
        return tokens


#: What is longer is no name that comes again.
_MOST_FOLDED, _LONGEST_FOLDED = 20_000, 40
_FOLDED = _Folded()


def names_in(texts: Iterable[str]) -> dict[str, int]:
    """Return the words that stand capitalised inside a sentence, folded, with how often."""
    inside: list[str] = []
    starting: list[str] = []
    for text in texts:
        for found in (_PLAIN_NAME if text.isascii() else _capitalised()).finditer(text):
            if tokens := _FOLDED[found[0]]:
                (starting if _starts_sentence(text, found.start()) else inside).extend(tokens)
    also = Counter(starting)
    return {token: count + also[token] for token, count in Counter(inside).items()}


def _starts_sentence(text: str, at: int) -> bool:
    if at > 1 and text[at - 1] == " " and text[at - 2].isalpha():
        return False  # most names stand so, and this is ten times as fast as the search
    return bool(_SENTENCE_START.search(text[max(0, at - 6) : at]))


def numbers_in(tokens: Iterable[str]) -> frozenset[str]:
    """Return figures of two and more digits, without grouping marks; years are left out."""
    words = tuple(tokens)
    figures = [_GROUPED.sub("", word) for word in set(filter(_AFTER_DIGITS.__gt__, words))]
    figures += map(_SPELLED.__getitem__, _SPELLED_WORDS.intersection(words))
    return frozenset(plain for plain in figures if len(plain) > 1 and not _YEAR.fullmatch(plain))


def han_numbers_in(texts: Iterable[str]) -> frozenset[str]:
    """Return figures of two and more digits that are written in Chinese characters: 四十, 三百二十, 两万."""
    found = (
        str(_han_value(word)) for text in texts if not text.isascii() for word in _HAN_NUMBER.findall(text)
    )
    return frozenset(number for number in found if len(number) > 1 and not _YEAR.fullmatch(number))


def _han_value(word: str) -> int:
    total = section = digit = 0
    for char in word:
        if char in _HAN_DIGITS:
            digit = digit * 10 + _HAN_DIGITS[char]
            continue
        unit = _HAN_UNITS[char]
        if unit >= 10**4:
            total, section, digit = (total + section + digit) * unit, 0, 0
        else:
            section, digit = section + (digit or 1) * unit, 0
    return total + section + digit


def cases_in(text: str) -> frozenset[str]:
    """Return numbers with a year, as courts count their cases: 5/2563, not 4/11/2017."""
    return frozenset(f"{int(number)}/{int(year)}" for number, year in _CASE.findall(text))


def spoken(texts: Iterable[str]) -> list[str]:
    """Return what stands between quotation marks, where it is more than a few words."""
    return [next(filter(None, found.groups())) for text in texts for found in _QUOTED.finditer(text)]
