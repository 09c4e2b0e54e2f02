"""Inputs broken at random: bytes, tags and attributes, JSON values, encodings."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence

_TOKENS = re.compile(rb"<[^<>]*>|[^<]+|<")
_ATTRIBUTE = re.compile(rb"=\s*(\"[^\"]*\"|'[^']*')")
PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *"<div>|</div>|</article>|<article>|<table>|</p>|<p>|\"|'|>|<|<!--|-->|<script>|</script>|&#xD800;|&#0;|{|}|[".split("|"),
        *'null|5|<br>|class="comment"|<blockquote>|<svg>|0001-01-01|9999-12-31T23:59:59+23:59|99999999999999999999|};'.split("|"),
        *"<![CDATA[|]]>|<!DOCTYPE x [<!ENTITY a 'b'>]>|&a;|&amp;amp;|<plaintext>|<textarea>|<base href=//[>|http://[::1|\n\n|\r\n".split("|"),
        *"Comments (2)|Nov 12, 2017 04:36 PM|> |\\|- |Content-Length: 99999999999|WARC/1.1\r\n|Transfer-Encoding: chunked".split("|"),
        "\u200b", "\u202e", "\ufeff", "\x00", "\x1b", "\u0301" * 40, "\ud800", "ក្ក", "😀", "\u2028", "\u00a0", " " * 400,
    )
)  # fmt: skip
JUNK = (None, 5, -1.5, True, "x", "", [], {}, [[]], {"a": 1}, ["x", 5, None], "\ud800", 10**30, "2020-13-45", "<p>", 1e308)  # fmt: skip
_CODECS = (
    "utf-16",
    "utf-16-be",
    "utf-32",
    "cp874",
    "gb18030",
    "big5hkscs",
    "cp949",
    "cp1252",
    "utf-7",
    "iso2022_jp",
)
LONGEST = 10_000

Mutation = Callable[[bytes, random.Random, Sequence[bytes]], bytes]


def mutated(source: random.Random, corpus: Sequence[bytes]) -> bytes:
    """Return one of a corpus' inputs with one to eight mutations."""
    body = source.choice(corpus)
    for _ in range(min(source.randint(1, 8), source.randint(1, 8))):
        body = source.choice(MUTATIONS)(body, source, corpus)[:LONGEST]
    return body


def _insert(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    at = source.randrange(len(body) + 1)
    return body[:at] + source.choice(PIECES) + body[at:]


def _delete(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    at = source.randrange(len(body) + 1)
    return body[:at] + body[at + source.randint(1, 200) :]


def _repeat(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    at = source.randrange(len(body) + 1)
    return body[:at] + body[at : at + source.randint(1, 400)] * source.choice((2, 2, 3, 50)) + body[at:]


def _splice(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    other = source.choice(corpus)
    start = source.randrange(len(other) + 1)
    at = source.randrange(len(body) + 1)
    return body[:at] + other[start : start + source.randint(1, 600)] + body[at:]


def _flip(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    at = source.randrange(len(body) + 1)
    return body[:at] + bytes([source.randrange(256)]) + body[at + 1 :]


def _cut(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    return body[: source.randrange(len(body) + 1)]


def _tags(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    tokens = _TOKENS.findall(body)
    if not tokens:
        return body
    at = source.randrange(len(tokens))
    end = at + source.randint(1, 12)
    kind = source.randrange(5)
    if kind == 0:
        tokens[at:end] = []
    elif kind == 1:
        tokens[at:at] = tokens[at:end]
    elif kind == 2:
        others = _TOKENS.findall(source.choice(corpus)) or [b""]
        start = source.randrange(len(others))
        tokens[at:at] = others[start : start + source.randint(1, 30)]
    elif kind == 3:
        tokens[at:at] = [tokens[at]] * source.choice((3, 30, 300))
    else:
        moved = tokens[at:end]
        tokens[at:end] = []
        to = source.randrange(len(tokens) + 1)
        tokens[to:to] = moved
    return b"".join(tokens)


def _attribute(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    found = list(_ATTRIBUTE.finditer(body))
    if not found:
        return body
    place = source.choice(found)
    other = source.choice(found)
    value = source.choice((source.choice(PIECES), b"", b"x" * 3000, b"-1", other[1].strip(b"\"'")))
    return body[: place.start(1)] + b'"' + value + b'"' + body[place.end(1) :]


def _encoded(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    return body.decode("utf-8", "replace").encode(source.choice(_CODECS), "replace")


def _json(body: bytes, source: random.Random, corpus: Sequence[bytes]) -> bytes:
    at = max(0, body.find(b"{"))
    try:
        value, end = json.JSONDecoder().raw_decode(body[at:].decode("utf-8"))
    except (ValueError, RecursionError):
        return body
    rest = body[at:].decode("utf-8")[end:].encode("utf-8")
    return body[:at] + json.dumps(changed(value, source)).encode() + rest


def changed(value: object, source: random.Random, depth: int = 0) -> object:
    """Return a JSON value with a part of it replaced by what does not belong there."""
    if source.random() < 0.08:
        return source.choice(JUNK)
    if depth > 50:
        return value
    if isinstance(value, dict):
        return {
            name: changed(part, source, depth + 1) for name, part in value.items() if source.random() > 0.05
        }
    return [changed(part, source, depth + 1) for part in value] if isinstance(value, list) else value


MUTATIONS: tuple[Mutation, ...] = (
    _insert, _insert, _delete, _repeat, _splice, _flip, _cut, _tags, _tags, _tags, _tags, _attribute, _attribute,
    _encoded, _json, _json,
)  # fmt: skip
