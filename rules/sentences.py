"""Where sentences begin and end, in the scripts that news is written in.

A full stop ends a sentence unless it belongs to a number, an abbreviation, an
initial or an address; the stops of other scripts (Khmer khan, danda, Ethiopic,
Arabic and CJK marks) always do.  Thai and Lao put no stop, so there a line is
one sentence.  A quotation goes on into the words that name its speaker
(``“I cannot,” he said.``), because who says so belongs to what is said.
"""

from __future__ import annotations

import re
import unicodedata

_HARD = "。！？｡．।॥።፧፨؟۔។៕။༎།!?‼⁇⁈⁉։"
_CLOSERS = "\"'”’»›)]）」』】》〉›"
_END = re.compile(rf"\n[ \t]*\n\s*|[.…{re.escape(_HARD)}]+[{re.escape(_CLOSERS)}]*")
_WORD_BEFORE = re.compile(r"[^\s(\[“‘\"'«„/—–-]{1,24}$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_FIRST_WORD = re.compile(r"[“‘\"'«(\[]*([^\W\d_]+)")

# A name or a number follows.
_TITLES = frozenset(
    "mr mrs ms mx dr drs prof gen maj col lt capt cpt sgt cpl pvt adm cmdr brig sen rep gov hon rev fr st mt "
    "pres vp dep asst supt insp det amb sr sra srta dña mme mlle mgr exmo exma hj tp "
    "ул им проф акад ген полк пр док вул".split()
)
# Names that look like a title.
_NAMES = frozenset({("hun", "sen")})
# These end a sentence unless a number follows.
_BEFORE_NUMBERS = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos art arts sec secs vol p pp fig ch núm nº n° nr br "
    "ст п пп ч №".split()
)
# The sentence mostly goes on after these.
_OFTEN_INSIDE = frozenset(
    "inc ltd co corp bros jr dept vs etc al approx ca cf eg ie viz dll dsb dst bkz "
    "тыс млн млрд тис руб г гг др т.д т.п a.m p.m".split()
)
_AFTER_TITLES = frozenset("the he she they it but this that there when".split())
_STARTERS = _AFTER_TITLES | frozenset(
    "a an these those its his her their we our you your i in on at as after before by and or so if while since "
    "for from with not no here who what where why how however meanwhile some many most all both several "
    "speaking according last next one two".split()
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return each sentence's ``(start, end)`` in code points, in order.

    The slices are disjoint, carry no white space at their ends, and leave out
    nothing but white space.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() > start and _ends(text, start, match):
            _append(found, text, start, match.end())
            start = match.end()
    _append(found, text, start, len(text))
    return found


def _append(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append((start, end))


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    mark = stop.group()
    if mark[0] == "\n":
        return True
    after = stop.end()
    if mark[0] not in ".…":
        return _hard_stop_ends(text, mark, after)
    if after >= len(text):
        return True
    if not text[after].isspace():
        return _missing_space(text, stop)
    following = text[after:].lstrip()[:1]
    if following.islower():
        return False
    if mark[0] == "…" or mark.startswith(".."):
        return not following or _opens(text, after)
    return _full_stop_ends(text, start, stop.start(), after)


def _hard_stop_ends(text: str, mark: str, after: int) -> bool:
    rest = text[after : after + 8].lstrip()
    if mark[0] in "!?" and after < len(text) and not text[after].isspace():
        return not rest[:1].isascii()
    return not rest[:1].islower()


def _missing_space(text: str, stop: re.Match[str]) -> bool:
    """Tell whether a space was lost after a full stop, as in ``the party.The court``."""
    before, after = text[max(0, stop.start() - 2) : stop.start()], text[stop.end() : stop.end() + 2]
    return len(before) == 2 and before.isalpha() and before.islower() and after.istitle() and len(after) == 2


def _opens(text: str, at: int) -> bool:
    following = text[at:].lstrip()[:2].lstrip("“‘\"'«([")
    return following[:1].isupper() or following[:1].isdigit()


def _full_stop_ends(text: str, start: int, dot: int, after: int) -> bool:
    before = _WORD_BEFORE.search(text, max(start, dot - 24), dot)
    if before is None:
        return True
    word = before.group()
    following = text[after:].lstrip()
    plain = word.casefold()
    if _short_unspaced(word):
        return False
    if plain in _TITLES:
        previous = text[start : before.start()].split()[-1:]
        return (*(part.casefold() for part in previous), plain) in _NAMES or _begins_with(
            following, _AFTER_TITLES
        )
    if plain in _BEFORE_NUMBERS:
        return not following[:1].isdigit()
    if plain.isdigit():
        return bool(text[start : before.start()].strip())
    if plain in _OFTEN_INSIDE or _DOTTED.fullmatch(word) or _is_initial(word):
        return not following or _begins_with(following, _STARTERS)
    return True


def _is_initial(word: str) -> bool:
    return len(word) == 1 and (word.lower() != word.upper() or "\u0600" <= word <= "\u06ff")


def _short_unspaced(word: str) -> bool:
    """Tell whether this is a Thai or Lao abbreviation (``พล.อ.``): short, or with dots inside."""
    letters = [char for char in word if unicodedata.category(char)[0] == "L"]
    thai_or_lao = bool(letters) and all("\u0e00" <= char <= "\u0eff" for char in letters)
    return thai_or_lao and (len(letters) < 4 or "." in word)


def _begins_with(following: str, words: frozenset[str]) -> bool:
    first = _FIRST_WORD.match(following)
    return first is not None and first.group(1).casefold() in words
