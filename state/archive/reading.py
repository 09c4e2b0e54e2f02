"""WARC files of any writer, record by record in bounded memory; what is damaged is named and read past.

Versions 1.0 and 1.1 (ISO 28500), plain, with one gzip member to a record or
one for the whole file.  After damage reading goes on at the next place where a
record begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from state.errors import ArchiveError

#: A body larger than this is cut when it is read.
MAX_BODY = 64 << 20
_MAX_BLOCK = MAX_BODY + (1 << 16)
_MAX_LINE = 1 << 16
_MAX_FIELDS = 1 << 20
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b\x08"
_BEGINS = re.compile(rb"(WARC/\d\.\d\r?\n)[A-Za-z-]+:")
#: What ends a line among a record's fields only where the next record begins.
_VERSION = re.compile(rb"WARC/\d\.\d\r?\n$")
#: Blocks of these are passed over unread: no page is in them, and they are the large ones.
_NO_PAGE = re.compile(rb"\r?\ncontent-type:[ \t]*(?:image|video|audio|font)/", re.IGNORECASE)
_HTTP_TYPES = frozenset({"response", "revisit"})
_HEAD = 1 << 14
_BEYOND = 64


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in its file.

    ``fields`` have lower-case names; ``head`` is their text as written.
    ``block`` is cut where the whole of it is of no use or over the limit, and
    ``whole`` tells whether it is all there; ``end`` is how far in the file we are.
    """

    fields: dict[str, str]
    head: bytes
    block: bytes
    whole: bool
    end: int
    #: The record as it stands in a compressed file, where it has a gzip member of its own.
    packed: bytes | None = None

    @property
    def type(self) -> str:
        """Return the record's type: response, request, revisit …"""
        return self.fields.get("warc-type", "").lower()


@dataclass(frozen=True, slots=True)
class Damage:
    """A place that cannot be read, in bytes from the start of the file, and what is wrong there."""

    offset: int
    why: str
    end: int


class _Bytes(Protocol):
    def line(self) -> bytes: ...

    def take(self, number: int) -> bytes: ...

    def skip(self, number: int) -> int: ...

    def tell(self) -> int: ...

    def packed(self) -> bytes | None: ...


class _BrokenError(Exception):
    """Reading cannot go on; ``at`` is where in the file the damage was met."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.at = at


def read_archive(path: Path) -> Iterator[Record | Damage]:
    """Yield the records of a file in its order, and each damaged place where it stands.

    Raises:
        ArchiveError: The file cannot be opened, or no record is in it.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArchiveError(
            f"{path}: {error.strerror}", hint="give the path of a .warc or .warc.gz file"
        ) from error
    with file:
        yield from read_records(file, str(path))


def read_records(file: BinaryIO, where: str) -> Iterator[Record | Damage]:
    """Yield the records of an open file, as ``read_archive`` does.

    Raises:
        ArchiveError: No record is in it.
    """
    found = False
    first: Damage | None = None
    try:
        head = file.read(1 << 20)
        packed = head.startswith(_GZIP) or (_GZIP in head and _BEGINS.search(head) is None)
        file.seek(0)
        for part in _parts(file, packed):
            if isinstance(part, Record) and not found:
                found = True
                if first is not None:
                    yield first
            if found:
                yield part
            elif isinstance(part, Damage):
                first = first or part
    except OSError as error:
        raise ArchiveError(f"{where}: {error.strerror or error}", hint="check the disk it is on") from error
    if not found:
        why = first.why if first is not None else "it is empty"
        raise ArchiveError(
            f"{where}: no WARC record can be read in it ({why})",
            hint="give a .warc or .warc.gz file; unpack other kinds first",
        )


def _parts(file: BinaryIO, packed: bool) -> Iterator[Record | Damage]:
    at: int | None = 0
    while at is not None:
        try:
            yield from _members(file, at) if packed else _records(_Plain(file, at))
            return
        except _BrokenError as broken:
            at = _next_member(file, broken.at + 1) if packed else _next_plain(file, broken.at)
            yield Damage(broken.at, str(broken), at if at is not None else file.seek(0, 2))


def _members(file: BinaryIO, at: int) -> Iterator[Record]:
    """Yield the records of gzip members, one after the other, from a member's start on."""
    while True:
        file.seek(at)
        head = file.read(len(_GZIP))
        if not head.strip(b"\0"):
            if not head:
                return
            at += len(head)  # tapes and some disks fill up with zeros
            continue
        if head != _GZIP:
            raise _BrokenError("no compressed record begins here", at)
        file.seek(at)
        member = _Member(file, at)
        try:
            yield from _records(member)
            at = member.end()
        except zlib.error:
            raise _BrokenError("the compressed bytes are damaged", at) from None
        except EOFError:
            raise _BrokenError("the file ends within a record", at) from None
        except _BrokenError as broken:
            raise _BrokenError(str(broken), at) from None


