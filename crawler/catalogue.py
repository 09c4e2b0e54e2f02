"""Publishers whose addresses are known, and what is known of each address: where it was seen, when, by whom."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

_CHANNELS = ("feeds", "sitemaps", "listings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why an address is in the catalogue; ``seen`` is a year or month, empty where nobody saw it."""

    url: str
    seen: str
    by: str

    def sentence(self) -> str:
        """Return it as people read it."""
        return f"seen {self.seen}: {self.by}" if self.seen else f"unverified: {self.by}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One entry: ``state`` is partly resumed, frozen, ended or unverified, as far as anybody reported it."""

    name: str
    site: str
    language: str
    state: str
    note: str
    channels: Mapping[str, list[str]]
    evidence: tuple[Evidence, ...]

    @property
    def table(self) -> dict[str, Any]:
        """Return the source as the configuration says it, with a note for its comment."""
        return {"site": self.site, "language": self.language, **self.channels, "note": self.note}


def publishers() -> dict[str, Publisher]:
    """Return all entries by name."""
    text = resources.files("crawler").joinpath("catalogue.toml").read_text("utf-8")
    return {name: _publisher(name, entry) for name, entry in tomllib.loads(text).items()}


def _publisher(name: str, entry: Mapping[str, Any]) -> Publisher:
    return Publisher(
        name=name,
        site=entry["site"],
        language=entry["language"],
        state=entry["state"],
        note=entry["note"],
        channels={kind: entry[kind] for kind in _CHANNELS if kind in entry},
        evidence=tuple(Evidence(**row) for row in entry["evidence"]),
    )
