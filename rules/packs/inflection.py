"""English verb forms by regular spelling, with the irregular ones that a lexicon lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

#: How a verb form is used: base, third person, past, participle, -ing.
BASE, THIRD, PAST, PART, ING = "base", "s", "past", "part", "ing"

_VOWELS = "aeiou"


def forms(verb: str, irregular: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield the forms of a verb with their uses."""
    yield verb, BASE
    yield third(verb), THIRD
    past, part = irregular.get(verb, (_past(verb), _past(verb)))
    yield past, PAST
    yield part, PART
    yield _ing(verb, past), ING


def third(word: str) -> str:
    """Return the -s form of a verb or noun."""
    if word == "have":
        return "has"
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _short(verb) else "") + "ed"


def _ing(verb: str, past: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    doubled = verb + verb[-1]
    return doubled + "ing" if past == doubled + "ed" or _short(verb) or verb == "begin" else verb + "ing"


def _short(verb: str) -> bool:
    # One vowel before one consonant at the end: cut, put, run, win, split, quit.
    bare = verb.replace("qu", "q")
    return verb[-1] not in "aeiouwxy" and bare[-2:-1] in (*_VOWELS,) and sum(c in _VOWELS for c in bare) == 1
