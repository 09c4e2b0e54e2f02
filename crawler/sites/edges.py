"""What stands before and after an article that a generous reading of a page takes for its text.

Calls to log in, to subscribe, to report an error, and lists of other stories
come before the first or after the last paragraph that a strict reading finds;
what lies between these stays, whatever the strict reading says of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.sites.words import letters_of

#: Letters from which a paragraph before the strict reading's first is an article's beginning.
_LEAD = 120
#: The same after its last; more, since consent and newsletter texts are long.
_END = 300
#: A strict reading of fewer letters, or of less than this share of the other, has failed.
_FEWEST = 80
_SHARE = 0.25
#: Letters that stand for opening words told elsewhere on the page.
_OPENING = 60
_DENSE = re.compile(r"[぀-鿿가-힯฀-໿]")

Piece = tuple[str, str]


def without_edges(generous: Sequence[Piece], strict: Sequence[Piece], description: str) -> list[Piece]:
    """Return the blocks of a generous reading that a strict one places within the article.

    Args:
        generous: Kind and text of each block.
        strict: The same of the reading that leaves out more.
        description: What the page tells of itself, often the words of its first paragraph.
    """
    whole = "".join(letters_of(text) for _, text in strict)
    keys = [letters_of(text) for _, text in generous]
    shared = [number for number, key in enumerate(keys) if key and key in whole]
    agreed = sum(len(keys[number]) for number in shared)
    if agreed < max(_FEWEST, _SHARE * sum(map(len, keys))):
        return list(generous)
    opening = letters_of(description)[:_OPENING]

    def stays(number: int) -> bool:
        weight = len(keys[number]) * (2 if _DENSE.search(generous[number][1]) else 1)
        if number < shared[0]:
            return weight >= _LEAD or bool(opening and keys[number].startswith(opening))
        return number <= shared[-1] or weight >= _END

    return [piece for number, piece in enumerate(generous) if stays(number)]
