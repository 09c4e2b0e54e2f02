"""Verbs by which people handle alerts: judge, pass on, look on, and ask beforehand who would hear."""

from __future__ import annotations

import json
import signal
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


def said(room: Newsroom, *verb: str, code: int = 0) -> str:
    done = killer.run(list(verb), cwd=room.folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def rows(room: Newsroom, *verb: str) -> list[dict[str, Any]]:
    done = killer.run([*verb, "--json"], cwd=room.folder)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def an_alert(room: Newsroom) -> dict[str, Any]:
    return next(row for row in rows(room, "alerts", "list") if row["headline"] == ALARMS[1].title)


def test_a_judgement_is_recorded_and_says_what_can_follow(room: Newsroom) -> None:
    id = an_alert(room)["id"]

    assert f"{id} is marked true" in said(room, "alerts", "mark", f"{id}/1", "true", "--note", "called them")
    assert "alerts retract" in said(room, "alerts", "mark", id, "false")
    assert "There is no alert" in said(room, "alerts", "mark", "A-none", "true", code=1)


def test_one_more_channel_hears_of_an_alert_once(room: Newsroom) -> None:
    id = an_alert(room)["id"]
    heard = len(room.told("analysts"))
    room.configure(more=f'[channels.second]\nurl = "{room.mail.url("second@example.org")}"\n')

    said(room, "alerts", "send", id, "--to", "second")
    again = said(room, "alerts", "send", id, "--to", "second")
    said(room, "deliver")

    assert len(room.told("analysts")) == heard + 1
    assert ALARMS[1].title in room.told("analysts")[-1]
    assert "already" in again
    assert 'did you mean "second"' in said(room, "alerts", "send", id, "--to", "secnd", code=2)


def test_a_watch_prints_each_notice_once_until_it_is_stopped(room: Newsroom) -> None:
    with killer.start(["alerts", "watch", "--since", "1d", "--json"], cwd=room.folder) as process:
        assert process.stdout is not None
        lines = [json.loads(process.stdout.readline()) for _ in ALARMS]
        process.send_signal(signal.SIGINT)
        rest, told = process.communicate(timeout=60)

    assert {line["headline"] for line in lines} == {piece.title for piece in ALARMS}
    assert rest == ""
    assert process.returncode == 0
    assert f"{len(ALARMS)} notices shown" in told


def test_routes_tell_who_would_hear_and_why_not_the_others(room: Newsroom, tmp_path: Path) -> None:
    ways = '[[routes]]\nto = ["analysts"]\nkinds = ["defection"]\n\n[[routes]]\nto = ["desk"]\n'
    config = room.configure()
    plain = config.read_text().partition("[[routes]]")[0]
    config.write_text(plain + ways)
    quiet = tmp_path / "quiet.txt"
    quiet.write_text("Inspectors find defects\n\nNine metro cars have defective brakes.\n")

    told = said(room, "routes", "test", an_alert(room)["id"])
    [row] = rows(room, "routes", "test", an_alert(room)["id"])

    assert "route 1 passes it over: kind dissolution, the route wants defection" in told
    assert "route 2 takes it" in told
    assert [one["channel"] for one in row["channels"]] == ["desk"]
    assert "It would ring nobody" in said(room, "routes", "test", str(quiet))
    assert "There is no article" in said(room, "routes", "test", "rfa:none", code=1)


def test_a_mute_shows_in_the_answer_of_routes(room: Newsroom) -> None:
    room.configure()
    said(room, "silences", "add", "channel=desk", "--for", "2h", "--because", "known")
    told = said(room, "routes", "test", an_alert(room)["id"])

    assert "→ desk: muted by" in told
    assert "in one message with others of the same story" in told


def test_a_channel_is_removed_with_what_waits_for_it(room: Newsroom) -> None:
    config = room.configure(more=f'# the night desk\n[channels.night]\nurl = "{room.mail.url()}"\n')
    config.write_text(config.read_text().replace('to = ["desk", "analysts"]', 'to = ["desk", "night"]'))
    id = an_alert(room)["id"]
    said(room, "alerts", "send", id, "--to", "night")

    told = said(room, "channels", "remove", "night", "--yes")

    assert "1 wait" in told
    assert {row["name"] for row in rows(room, "channels", "list")} == {"desk", "analysts"}
    assert 'to = ["desk"]' in config.read_text()
    assert {row["state"] for row in rows(room, "messages", "list", "--channel", "night")} == {"dropped"}
    assert "has no other target" in said(room, "channels", "remove", "desk", "--yes", code=2)
    assert said(room, "audit", "--all")
