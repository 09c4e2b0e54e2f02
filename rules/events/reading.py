"""An article as sentences to be read for events, each once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rules.sentences import sentences
from state.article import Article, texts

#: Longer strings are read to here; the rest of such a string holds no second chance for a headline's news.
LONGEST = 60_000


@dataclass(frozen=True)
class Unit:
    """One string of the article: title, subtitle, paragraph, caption or comment."""

    pointer: str
    text: str
    scope: str

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Return where each sentence begins and ends; few articles are read so far."""
        return tuple(sentences(self.text))

    @property
    def headline(self) -> bool:
        """Tell whether this is a title, subtitle or heading."""
        return self.scope in ("title", "subtitle") or self.pointer.endswith("/heading")


def units(article: Article) -> list[Unit]:
    """Return the strings that rules read, in order; a text printed twice is read once."""
    found: list[Unit] = []
    seen: set[tuple[str, str]] = set()
    for field in texts(article):
        key = ("comment" if field.scope == "comment" else "", field.text)
        if key in seen or not field.text:
            continue
        seen.add(key)
        found.append(Unit(field.pointer, field.text[:LONGEST], field.scope))
    return found
