"""Headlines in Title Case: which of their capitals belong to names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules.events.english.tokens import Token, recase
from rules.events.english.words import Words

_LISTS = (
    "people.groups", "politics", "common", "people.military", "determiners", "prepositions", "adverbs",
    "subordinators", "relatives", "negatives", "forms", "dissolution.attributes", "party.not_parties",
    "bodies.court", "bodies.administration", "bodies.executive", "party.heads", "people.state", "party.qualifiers",
)  # fmt: skip
_PEOPLES = ("people", "peoples", "workers", "farmers", "citizens")


class Headlines:
    """Takes capitals from words that the body writes small or the lexicon knows to be no names."""

    def __init__(self, body: Iterable[Sequence[Token]], words: Words) -> None:
        self._words = words
        self._small: set[str] = set()
        self._names: set[str] = set()
        for tokens in body:
            for index, token in enumerate(tokens):
                if token.capital and index:
                    self._names.add(token.low)
                elif not token.capital:
                    self._small.add(token.low)

    def recase(self, tokens: list[Token]) -> None:
        """Take the capitals from one headline's common words, in place, if it is in Title Case."""
        long = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
        if len(long) < 2 or sum(t.capital for t in long) < 0.7 * len(long):
            return
        kept = self._kept(tokens)

        def is_name(token: Token) -> bool:
            initials = token.text.isupper() and len(token.text) > 1 and token.low not in self._small
            if initials or id(token) in kept or (token.low in self._names and token.low not in self._small):
                return True
            return not (token.low in self._small or self._known(token.low))

        recase(tokens, is_name)

    def _kept(self, tokens: Sequence[Token]) -> set[int]:
        """Return the words of party names that are common words too: "National Unity Party"."""
        name_words = self._words.set("party.name_words")
        heads = self._words.set("party.heads") | self._words.set("party.weak_heads")
        kept: set[int] = set()
        following = False
        for index in range(len(tokens) - 1, -1, -1):
            token = tokens[index]
            head = token.low in heads and index > 0 and self._starts_name(tokens, index)
            following = token.capital and (head or (following and token.low in name_words))
            if following:
                kept.add(id(token))
        return kept

    def _starts_name(self, tokens: Sequence[Token], index: int) -> bool:
        before = tokens[index - 1]
        if not before.capital:
            return before.text in ("’s", "'s") and index > 1 and tokens[index - 2].low in _PEOPLES
        if before.low in self._words.set("party.name_words"):
            return True
        return not self._known(before.low) and before.low not in self._small

    def _known(self, low: str) -> bool:
        raw = self._words.raw
        if low in self._words.forms or low in raw["modals"] or low in raw["numbers"]:
            return True
        if any(low in self._words.set(path) for path in _LISTS) or low in ("to", "and", "or", "but", "nor"):
            return True
        return low.startswith(("ex-", "anti-", "pro-", "now-"))
