"""On which line of a TOML file a key stands: the standard reader forgets it, and people need it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

KeyPath = tuple[str | int, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_PARTS = re.compile(_PART)
#: What changes how the rest of a line is read: strings, comments, brackets.
_TOKEN = re.compile(
    r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#.*|[\[\]{}]',
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the 1-based line of every table header and key that begins a line.

    An array of tables counts from 0: the second ``[[routes]]`` is ``("routes", 1)``.
    Keys inside an inline table are not listed; ``line_of`` falls back to their parent.
    """
    lines: dict[KeyPath, int] = {}
    arrays: dict[KeyPath, int] = {}
    table: KeyPath = ()
    quotes, depth = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if not quotes and depth == 0:
            if header := _HEADER.match(line):
                table = _open_table(_split(header.group(2)), header.group(1) == "[[", arrays)
                lines.setdefault(table, number)
                continue
            if key := _KEY.match(line):
                lines.setdefault((*table, *_split(key.group(1))), number)
        quotes, depth = _carry(line, quotes, depth)
    return lines


def line_of(path: Sequence[str | int], lines: Mapping[KeyPath, int]) -> int:
    """Return the line of the longest part of a key path that is known, else of its first child, 0 for none."""
    for length in range(len(path), 0, -1):
        if number := lines.get(tuple(path[:length])):
            return number
    children = (line for key, line in lines.items() if path and key[: len(path)] == tuple(path))
    return min(children, default=0)


def _split(dotted: str) -> list[str]:
    return [part[1:-1] if part[0] in "\"'" else part for part in _PARTS.findall(dotted)]


def _open_table(parts: list[str], is_array: bool, arrays: dict[KeyPath, int]) -> KeyPath:
    path: KeyPath = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if is_array and position == len(parts) - 1:
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path


def _carry(line: str, quotes: str, depth: int) -> tuple[str, int]:
    """Return the open multi-line quotes and bracket depth after a line."""
    position = 0
    while position < len(line):
        if quotes:
            end = line.find(quotes, position)
            if end < 0:
                return quotes, depth
            position, quotes = end + 3, ""
            continue
        token = _TOKEN.search(line, position)
        if token is None:
            break
        position = token.end()
        if token.group() in ('"""', "'''"):
            quotes = token.group()
        elif token.group() in "[{":
            depth += 1
        elif token.group() in "]}":
            depth = max(0, depth - 1)
    return quotes, depth
