"""Short ids that people can read out: a letter, a dash and as few hex digits as tell it from all others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from itertools import count

_SHORTEST, _LONGEST = 4, 8


def short_id(prefix: str, seed: str, taken: Callable[[str, str], Collection[str]]) -> str:
    """Return an id of 4 to 8 digits that is not taken, the same for the same seed and the same taken ones.

    Args:
        prefix: ``A-``, ``M-``, ``S-``.
        seed: What the id is for; asking again with it, once it is taken, gives another.
        taken: Returns those that are taken between two ids, the first a prefix of the second.
    """
    for number in count():
        text = f"{seed}\n{number}" if number else seed
        digits = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        ids = [f"{prefix}{digits[:length]}" for length in range(_SHORTEST, _LONGEST + 1)]
        used = taken(ids[0], ids[-1])
        if free := [id for id in ids if id not in used]:
            return free[0]
    raise AssertionError("counting never ends")
