"""Word lists for watch rules, made from the lexicons and the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rules.packs import data
from rules.packs.inflection import forms

_OWNERS = ("his", "her", "their", "its", "the", "party")
_PARTIES = frozenset(("party", "group", "armed group"))


def all_lists() -> dict[str, tuple[str, ...]]:
    """Return every list by name.

    Of a language ``xx``: ``defection_xx`` and ``dissolution_xx`` hold words that
    may ring alone, ``defection_near_xx`` and ``dissolution_near_xx`` those that
    ring only beside ``party_words_xx``.  Of a country ``cc``: ``cc_parties``.
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
    safe = raw["safe_alone"]
    made: dict[str, list[str]] = {}
    for kind in ("defection", "dissolution"):
        alone = [text for phrase in safe[kind] for text in _phrase_forms(phrase, irregular)]
        near = [text for phrase in _act_phrases(raw[kind]) for text in _phrase_forms(phrase, irregular)]
        near += [noun for nouns in _noun_lists(raw[kind]) for noun in nouns]
        made[kind] = alone
        made[f"{kind}_near"] = [word for word in near if word not in set(alone)]
    party = raw["party"]
    made["party_words"] = [*party["heads"], *party["side_words"], *party["firm_heads"], *party["weak_heads"]]
    made["politicians"] = list(raw["people"]["politicians"])
    made["armed"] = [*raw["people"]["military"]]
    return made


def _act_phrases(group: Mapping[str, Any]) -> Iterable[str]:
    """Yield each act as rules look for it: "throw in ~ lot with" as "throw in", "turn ~ coat" with each owner."""
    frames = (
        "nouns",
        "registration_nouns",
        "orders",
        "elections",
        "politics",
        "illegal",
        "powers",
        "attributes",
    )
    for frame, phrases in group.items():
        if isinstance(phrases, list) and frame not in frames and not frame.endswith("_nouns"):
            for phrase in phrases:
                before, _, after = phrase.partition(" ~")
                if not after or " " in before:
                    yield before
                else:
                    yield from (f"{before} {owner}{after}" for owner in _OWNERS)


def _noun_lists(group: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    nouns = group["nouns"]
    yield from nouns.values() if isinstance(nouns, dict) else [nouns]
    for frame in ("suspend_nouns", "disq_nouns", "seat_nouns", "restore_nouns", "attributes"):
        if frame in group:
            yield group[frame]


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
    party = raw.get("party", {})
    made["party_words"] = [*party.get("words", ()), *party.get("descriptions", ())]
    return {name: words for name, words in made.items() if words}


def _parties() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {"parties": []}
    for file in data.files("gazetteer"):
        if file.name == "countries.yaml":
            continue
        for row in data.read("gazetteer", file.name)["entities"]:
            if row["type"] not in _PARTIES:
                continue
            names = [name for many in row["names"].values() for name in many] + list(row.get("short", ()))
            found.setdefault(f"{row['country'].lower()}_parties", []).extend(
                [*names, *row.get("abbreviations", ())]
            )
            found["parties"] += names
    return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}
