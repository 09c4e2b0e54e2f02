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
    r"defect(?!iv)|decamp|carpet|deregist|de-regist|proscri|outlaw|party-hop|floor-cross|asylum|desert"
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
    return frozenset(found)


@cache
def _side_words() -> frozenset[str]:
    lexicon = words()
    found = {
        "party",
        "parties",
        "opposition",
        "coalition",
        "politics",
        "political",
        "floor",
        "aisle",
        "benches",
    }
    for path in (
        "party.weak_heads",
        "party.firm_heads",
        "party.side_words",
        "people.politicians",
        "people.armed_sides",
    ):
        found |= {part for word in lexicon.set(path) for part in word.split()}
    found |= {name.split()[0] for name in aliases() if name[:1].isalpha()}
    return frozenset(word for word in found if len(word) > 1) - {
        "the",
        "government",
        "all",
        "new",
        "left",
        "first",
    }


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
