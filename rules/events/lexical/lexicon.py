"""One language's words for defections and dissolutions, ready to be found in folded text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from rules.events.draft import Kind
from rules.needles import Needle, needles
from rules.packs import data
from rules.terms import read_term
from state.records import Claim

Role = Literal["from_", "to", "actor", ""]
Label = Literal[
    "trigger",
    "veto",
    "other",
    "claim",
    "party_word",
    "party",
    "body",
    "people",
    "office",
    "from",
    "to",
    "stop",
    "saying",
]

#: What the party beside a trigger is to it, by sub-kind, unless the lexicon says otherwise.
_OBJECT_ROLE: dict[str, Role] = {
    "leave": "from_",
    "expelled": "from_",
    "mass": "from_",
    "join": "to",
    "pledge": "to",
    "switch": "to",
    "pressure": "to",
}


@dataclass(frozen=True, slots=True)
class Sense:
    """What a found term means.

    ``name`` is the claim, the kind of body (court, exec, admin) or the id of a
    listed party; ``where`` says on which side of its noun a from/to marker stands.
    """

    label: Label
    name: str = ""
    kind: Kind = "defection"
    subkind: str = ""
    needs: str = "party"
    takes: Role = ""
    where: Literal["before", "after"] = "before"
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language.

    ``verb_last`` says that objects precede the verb; ``names`` on which side of
    the party word a party's name stands; ``spaced`` that words are set apart.
    """

    language: str
    spaced: bool
    verb_last: bool
    names: Literal["before", "after"]
    capitals: bool
    heads: frozenset[str]
    connectors: frozenset[str]
    suffixes: tuple[str, ...]
    particles: tuple[str, ...]
    automaton: AhoCorasick
    needles: tuple[Needle, ...]
    senses: tuple[Sense, ...]

    @property
    def window(self) -> int:
        """Return how far a word still speaks about another, in folded letters."""
        return 160 if self.spaced else 70


def languages() -> tuple[str, ...]:
    """Return the languages that have a lexicon of this form."""
    return tuple(file.name.removesuffix(".yaml") for file in data.files("lexicon") if file.name != "en.yaml")


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language."""
    raw: dict[str, Any] = data.read("lexicon", f"{language}.yaml")
    party = raw.get("party", {})
    found: dict[Needle, Sense] = {}
    for text, sense in _senses(raw, language):
        for needle in needles(read_term(text)):
            found.setdefault(needle, sense)
    kept = tuple(found)
    return Lexicon(
        language=language,
        spaced=raw.get("spaced", "true") == "true",
        verb_last=raw.get("order", "svo") == "sov",
        names="before" if party.get("names") == "before" else "after",
        capitals=raw.get("capitals", "false") == "true",
        heads=frozenset(word.casefold() for word in party.get("heads", ())),
        connectors=frozenset(party.get("connectors", ())),
        suffixes=tuple(sorted(party.get("suffixes", ()), key=len, reverse=True)),
        particles=tuple(sorted(raw.get("particles", ()), key=len, reverse=True)),
        automaton=AhoCorasick([needle.text for needle in kept], matchkind=MatchKind.Standard),
        needles=kept,
        senses=tuple(found.values()),
    )


def _senses(raw: Mapping[str, Any], language: str) -> Iterable[tuple[str, Sense]]:
    """Yield every term with its sense; of two equal terms the first counts."""
    for text in raw.get("vetoes", ()):
        yield text, Sense("veto")
    for row in raw.get("triggers", ()):
        sense = _trigger(row)
        for text in row["text"]:
            yield text, sense
    yield from _parties(language)
    party = raw.get("party", {})
    for text in party.get("descriptions", ()):
        yield text, Sense("party")
    for text in party.get("words", ()):
        yield text, Sense("party_word")
    for name, texts in raw.get("bodies", {}).items():
        yield from ((text, Sense("body", name)) for text in texts)
    for claim, texts in raw.get("claims", {}).items():
        yield from ((text, Sense("claim", claim=Claim(claim))) for text in texts)
    for label in ("other", "people", "office", "stop", "saying"):
        yield from ((text, Sense(label)) for text in raw.get(label, ()))  # type: ignore[arg-type]
    for label in ("from", "to"):
        for where, texts in raw.get(label, {}).items():
            yield from ((text, Sense(label, where=where)) for text in texts)  # type: ignore[arg-type]


def _trigger(row: Mapping[str, Any]) -> Sense:
    subkind = row.get("subkind", "switch")
    return Sense(
        "trigger",
        kind=row["kind"],
        subkind=subkind,
        needs=row.get("needs", "party"),
        takes=row.get("takes", "actor" if row["kind"] == "dissolution" else _OBJECT_ROLE.get(subkind, "")),
        claim=Claim(row["claim"]) if "claim" in row else None,
    )


def _parties(language: str) -> Iterable[tuple[str, Sense]]:
    base = language.split("-")[0]
    for file in data.files("gazetteer"):
        if file.name == "countries.yaml":
            continue
        for row in data.read("gazetteer", file.name)["entities"]:
            names = _names(row, base)
            if row["type"] in ("party", "group", "armed group"):
                yield from ((name, Sense("party", row["id"])) for name in names)
            else:
                body = "court" if any("ourt" in name for name in row["names"].get("en", ())) else "admin"
                yield from ((name, Sense("body", body)) for name in names)


def _names(row: Mapping[str, Any], language: str) -> Sequence[str]:
    by_language: Mapping[str, Sequence[str]] = row["names"]
    near = [
        name
        for code, names in by_language.items()
        if code.split("-")[0] in (language, "en")
        for name in names
    ]
    return [*near, *row.get("short", ()), *(a for a in row.get("abbreviations", ()) if len(a) > 2)]
