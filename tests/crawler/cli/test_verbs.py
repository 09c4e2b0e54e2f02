"""Verbs over one store that was filled by a real crawl: what they print is what is there."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import killer
from tests.support.newsroom import Newsroom
from tests.support.stories import ALARMS, publish


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with Newsroom(tmp_path_factory.mktemp("room")) as opened:
        publish(opened)
        done = killer.run(["crawl"], cwd=opened.folder)
        assert done.returncode == 0, done.stderr
        yield opened


def rows(room: Newsroom, *verb: str) -> list[dict[str, Any]]:
    done = killer.run([*verb, "--json"], cwd=room.folder)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def said(room: Newsroom, *verb: str, code: int = 0) -> str:
    done = killer.run(list(verb), cwd=room.folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_alerts_are_listed_shown_and_seen(room: Newsroom) -> None:
    [alert] = [
        row
        for row in rows(room, "alerts", "list")
        if row["headline"] == ALARMS[1].title and row["severity"] != "low"
    ]

    shown = said(room, "alerts", "show", alert["id"])
    said(room, "alerts", "ack", f"{alert['id']}/1", "--by", "desk officer")
    [seen] = [row for row in rows(room, "alerts", "list") if row["id"] == alert["id"]]

    assert alert["kind"] == "dissolution"
    assert "dissolution-en" in shown
    assert "desk: notice 1 sent" in shown
    assert seen["seen_by"] == ["desk officer"]
    assert "There is no alert" in said(room, "alerts", "ack", "A-none", code=1)


def test_articles_are_shown_searched_and_exported(room: Newsroom, tmp_path: Path) -> None:
    [found] = rows(room, "articles", "search", "Supreme Court", "Orchard")

    text = said(room, "articles", "show", found["key"])
    exported = [
        json.loads(line) for line in killer.run(["articles", "export"], cwd=room.folder).stdout.splitlines()
    ]
    said(room, "articles", "export", "--to", str(tmp_path / "out"))

    assert text.splitlines()[0].lstrip("\\") == ALARMS[1].title
    assert {form["format"] for form in exported} == {"tocsin-article/1"}
    assert "poster" not in json.dumps([form["byline"] for form in exported])
    assert len(list((tmp_path / "out").glob("*.txt"))) == len(exported) == 8


def test_events_carry_their_claim(room: Newsroom) -> None:
    events = rows(room, "events", "list", "--kind", "dissolution")

    assert {event["claim"] for event in events} >= {"reported"}
    assert any("Orchard Party" in (event["actor"] or "") for event in events)


def test_a_mute_is_added_listed_and_ended(room: Newsroom) -> None:
    said(room, "silences", "add", "kind=dissolution", "--for", "2h", "--because", "known")
    [mute] = rows(room, "silences", "list")
    said(room, "silences", "expire", mute["id"])

    assert mute["matchers"] == {"kind": "dissolution"}
    assert rows(room, "silences", "list") == []
    assert "is none of" in said(room, "silences", "add", "knd=dissolution", "--for", "2h", code=2)


def test_messages_are_listed_and_shown_as_they_went_out(room: Newsroom) -> None:
    sent = rows(room, "messages", "list", "--state", "sent", "--channel", "analysts")

    shown = said(room, "messages", "show", sent[0]["id"])

    assert any(sent[0]["body"].strip() in text for text in room.told("analysts"))
    assert sent[0]["id"] in shown or sent[0]["body"].splitlines()[0] in shown
    assert "unknown, or already settled" in said(room, "messages", "drop", "M-none", code=1)


def test_all_is_well_after_a_good_crawl(room: Newsroom) -> None:
    assert "WATCHING 4 of 4 sources" in said(room, "status")
    assert "is whole" in said(room, "db", "check")
    assert "this version's schema" in said(room, "db", "upgrade")
    assert {row["state"] for row in rows(room, "sources", "list")} == {"well"}


def test_a_channel_is_tested_and_one_that_is_not_there_is_named(room: Newsroom) -> None:
    assert "look whether it arrived" in said(room, "channels", "test", "desk")
    assert 'did you mean "desk"' in said(room, "channels", "test", "dsk", code=2)
    assert "sesame" not in said(room, "channels", "list")


def test_the_doctor_finds_a_well_house_and_says_what_is_not(room: Newsroom) -> None:
    assert "no fault" in said(room, "doctor", "--send", "desk")
    room.site.status("/rss/?zoneid=1579", 403)

    ill = said(room, "doctor", code=1)

    assert "voa" in ill
    assert "403" in ill


def test_a_dry_run_says_what_would_ring_and_changes_nothing(room: Newsroom) -> None:
    told = len(room.told("desk"))

    out = said(room, "crawl", "rfa", "--dry-run", "--since", "7d")

    assert ALARMS[0].title in out
    assert "nothing was kept and nobody told" in out
    assert len(room.told("desk")) == told


def test_a_source_is_tried_without_keeping_anything(room: Newsroom) -> None:
    assert "nothing was kept" in said(room, "sources", "test", "rfa")


def test_an_address_is_read_as_an_article(room: Newsroom) -> None:
    page = next(page for page in room.pages if page.title == ALARMS[0].title)

    done = killer.run(["read", f"{room.site.url}{page.path}", "--format", "text"], cwd=room.folder)

    assert done.returncode == 0, done.stderr
    assert ALARMS[0].paragraphs[0] in done.stdout


def test_events_are_exported_as_lines_and_as_a_table(room: Newsroom, tmp_path: Path) -> None:
    lines = [
        json.loads(line) for line in killer.run(["events", "export"], cwd=room.folder).stdout.splitlines()
    ]
    said(room, "events", "export", "--format", "csv", "--output", str(tmp_path / "events.csv"))
    with (tmp_path / "events.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))

    assert {line["claim"] for line in lines} >= {"reported"}
    assert [row["quote"].lstrip("'") for row in table] == [line["quote"] for line in lines]
    assert all(line["url"] and line["title"] and line["seen_at"] for line in lines)
    assert list(table[0])[:5] == ["id", "claim", "kind", "subkind", "actor"]
