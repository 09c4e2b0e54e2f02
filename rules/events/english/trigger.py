"""A cheap test before an English article is read: may any of its strings tell an act at all?

Reading costs a hundred times as much as looking words up, and of ordinary news
hardly an article tells an act.  A string may tell one where the opening word of
an act stands beside a word of sides and beside whatever else that act cannot be
told without: the further words of its phrase, "registration" where a party is
refused something, "seats" where they are handed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rules.events.english.loose import may_tell_loosely
from rules.events.english.nominal_end import FACING, SAVING
from rules.events.english.words import Act, Words, words
from rules.events.gazetteer import aliases

_WORD = re.compile(r"[a-z\u00c0-\u024f]+(?:[-'][a-z\u00c0-\u024f]+)*")
_JOINTS = re.compile("['-]")
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
    "be is are was were be been being am say says said saying find finds found finding president premier speaker prime "
    "spokesman candidate candidates the all new first african chinese indian economic human prime air".split()
)
#: The words that "~" stands for in a cue.
_GAP = r".{0,80}?"
#: What must stand in the string with the opening word: one of each set.
Asked = tuple[frozenset[str], ...]
#: Acts by these words alone are of goods and posts unless a word of sides stands in the same string.
_OF_ANYTHING = frozenset("swap trade exchange take receive present accept be".split())
#: Words of party names that business news is full of.
_OF_MARKETS = frozenset(
    "action association campaign change choice force future gdp home inc initiative list option order path people "
    "power project sun union vision wave way will".split()
)
#: What is closed by others as well; a party that closes closes itself, or votes to.
_CLOSED = frozenset("close shutter dismantle liquidate extinguish".split())
_ITSELF = frozenset("itself themselves vote votes voted voting".split())
_SEATS = frozenset("seats positions posts mandates seat".split())
_ROLLS = frozenset("ballot register registry roll rolls list registration off".split())
_ACTIVITIES = frozenset("activities activity operations operation".split())
_REJECTED = frozenset("disqualify reject invalidate refuse".split())


#: Cues of a contrast found in any text: they count beside a noun of members, not alone.
_ANYWHERE = frozenset(
    (
        "as",
        "to",
        "into",
        "from",
        "once",
        "former",
        "ex",
        "not",
        "now",
        "took",
        "takes",
        "take",
        "signed",
        "signs",
    )
)
#: Beside these a party may gain or lose people.
_MEMBERS = frozenset(
    "party parties mp mps mayor member members councillor councillors deputy deputies senator senators lawmaker "
    "lawmakers defector defectors treasurer legislator legislators".split()
)


#: "is now a X man", "X's newest member"
_BECOMES = re.compile(
    r"\b(?:now an?|(?:is|are) now|becom(?:es|e|ing)|became|newest|latest|to \w+ \w+ candidate)\b"
)


@cache
def _taking() -> frozenset[str]:
    """Return the forms of what parties do to those who come, and of losing them."""
    lexicon = words()
    verbs = lexicon.set("contrast.gain") | lexicon.set("contrast.lose")
    return frozenset(form for verb in verbs for form, _ in lexicon.inflect(verb))


@cache
def act_words() -> frozenset[str]:
    """Return every form of every word that an act of the lexicon begins with."""
    lexicon = words()
    found = {form for act in lexicon.acts for form, _ in lexicon.inflect(act.pattern[0])}
    found |= {noun.split()[0] for noun in _nouns(lexicon)}
    return frozenset(found - _EVERYWHERE | _SECOND)


def _nouns(lexicon: Words) -> set[str]:
    found: set[str] = set()
    for group in ("defection", "dissolution"):
        nouns = lexicon.raw[group]["nouns"]
        lists = [nouns] if isinstance(nouns, list) else nouns.values()
        found |= {noun for names in lists for noun in names}
    for name in ("attributes", "suspend_nouns", "disq_nouns", "seat_nouns", "restore_nouns"):
        found |= lexicon.set(f"dissolution.{name}")
    return found


@cache
def _openings() -> Mapping[str, tuple[Asked, ...]]:
    """Return for each word that opens an act what must stand beside it: all of one of several demands."""
    lexicon = words()
    found: dict[str, set[Asked]] = {}
    for act in lexicon.acts:
        asked = (*_phrase(act), *_asked_by_frame(act, lexicon))
        for form in _forms(act, lexicon):
            # A sentence is read for acts if it holds one of the act words, and these are none.
            more = (act_words(),) if form in _EVERYWHERE else ()
            found.setdefault(form, set()).add((*asked, *more))
    for noun in _nouns(lexicon) - _EVERYWHERE:
        shared = noun in lexicon.set("dissolution.seat_nouns")
        found.setdefault(noun, set()).add((_shared_out(lexicon),) if shared else ())
    return {word: ((),) if () in asked else tuple(asked) for word, asked in found.items()}


def _forms(act: Act, lexicon: Words) -> Iterable[str]:
    """Return the words by which an act is found: its verb's forms, or what stands behind "is", "'s", "got"."""
    if act.pattern[0] == "be":
        return next(_phrase(act))
    return {form for form, _ in lexicon.inflect(act.pattern[0])}


