"""Names that an article introduces as a party's: "Lelo, a small liberal party", "elected for Lelo"."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.english.tokens import Token
from rules.events.english.words import Words

_SIDES = frozenset(("ruling", "governing", "opposition", "co-ruling", "oppositional"))
_UNDER = frozenset("for under with as".split())
#: People whom only parties have: "five deputies of Lelo", "Lelo MPs".
_PARTISANS = frozenset(
    "mps deputies lawmakers legislators councillors councilors senators backbenchers lawmaker mp deputy "
    "councillor senator members member supporters cadres activists legislator candidate candidates".split()
)
_HOUSES = frozenset(
    "parliament house assembly senate council commission committee court congress knesset rada duma diet "
    "bundestag lok sabha ministry government cabinet army police force forces board bank university club "
    "team church".split()
)
_SOCIETIES = frozenset(
    "group public management market exchange chamber society guild order family team crew staff association bar "
    "institute foundation trust corporation company service corps legion nations".split()
)
_OPENING = frozenset(("a", "an", "the", "its", "his", "her", "their", "once"))
_OUTFITS = frozenset(("party", "parties"))
_BEHIND = frozenset(
    "of in with for from founded led formed created banned based set allied close backed set at on by to and".split()
)


def is_introduced(tokens: Sequence[Token], first: int, last: int, words: Words) -> bool:
    """Tell whether the words around a capitalised name show that it is a party's."""
    if not _may_be_party(tokens, first, last, words):
        return False
    before = [t.low for t in tokens[max(0, first - 4) : first]]
    if before and before[-1] == "the":
        before.pop()
    if _is_apposed(tokens, last) or _follows_party(tokens, first):
        return True
    if before[-1:] and before[-1] in _SIDES:
        return True
    return len(before) > 1 and before[-1] in _UNDER and before[-2] == "elected"


def has_members(tokens: Sequence[Token], first: int, last: int, words: Words) -> bool:
    """Tell whether a name of several words has members or deputies, as a party has and a society too."""
    before = [t.low for t in tokens[max(0, first - 3) : first] if t.low != "the"]
    of = last - first > 1 and before[-1:] == ["of"] and len(before) > 1 and before[-2] in _PARTISANS
    other = {t.low for t in tokens[first:last]} & _SOCIETIES
    return of and not other and _may_be_party(tokens, first, last, words)


def _may_be_party(tokens: Sequence[Token], first: int, last: int, words: Words) -> bool:
    lows = {t.low for t in tokens[first:last]}
    people = words.set("people.groups") | words.set("people.titles") | words.set("people.singular_offices")
    usual = words.raw["weekdays"].keys() | words.raw["months"].keys() | words.set("pronouns.person")
    if lows & (_HOUSES | words.set("party.not_names")) or tokens[first].low in people or lows & usual:
        return False
    name = " ".join(t.low for t in tokens[first:last])
    return name not in words.set("places") and tokens[last - 1].low not in words.set("politics")


def _is_apposed(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether ", a small liberal party," follows."""
    if at + 2 >= len(tokens) or tokens[at].low not in (",", "(", "–", "—"):
        return False
    if tokens[at + 1].low not in _OPENING:
        return False
    for index in range(at + 2, min(len(tokens), at + 10)):
        low = tokens[index].low
        if low in _OUTFITS:
            return is_head(tokens, index)
        if low in (",", "of", "that", "which", "who", "in", "for", "from", "'s", "’s", "to", "and"):
            return False
    return False


def is_head(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "party" ends its noun phrase: not "the party's chief", "the party chairman"."""
    after = tokens[at + 1].low if at + 1 < len(tokens) else "."
    return after in (",", ".", ";", ")", "–", "—", "-", "that", "which", "who", "whose") or after in _BEHIND


def _follows_party(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether "his new party, X" or "a party called X" comes before."""
    at = first - 1
    if at > 0 and tokens[at].low == "party" and tokens[at - 1].low in _SIDES:
        return True
    if at >= 0 and tokens[at].low in (",", ":", "–", "—") and at > 1 and tokens[at - 1].low == "party":
        return tokens[at - 2].low not in ("the",)
    return at > 1 and tokens[at].low in ("called", "named", "dubbed") and tokens[at - 1].low in _OUTFITS


def initials_follow(tokens: Sequence[Token], first: int, last: int) -> str | None:
    """Return the abbreviation that follows a name in brackets and is made of its letters, or None."""
    if last + 2 >= len(tokens) or tokens[last].text != "(" or tokens[last + 2].text != ")":
        return None
    short = tokens[last + 1].text
    letters = "".join(t.text[0] for t in tokens[first:last] if t.capital)
    compact = short.replace("-", "").upper()
    return short if len(compact) > 1 and compact[:1] == letters[:1].upper() and short[-1:].isupper() else None
