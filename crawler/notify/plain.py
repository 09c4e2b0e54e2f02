"""Text that may stand anywhere: in a chat, a mail header, a terminal.

Headlines and quotes come from pages that may be hostile.  What a reader sees
stays as it was; what a machine would take for an order is broken with an
invisible word joiner (U+2060) or left out.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\s\u0085\u2028\u2029]+")
# C0, C1, and the two overrides that make text read backwards.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufff9-\ufffb\ufeff]")
# Terminal escape sequences, whole, before their first character goes.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|\x1b[@-Z\\-_]"
)
# @everyone and its kin; <@id>, <!channel>, <#room>, <https://…|text>; ](…) of a masked link.
_MENTION = re.compile(
    r"@(?=(?:everyone|here|channel|all|room|team|group)\b)|<(?=[@!#]|https?:|mailto:)|\](?=\()", re.I
)
_OPENERS = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
_RTL_SCRIPTS = frozenset(("R", "AL"))


def one_line(text: str) -> str:
    """Return text on one line, with nothing in it that a screen or a chat would obey.

    Zero-width characters that spelling needs stay, as do directional marks;
    embeddings left open are closed, so that they turn nothing after them.
    """
    text = _SPACES.sub(" ", _CONTROLS.sub("", _ESCAPES.sub("", text)))
    return _MENTION.sub(lambda found: found.group() + "\u2060", _closed(text)).strip()


def shorten(text: str, limit: int) -> str:
    """Return text cut at a space to at most ``limit`` code points, the cut marked with …."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit // 2)
    return _closed(_whole(cut[:space] if space > 0 else cut, text)).rstrip() + "…"


def is_rtl(text: str) -> bool:
    """Tell whether a text is read from right to left: by its first strong character."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _RTL_SCRIPTS:
            return True
        if kind == "L":
            return False
    return False


def _whole(cut: str, text: str) -> str:
    """Return the cut moved back so that no mark is parted from its letter."""
    end = len(cut)
    while 0 < end < len(text) and (
        unicodedata.category(text[end])[0] == "M" or text[end] in "\u200c\u200d\u17d2"
    ):
        end -= 1
    return text[:end]


def _closed(text: str) -> str:
    pending: list[str] = []
    for char in text:
        if char in _OPENERS:
            pending.append(_OPENERS[char])
        elif pending and char == pending[-1]:
            pending.pop()
    return text + "".join(reversed(pending))
