"""Names of parties in an English article: known ones, and unknown ones by their form and company.

``Harmony Front`` is read as a party because its last word ends party names and
the article calls it one, or politicians stand beside it; ``Teachers' Union``
is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rules.events.english.introduced import has_members, initials_follow, is_head, is_introduced
from rules.events.english.runs import LONGEST, runs
from rules.events.english.tokens import Token
from rules.events.english.words import Words
from rules.events.gazetteer import Alias, aliases, plain

_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z](?:[-–]?[A-Z]{1,4})?s?|[A-Z]{2,8}(?:-[A-Z]{1,4})?")
#: With a place before it, a treaty: "the Paris Accord".
_TREATIES = frozenset(("accord", "compact", "covenant", "convention", "concord"))
#: "Defence Force", "Armed Forces": an army, where "Civic Force" is a party.
_ARMS = frozenset(
    "air armed army border defence defense guard military naval peacekeeping police security special task".split()
)
#: "the Iranian party", "a Rohingya-led party": which one is not said.
_GENTILIC = ("ian", "ish", "ese", "ean", "-led", "-based", "-backed", "-run")


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party's name in one sentence, tokens ``first`` to ``last`` (exclusive).

    ``sure`` is False where only the form of the name speaks for a party.
    """

    first: int
    last: int
    name: str
    sure: bool


