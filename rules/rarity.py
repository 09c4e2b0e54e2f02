"""How many articles a literal is likely to stand in: what makes a good anchor.

Shares of news articles that hold a word, in coarse steps, are shipped for words
that are common in news; what is not listed is taken to be rare.  The shares of
a user's own archive are better and take precedence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from importlib import resources

from rules.fold import is_spaced
from rules.needles import Needle

_UNLISTED = 0.004
_UNLISTED_SHORT = 0.02
_UNLISTED_CAPITAL = 0.001
# One more word makes a phrase this much rarer than its rarest word.
_EACH_MORE_WORD = 0.25
_RAREST = 1e-6
# Scripts without spaces: share by number of letters, from concatenated words.
_BY_LENGTH = (0.5, 0.5, 0.3, 0.1, 0.05, 0.03, 0.01, 0.005)

Shares = Mapping[str, float]


class Rarity:
    """Estimates shares of articles; ``own`` are measured ones, by what is sought (a word between spaces)."""

    def __init__(self, own: Shares | None = None) -> None:
        self._own = own or {}
        words = {text.strip(): share for text, share in self._own.items() if _is_word(text)}
        self._shares = {**shipped_shares(), **words}
        self._words = sorted(self._shares)

    def share(self, needle: Needle, *, capital: bool = False) -> float:
        """Return the estimated share of articles that hold a needle, between 0 and 1.

        Args:
            needle: What is sought.
            capital: Whether the author wrote a capital: names are rarer than words.
        """
        measured = self._own.get(needle.text)
        if measured is not None:
            return measured
        whole = needle.text.strip()
        if whole in self._shares:
            return self._shares[whole] if not needle.grows_right else self._beginning(whole)
        words = whole.split(" ")
        shares = [self._word(word, capital) for word in words]
        if needle.grows_right or (not needle.after and not needle.checks_right):
            shares[-1] = max(shares[-1], self._beginning(words[-1]))
        return float(max(_RAREST, min(shares) * _EACH_MORE_WORD ** (len(words) - 1)))

    def known(self, needle: Needle) -> float:
        """Return the share that a table gives, 0 where none lists the needle; none tells capitals apart."""
        whole = needle.text.strip()
        if needle.capitals:
            return 0.0
        if len(whole) == 1 and not is_spaced(whole):
            return _BY_LENGTH[1]
        return self._shares.get(whole, 0.0)

    def _word(self, word: str, capital: bool) -> float:
        listed = self._shares.get(word)
        if listed is not None:
            return listed
        if not is_spaced(word[0]):
            return _BY_LENGTH[min(len(word), len(_BY_LENGTH) - 1)]
        if capital:
            return _UNLISTED_CAPITAL
        return _UNLISTED_SHORT if len(word) <= 3 else _UNLISTED

    def _beginning(self, word: str) -> float:
        """Return the share of articles with any word that begins so."""
        at = bisect_left(self._words, word)
        total = 2 * (_UNLISTED_SHORT if len(word) <= 3 else _UNLISTED)
        while at < len(self._words) and self._words[at].startswith(word):
            total += self._shares[self._words[at]]
            at += 1
        return min(1.0, total)


def _is_word(text: str) -> bool:
    return text[:1] == " " == text[-1:] and " " not in text[1:-1]


@cache
def shipped_shares() -> dict[str, float]:
    """Return the shipped share of articles for each listed word."""
    text = resources.files("rules").joinpath("common_words.txt").read_text(encoding="utf-8")
    shares: dict[str, float] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            share, *words = line.split()
            for word in words:
                shares.setdefault(word, float(share))
    return shares
