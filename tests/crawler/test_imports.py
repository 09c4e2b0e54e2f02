"""Articles from files go the whole walk, wake nobody, and are known the second time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from crawler.app import App
from crawler.imports import import_files
from crawler.settings import Settings
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
        done = import_files(app, [str(folder_of_articles(tmp_path))])
        with app.store.read() as tx:
            rows = {row.title: row for row in tx.articles.list()}
            messages = tx.messages.list()
            alerts = tx.matches.list()

    assert (done.new, [Path(d.name).name for d in done.failed]) == (2, ["broken.json"])
    assert rows[ALARMS[0].title].published_at == datetime(2017, 11, 7, 1, 2, 3, tzinfo=UTC)
    assert rows[ALARMS[0].title].backlog
    assert messages == []
    assert {stored.why_no_promise for stored in alerts} == {"import"}


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