class PartyNames:
    """What one article has shown to be a party's name; grows as sentences are read."""

    def __init__(self, words: Words, countries: Collection[str] = ()) -> None:
        self._words = words
        self._countries = frozenset(countries)
        self.sure: dict[str, str] = {}
        self.weak: dict[str, str] = {}
        #: Names of any form with their abbreviation behind: "Samagi Jana Balawegaya (SJB)".
        self.bracketed: dict[str, tuple[str, str]] = {}
        self._known = aliases()
        self._first = set(_first_words())
        self._starts = {phrase.lower() for phrase in words.raw["party"]["start"]}

    def learn(self, tokens: Sequence[Token]) -> None:
        """Note the party names that a sentence introduces."""
        for first, last in runs(tokens, self._words):
            for start, end, strong in self._inside(tokens, first, last):
                name = _text(tokens, start, end)
                if strong or self._shown(tokens, start, end):
                    self._add(name)
                    self._abbreviation(tokens, end, name)
                else:
                    self._hint(name)
            self._introduce(tokens, first, last)

    def _introduce(self, tokens: Sequence[Token], first: int, last: int) -> None:
        """Note a name of any form that the words around it call a party's."""
        begin = _begin(tokens, first, last, self._words)
        single = tokens[first]
        people = single.low in self._words.set("party.firm_heads") and single.low.endswith("s")
        if last - first == 1 and people and first and tokens[first - 1].low == "the":
            # "left the Progressives"
            self._hint(single.text)
        elif is_introduced(tokens, begin, last, self._words):
            self._add(_text(tokens, begin, last))
            self._abbreviation(tokens, last, _text(tokens, begin, last))
        elif has_members(tokens, begin, last, self._words):
            name = _text(tokens, begin, last)
            self.bracketed.setdefault(plain(name), (name, name))
        elif last - begin > 1 and initials_follow(tokens, begin, last):
            name = _text(tokens, begin, last)
            if not self._vetoed(tokens, begin, last) and plain(name) not in self.sure:
                self.bracketed[plain(name)] = (name, tokens[last + 1].text)

    def _hint(self, name: str) -> None:
        self.weak.setdefault(plain(name), name)
        self._first.add(_lead(plain(name)))

    def promote(self, *, political: bool, other_world: bool) -> None:
        """Take the names that only look like a party's for parties, unless the article is about another world."""
        firm = self._words.set("party.firm_heads")
        for low, name in self.weak.items():
            if not other_world and (political or low.split()[-1] in firm or low.split()[0] in firm):
                self._add(name)
        for name, short in self.bracketed.values() if political and not other_world else ():
            self._add(name)
            self._add(short)

    def _add(self, name: str) -> None:
        low = plain(name)
        self.sure.setdefault(low, name)
        self._first.add(_lead(low))
        stem = low.rsplit(" ", 1)[0]
        heads = self._words.set("party.weak_heads") | self._words.set("party.heads")
        weak = self._words.set("party.name_words") | self._words.set("party.weak_heads")
        if stem != low and low.rsplit(" ", 1)[1] in heads and not set(stem.split()) <= weak and len(stem) > 4:
            self.sure.setdefault(stem, name)

    def _abbreviation(self, tokens: Sequence[Token], end: int, name: str) -> None:
        if end + 2 < len(tokens) and tokens[end].text == "(" and tokens[end + 2].text == ")":
            short = tokens[end + 1].text
            if short[:1].isupper() and short not in ("AFP", "AP"):
                self.sure.setdefault(short.lower(), short)
                self._first.add(short.lower())

    def find(self, tokens: Sequence[Token]) -> list[PartyName]:
        """Return the party names of one sentence, longest first at each place, and mark their tokens."""
        found: list[PartyName] = []
        index = 0
        while index < len(tokens):
            name = self._at(tokens, index)
            if name:
                for token in tokens[name.first : name.last]:
                    token.party = len(found)
                found.append(name)
                index = name.last
            else:
                index += 1
        return found

    def _at(self, tokens: Sequence[Token], index: int) -> PartyName | None:
        token = tokens[index]
        if not token.capital and token.low[:3] != "al-":
            return None
        return self._listed(tokens, index) or self._formed(tokens, index)

    def _listed(self, tokens: Sequence[Token], index: int) -> PartyName | None:
        low = tokens[index].low
        if low not in self._first:
            return None
        for end in range(min(len(tokens), index + LONGEST), index, -1):
            if not _whole(tokens, index, end):
                continue
            name = plain(_text(tokens, index, end))
            if name in self.sure:
                return PartyName(index, end, _text(tokens, index, end), True)
            rows = self._known.get(name, ())
            if rows and self._is_party(rows, tokens, index, end):
                return PartyName(index, end, _text(tokens, index, end), True)
            if name in self.weak:
                return PartyName(index, end, _text(tokens, index, end), False)
        return None

    def _is_party(self, rows: Iterable[Alias], tokens: Sequence[Token], first: int, last: int) -> bool:
        usable = [row for row in rows if row.entity.type in ("party", "group", "armed group")]
        usable = [
            r
            for r in usable
            if not (r.entity.generic and r.how != "name") or r.entity.country in self._countries
        ]
        if not usable:
            return False
        text = _text(tokens, first, last)
        if all(row.how == "abbreviation" for row in usable):
            titled = len(text) > 3 and text.istitle() and last - first == 1
            return text.isupper() or titled or any(row.text == text for row in usable)
        if last < len(tokens) and tokens[last].capital and tokens[last].pos != "PUNCT" and last - first == 1:
            # "Labour Day", "Conservatives Abroad": a longer name.
            return tokens[last].low in self._words.set("people.groups")
        return True

    def _formed(self, tokens: Sequence[Token], index: int) -> PartyName | None:
        for first, last in runs(tokens[index : index + LONGEST + 4], self._words):
            if first != 0:
                break
            for start, end, strong in self._inside(tokens, index, index + last):
                if start == index:
                    return PartyName(start, end, _text(tokens, start, end), strong)
        return None

    def _inside(self, tokens: Sequence[Token], first: int, last: int) -> Iterable[tuple[int, int, bool]]:
        words = self._words
        if last < len(tokens) and tokens[last].low == "party" and not tokens[last].capital:
            begin = _begin(tokens, first, last, words)
            usual = words.raw["weekdays"].keys() | words.raw["months"].keys() | words.set("party.not_parties")
            known = usual | words.set("party.qualifiers") | _outside(words)
            only = last - begin == 1 and (tokens[begin].headline or tokens[begin].low.endswith(_GENTILIC))
            if tokens[last - 1].low not in known and not (begin == 0 and tokens[0].forms) and not only:
                yield begin, last, True
                return
        heads, weak = words.set("party.heads"), words.set("party.weak_heads")
        if tokens[first].low in words.set("party.openers") and last - first > 1:
            yield first, last, True
            return
        for index in range(first, last):
            pair = " ".join(token.low for token in tokens[index : index + 2])
            if (
                pair in self._starts
                and index + 2 < last
                and (index == first or tokens[index - 1].low not in heads)
            ):
                begin = index
                while begin > first and tokens[begin - 1].capital:
                    begin -= 1
                begin = _begin(tokens, begin, index + 1, words)
                if not self._vetoed(tokens, begin, last):
                    yield begin, last, tokens[index].low == "party"
                return
        end = last
        while end > first and tokens[end - 1].low not in heads | weak:
            end -= 1
        begin = _begin(tokens, first, end, words)
        if end - begin < 2 or self._vetoed(tokens, begin, end):
            return
        if end < last and not words.set("people.groups") & {tokens[end].low}:
            return
        yield begin, end, tokens[end - 1].low in heads

    def _vetoed(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        inside = {token.low for token in tokens[first:last]}
        if tokens[last - 1].low in _TREATIES and inside - _TREATIES <= self._words.set("places"):
            return True
        if tokens[last - 1].low in ("force", "forces") and inside & _ARMS:
            return True
        if tokens[last - 1].low in self._words.set("party.heads"):
            return bool(inside & self._words.set("party.not_parties") - {"green", "house", "victory"})
        unions = {
            "union",
            "league",
            "alliance",
            "congress",
            "movement",
            "forum",
            "rally",
            "network",
            "solidarity",
        }
        of = tokens[last - 1].low in unions or any(
            t.low in unions and tokens[i + 1].low == "of"
            for i, t in enumerate(tokens[first : last - 1], first)
        )
        if of and inside & self._words.set("party.not_unions"):
            return True
        return bool(inside & self._words.set("party.not_names"))

    def _shown(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Tell whether the words beside a name show that it is a party's."""
        words = self._words
        before = tokens[first - 1].low if first else ""
        after = tokens[last].low if last < len(tokens) else ""
        second = tokens[last + 1].low if last + 1 < len(tokens) else ""
        if after in ("party", "mps", "mp") or before in ("ruling", "opposition", "governing"):
            return True
        if after == "'s" and second in words.set("people.politicians") | {"leader", "leaders", "lawmakers"}:
            return True
        if after in words.set("people.politicians") | {
            "leader",
            "members",
            "spokesman",
            "supporters",
            "leaders",
        }:
            return True
        if before == "the" and first >= 3 and tokens[first - 2].low == "of":
            return tokens[first - 3].low in words.set("people.politicians") | {"members", "leader", "leaders"}
        return after == "," and _apposed(tokens, last + 1)


def _apposed(tokens: Sequence[Token], index: int) -> bool:
    if index >= len(tokens) or tokens[index].low not in (
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "once",
    ):
        return False
    for at in range(index, min(len(tokens), index + 9)):
        if tokens[at].low in ("party", "parties", "opposition"):
            return is_head(tokens, at)
        if tokens[at].low in (",", "of", "that", "which", "who"):
            return False
    return False


def _begin(tokens: Sequence[Token], first: int, end: int, words: Words) -> int:
    """Return where a name starts once titles, nationalities before "'s" and plain adjectives are left off."""
    outside = _outside(words)
    begin = first
    while begin < end - 1 and tokens[begin].low in outside:
        begin += 1
    return begin


@cache
def _outside(words: Words) -> frozenset[str]:
    """Return the words that stand before a name and are no part of it."""
    paths = (
        "party.qualifiers",
        "determiners",
        "people.titles",
        "people.groups",
        "subordinators",
        "prepositions",
    )
    found = frozenset().union(*(words.set(path) for path in paths)) | {"but", "and", "or"}
    return found - words.set("party.name_words")


def _lead(name: str) -> str:
    """Return the first word of a plain name as a token: "people" of "people's dawn"."""
    return re.split(r"[ ']", name, maxsplit=1)[0]


@cache
def _first_words() -> frozenset[str]:
    return frozenset(_lead(name) for name in aliases())


def _whole(tokens: Sequence[Token], first: int, last: int) -> bool:
    return tokens[last - 1].text not in ("'s", "’s", "'", "’", ",", ".")


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    pieces = [tokens[first].text]
    for left, right in zip(tokens[first : last - 1], tokens[first + 1 : last], strict=True):
        pieces.append((" " if right.start > left.end else "") + right.text)
    return "".join(pieces)


def is_acronym(text: str) -> bool:
    """Tell whether a word is written as abbreviations of party names are."""
    return bool(_ACRONYM.fullmatch(text)) and text.upper() != text.lower()
