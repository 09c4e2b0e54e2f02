"""Word by word, what one text has that another has not; scripts without spaces go letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

# Words of spaced scripts; a letter and its marks where words are not told apart (Thai to Khmer, Tibetan, CJK).
_WORDS = re.compile(
    r"\s+|[^\W\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]+|.[\u0300-\u036f\u0e31-\u0e4e\u17b4-\u17d3]*",
    re.S,
)
_AROUND = 6
#: Longer texts are compared paragraph by paragraph: comparing words costs their number squared.
_MOST_WORDS = 4000


def word_diff(old: str, new: str) -> tuple[int, int, str]:
    """Return how many words went, how many came, and the text between with ``[-gone-]`` and ``{+come+}``."""
    before, after = _split(old, new)
    gone = come = 0
    parts: list[str] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            parts.append(_shortened(before[a:b], first=a == 0, last=b == len(before)))
            continue
        gone += sum(1 for word in before[a:b] if not word.isspace())
        come += sum(1 for word in after[c:d] if not word.isspace())
        parts += _marked(before[a:b], "[-", "-]")
        parts += _marked(after[c:d], "{+", "+}")
    return gone, come, "".join(parts)


def _split(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) > _MOST_WORDS or len(after) > _MOST_WORDS:
        return old.splitlines(keepends=True), new.splitlines(keepends=True)
    return before, after


def _marked(words: list[str], opening: str, closing: str) -> Iterator[str]:
    if words:
        yield f"{opening}{''.join(words)}{closing}"


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Return the words next to a change; what lies far from any is left out."""
    if len(words) <= 2 * _AROUND:
        return "".join(words)
    start = "" if first else "".join(words[:_AROUND])
    end = "" if last else "".join(words[-_AROUND:])
    return f"{start} … {end}"
