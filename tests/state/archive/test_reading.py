"""Archives of other writers are read whole, and damage costs no more than the record it is in."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.archive.answer import page_of
from state.archive.reading import Damage, Record, read_archive, read_records
from state.errors import ArchiveError
from tests.support.archives import packed, record, response

A = response("https://a.example/one", b"<p>one</p>")
B = response("https://a.example/two", b"<p>two</p>")
C = response("https://a.example/three", b"<p>three</p>")


def read(data: bytes) -> list[bytes | str]:
    """Return the bodies of the pages of an archive, and "damage" where there is some."""
    parts = read_records(io.BytesIO(data), "it")
    return ["damage" if isinstance(part, Damage) else page_of(part).body for part in parts]


@pytest.mark.parametrize(
    "data",
    [A + B + C, packed(A, B, C), gzip.compress(A + B + C), packed(A, B, C) + bytes(512)],
    ids=["plain", "a member each", "one member", "padded"],
)
def test_every_kind_of_compression_is_read(data: bytes) -> None:
    assert read(data) == [b"<p>one</p>", b"<p>two</p>", b"<p>three</p>"]


def test_a_record_of_either_version_says_what_it_is_of() -> None:
    old = response("<https://a.example/one>", b"x", version="1.0")  # wget writes addresses so
    new = response("https://a.example/one", b"x", version="1.1", date="2023-05-01T10:00:00.123456789Z")

    for data in (old, new):
        [part] = read_records(io.BytesIO(data), "it")
        assert isinstance(part, Record)
        page = page_of(part)
        assert (page.url, page.status, page.fetched_at.year) == ("https://a.example/one", 200, 2023)


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 3] for at in range(0, len(body), 3)]
    return b"".join(b"%x;more=no\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


RAW = zlib.compressobj(wbits=-15)
TEXT = b"<p>The council met.</p>"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Transfer-Encoding: chunked", chunked(TEXT)),
        ("Content-Encoding: gzip", gzip.compress(TEXT)),
        ("Content-Encoding: deflate", zlib.compress(TEXT)),
        ("Content-Encoding: deflate", RAW.compress(TEXT) + RAW.flush()),
        ("Content-Encoding: br", brotli.compress(TEXT)),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(gzip.compress(TEXT))),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", gzip.compress(TEXT)),
        ("Transfer-Encoding: chunked", TEXT),
        ("Content-Encoding: gzip", TEXT),
        ("Content-Encoding: br", TEXT),
        ("Content-Encoding: identity", TEXT),
    ],
)
def test_a_body_is_unpacked_whether_or_not_its_writer_did(headers: str, body: bytes) -> None:
    assert read(response("https://a.example/", body, headers=headers)) == [TEXT]


def test_a_body_that_breaks_off_is_said_to_be_cut() -> None:
    data = response("https://a.example/", gzip.compress(TEXT * 99)[:-20], headers="Content-Encoding: gzip")
    [part] = read_records(io.BytesIO(data), "it")

    assert isinstance(part, Record)
    assert page_of(part).truncated


def test_a_bomb_is_cut_at_the_limit() -> None:
    bomb = gzip.compress(bytes(80 << 20))
    [body] = read(response("https://a.example/", bomb, headers="Content-Encoding: gzip"))

    assert len(body) == 64 << 20


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (A + B[:-20], [b"<p>one</p>", "damage"]),
        (packed(A, B)[:-9], [b"<p>one</p>", "damage"]),
        (A + b"some bytes of another file" * 9 + C, [b"<p>one</p>", "damage", b"<p>three</p>"]),
        (
            A + B.replace(b"Content-Length: ", b"Content-Length: 9") + C,
            [b"<p>one</p>", "damage", b"<p>three</p>"],
        ),
        (A + B.replace(b"Content-Length", b"Content-Lengte") + C, [b"<p>one</p>", "damage", b"<p>three</p>"]),
        (packed(A) + gzip.compress(B)[:50] + packed(C), [b"<p>one</p>", "damage", b"<p>three</p>"]),
        (packed(A) + bytes([7] * 900) + packed(C), [b"<p>one</p>", "damage", b"<p>three</p>"]),
        (b"lost" + A, ["damage", b"<p>one</p>"]),
        (packed(A, b"nothing of ours", C), [b"<p>one</p>", "damage", b"<p>three</p>"]),
    ],
)
def test_damage_costs_the_record_it_is_in(data: bytes, found: list[bytes | str]) -> None:
    assert read(data) == found


@given(st.binary(max_size=400))
def test_bytes_that_are_no_archive_are_refused(data: bytes) -> None:
    with pytest.raises(ArchiveError):
        read(data)


@given(st.data())
def test_no_damage_costs_more_than_the_records_it_touches(data: st.DataObject) -> None:
    whole = packed(A, B, C)
    at = data.draw(st.integers(0, len(packed(A, B)) - 1))
    length = data.draw(st.integers(1, 30))
    junk = data.draw(st.binary(min_size=length, max_size=length))
    bodies = (
        read(whole[:at] + junk + whole[at + length :])
        if at + length < len(packed(A, B))
        else [b"<p>three</p>"]
    )

    assert b"<p>three</p>" in bodies


def test_pictures_and_films_are_passed_over_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    film = response("https://a.example/film", bytes(1 << 20), headers="Content-Type: video/mp4")
    path.write_bytes(film + A)
    first, second = read_archive(path)

    assert isinstance(first, Record)
    assert (first.whole, len(first.block) < 1 << 15) == (False, True)
    assert isinstance(second, Record)
    assert second.whole


def test_a_record_without_an_answer_is_told() -> None:
    [part] = read_records(io.BytesIO(record("response", "dns:a.example", b"20230501 1.2.3.4")), "it")
    assert isinstance(part, Record)

    with pytest.raises(ArchiveError, match="no HTTP answer"):
        page_of(part)
