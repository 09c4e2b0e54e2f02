"""Answers meant to harm: what is compressed, endless, slow, garbled or wrongly announced ends as a plain error."""

from __future__ import annotations

import gzip
import itertools
import time
import zlib
from base64 import b64decode
from collections.abc import Iterator

import pytest

from state.errors import FetchError, TooLargeError
from tests.crawler.fetch.visiting import visitor
from tests.support.fake_site import Answer, FakeSite

MOST = 30_000_000
#: 30 MB of one digit.
BROTLI = b64decode("y///P/glYOKxQCD3/o///3/wSwDEYRGA7v0f////4JcAiMMCAN37v/wbTsIvARCHBQA6u0k=")


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with FakeSite() as running:
        yield running


def raw_deflate(body: bytes) -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(body) + made.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"0" * MOST)),
        ("x-gzip", gzip.compress(b"0" * MOST)),
        ("deflate", zlib.compress(b"0" * MOST)),
        ("deflate", raw_deflate(b"0" * MOST)),
        ("br", BROTLI),
        ("gzip, gzip", gzip.compress(gzip.compress(b"0" * MOST))),
        ("br, gzip", gzip.compress(BROTLI)),
    ],
    ids=["gzip", "x-gzip", "deflate", "raw deflate", "br", "gzip twice", "gzip of br"],
)
def test_a_bomb_is_refused_however_it_is_packed(site: FakeSite, encoding: str, body: bytes) -> None:
    site.page("/bomb", body, headers={"Content-Encoding": encoding})
    site.page("/b", "x")

    with visitor() as someone:
        with pytest.raises(TooLargeError):
            someone.fetch(site.url + "/bomb")
        assert someone.fetch(site.url + "/b").body == b"x"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_what_only_says_that_it_is_compressed_is_a_plain_error(site: FakeSite, encoding: str) -> None:
    site.page("/a", b"<p>no such thing</p>" * 50, headers={"Content-Encoding": encoding})
    site.page("/b", "x")

    with visitor() as someone:
        try:
            body = someone.fetch(site.url + "/a").body
        except FetchError as error:
            body = error.problem.encode()
        assert len(body) < 2000
        assert someone.fetch(site.url + "/b").body == b"x"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_compressed_body_without_end_is_cut_off(site: FakeSite, encoding: str) -> None:
    sent: list[int] = []

    def chunks() -> Iterator[bytes]:
        for number in range(5000):
            sent.append(number)
            yield b"\x00" * 100_000

    site.stream("/big", chunks, Content_Encoding=encoding)

    with visitor(max_body="1MB") as someone, pytest.raises(TooLargeError):
        someone.fetch(site.url + "/big")

    assert len(sent) < 500


def test_a_body_that_comes_byte_by_byte_is_given_up(site: FakeSite) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in itertools.repeat(None, 200):
            time.sleep(0.05)
            yield b"x"

    site.stream("/slow", chunks)

    with visitor(timeout="1s") as someone, pytest.raises(FetchError, match="in time") as error:
        someone.fetch(site.url + "/slow")

    assert error.value.retryable


@pytest.mark.parametrize("length", ["-5", "abc", "99999999999999999999", "3, 4"])
def test_a_length_that_cannot_be_is_a_plain_error(site: FakeSite, length: str) -> None:
    site.stream("/a", lambda: iter([b"<p>some text</p>"]), Content_Length=length)
    site.page("/b", "x")

    with visitor(timeout="5s") as someone:
        with pytest.raises(FetchError):
            someone.fetch(site.url + "/a")
        assert someone.fetch(site.url + "/b").body == b"x"


def test_a_length_that_is_too_short_takes_no_more_than_was_announced(site: FakeSite) -> None:
    site.stream("/a", lambda: iter([b"<p>some text</p>"]), Content_Length="7")

    with visitor() as someone:
        assert someone.fetch(site.url + "/a").body == b"<p>some"


def test_ten_thousand_headers_are_not_read_to_their_end(site: FakeSite) -> None:
    headers = {f"X-{number}": "x" * 20 for number in range(10_000)}
    site.answer("/a", Answer(200, b"x", headers))
    site.page("/b", "x")

    with visitor(timeout="10s") as someone:
        with pytest.raises(TooLargeError, match="headers"):
            someone.fetch(site.url + "/a")
        assert someone.fetch(site.url + "/b").body == b"x"


def test_a_thousand_headers_are_read(site: FakeSite) -> None:
    site.answer("/a", Answer(200, b"x", {f"X-{number}": "x" * 100 for number in range(1000)}))

    with visitor() as someone:
        assert [someone.fetch(site.url + "/a").body for _ in range(4)] == [b"x"] * 4


def test_a_header_of_a_megabyte_is_a_plain_error(site: FakeSite) -> None:
    site.answer("/a", Answer(200, b"x", {"X-Long": "x" * 1_000_000}))
    site.page("/b", "x")

    with visitor(timeout="10s") as someone:
        with pytest.raises(FetchError):
            someone.fetch(site.url + "/a")
        assert someone.fetch(site.url + "/b").body == b"x"