def _records(source: _Bytes) -> Iterator[Record]:
    while head := _next_head(source):
        start = source.tell()
        fields = _fields(head)
        try:
            length = int(fields["content-length"])
        except (KeyError, ValueError):
            raise _BrokenError("a record does not say how long it is", start) from None
        if length < 0:
            raise _BrokenError("a record's length is no length", start)
        block = source.take(min(length, _HEAD))
        wanted = fields.get("warc-type", "").lower() in _HTTP_TYPES and not _is_no_page(block)
        if wanted and len(block) < length:
            block += source.take(min(length, _MAX_BLOCK) - len(block))
        passed = source.skip(length - len(block)) if len(block) < length else 0
        if len(block) + passed < length:
            raise _BrokenError("a record ends before its length", start)
        whole = passed == 0
        yield Record(fields, head, block, whole, source.tell(), source.packed() if whole else None)


def _next_head(source: _Bytes) -> bytes:
    """Return the text of the next record's fields, with its first and its empty last line; b"" at the end."""
    start = source.tell()
    while not (line := source.line()).strip():
        if not line:
            return b""
        start = source.tell()
    if not line.startswith(b"WARC/"):
        raise _BrokenError("no record begins here", start)
    start = source.tell()
    head = bytearray(line)
    while (line := source.line()).strip():
        if another := _VERSION.search(line):
            raise _BrokenError("a record's fields do not end", source.tell() - len(line) + another.start())
        head += line
        if len(head) > _MAX_FIELDS:
            raise _BrokenError("a record's fields do not end", start)
    if not line:
        raise _BrokenError("the file ends within a record", start)
    return bytes(head + line)


def _fields(head: bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").splitlines()[1:]:
        if line[:1] in (" ", "\t") and name:
            fields[name] += f" {line.strip()}"
        elif ":" in line:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            fields[name] = value.strip()
    return fields


def _is_no_page(block: bytes) -> bool:
    return _NO_PAGE.search(block.partition(b"\r\n\r\n")[0]) is not None


class _Plain:
    """The bytes of an uncompressed file."""

    def __init__(self, file: BinaryIO, at: int) -> None:
        self._file = file
        file.seek(at)

    def line(self) -> bytes:
        return self._file.readline(_MAX_LINE)

    def take(self, number: int) -> bytes:
        return self._file.read(number)

    def skip(self, number: int) -> int:
        at = self._file.tell()
        end = self._file.seek(0, 2)
        return self._file.seek(min(at + number, end)) - at

    def tell(self) -> int:
        return self._file.tell()

    def packed(self) -> bytes | None:
        """Return nothing: it is not compressed."""
        return None


class _Member:
    """The bytes of one gzip member, unpacked as they are asked for."""

    def __init__(self, file: BinaryIO, at: int) -> None:
        self._file = file
        self._at = at
        self._unpack = zlib.decompressobj(31)
        self._ready = bytearray()
        self._is_first = True

    def line(self) -> bytes:
        searched = 0
        while (found := self._ready.find(b"\n", searched)) < 0 and len(self._ready) < _MAX_LINE:
            searched = len(self._ready)
            if not self._more():
                break
        return self._out(found + 1 if found >= 0 else min(len(self._ready), _MAX_LINE))

    def take(self, number: int) -> bytes:
        # A little beyond: where the member ends with the record, its checksum is compared before we use it.
        while len(self._ready) < number + _BEYOND and self._more():
            pass
        return self._out(min(number, len(self._ready)))

    def skip(self, number: int) -> int:
        passed = 0
        while passed < number and (part := self.take(min(number - passed, _CHUNK))):
            passed += len(part)
        return passed

    def tell(self) -> int:
        return self._file.tell() - len(self._unpack.unused_data)

    def packed(self) -> bytes | None:
        """Return the member's bytes, where all of it is the one record that was just read."""
        is_first, self._is_first = self._is_first, False
        if not is_first or not self._unpack.eof or self._ready.strip():
            return None
        behind, end = self._file.tell(), self.tell()
        self._file.seek(self._at)
        data = self._file.read(end - self._at)
        self._file.seek(behind)
        return data

    def end(self) -> int:
        """Return where in the file the member ends."""
        while self._more():
            self._ready.clear()
        return self.tell()

    def _more(self) -> bool:
        if self._unpack.eof:
            return False
        data = self._unpack.unconsumed_tail or self._file.read(_CHUNK)
        if not data:
            raise EOFError
        self._ready += self._unpack.decompress(data, 1 << 20)
        return True

    def _out(self, number: int) -> bytes:
        part = bytes(self._ready[:number])
        del self._ready[:number]
        return part


def _next_plain(file: BinaryIO, start: int) -> int | None:
    """Return where the next record of an uncompressed file begins, None if there is none."""
    at = max(0, start - 1)
    file.seek(at)
    kept = b""
    while data := file.read(_CHUNK):
        window = kept + data
        for found in _BEGINS.finditer(window):
            begins = at - len(kept) + found.start(1)
            if begins >= start:
                return begins
        at += len(data)
        kept = window[-16:]
    return None


def _next_member(file: BinaryIO, start: int) -> int | None:
    """Return where the next gzip member that holds a record begins, None if there is none."""
    at, kept = start, b""
    file.seek(at)
    while data := file.read(_CHUNK):
        window = kept + data
        place = window.find(_GZIP)
        while place >= 0:
            begins = at - len(kept) + place
            if _holds_record(file, begins):
                return begins
            place = window.find(_GZIP, place + 1)
        at += len(data)
        kept = window[-2:]
        file.seek(at)
    return None


def _holds_record(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    try:
        return zlib.decompressobj(31).decompress(file.read(_CHUNK), 16).startswith(b"WARC/")
    except zlib.error:
        return False