def _shared_out(lexicon: Words) -> frozenset[str]:
    """Return the words beside "division", "sharing": seats are shared out, or a party faces it."""
    verbs = {form for verb in (*FACING, *SAVING) for form, _ in lexicon.inflect(verb)}
    return frozenset(_SEATS | verbs)


def _phrase(act: Act) -> Iterator[frozenset[str]]:
    return (frozenset((word, f"{word}s")) for word in act.pattern[1:] if word != "~")


def _asked_by_frame(act: Act, lexicon: Words) -> Asked:
    """Return what the frame of an act does not do without, where that is a word."""
    verb = act.pattern[0]
    if verb in _OF_ANYTHING and (verb == "be" or len(act.pattern) == 1):
        return (_side_words() - _OF_MARKETS,)
    if act.kind == "defection":
        return ()
    if act.frame == "end" and act.pattern == ("close",):
        return (lexicon.set("bodies.court"),)
    if act.frame == "disqualify":
        return () if verb in _REJECTED else (lexicon.set("dissolution.elections"),)
    if act.frame == "self" and len(act.pattern) == 1:
        return (_ITSELF,) if verb in _CLOSED else (frozenset(("longer",)),) if verb == "exist" else ()
    asked = {
        "seats": _SEATS,
        "deny": frozenset(("registration", "register")),
        "declare": lexicon.set("dissolution.illegal"),
        "strike": _ROLLS,
        "bans": lexicon.set("dissolution.politics"),
        "restore": lexicon.set("dissolution.orders"),
        "registration": lexicon.set("dissolution.registration_nouns") | _ACTIVITIES,
    }.get(act.frame)
    return () if asked is None else (asked,)


@cache
def _side_words() -> frozenset[str]:
    lexicon = words()
    found = set(lexicon.set("party.firm_heads") | lexicon.set("people.politicians") | _SIDES)
    common = lexicon.set("common") | lexicon.set("party.name_words") | lexicon.set("party.qualifiers")
    common |= lexicon.set("adverbs") | lexicon.set("bodies.court") | lexicon.set("bodies.administration")
    found |= lexicon.set("politics") | lexicon.set("party.weak_heads") | lexicon.set("party.openers")
    found |= {name.split()[0] for name in aliases() if name.isascii()} - common
    return frozenset(word for word in found if len(word) > 2 or word in _SHORT) - _EVERYWHERE


@cache
def _cues(role: str) -> Mapping[str, tuple[tuple[frozenset[str], re.Pattern[str]], ...]]:
    """Return the cues of one half of a contrast by their first words: their other words, and all in order."""
    found: dict[str, list[tuple[frozenset[str], re.Pattern[str]]]] = {}
    lists = words().raw["contrast"]
    for cue in (*lists[role], *(c for c in lists[f"{role}_as"] if c not in _ANYWHERE)):
        parts = cue.lower().split()
        order = r"\W+".join(_GAP if part == "~" else re.escape(part) for part in parts)
        found.setdefault(parts[0], []).append((frozenset(parts[1:]) - {"~"}, re.compile(rf"\b{order}\b")))
    return {word: tuple(cues) for word, cues in found.items()}


@dataclass(frozen=True, slots=True)
class _String:
    """One string of an article, in lower case, with its words and the parts of hyphened ones."""

    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _String:
        low = text.lower().replace("’", "'")
        found = set(_WORD.findall(low))
        found.update(part for word in tuple(found) if not word.isalpha() for part in _JOINTS.split(word))
        return cls(low, frozenset(found))

    @property
    def is_partisan(self) -> bool:
        """Tell whether it holds a word of an act and one of a side."""
        if act_words().isdisjoint(self.words):
            return False
        return not _side_words().isdisjoint(self.words) or _ALONE.search(self.text) is not None

    @property
    def may_take(self) -> bool:
        """Tell whether a party may gain or lose people here, or somebody be its member now."""
        taken = not (_taking().isdisjoint(self.words) or _MEMBERS.isdisjoint(self.words))
        of = words().set("contrast.part_of")
        return taken or not (of.isdisjoint(self.words) or _BECOMES.search(self.text) is None)

    @property
    def may_tell(self) -> bool:
        """Tell whether it holds all that some act cannot be told without."""
        openings = _openings()
        return any(
            all(not group.isdisjoint(self.words) for group in asked)
            for word in self.words & openings.keys()
            for asked in openings[word]
        )

    def may_contrast(self, role: str) -> bool:
        """Tell whether it holds a cue of one half of a contrast, or what members wear."""
        cues = _cues(role)
        return not words().set("contrast.worn").isdisjoint(self.words) or any(
            rest <= self.words and order.search(self.text) is not None
            for word in self.words & cues.keys()
            for rest, order in cues[word]
        )


def worth_reading(texts: Iterable[str]) -> bool:
    """Tell whether some string may tell an act, loosely or not, or two of them the halves of a contrast.

    What no string of an article holds need not be looked for in each.
    """
    strings = tuple(texts)
    whole = _String.of("\n".join(strings))
    told = _may_be_told([whole]) and _may_be_told([_String.of(text) for text in strings])
    return told or may_tell_loosely(strings)


def _may_be_told(strings: Sequence[_String]) -> bool:
    if all(any(string.may_contrast(role) for string in strings) for role in ("joined", "left")):
        return True
    if any(string.may_take for string in strings):
        return True
    return any(string.is_partisan for string in strings) and any(string.may_tell for string in strings)
