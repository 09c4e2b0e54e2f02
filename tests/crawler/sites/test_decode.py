from __future__ import annotations

import pytest

from crawler.sites.decode import decode

KHMER = "<meta charset=iso-8859-1><p>តុលាការកំពូលបានរំលាយគណបក្ស</p>"
THAI = "<html><body><p>ศาลรัฐธรรมนูญมีคำสั่งยุบพรรคการเมืองเมื่อวันจันทร์ และตัดสิทธิกรรมการบริหารพรรคเป็นเวลาสิบปี</p></body></html>"
CHINESE = "<p>三名议员星期一宣布退出党团，并将以独立身份继续在议会任职，发言人说他们没有受到压力。</p>"


@pytest.mark.parametrize(
    ("body", "content_type", "how", "words"),
    [
        (b"\xef\xbb\xbf" + KHMER.encode(), None, "bom:utf-8", "តុលាការ"),
        ("<p>ផ្អែម</p>".encode("utf-16"), None, "bom:utf-16-le", "ផ្អែម"),
        ("<html><p>plain words</p></html>".encode("utf-16-be"), None, "nulls:utf-16-be", "plain words"),
        (KHMER.encode(), "text/html; charset=iso-8859-1", "utf-8", "តុលាការ"),
        (CHINESE.encode("gb18030"), "text/html; charset=GBK", "header:gb18030", "三名议员"),
        (("<meta charset=windows-874>" + THAI).encode("cp874"), None, "meta:cp874", "ศาลรัฐธรรมนูญ"),
        (THAI.encode("cp874"), None, "detector:cp874", "ศาลรัฐธรรมนูญ"),
        (
            "<p>d\u2019après</p>".encode("cp1252"),
            "text/html; charset=latin1",
            "header:cp1252",
            "d\u2019après",
        ),
    ],
)
def test_the_first_cue_that_fits_names_the_encoding(
    body: bytes, content_type: str | None, how: str, words: str
) -> None:
    decoded = decode(body, content_type)
    assert decoded.how == how
    assert words in decoded.text


def test_utf8_cut_in_the_middle_of_a_letter_stays_utf8() -> None:
    decoded = decode(KHMER.encode()[:-6], "text/html; charset=iso-8859-1")
    assert decoded.how == "utf-8, 1 bad bytes"
    assert "តុលាការ" in decoded.text


@pytest.mark.parametrize("label", ["punycode", "unicode_escape", "rot13", "zlib", "utf-7", "nonsense"])
def test_a_codec_that_is_no_pages_encoding_is_not_believed(label: str) -> None:
    decoded = decode(b"caf\xe9 \\u0041 " * 20, f"text/html; charset={label}")
    assert "header" not in decoded.how
    assert "\\u0041" in decoded.text


def test_no_bytes_at_all_raise() -> None:
    assert decode(bytes(range(256)) * 3).text
    assert decode(b"").text == ""
