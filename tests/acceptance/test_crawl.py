"""The real command against real sites on loopback: what must ring rings once everywhere, nothing else does."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import killer
from tests.support.newsroom import Newsroom
from tests.support.stories import ALARMS, LOOK_ALIKES, publish


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom(tmp_path) as opened:
        publish(opened)
        yield opened


def tellings(room: Newsroom, channel: str) -> Counter[str]:
    """Return how often each title was told on a channel."""
    told = room.told(channel)  # type: ignore[arg-type]
    return Counter(piece.title for piece in (*ALARMS, *LOOK_ALIKES) for text in told if piece.title in text)


EACH_ALARM_ONCE = Counter(piece.title for piece in ALARMS)


def test_a_crawl_tells_every_alarm_once_on_both_channels_and_no_look_alike(room: Newsroom) -> None:
    done = killer.run(["crawl"], cwd=room.folder)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("Done. 4 sources read, 8 new articles")
    assert tellings(room, "desk") == EACH_ALARM_ONCE
    assert tellings(room, "analysts") == EACH_ALARM_ONCE


def test_a_second_crawl_tells_nothing_and_fetches_no_article_again(room: Newsroom) -> None:
    killer.run(["crawl"], cwd=room.folder)
    told = len(room.told("desk")) + len(room.told("analysts"))

    done = killer.run(["crawl"], cwd=room.folder)

    assert done.returncode == 0, done.stderr
    assert len(room.told("desk")) + len(room.told("analysts")) == told
    assert {room.site.count(page.path) for page in room.pages} == {1}


def test_the_daemon_does_the_same_on_schedule_and_stops_when_asked(room: Newsroom) -> None:
    process = killer.start(["run"], cwd=room.folder)
    late = room.publish("rfa", *_late())
    _until(lambda: tellings(room, "desk") + tellings(room, "analysts") == EACH_ALARM_ONCE + EACH_ALARM_ONCE)
    _until(lambda: room.site.count(late) > 0)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)

    assert process.returncode == 0, err
    assert "Stopped as asked" in out
    assert tellings(room, "desk") == EACH_ALARM_ONCE
    assert tellings(room, "analysts") == EACH_ALARM_ONCE


def _late() -> tuple[str, list[str]]:
    return "A late look at the weather", ["It rained in Sampleton for the whole of the morning."]


def test_a_second_daemon_on_one_database_is_refused(room: Newsroom) -> None:
    first = killer.start(["run"], cwd=room.folder)
    _until(lambda: len(room.told("desk")) > 0)

    second = killer.run(["run"], cwd=room.folder)
    crawled = killer.run(["crawl"], cwd=room.folder)
    first.terminate()
    first.communicate(timeout=60)

    assert second.returncode == 1
    assert "process" in second.stderr
    assert crawled.returncode == 0, crawled.stderr
    assert first.returncode == 0


def test_stories_and_articles_are_listed_as_json_lines(room: Newsroom) -> None:
    killer.run(["crawl"], cwd=room.folder)

    stories = [
        json.loads(line)
        for line in killer.run(["stories", "list", "--json"], cwd=room.folder).stdout.splitlines()
    ]
    articles = [
        json.loads(line)
        for line in killer.run(["articles", "list", "--json"], cwd=room.folder).stdout.splitlines()
    ]

    assert len(articles) == 8
    assert {row["url"] for row in articles} == {a["url"] for story in stories for a in story["articles"]}
    assert all(
        a["relation"] in ("original", "copy", "joined") for story in stories for a in story["articles"]
    )


def test_nothing_is_missing_after_a_crawl(room: Newsroom) -> None:
    killer.run(["crawl"], cwd=room.folder)

    audit = killer.run(["audit"], cwd=room.folder)

    assert audit.returncode == 0, audit.stdout + audit.stderr


def _until(is_so: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come to pass in time"
        time.sleep(0.05)


def test_sigterm_at_any_early_moment_ends_the_daemon_with_0(room: Newsroom) -> None:
    codes = []
    for pause in (0.15, 0.4, 0.8, 1.2, 2.0):
        process = killer.start(["run"], cwd=room.folder)
        time.sleep(pause)
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=45)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        codes.append(process.returncode)

    assert codes == [0] * 5
