"""A change on one line: what went and what came among its neighbours, what lies far from it left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.difference.terminal import marked
from crawler.difference.tokens import tokens
from crawler.difference.words import Part

#: So many words are shown on each side of a change.
_AROUND = 6


def words_in(parts: Sequence[Part], sign: str) -> int:
    """Return how many words went (``-``) or came (``+``)."""
    return sum(token[0].isalnum() for part in parts if part.sign == sign for token in tokens(part.text))


def brief(parts: Sequence[Part]) -> str:
    """Return the parts as ``[-old-]`` and ``{+new+}`` with a few words around each."""
    return "".join(_shortened(parts))


def _shortened(parts: Sequence[Part]) -> Iterator[str]:
    for number, part in enumerate(parts):
        pieces = tokens(part.text) if part.sign == "=" else []
        most = 2 * _AROUND  # words and the spaces between them
        if len(pieces) <= 2 * most:
            yield marked(part)
            continue
        before = "" if number == 0 else "".join(pieces[:most])
        after = "" if number == len(parts) - 1 else "".join(pieces[-most:])
        yield marked(Part("=", f"{before} … {after}".strip()))
