"""What rang stands in two files that any feed reader takes, whatever the page wrote into its headline."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser

from crawler.jobs.feeds import write_feeds
from state.records import NoticeKind, Severity
from tests.support.office import minutes, office

HOSTILE = "Deputy <b>quits</b> & joins\x0b \u202e'\"]]> នាយក"


def test_each_notice_is_an_entry_the_newest_first(tmp_path: Path) -> None:
    with office(tmp_path, {}, feeds={"folder": "public"}) as desk:
        desk.rings(1)
        desk.clock.advance(minutes(5))
        desk.rings(2, title=HOSTILE)
        desk.rings(3, severity=Severity.LOW)

        assert write_feeds(desk)
        read = feedparser.parse((tmp_path / "public" / "alerts.atom").read_bytes())
        form = json.loads((tmp_path / "public" / "alerts.json").read_bytes())

    assert not read.bozo
    assert [entry.link for entry in read.entries] == [
        "https://www.example.org/news/2/",
        "https://www.example.org/news/1/",
    ]
    assert [item["id"] for item in form["items"]] == [
        entry.id.removeprefix("urn:tocsin:") for entry in read.entries
    ]
    assert "<b>quits</b> & joins" in form["items"][0]["content_text"]
    assert read.entries[0].content[0].type == "text/plain"


def test_files_are_written_only_when_something_rang(tmp_path: Path) -> None:
    with office(tmp_path, {}, feeds={"folder": "public"}) as desk:
        alert = desk.rings()
        assert write_feeds(desk)
        assert not write_feeds(desk)
        desk.rings(notice_kind=NoticeKind.UPDATE)
        assert write_feeds(desk)
        form = json.loads((tmp_path / "public" / "alerts.json").read_bytes())

    assert {item["id"] for item in form["items"]} == {f"{alert.id}/1", f"{alert.id}/2"}


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    with office(tmp_path, {}) as desk:
        desk.rings()
        assert not write_feeds(desk)
