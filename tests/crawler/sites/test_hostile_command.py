"""The command itself given hostile files: it ends by itself, within 2 GB, with an article or with a reason."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys

import pytest

from tests.crawler.sites.pages import html

WORDS = "The court dissolved the party on Monday in the capital, officials said. "
ARTICLE = f"<h1>Court dissolves party</h1><article><p>{WORDS * 4}</p></article>"
THAI = (
    "<h1>ศาลสั่งยุบพรรค</h1><article>"
    + "<p>ศาลรัฐธรรมนูญมีคำสั่งยุบพรรคการเมืองเมื่อวันจันทร์ และตัดสิทธิกรรมการบริหารพรรค</p>" * 4
    + "</article>"
)
CHINESE = (
    "<h1>法院解散政黨</h1><article>"
    + "<p>三名議員星期一宣布退出黨團，並將以獨立身份繼續在議會任職，發言人說他們沒有受到壓力。</p>" * 4
    + "</article>"
)
KOREAN = (
    "<h1>법원 정당 해산</h1><article>"
    + "<p>헌법재판소는 월요일 정당의 해산을 명령했으며 의원들은 무소속으로 남기로 했다고 밝혔다.</p>" * 4
    + "</article>"
)
#: Bytes of memory that one page may cost the program.
MEMORY = 2 << 30
READ: dict[str, tuple[bytes, str]] = {
    "200,000 links": (html('<a href="/x">l</a>' * 200_000 + ARTICLE).encode(), "Court dissolves party"),
    "a title of 1 MB": (html(f"<title>{'t' * 1_000_000}</title>" + ARTICLE).encode(), "Court dissolves party"),
    "an attribute of 5 MB": (html(f'<div data-x="{"y" * 5_000_000}">{ARTICLE}</div>').encode(), "Court dissolves party"),
    "10,000 comments": (html(ARTICLE + '<div class="comment"><i class="author">a</i><p class="comment-body">hi</p></div>' * 10_000).encode(), "Court dissolves party"),
    "700 figures in one another": (html(ARTICLE + "<figure><figcaption>c" * 700).encode(), "Court dissolves party"),
    "tables that never close": (html("<table><tr><td>" * 900 + ARTICLE).encode(), "Court dissolves party"),
    "thai without a label": (THAI.encode("cp874"), "ศาลสั่งยุบพรรค"),
    "big5 under a label": (('<meta charset="big5">' + CHINESE).encode("big5hkscs"), "法院解散政黨"),
    "euc-kr under a label": (('<meta charset="euc-kr">' + KOREAN).encode("euc_kr"), "법원 정당 해산"),
    "utf-32": (html(CHINESE).encode("utf-32"), "法院解散政黨"),
    "a label that lies": (('<meta charset="utf-16">' + CHINESE).encode(), "法院解散政黨"),
    "a label of a codec that runs code words": (('<meta charset="unicode_escape">' + ARTICLE).encode(), "Court dissolves party"),
}  # fmt: skip
REFUSED: dict[str, bytes] = {
    "a gzip bomb under a page's name": gzip.compress(b"\0" * 50_000_000),
    "10 MB of opening tags": b"<div>" * 2_000_000,
    "10 MB of one entity": b"&amp;" * 2_000_000,
}


def _read(path) -> subprocess.CompletedProcess[str]:
    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    return subprocess.run(
        [sys.executable, "-c", "from crawler.cli import main; main()", "read", str(path), "--url", "https://x.example/a"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=bounded,
    )  # fmt: skip


@pytest.mark.parametrize(("body", "title"), READ.values(), ids=READ)
def test_a_hostile_file_with_an_article_is_read_in_bounded_time_and_memory(
    tmp_path, body: bytes, title: str
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(body)
    told = _read(path)
    assert told.returncode == 0, told.stderr[-600:]
    assert title in told.stdout


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_a_hostile_file_without_one_is_refused_with_a_reason(tmp_path, body: bytes) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(body)
    told = _read(path)
    assert told.returncode > 0
    assert "Traceback" not in told.stderr
    assert len(told.stderr) > 20


def test_a_page_of_which_little_was_read_is_told_on_stderr(tmp_path) -> None:
    rest = "".join(
        f"<div><p>Another long paragraph number {n} about the harbour.</p></div>" for n in range(40)
    )
    path = tmp_path / "page.html"
    path.write_text(
        html(
            f'<div id="storypagemaincol"><h1>Short</h1><div id="storytext"><p>One line.</p></div></div>{rest}'
        )
    )
    told = _read(path)
    assert told.returncode == 0
    assert "The layout may have changed" in told.stderr
