"""Needles: a term as the exact strings that are sought in folded text, and when a find counts.

In a script that writes spaces a needle carries its own, so that a word is found
only whole.  In one that does not, it is found anywhere, and the letters beside
it decide whether a syllable was cut (a mark follows, a coeng or leading vowel
stands before).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from rules.fold import comparable, fold, is_mark, is_spaced, is_unspaced
from rules.terms import Term

#: Letters of an unspaced literal below which white space may not stand inside a find.
_SHORT = 6
_SHORT_HAN = 4
#: A find directly after one of these begins inside a syllable: coeng, virama, halanta, leading vowels.
_BINDS_NEXT = frozenset("\u17d2\u1039\u0f84\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
_MAX_OPTIONAL_SPACES = 3
_KOREAN_LONG = 4


class Needle(NamedTuple):
    """``text`` is sought; ``before``/``after`` count its delimiters, ``grows_*`` extend a find to word ends."""

    text: str
    before: int = 0
    after: int = 0
    grows_left: bool = False
    grows_right: bool = False
    #: The edge rule of unspaced scripts holds on this side.
    checks_left: bool = False
    checks_right: bool = False
    #: No white space of the source may lie inside.
    compact: bool = False
    #: For ``case: exact``: which letters are capitals.
    capitals: tuple[bool, ...] = ()


@lru_cache(maxsize=1 << 16)
def needles(term: Term) -> tuple[Needle, ...]:
    """Return what to seek for a word, phrase or substring; any of them will do."""
    text = comparable(term.text)
    made = [_ascii_needle(term, text)] if text.isascii() else [_needle(term, one) for one in _spellings(text)]
    if not term.exact:
        return tuple(made)
    return tuple(needle._replace(capitals=_capitals(term.text)) for needle in made)


def _ascii_needle(term: Term, text: str) -> Needle:
    if term.operator == "substring":
        return Needle(text)
    before, after = not term.open_start, not term.open_end
    sought = f"{' ' if before else ''}{text}{' ' if after else ''}"
    return Needle(sought, int(before), int(after), not before, not after)


def _needle(term: Term, text: str) -> Needle:
    if term.operator == "substring":
        return Needle(text)
    left, right = is_spaced(text[0]), is_spaced(text[-1])
    before, after = left and not term.open_start, right and not term.open_end
    letters = text.replace(" ", "")
    unspaced = is_unspaced(text[0]) or is_unspaced(text[-1])
    han = all(char >= "\u2e80" for char in letters)
    return Needle(
        text=f"{' ' if before else ''}{text}{' ' if after else ''}",
        before=int(before),
        after=int(after),
        grows_left=left and term.open_start,
        grows_right=right and term.open_end,
        checks_left=not left,
        checks_right=not right,
        compact=unspaced and len(letters) < (_SHORT_HAN if han else _SHORT),
    )


def _spellings(text: str) -> list[str]:
    """Return the text, and for Korean the same with other spaces: writers disagree on them.

    A space between Hangul may be left out; one may come in where a literal of
    four or more syllables has none.
    """
    seams = [
        at
        for at, char in enumerate(text)
        if char == " " and is_hangul(text[at - 1]) and is_hangul(text[at + 1])
    ]
    if seams and len(seams) <= _MAX_OPTIONAL_SPACES:
        chosen = [set(some) for size in range(len(seams) + 1) for some in combinations(seams, size)]
        return ["".join(char for at, char in enumerate(text) if at not in some) for some in chosen]
    if len(text) >= _KOREAN_LONG and all(map(is_hangul, text)):
        return [text, *(f"{text[:at]} {text[at:]}" for at in range(1, len(text)))]
    return [text]


def is_hangul(char: str) -> bool:
    """Tell whether this is a Korean syllable: spaces stand between words, endings are written on."""
    return "\uac00" <= char <= "\ud7a3"


def accepted(needle: Needle, text: str, start: int, end: int) -> bool:
    """Tell whether a find in folded text, delimiters left out, cuts no syllable."""
    if needle.checks_left and start and text[start - 1] in _BINDS_NEXT:
        return False
    if not needle.checks_right or end >= len(text):
        return True
    following = text[end]
    if is_mark(following):
        return False
    closing = text[end + 1 : end + 3].lstrip("\u1037")[:1]
    return not ("\u1000" <= following <= "\u1021" and closing in ("\u103a", "\u1039"))


def _capitals(text: str) -> tuple[bool, ...]:
    """Return for each letter of a term, folded, whether its author wrote a capital."""
    folded = fold(text)
    starts = folded.starts.tolist()
    return tuple(
        text[start].isupper() for start, char in zip(starts, folded.text, strict=True) if char != " "
    )
