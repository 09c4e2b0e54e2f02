"""A response becomes one finished WARC record and comes back, and damage is told, not read."""

import gzip
import hashlib
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from state.archive.reading import MAX_BODY, read_archive
from state.archive.warc import info_record, read_page, response_record
from state.errors import ArchiveError
from tests.state.archive.kept import pages
from tests.state.store.made import NOON, page


def test_a_page_comes_back_as_it_was():
    answer = page(
        b"\x00\xff\r\n\r\n<p>\xe1\x9e\x81</p>",
        url="https://news.example/a?x=1",
        requested_url="https://news.example/old",
        headers={
            "content-type": "text/html",
            "content-encoding": "gzip",
            "content-length": "999",
            "etag": '"a"',
        },
        ip="2001:db8::1",
        status=404,
        truncated=True,
    )

    assert read_page(response_record(answer).data) == answer


@given(st.binary(max_size=300), st.integers(100, 599), st.text(max_size=20), st.text(max_size=20))
def test_any_answer_comes_back_with_its_body(body, status, value, address):
    record = response_record(
        page(body, status=status, headers={"x-odd": value}, url=f"https://news.example/{address}")
    )
    back = read_page(record.data)

    assert (back.body, back.status, back.fetched_at) == (body, status, NOON)
    assert record.digest == hashlib.sha256(record.data).hexdigest()
    assert record.payload_digest == hashlib.sha256(body).hexdigest()


def test_a_header_cannot_smuggle_another():
    back = read_page(response_record(page(headers={"x-odd": "a\r\nset-cookie: b"})).data)

    assert back.headers == {"x-odd": "a set-cookie: b"}


def test_a_record_says_what_the_standard_asks():
    record = response_record(page(ip="192.0.2.7"))
    [read] = ArchiveIterator(io.BytesIO(record.data))
    names = read.rec_headers

    assert read.rec_headers.protocol == "WARC/1.1"
    assert names.get_header("WARC-Type") == "response"
    assert names.get_header("WARC-Date") == "2026-11-21T12:00:00.000000Z"
    assert names.get_header("WARC-Record-ID") == record.id
    assert names.get_header("WARC-IP-Address") == "192.0.2.7"
    assert names.get_header("WARC-Payload-Digest").startswith("sha256:")


def test_a_file_of_records_satisfies_another_reader(tmp_path):
    path = tmp_path / "a.warc.gz"
    records = [response_record(page(bytes([number]))).data for number in range(3)]
    path.write_bytes(info_record("a.warc.gz", {"software": "tocsin"}) + b"".join(records))
    check = Checker(type("Options", (), {"verbose": False, "inputs": [str(path)]}))
    check.process_all()

    assert check.exit_value == 0
    assert [one.body for one in pages(path)] == [b"\x00", b"\x01", b"\x02"]


def test_an_uncompressed_file_of_another_writer_is_read(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(gzip.decompress(response_record(page(b"plain")).data))

    assert [one.body for one in pages(path)] == [b"plain"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"this is no archive",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-30],
        lambda data: data[:40] + bytes(20) + data[60:],
        lambda data: gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\nHTTP/1.1"),
        lambda data: gzip.compress(gzip.decompress(data).replace(b"WARC-Date: 2026", b"WARC-Date: next")),
    ],
)
def test_damage_is_told(damage):
    with pytest.raises(ArchiveError):
        read_page(damage(response_record(page(b"text " * 200)).data))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ArchiveError, match="No such file"):
        list(read_archive(tmp_path / "none.warc.gz"))


def test_a_body_beyond_the_limit_is_cut_and_said_to_be():
    back = read_page(response_record(page(bytes(MAX_BODY + 10))).data)

    assert len(back.body) == MAX_BODY
    assert back.truncated


def test_headers_in_any_script_come_back_as_they_were() -> None:
    said = {"content-disposition": 'inline; filename="ក"; name=æ', "x-place": "Phnom Penh – ភ្នំពេញ"}

    again = read_page(response_record(replace(page(), headers=said)).data)

    assert dict(again.headers) == said
