"""Rule files as YAML 1.2 in which every scalar is a string.

``no``, ``on``, ``2017-11-04`` and ``12:30`` stay what was typed; a key that
stands twice, a tag, an alias bomb and nesting without end are errors with their
line and column.  Reading is iterative: no document can exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from state.errors import Place, RuleSyntaxError

#: Larger files are refused, in bytes.
MAX_SIZE = 256 * 1024 * 1024
MAX_DEPTH = 24
#: How many nodes aliases may stand for, all together.
MAX_ALIASED = 100_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One string.

    ``offset`` leads from a place in ``value`` to one in the line: 0 without
    quotes, 1 with; None where escapes or line breaks make it unknowable.
    """

    value: str
    line: int
    column: int
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int
    size: int = 1


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; keys are unique strings."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    size: int = 1


Node = Scalar | Sequence | Mapping


def documents(path: str, data: bytes) -> list[Node]:
    """Return the documents of one file; an empty document is left out.

    Args:
        path: Named in errors.
        data: The file's bytes, UTF-8 (a byte order mark is allowed).

    Raises:
        RuleSyntaxError: The file is no YAML of this kind.
    """
    if len(data) > MAX_SIZE:
        raise RuleSyntaxError(Place(path), f"the file is larger than {MAX_SIZE >> 20} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RuleSyntaxError(
            Place(path, line), "the file is not UTF-8", hint="save it with the encoding UTF-8"
        ) from None
    builder = _Builder(path)
    for event in _events(path, text):
        builder.take(event)
    return builder.documents


def place(path: str, node: Node) -> Place:
    """Return where a node begins."""
    return Place(path, node.line, node.column)


def inside(path: str, node: Scalar, column: int) -> Place:
    """Return where the given column (from 1) of a scalar's value stands in the file."""
    shift = 0 if node.offset is None else node.offset + column - 1
    return Place(path, node.line, node.column + shift)


def _events(path: str, text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        raise RuleSyntaxError(
            where, f"not YAML: {error.problem or error.context}", hint=_hint(text, mark)
        ) from None
    except yaml.YAMLError as error:
        raise RuleSyntaxError(Place(path), f"not YAML: {' '.join(str(error).split())}") from None


def _hint(text: str, mark: yaml.Mark | None) -> str:
    if mark is None:
        return ""
    line = text.splitlines()[mark.line] if mark.line < len(text.splitlines()) else ""
    if "\t" in line[: mark.column + 1]:
        return "indent with spaces, not tabs"
    if line.lstrip().startswith(("- @", "@")) or ": @" in line or "[@" in line or ", @" in line:
        return 'write a macro in quotes: "@name"'
    if line.count(": ") > 1 or ": " in line.partition(": ")[2]:
        return "put a value that contains a colon in quotes"
    return "quotes and brackets must be closed, lists begin with '- '"


_Start = yaml.MappingStartEvent | yaml.SequenceStartEvent


class _Builder:
    """Turns parser events into nodes with a stack of its own."""

    def __init__(self, path: str) -> None:
        self.documents: list[Node] = []
        self._path = path
        self._open: list[tuple[_Start, list[Node]]] = []
        self._anchors: dict[str, Node] = {}
        self._aliased = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event)
            self._add(self._scalar(event), event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_tag(event)
            if len(self._open) >= MAX_DEPTH:
                raise self._error(event, f"nested deeper than {MAX_DEPTH} levels")
            self._open.append((event, []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            start, children = self._open.pop()
            self._add(self._collection(start, children), start)
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._alias(event), event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors.clear()

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        line, column = _start(event)
        end = event.end_mark
        width = end.column + 1 - column - len(event.value) if end is not None and end.line + 1 == line else -1
        return Scalar(event.value, line, column, {0: 0, 2: 1}.get(width))

    def _collection(self, start: _Start, children: list[Node]) -> Node:
        line, column = _start(start)
        size = 1 + sum(getattr(child, "size", 1) for child in children)
        if isinstance(start, yaml.SequenceStartEvent):
            return Sequence(tuple(children), line, column, size)
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, int] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise RuleSyntaxError(place(self._path, key), "a key must be a plain word")
            if key.value in seen:
                raise RuleSyntaxError(
                    place(self._path, key), f"{key.value!r} stands twice, first in line {seen[key.value]}"
                )
            seen[key.value] = key.line
            pairs.append((key, value))
        return Mapping(tuple(pairs), line, column, size)

    def _alias(self, event: yaml.AliasEvent) -> Node:
        node = self._anchors.get(event.anchor or "")
        if node is None:
            raise self._error(
                event, f"*{event.anchor} names no anchor before it", hint="quote a term that begins with *"
            )
        self._aliased += getattr(node, "size", 1)
        if self._aliased > MAX_ALIASED:
            raise self._error(event, f"aliases stand for more than {MAX_ALIASED} entries")
        return node

    def _add(self, node: Node, event: yaml.Event) -> None:
        anchor = None if isinstance(event, yaml.AliasEvent) else getattr(event, "anchor", None)
        if anchor is not None:
            self._anchors[anchor] = node
        if self._open:
            self._open[-1][1].append(node)
        elif not (isinstance(node, Scalar) and node.value == ""):
            self.documents.append(node)

    def _refuse_tag(self, event: yaml.ScalarEvent | _Start) -> None:
        if event.tag not in (None, "!"):
            raise self._error(
                event, f"the tag {event.tag!r} is not allowed", hint="every value is a string already"
            )

    def _error(self, event: yaml.Event, problem: str, hint: str = "") -> RuleSyntaxError:
        return RuleSyntaxError(Place(self._path, *_start(event)), problem, hint=hint)


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
