"""Word lists for watch rules, made from the lexicons and the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rules.packs import data
from rules.packs.inflection import forms

# Abbreviations that are words.
_WORDS = frozenset(("FUN", "DEM", "SOR", "ALL", "LIP"))
_OWNERS = ("his", "her", "their", "its", "the", "party")
_PARTIES = frozenset(("party", "group", "armed group"))


def all_lists() -> dict[str, tuple[str, ...]]:
    """Return every list by name.

    Of a language ``xx``: ``defection_xx`` and ``dissolution_xx`` hold words that
    may ring alone, ``defection_near_xx`` and ``dissolution_near_xx`` those that
    ring only beside ``party_words_xx``, ``sides_xx`` (parties, armed groups, soldiers) or
    ``context_xx`` (all that shows politics).  Of a country ``cc``: ``cc_parties``; of all,
    ``parties`` (names) and ``party_abbreviations``.
    """
    found: dict[str, tuple[str, ...]] = {}
    for file in data.files("lexicon"):
        raw = data.read("lexicon", file.name)
        code = raw["language"]
        made = _english(raw) if code == "en" else _other(raw)
        for name, words in made.items():
            found[f"{name}_{code}"] = tuple(dict.fromkeys(words))
    found.update(_parties())
    return found


def _english(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    irregular = raw["irregular"]
    made: dict[str, list[str]] = {}
    for kind in ("defection", "dissolution"):
        made[kind] = [text for phrase in raw["safe_alone"][kind] for text in _phrase_forms(phrase, irregular)]
        for name, frames in raw["watched"][kind].items():
            phrases = [phrase for frame in frames for phrase in _frame(raw[kind], frame)]
            made[f"{kind}_{name}"] = [text for phrase in phrases for text in _phrase_forms(phrase, irregular)]
    ended = raw["dissolution"]["end"]
    made["dissolution_done"] = [text for verb in ended for text in _phrase_forms(verb, irregular)]
    made["dissolution_nouns"] = list(raw["dissolution"]["nouns"])
    party = raw["party"]
    made["party_words"] = [
        *party["heads"],
        *party["side_words"],
        *party["firm_heads"],
        *party["weak_heads"],
        *party["openers"],
    ]
    made["politicians"] = list(raw["people"]["politicians"])
    facts = [cue for role in ("left", "joined", "worn") for cue in raw["contrast"][role]]
    made["contrast"] = [cue for cue in facts if "~" not in cue]
    made["politics"] = [*raw["politics"], *raw["public"]]
    made["armed"] = [*raw["people"]["military"]]
    return made


def _frame(group: Mapping[str, Any], frame: str) -> Iterable[str]:
    """Yield the acts of a frame as rules look for them: "turn ~ coat" with each owner."""
    for phrase in group[frame]:
        before, _, after = phrase.partition(" ~")
        if not after or " " in before:
            yield before
        else:
            yield from (f"{before} {owner}{after}" for owner in _OWNERS)


def _phrase_forms(phrase: str, irregular: Mapping[str, Sequence[str]]) -> Iterable[str]:
    first, _, rest = phrase.partition(" ")
    for form, _ in forms(first, irregular):
        yield f"{form} {rest}".strip()


def _other(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for kind in ("defection", "dissolution"):
        rows = [row for row in raw["triggers"] if row["kind"] == kind]
        made[kind] = [text for row in rows if row.get("needs", "party") == "none" for text in row["text"]]
        made[f"{kind}_near"] = [
            text for row in rows if row.get("needs", "party") != "none" for text in row["text"]
        ]
    party, people = raw.get("party", {}), raw.get("people", {})
    made["party_words"] = [*party.get("words", ()), *party.get("descriptions", ())]
    made["sides"] = [
        *made["party_words"],
        *party.get("weak", ()),
        *party.get("names", ()),
        *people.get("military", ()),
    ]
    made["context"] = [
        *made["party_words"],
        *raw.get("politics", ()),
        *party.get("names", ()),
        *people.get("politicians", ()),
        *people.get("military", ()),
    ]
    return {name: words for name, words in made.items() if words}


def _parties() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {"parties": [], "party_abbreviations": []}
    for row in data.entities():
        if row["type"] not in _PARTIES:
            continue
        names = [name for many in row["names"].values() for name in many] + list(row.get("short", ()))
        found.setdefault(f"{row['country'].lower()}_parties", []).extend(
            [*names, *row.get("abbreviations", ())]
        )
        found["parties"] += names
        found["party_abbreviations"] += [
            short for short in row.get("abbreviations", ()) if len(short) > 2 and short not in _WORDS
        ]
    return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}
