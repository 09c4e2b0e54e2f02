"""A language's lexicon: what each list means, and how it is searched.

Keys of ``rules/packs/lexicon/xx.yaml`` (all lists may be absent):

``language`` code; ``scripts`` names of its scripts (``Khmer``, ``Latin``); ``marks``
frequent words that tell it from others of its script; ``capitals`` "true" where
names are capitalised.
``words_apart`` "true" where blanks part words although endings join them (Korean).
``party``: ``words`` (make a name a party's), ``weak`` (only where the article is
about politics), ``place`` (before|after|either: where the word stands in the
name), ``own`` ("his party", "the party": resolved to a party named before),
``inside`` and ``goes_on`` (small words within a name; the second may also end it),
``descriptions`` ("ruling party": stand as they are), ``not`` (a birthday party), ``not_first``
(words that never begin a name: a bare party word before them is "the party"),
``never_last`` ("this": what before a party word is no name), ``quoted_ends`` (how a quoted name of a party ends),
``names`` (bare names and abbreviations of parties, where the article is about politics),
``quoted`` "true" where parties stand in quotation marks without a party word.
``newcomers``: phrases of those who were in no party before: they are no defectors.
``people``: ``groups``, ``politicians``, ``national``, ``military``, ``titles``
(stand before a name), ``titles_after``, ``surnames``
(family names, where they stand first), ``counters`` (never end a name before those), ``ends`` (particles that end a name),
``speakers`` ("spokesman": who speaks for others).
``bodies``: ``court``, ``executive``, ``administration``.
``triggers``: rows of ``text``, ``kind``, ``subkind``, ``needs`` (none|party|
military|politics), ``before``/``after`` (slot of an unmarked party on that
side: actor|from|to|by), ``within`` (most words between the act and the party that it
needs on that side), optional ``claim``, ``by`` (court|exec|admin: what the
act is when that kind of body does it is decided by the body; ``subkind`` else).
``roles``: for ``from``, ``to``, ``by``, ``said_by`` the markers ``before``,
``after`` (words) or ``suffix`` (endings) of a party or person.
``claims``: per claim a list of cues, or rows ``{text, where}`` with ``where`` one
of before|after|clause|sentence|beside (a negation: three words or six letters
away at most)|near (as beside, before the act only: "will"); ``reach`` words or, unspaced, letters.
``stops``: words that begin another clause.  ``vetoes``: phrases inside which no
act counts.  ``generic``: phrases that make a sentence one about laws or history.
``history``: phrases that make a headline one about the past ("on this day").
``elsewhere``: phrases that make a headline one about something else (a snake, a game, a film).
``unverified``: phrases by which an outlet says that it could not check what it was told.
``since``: words ``before`` or ``after`` a date that tell since when something is so.
``subject``: before|after|either, where the actor stands beside the act.
``and``: words that join two names.
``numbers``: word → value; ``units``: words that count people ("persons", "名");
``not_counts``: what behind a number makes it a date or a share ("日", "%");
``number``: after, where a number follows what it counts; ``countries``: where
those who flee abroad go; ``places``: capitalised names that are no persons;
``months``, ``weekdays``: name → number; ``days_back``: word → days;
``politics``: words that show an article is about politics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from rules.fold import comparable, is_mark, is_spaced
from rules.packs import data
from state.records import Claim

_Row = TypeVar("_Row")

SLOTS = ("actor", "from", "to", "by", "said_by")
_FAR_WORDS, _FAR_LETTERS = 12, 48
_BESIDE_WORDS, _BESIDE_LETTERS = 3, 6


@dataclass(frozen=True, slots=True)
class Trigger:
    """One act of the lexicon; ``number`` is its row."""

    kind: str
    subkind: str
    needs: str
    before: str
    after: str
    claim: Claim | None
    within: int
    number: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that decides a claim; ``where`` it must stand to the act."""

    claim: Claim
    where: str


@dataclass(frozen=True, slots=True)
class Marks:
    """How a role is marked on a name: words before, words after, endings."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    suffix: tuple[str, ...]


@dataclass(slots=True)
class Lexicon:
    """One language ready to be searched; every pattern runs over folded text."""

    language: str
    raw: Mapping[str, Any]
    spaced: bool
    capitals: bool
    reach: int
    triggers: dict[str, tuple[Trigger, ...]] = field(default_factory=dict)
    acts: re.Pattern[str] | None = None
    cues: dict[str, tuple[Cue, ...]] = field(default_factory=dict)
    cue: re.Pattern[str] | None = None
    lists: dict[str, re.Pattern[str] | None] = field(default_factory=dict)
    roles: dict[str, Marks] = field(default_factory=dict)

    @property
    def apart(self) -> bool:
        """Tell whether blanks part words, even where endings join them, as in Korean."""
        return self.spaced or self.raw.get("words_apart") == "true"

    @property
    def beside(self) -> int:
        """Return how far a negation reaches, in words or letters."""
        return _BESIDE_WORDS if self.spaced else _BESIDE_LETTERS

    def words(self, path: str) -> tuple[str, ...]:
        """Return a list of the lexicon by dotted path, empty where absent."""
        node: Any = self.raw
        for part in path.split("."):
            node = node.get(part, ()) if isinstance(node, Mapping) else ()
        return tuple(node)

    def pattern(self, *paths: str) -> re.Pattern[str] | None:
        """Return a pattern that finds any entry of some lists in folded text."""
        key = " ".join(paths)
        if key not in self.lists:
            self.lists[key] = either(word for path in paths for word in self.words(path))
        return self.lists[key]

    def setting(self, name: str, default: str) -> str:
        """Return a plain setting of the lexicon."""
        return str(self.raw.get(name, default))


def either(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for any of some terms in folded text, longest first; None for no terms.

    Terms of spaced scripts stand as whole words (``*`` opens an end); others
    anywhere but before a mark that belongs to their last letter.
    """
    parts = {_term(text) for text in texts if comparable(text.replace("*", " "))}
    if not parts:
        return None
    return re.compile("|".join(sorted(parts, key=lambda part: (-len(part), part))))


