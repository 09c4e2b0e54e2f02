"""What goes out as files comes back as the same articles, and harms nobody who opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.app import App
from crawler.exports import COLUMNS, Choice, chosen, replacing, write_folder, write_stream
from crawler.imports import import_files
from crawler.settings import Settings
from state.article import Article, Caption, Comment, Section
from state.errors import InputError
from state.store.store import Store
from state.text import load

NOW = datetime(2023, 7, 21, 9, tzinfo=UTC)
ARTICLES = (
    Article(
        title="=HYPERLINK(\"http://example.org\")",
        sections=(Section(None, ("One, with a comma.", "“Two”\u200bquoted.")), Section("Trust", ("+three.",))),
        key="one",
        url="https://example.org/one",
        source="north",
        language="en",
        captions=(Caption("A picture.", "AFP"),),
        comments=(Comment(text="A line.\nAnother.", author="Marlow", quoted=("said before",)),),
        published_at=NOW,
    ),
    Article(
        title="ក្រុមប្រឹក្សាឃុំ *ចាកចេញ* <b>ពីបក្ស</b>",
        sections=(Section(None, ("សមាជិកបីរូបបានចាកចេញ។",)),),
        key="two",
        source="south",
        language="km",
        quoted=("ដូចដែលបានលើកឡើង",),
    ),
    Article(title="解散政黨", sections=(Section(None, ("法院宣布解散該黨。",)),), key="three", source="south", language="zh-Hant"),
)  # fmt: skip


@contextmanager
def filled(tmp_path: Path) -> Iterator[Store]:
    store = Store.in_memory()
    for number, article in enumerate(ARTICLES):
        at = NOW + timedelta(days=number)
        with store.begin() as tx:
            tx.articles.put(replace(article, fetched_at=at), now=at, backlog=True)
    try:
        yield store
    finally:
        store.close()


def app(tmp_path: Path, store: Store) -> AbstractContextManager[App]:
    return App.open(Settings.model_validate({}), base_dir=tmp_path, store=store)


def versions(store: Store) -> dict[str, str]:
    with store.read() as tx:
        return {row.key: row.version for row in tx.articles.list()}


def test_json_lines_into_an_empty_store_give_the_same_content_hashes(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        with store.read() as tx, (tmp_path / "all.jsonl").open("w", encoding="utf-8") as out:
            assert write_stream(chosen(tx, Choice()), "jsonl", out) == 3
        before = versions(store)
    with app(tmp_path, Store.in_memory()) as empty:
        done = import_files(empty, [str(tmp_path / "all.jsonl")])
        again = import_files(empty, [str(tmp_path / "all.jsonl")])
        assert versions(empty.store) == before
    assert (done.new, done.failed) == (3, 0)
    assert (again.new, again.revised, again.same) == (0, 0, 3)


def test_a_folder_of_texts_reads_back_and_is_known_the_second_time(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with filled(tmp_path) as store, store.read() as tx:
        assert write_folder(chosen(tx, Choice()), "text", folder) == 3
    back = [load(path.read_text("utf-8")) for path in sorted(folder.iterdir())]
    with app(tmp_path, Store.in_memory()) as empty:
        import_files(empty, [str(folder)])
        again = import_files(empty, [str(folder)])

    assert [(a.title, a.sections, a.captions, a.quoted) for a in back] == [
        (a.title, a.sections, a.captions, a.quoted) for a in ARTICLES
    ]
    assert [comment.text for comment in back[0].comments] == ["A line.\nAnother."]
    assert again.same == 3


def test_a_table_has_its_columns_and_no_formula(tmp_path: Path) -> None:
    out = io.StringIO()
    with filled(tmp_path) as store, store.read() as tx:
        write_stream(chosen(tx, Choice()), "csv", out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))

    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["title"] == '\'=HYPERLINK("http://example.org")'
    assert rows[0]["text"] == "One, with a comma.\n\n“Two”\u200bquoted.\n\nTrust\n\n+three."
    assert rows[0]["comments"] == "1"
    assert rows[1]["title"] == ARTICLES[1].title


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\n=1"])
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    out = io.StringIO()
    write_stream([Article(title=cell, sections=())], "csv", out)
    [row] = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["title"] == f"'{cell}"


def test_markdown_is_escaped(tmp_path: Path) -> None:
    out = io.StringIO()
    with filled(tmp_path) as store, store.read() as tx:
        write_stream(chosen(tx, Choice(source="south")), "markdown", out)
    assert "\\*ចាកចេញ\\* \\<b\\>" in out.getvalue()


@pytest.mark.parametrize(
    ("choice", "keys"),
    [
        (Choice(source="south"), ["two", "three"]),
        (Choice(language="zh"), ["three"]),
        (Choice(language="z"), []),
        (Choice(since=NOW + timedelta(hours=1)), ["two", "three"]),
        (Choice(until=NOW + timedelta(hours=1)), ["one"]),
        (Choice(query="解散"), ["three"]),
        (Choice(query="解散", source="north"), []),
    ],
)
def test_a_choice_narrows(tmp_path: Path, choice: Choice, keys: list[str]) -> None:
    with filled(tmp_path) as store, store.read() as tx:
        assert [article.key for article in chosen(tx, choice)] == keys


def test_an_unknown_alert_is_said(tmp_path: Path) -> None:
    with filled(tmp_path) as store, store.read() as tx, pytest.raises(InputError, match="no alert"):
        list(chosen(tx, Choice(alert="A-none")))


def write_half(path: Path) -> None:
    with replacing(path) as out:
        out.write("half")
        "é".encode("ascii")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text("before")
    with pytest.raises(UnicodeEncodeError):
        write_half(path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
