"""Articles from files go the whole walk, wake nobody, and are known the second time."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler import pipeline
from crawler.app import App
from crawler.imports import import_files
from crawler.settings import Settings
from state.article import Article
from state.records import NoticeKind
from state.store.store import Store
from tests.support.stories import ALARMS


def folder_of_articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    form = {
        "title": ALARMS[0].title,
        "sections": [{"heading": None, "paragraphs": list(ALARMS[0].paragraphs)}],
        "url": "https://example.org/a",
        "published_at": "2017-11-07T01:02:03Z",
    }
    (folder / "a.json").write_text(json.dumps(form))
    (folder / "deep" / "b.txt").write_text(f"{ALARMS[1].title}\n\n{ALARMS[1].paragraphs[0]}\n")
    (folder / "broken.json").write_text("{")
    (folder / "notes.pdf").write_bytes(b"no article")
    return folder


def settings() -> Settings:
    return Settings.model_validate({"channels": {"desk": {"url": "json://127.0.0.1:9"}}})


def test_a_folder_is_taken_in_and_nobody_is_woken(tmp_path: Path) -> None:
    with App.open(settings(), base_dir=tmp_path, store=Store.in_memory()) as app:
        failed: list[str] = []
        done = import_files(
            app,
            [str(folder_of_articles(tmp_path))],
            told=lambda document, _: failed.append(document.name) if document.article is None else None,
        )
        with app.store.read() as tx:
            rows = {row.title: row for row in tx.articles.list()}
            messages = tx.messages.list()
            alerts = tx.matches.list()

    assert (done.new, done.failed, [Path(name).name for name in failed]) == (2, 1, ["broken.json"])
    assert rows[ALARMS[0].title].published_at == datetime(2017, 11, 7, 1, 2, 3, tzinfo=UTC)
    assert rows[ALARMS[0].title].backlog
    assert messages == []
    reasons = {stored.why_no_promise for stored in alerts}
    assert "import" in reasons
    assert reasons <= {"import", "no_alert"}  # words of a rule without an event are no alert at all


def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    folder = str(folder_of_articles(tmp_path))
    with App.open(settings(), base_dir=tmp_path, store=Store.in_memory()) as app:
        import_files(app, [folder])
        again = import_files(app, [folder])

    assert (again.new, again.revised, again.same) == (0, 0, 2)


def test_on_request_they_ring_as_if_they_were_new(tmp_path: Path) -> None:
    with App.open(settings(), base_dir=tmp_path, store=Store.in_memory()) as app:
        import_files(app, [str(folder_of_articles(tmp_path))], ring=True)
        with app.store.read() as tx:
            kinds = {alert.kind for alert in tx.alerts.list()}

    assert kinds == {"defection", "dissolution"}


def test_a_folder_of_strange_names_links_and_pipes_is_walked_to_its_end(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "-rf --no\nsuch\x1b[2J").mkdir(parents=True)
    (folder / "-rf --no\nsuch\x1b[2J" / "=cmd.txt").write_text("A title\n\nOne sentence.\n")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    os.symlink(b"nowhere", os.fsencode(folder) + b"/\xff.json")

    with App.open(settings(), base_dir=tmp_path, store=Store.in_memory()) as app:
        done = import_files(app, [str(folder)])

    assert (done.new, done.failed) == (1, 2)


def test_lines_that_are_no_article_are_named_and_the_others_are_taken(tmp_path: Path) -> None:
    good = {"title": "T", "sections": [{"heading": None, "paragraphs": ["One."]}]}
    lines = [
        json.dumps(good),
        "{",
        json.dumps({"title": "no sections"}),
        "",
        json.dumps(good | {"title": "U"}),
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n")
    failed: list[tuple[str, str]] = []

    with App.open(settings(), base_dir=tmp_path, store=Store.in_memory()) as app:
        done = import_files(
            app,
            [str(tmp_path / "many.jsonl")],
            told=lambda document, _: (
                failed.append((document.name[-12:], document.error)) if document.error else None
            ),
        )

    assert (done.new, done.failed) == (2, 2)
    assert failed[0][0] == "many.jsonl:2"
    assert "line 1 column 2" in failed[0][1]
    assert failed[1] == ("many.jsonl:3", "sections is missing")


def test_what_breaks_on_one_article_leaves_those_before_it_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        {"title": f"The council hears matter {number}", "sections": [{"paragraphs": ["It was long."]}]}
        for number in range(5)
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    real = pipeline.ingest

    def breaking(article: Article, *args: Any, **named: Any) -> pipeline.Ingested:
        if article.title.endswith("3"):
            raise LookupError("a fault of ours")
        return real(article, *args, **named)

    monkeypatch.setattr(pipeline, "ingest", breaking)
    with App.open(settings(), base_dir=tmp_path, store=Store.in_memory()) as app:
        with pytest.raises(LookupError, match="a fault of ours"):
            import_files(app, [str(file)])
        with app.store.read() as tx:
            titles = {row.title[-1] for row in tx.articles.list()}

    assert titles == {"0", "1", "2"}


def test_an_article_that_rang_is_corrected_by_an_import_only_on_request(tmp_path: Path) -> None:
    def edited(text: str) -> str:
        form = {
            "title": ALARMS[0].title,
            "sections": [{"heading": None, "paragraphs": [text]}],
            "url": "https://example.org/a",
        }
        (tmp_path / "a.json").write_text(json.dumps(form))
        return str(tmp_path / "a.json")

    with App.open(settings(), base_dir=tmp_path, store=Store.in_memory()) as app:
        import_files(app, [edited(ALARMS[0].paragraphs[0])], ring=True)
        with app.store.begin() as tx:
            [alert] = tx.alerts.list()
            tx.messages.hurry(app.clock.now())
            for claimed in tx.messages.claim(app.clock.now(), "test"):
                tx.messages.fix(claimed.message.id, "told", "told", now=app.clock.now())
        quiet = import_files(app, [edited("The council spoke about the bridge.")])
        with app.store.read() as tx:
            untold = [notice.kind for notice in tx.notices.of(alert.id)]
        import_files(app, [edited("The council spoke about the bridge and the road.")], ring=True)
        with app.store.read() as tx:
            told = [notice.kind for notice in tx.notices.of(alert.id)]

    assert quiet.revised == 1
    assert untold == [NoticeKind.ALERT]
    assert told == [NoticeKind.ALERT, NoticeKind.CORRECTION]
