"""``articles diff`` and ``read --site`` as they are typed."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import killer
from tests.support.newsroom import Newsroom

WAS = "Twelve councillors of the Lotus Party defected to the Reed Party on Friday, its spokesman said."
NOW = "Four councillors of the Lotus Party did not defect to the Reed Party on Friday, its spokesman said."
HOSTILE = "<script>alert(1)</script> \x1b[31mred \u202egnorw [-x-] {+y+}"


def article(title: str, *paragraphs: str, language: str = "en") -> str:
    form = {
        "format": "tocsin-article/1",
        "url": "https://news.example/a/four-councillors-did-not",
        "title": title,
        "language": language,
        "sections": [{"heading": None, "paragraphs": list(paragraphs)}],
    }
    return json.dumps(form, ensure_ascii=False)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with Newsroom(tmp_path_factory.mktemp("room")) as opened:
        take_in(opened, article("Twelve defect", WAS, "They had served since 2022."))
        take_in(opened, article("Four did not defect", NOW, "They had served since 2022.", HOSTILE))
        yield opened


def take_in(room: Newsroom, form: str) -> None:
    (room.folder / "one.json").write_text(form, encoding="utf-8")
    done = killer.run(["articles", "import", "one.json"], cwd=room.folder)
    assert done.returncode == 0, done.stderr


def run(room: Newsroom, *words: str) -> subprocess.CompletedProcess[str]:
    return killer.run(list(words), cwd=room.folder)


ADDRESS = "https://www.news.example/a/four-councillors-did-not.html?utm_source=x"


def test_a_pipe_gets_words_in_brackets_and_no_escape_sequence(room: Newsroom) -> None:
    done = run(room, "articles", "diff", ADDRESS)

    assert done.returncode == 0, done.stderr
    assert (
        "[-Twelve-]{+Four+} councillors of the Lotus Party [-defected-]{+did not defect+} to the Reed"
        in done.stdout
    )
    assert "version 1 of 2" in done.stdout
    assert "version 2 of 2" in done.stdout
    assert "was: " in done.stdout
    assert "DENIED" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "⟨U+001B⟩" in done.stdout
    assert "⟨U+202E⟩" in done.stdout
    assert "\\[-x-\\] \\{+y+\\}" in done.stdout


def test_versions_are_named_by_number_or_hash(room: Newsroom) -> None:
    form = json.loads(run(room, "articles", "diff", ADDRESS, "--json").stdout)
    first, last = form["from"]["version"], form["to"]["version"]

    back = json.loads(run(room, "articles", "diff", ADDRESS, "2", first[:10], "--json").stdout)

    assert (form["from"]["number"], form["to"]["number"], form["meaning"]) == (1, 2, True)
    assert {change["field"] for change in form["changes"]} >= {"title", "paragraph 1", "paragraph 3"}
    assert (back["from"]["version"], back["to"]["version"]) == (last, first)
    assert run(room, "articles", "diff", ADDRESS, "9").returncode == 1
    assert "2 versions are kept" in run(room, "articles", "diff", ADDRESS, "9").stderr
    assert run(room, "articles", "diff", "no-such-article").returncode == 1


def test_the_page_stands_alone_and_shows_markup_as_text(room: Newsroom) -> None:
    done = run(room, "articles", "diff", ADDRESS, "--html", "diff.html")
    page = (room.folder / "diff.html").read_text(encoding="utf-8")
    printed = run(room, "articles", "diff", ADDRESS, "--html", "-").stdout

    assert done.returncode == 0, done.stderr
    assert printed.strip() == page.strip()
    assert "<script" not in page
    assert html.escape("<script>alert(1)</script>") in page
    assert (room.folder / "diff.html").stat().st_mode & 0o777 == 0o600
    assert not re.search(r"(?:src|href|url\()\s*=?\s*[\"']?https?:", page)
    assert 'dir="auto" lang="en"' in page
    assert "prefers-color-scheme:dark" in page
    assert "@media print" in page
    assert "<del>Twelve</del><ins>Four</ins>" in page
    assert "\x1b" not in page


def test_a_page_that_cannot_be_written_is_told(room: Newsroom) -> None:
    done = run(room, "articles", "diff", ADDRESS, "--html", "no/such/folder.html")

    assert done.returncode == 1
    assert "cannot write" in done.stderr.lower()


@pytest.mark.parametrize(("name", "code"), [("NOPE", 2), ("vao", 2), ("voa", 0), ("generic", 0)])
def test_a_site_without_a_parser_is_a_slip_of_the_command_line(tmp_path: Path, name: str, code: int) -> None:
    text = "A rather plain sentence about the council, long enough to be read as text. " * 5
    (tmp_path / "page.html").write_text(
        f"<html><body><article><h1>A title</h1><p>{text}</p></article></body></html>"
    )

    done = killer.run(["read", "page.html", "--site", name], cwd=tmp_path)

    assert done.returncode == code, done.stderr
    if code:
        assert "There are: " in done.stderr
        assert "voa" in done.stderr
        assert "generic" in done.stderr
        assert name in done.stderr
