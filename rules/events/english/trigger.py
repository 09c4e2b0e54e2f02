"""A cheap test before an English article is read: does any paragraph hold a word of an act and one of a side?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rules.events.english.words import words
from rules.events.gazetteer import aliases

_WORD = re.compile(r"[a-z\u00c0-\u024f]+(?:[-'][a-z\u00c0-\u024f]+)*")
#: An act by these words is read whatever else stands beside it.
_ALONE = re.compile(
    r"defect(?!iv)|decamp|carpet|deregist|de-regist|proscri|outlaw|party-hop|floor-cross|asylum|desert|disqualif|"
    r"disband|dissol|registration|political (?:rights|ban)"
)


_SIDES = frozenset(
    "party parties opposition coalition politics floor aisle benches dawn junta army regime rebels resistance soldiers "
    "troops militia embassy independents fold".split()
)
#: Second words of acts that begin with a word found everywhere: "said goodbye to", "is no longer in".
_SECOND = frozenset(("goodbye", "good-bye", "farewell", "longer"))
_SHORT = frozenset(("mp", "mk", "td"))
#: Too common to tell an ordinary article from another.
_EVERYWHERE = frozenset(
    "be is are was were been being am say says said saying find finds found finding president premier speaker prime "
    "spokesman candidate candidates the all new first african chinese indian economic human prime air".split()
)


@cache
def act_words() -> frozenset[str]:
    """Return every form of every word that an act of the lexicon begins with."""
    lexicon = words()
    found = {form for act in lexicon.acts for form, _ in lexicon.inflect(act.pattern[0])}
    for group in ("defection", "dissolution"):
        nouns = lexicon.raw[group]["nouns"]
        lists = [nouns] if isinstance(nouns, list) else nouns.values()
        found |= {noun.split()[0] for names in lists for noun in names}
    for name in ("attributes", "suspend_nouns", "disq_nouns", "seat_nouns", "restore_nouns"):
        found |= set(lexicon.raw["dissolution"][name])
    return frozenset(found - _EVERYWHERE | _SECOND)


@cache
def _side_words() -> frozenset[str]:
    lexicon = words()
    found = set(lexicon.set("party.firm_heads") | lexicon.set("people.politicians") | _SIDES)
    common = lexicon.set("common") | lexicon.set("party.name_words") | lexicon.set("party.qualifiers")
    common |= lexicon.set("adverbs") | lexicon.set("bodies.court") | lexicon.set("bodies.administration")
    found |= lexicon.set("politics") | lexicon.set("party.weak_heads") | lexicon.set("party.openers")
    found |= {name.split()[0] for name in aliases() if name.isascii()} - common
    return frozenset(word for word in found if len(word) > 2 or word in _SHORT) - _EVERYWHERE


def worth_reading(texts: Iterable[str]) -> bool:
    """Tell whether some string may tell an act: a string without both kinds of word tells none."""
    acts, sides = act_words(), _side_words()
    for text in texts:
        low = text.lower().replace("’", "'")
        found = set(_WORD.findall(low))
        found |= {part for word in found if "'" in word or "-" in word for part in re.split(r"['-]", word)}
        if not acts.isdisjoint(found) and (not sides.isdisjoint(found) or _ALONE.search(low)):
            return True
    return False
