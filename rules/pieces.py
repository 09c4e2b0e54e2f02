"""A rule file in pieces that can be read alone: of ten thousand rules in one file, one changed is read again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from rules.rule import Rule
from rules.schema import RuleFile, read_rules
from rules.terms import Lists
from state.errors import Place

_DOCUMENT = re.compile(rb"^---(?=[\s]|$)[^\n]*\n?", re.MULTILINE)
_LIST = re.compile(rb"\A(?:[ \t]*(?:#[^\n]*)?\n)*rules:[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*(?P<indent> *)- ")
_EMPTY = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z))*")
#: An anchor or alias may lead from one rule of a list to another.
_LINKED = re.compile(rb"(?:^|[\s\[,])[&*][\w-]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """The rules of one piece, their places counted from this line of the file."""

    line: int
    rules: tuple[Rule, ...]


class KnownPieces:
    """Pieces read before; those that a reading did not meet again are forgotten when it is over.

    Args:
        lists: The lists behind ``@names``; pieces are only good for these.
    """

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self._known: dict[bytes, _Piece] = {}
        self._met: dict[bytes, _Piece] = {}

    def read(self, path: str, data: bytes) -> RuleFile:
        """Return the rules of one file, reading only what is new; places count in the whole file.

        A file with a mistake is read as a whole, so that all of it is told as it stands.
        """
        rules: list[Rule] = []
        for line, piece in pieces(data):
            read = self._piece(path, piece, line)
            if read is None:
                return read_rules(path, data, self.lists)
            rules += read.rules
        return RuleFile(tuple(rules), ()) if rules else read_rules(path, data, self.lists)

    def _piece(self, path: str, piece: bytes, line: int) -> _Piece | None:
        digest = hashlib.sha256(path.encode("utf-8", "surrogateescape") + b"\0" + piece).digest()
        read = self._known.get(digest)
        if read is None:
            alone = read_rules(path, piece, self.lists)
            if alone.errors:
                return None
            read = _Piece(1, alone.rules)
        if read.line != line:
            read = _Piece(line, tuple(_moved(rule, line - read.line) for rule in read.rules))
        self._known[digest] = self._met[digest] = read
        return read

    def forget_unmet(self) -> None:
        """Forget what was not read since the last call."""
        self._known, self._met = self._met, {}


def pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the documents of a file, and of one that is a list of rules each rule, with its first line.

    Without pieces to be told apart for certain the file is one.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    start, line = 0, 1
    for mark in [*_DOCUMENT.finditer(data), None]:
        end = len(data) if mark is None else mark.start()
        document = data[start:end]
        if not _EMPTY.fullmatch(document):
            yield from ((line + above, piece) for above, piece in _items(document))
        if mark is not None:
            # What stands behind the dashes belongs to the document that they begin.
            start = mark.start() + 3
            line += document.count(b"\n")


def _items(document: bytes) -> Iterator[tuple[int, bytes]]:
    found = _LIST.match(document)
    if found is None or _LINKED.search(document):
        yield 0, document
        return
    begins = re.compile(rb"^" + found["indent"] + rb"- ", re.MULTILINE)
    starts = [mark.start() for mark in begins.finditer(document)] + [len(document)]
    line = document.count(b"\n", 0, starts[0])
    for start, end in pairwise(starts):
        # The piece has one line of its own above it.
        yield line - 1, b"rules:\n" + document[start:end]
        line += document.count(b"\n", start, end)


def _moved(rule: Rule, lines: int) -> Rule:
    tests = tuple(replace(case, place=_below(case.place, lines)) for case in rule.tests)
    return replace(rule, place=_below(rule.place, lines), tests=tests)


def _below(place: Place, lines: int) -> Place:
    return replace(place, line=place.line + lines)