def _term(text: str) -> str:
    folded = comparable(text.replace("*", " "))
    escaped = re.escape(folded).replace(r"\ ", "[ ,]")
    head = "" if text.startswith("*") or not is_spaced(folded[0]) else r"(?<![^ ,\n])"
    if text.endswith("*"):
        return f"{head}{escaped}"
    return f"{head}{escaped}" + (r"(?![^ ,\n])" if is_spaced(folded[-1]) else "")


def hits_of(pattern: re.Pattern[str], text: str, lexicon: Lexicon, first: int = 0) -> Iterator[re.Match[str]]:
    """Yield the hits that cut no letter from its marks, nor a syllable where a dot parts those (Tibetan)."""
    for hit in pattern.finditer(text, first):
        start, end = hit.span()
        syllable = not lexicon.spaced and lexicon.apart
        inside = (start and text[start - 1] not in " ,") or (end < len(text) and text[end] not in " ,")
        if whole(text, end) and not (syllable and inside):
            yield hit


def whole(text: str, end: int) -> bool:
    """Tell whether a hit that ends here does not cut a letter from its marks."""
    return end >= len(text) or not is_mark(text[end])


@cache
def codes() -> tuple[str, ...]:
    """Return the languages that have a lexicon, English left out: it has a grammar."""
    others = [file.name for file in data.files("lexicon") if file.name != "en.yaml"]
    return tuple(name[:-5] for name in others if "scripts" in data.read("lexicon", name))


@cache
def lexicon(code: str) -> Lexicon:
    """Return the lexicon of a language.

    Raises:
        KeyError: There is none.
    """
    if code not in codes():
        raise KeyError(code)
    raw: Mapping[str, Any] = data.read("lexicon", f"{code}.yaml")
    sample = comparable("".join(text for row in raw["triggers"] for text in row["text"])[:200])
    spaced = any(is_spaced(char) for char in sample)
    made = Lexicon(
        language=code,
        raw=raw,
        spaced=spaced,
        capitals=raw.get("capitals") == "true",
        reach=int(raw.get("reach", _FAR_WORDS if spaced else _FAR_LETTERS)),
    )
    _add_triggers(made)
    _add_cues(made)
    for slot in ("from", "to", "by", "said_by"):
        marks = raw.get("roles", {}).get(slot, {})
        made.roles[slot] = Marks(
            either(marks.get("before", ())), either(marks.get("after", ())), tuple(marks.get("suffix", ()))
        )
    return made


def _add_triggers(made: Lexicon) -> None:
    found: dict[str, list[Trigger]] = {}
    texts: list[str] = []
    for number, row in enumerate(made.raw["triggers"]):
        trigger = Trigger(
            row["kind"],
            row["subkind"],
            row.get("needs", "party"),
            row.get("before", ""),
            row.get("after", ""),
            Claim(row["claim"]) if "claim" in row else None,
            int(row.get("within", 0)),
            number,
        )
        for text in row["text"]:
            texts.append(text)
            found.setdefault(comparable(text.replace("*", " ")), []).append(trigger)
    made.acts = either(texts)
    made.triggers = {text: tuple(rows) for text, rows in found.items()}


def _add_cues(made: Lexicon) -> None:
    found: dict[str, list[Cue]] = {}
    texts: list[str] = []
    for name, entries in made.raw.get("claims", {}).items():
        for entry in entries:
            row = entry if isinstance(entry, Mapping) else {"text": [entry]}
            for text in row["text"]:
                texts.append(text)
                found.setdefault(comparable(text.replace("*", " ")), []).append(
                    Cue(Claim(name), str(row.get("where", "clause")))
                )
    made.cue = either(texts)
    made.cues = {text: tuple(rows) for text, rows in found.items()}


def by_text(table: Mapping[str, tuple[_Row, ...]], hit: str) -> tuple[_Row, ...]:
    """Return the rows of a hit; an open-ended term is found by its longest stem."""
    if hit in table:
        return table[hit]
    for size in range(len(hit) - 1, 1, -1):
        if hit[:size] in table:
            return table[hit[:size]]
    return ()
