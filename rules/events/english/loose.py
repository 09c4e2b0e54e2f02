"""Acts in the lead told in words that no frame reads: a loose event, so that somebody looks at the article.

A phrase that hardly tells anything but a change of side or the end of a party
counts where the same sentence or the headline has people of parties or armies in
it and none of the worlds that use the same words: sport, firms, chambers,
weddings, history.  The claim is that of the sentence's own cues; the party that
ends or is left is filled where the phrase has it beside it or the sentence names but one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rules.events.draft import Draft, Kind, Where
from rules.events.english.words import words
from state.records import Claim

#: Kind, sub-kind, list of phrases, what they need beside them, and whether capitals count.
_FAMILIES: tuple[tuple[Kind, str, str, tuple[str, ...], bool], ...] = (
    ("defection", "leave", "abandoned", ("politicians",), True),
    ("defection", "leave", "left", ("politicians",), True),
    ("defection", "military", "deserted", ("armed",), True),
    ("defection", "switch", "switch", ("politicians", "armed"), False),
    ("defection", "switch", "sided", ("politicians",), False),
    ("defection", "leave", "thinned", ("party",), False),
    ("defection", "expelled", "expelled", ("politicians",), True),
    ("defection", "military", "yielded", ("armed",), False),
    ("defection", "state", "stayed", ("sent",), True),
    ("dissolution", "restore", "granted", ("party",), False),
    ("dissolution", "exec", "outlawed", ("party",), True),
    ("dissolution", "exec", "ended", ("party",), True),
    ("dissolution", "self", "gone", ("party",), False),
    ("dissolution", "self", "closed", ("party",), False),
    ("dissolution", "disq", "barred", ("party",), False),
    ("dissolution", "admin", "struck", ("party",), False),
)
#: Headlines and two paragraphs are never more strings than this.
_LEAD_STRINGS = 6
#: Phrases that begin or end with a side.
_NAMED = frozenset(("abandoned", "expelled", "outlawed", "ended"))
#: A party's name and what it needs are told by capitals; the rest is not.
_BY_CAPITALS = frozenset(("party", "sent", "elsewhere", "old"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the lead, as published, and the names of parties in it."""

    where: Where
    text: str
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Family:
    """One way of telling an act; ``needs`` must stand in the same sentence or the headline."""

    kind: Kind
    subkind: str
    act: re.Pattern[str]
    needs: tuple[re.Pattern[str], ...]
    #: Whether the phrase begins or ends with the side that ends or is left.
    has_name: bool

    def is_beside(self, text: str) -> bool:
        """Tell whether a text has people of parties, of armies, or parties in it."""
        return any(need.search(text) for need in self.needs)


@cache
def _pattern(group: str, name: str, *, capitals: bool) -> re.Pattern[str]:
    """Return one list of the lexicon as a pattern: whole words where it lists words."""
    text = _spelt("|".join(words().raw["loose"][group][name]))
    whole = text if "\\b" in text or group == "acts" else rf"\b(?:{text})\b"
    return re.compile(whole, 0 if capitals else re.IGNORECASE)


def _spelt(text: str) -> str:
    """Put the lists of words in place of their names in braces."""
    parts = words().raw["loose"]["parts"]
    for _ in range(3):
        for name, alternatives in parts.items():
            text = text.replace(f"{{{name}}}", f"(?:{'|'.join(alternatives)})")
    return text


@cache
def _families() -> tuple[_Family, ...]:
    return tuple(
        _Family(
            kind,
            subkind,
            _pattern("acts", name, capitals=capitals),
            tuple(_pattern("needs", need, capitals=need in _BY_CAPITALS) for need in needs),
            name in _NAMED,
        )
        for kind, subkind, name, needs, capitals in _FAMILIES
    )


@cache
def _claims() -> tuple[tuple[Claim, re.Pattern[str]], ...]:
    names = words().raw["loose"]["claims"]
    return tuple((Claim(name), _pattern("claims", name, capitals=True)) for name in names)


def _never(name: str, text: str) -> bool:
    return _pattern("never", name, capitals=name in _BY_CAPITALS).search(text) is not None


def may_tell_loosely(strings: Sequence[str]) -> bool:
    """Tell whether the lead of these strings holds a phrase of this kind and, anywhere, what it needs beside it."""
    strings = strings[:_LEAD_STRINGS]
    whole = "\n".join(strings)
    needs = {need for family in _families() for need in family.needs}
    met = {need for need in needs if need.search(whole) is not None}
    return any(
        not met.isdisjoint(family.needs) and any(family.act.search(text) for text in strings)
        for family in _families()
    )


def read_loosely(lead: Sequence[Sentence], told: Sequence[Draft]) -> list[Draft]:
    """Return an event where no frame has read news and a phrase of the lead tells it.

    Beside what is background already only an undoing is news.
    """
    heads = [s for s in lead if s.where.headline]
    known = [d for d in told if not (d.faint or d.vague) and d.subkind != "recruitment"]
    if any(d.claim is not Claim.BACKGROUND for d in known):
        return []
    if any(_never("no_news", s.text) for s in heads) or any(_never("elsewhere", s.text) for s in lead):
        return []
    for sentence in lead:
        for family in _families():
            draft = _read(family, sentence, heads)
            if draft is not None and (not known or draft.claim is Claim.REVERSED):
                return [draft]
    return []


def _read(family: _Family, sentence: Sentence, heads: Sequence[Sentence]) -> Draft | None:
    act = family.act.search(sentence.text)
    if act is None:
        return None
    if _never("not_it", sentence.text) or _never("old", sentence.text):
        return None
    if not any(family.is_beside(one.text) for one in (sentence, *heads)):
        return None
    draft = Draft(family.kind, family.subkind, _claim(sentence, heads), sentence.where)
    name = _name_in(act.group()) if family.has_name else None
    if family.kind == "defection":
        draft.from_, draft.from_named = name, name is not None
    else:
        only = sentence.parties[0] if len(set(sentence.parties)) == 1 else None
        draft.actor = only or name
        draft.actor_named = draft.actor is not None
    return draft


def _name_in(phrase: str) -> str | None:
    """Return the name that a phrase begins or ends with, unless it is one word of a headline's capitals."""
    name = _spelt("{name}")
    found = re.search(rf"\b{name}$", phrase) or re.match(name, phrase)
    return found.group() if found is not None and " " in found.group() else None


def _claim(sentence: Sentence, heads: Sequence[Sentence]) -> Claim:
    """Return what the sentence's own cues make of the act, else those of the headline."""
    for one in (sentence, *heads):
        for claim, cue in _claims():
            if cue.search(one.text):
                return claim
    return Claim.REPORTED
