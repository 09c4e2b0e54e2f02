"""What goes wrong outside: each fault is told with place and remedy, the exit code is right, nothing is lost."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import killer
from tests.support.fake_site import FakeSite
from tests.support.newsroom import BOARD, FEEDS, Newsroom
from tests.support.stories import ALARMS, publish

RULE = """\
id: floor
title: Somebody crosses the floor
severity: high
events: []
terms:
  words: [crossed the floor]
when: words
tests:
  - match: She crossed the floor.
  - no_match: She swept the floor.
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom(tmp_path) as opened:
        yield opened


def crawl(room: Newsroom) -> subprocess.CompletedProcess[str]:
    done = killer.run(["crawl"], cwd=room.folder)
    assert "Traceback" not in done.stderr
    return done


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stdout.strip() or done.stderr.strip()).splitlines()[-1]


# ---- the configuration and the rules


def test_an_unknown_key_stops_before_anything_is_done(room: Newsroom) -> None:
    room.configure(more='[fetch2]\ndelay = "1s"\n')

    done = crawl(room)

    assert done.returncode == 2
    assert '"fetch2" is not known here, did you mean "fetch"?' in last_line(done)
    assert not (room.folder / "state.db").exists()


def test_a_missing_secret_is_named(room: Newsroom) -> None:
    path = room.configure()
    path.write_text(path.read_text().replace('secret = "sesame"', 'secret = "env:NO_SUCH_SECRET"'))

    done = crawl(room)

    assert done.returncode == 2
    assert "NO_SUCH_SECRET is not set" in done.stderr


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (RULE.replace("when: words", "when: wrods"), "mine.yaml:7:7"),
        (RULE.replace("severity: high", "severity: high\nseverity: low"), "mine.yaml:4:"),
    ],
    ids=["typo", "duplicate key"],
)
def test_a_broken_rule_is_told_with_its_place_and_the_others_watch_on(
    room: Newsroom, broken: str, told: str
) -> None:
    publish(room)
    room.configure(more='[rules]\npacks = ["defection", "dissolution"]\nfiles = ["mine.yaml"]\n')
    (room.folder / "mine.yaml").write_text(broken)

    checked = killer.run(["rules", "check", "mine.yaml"], cwd=room.folder)
    done = crawl(room)

    assert checked.returncode == 1
    assert told in checked.stderr
    assert told in done.stderr
    assert all(any(piece.title in text for text in room.told("desk")) for piece in ALARMS)


# ---- the web


@pytest.mark.parametrize(
    "body",
    [
        b"\x00\x01\x02 this is no feed",
        b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>",
        b"",
    ],
    ids=["garbage", "challenge page", "empty"],
)
def test_a_feed_that_is_none_fails_its_source_alone(room: Newsroom, body: bytes) -> None:
    publish(room)
    room.site.page(FEEDS["voa"], body, content_type="text/html")

    done = crawl(room)

    assert done.returncode == 3
    assert last_line(done).startswith("Partly done. 3 of 4 sources read; voa: ")
    assert "tocsin sources test voa" in last_line(done)
    told = room.told("desk")
    assert all(any(p.title in text for text in told) == (p.family != "voa") for p in ALARMS)


def test_a_page_without_a_body_is_kept_for_a_later_try(room: Newsroom) -> None:
    publish(room)
    page = next(page for page in room.pages if page.family == "rfa")
    room.site.page(page.path, "<html><head><title>x</title></head><body></body></html>")

    first = crawl(room)
    room.edit(page.path, ALARMS[0].title, ALARMS[0].paragraphs)
    with sqlite3.connect(room.folder / "state.db") as database:
        waiting = database.execute("SELECT count(*) FROM frontier").fetchone()[0]

    assert first.returncode in (0, 3)
    assert "1 page could not be read" in last_line(first)
    assert "tocsin sources test rfa" in last_line(first)
    assert waiting == 1


def test_an_endless_page_is_cut_off_and_the_rest_is_told(room: Newsroom) -> None:
    publish(room)
    page = next(page for page in room.pages if page.family == "arc")
    room.site.stream(page.path, lambda: itertools.repeat(b"<p>more and more of it</p>" * 4000))

    done = crawl(room)

    assert done.returncode in (0, 3)
    told = room.told("desk")
    assert all(any(p.title in text for text in told) for p in ALARMS if p.family != "arc")


def test_a_redirect_into_the_cloud_providers_network_is_refused(room: Newsroom) -> None:
    publish(room)
    room.site.redirect(FEEDS["rfa"], "http://169.254.169.254/latest/meta-data/")

    done = crawl(room)

    assert done.returncode == 3
    assert "169.254.169.254" in last_line(done)


def test_an_article_that_redirects_into_our_own_network_is_refused_and_kept_waiting(room: Newsroom) -> None:
    publish(room)
    page = next(page for page in room.pages if page.family == "rfa")
    with FakeSite() as inner:
        room.site.redirect(page.path, f"{inner.url}/secret.html")
        inner.page("/secret.html", "<h1>Secret</h1>")

        done = crawl(room)

        assert inner.requests == []
    assert done.returncode in (0, 3)


def test_a_board_that_asks_for_a_login_fails_its_source_alone(room: Newsroom) -> None:
    publish(room)
    room.site.status(BOARD, 403)

    done = crawl(room)

    assert done.returncode == 3
    assert "forum: " in last_line(done)


# ---- the machine


def test_a_full_disk_stops_with_exit_1_and_the_next_crawl_loses_nothing(room: Newsroom) -> None:
    crawl(room)
    publish(room)
    with sqlite3.connect(room.folder / "state.db") as database:
        pages = database.execute("PRAGMA page_count").fetchone()[0]

    full = _with_room_for(pages + 4, room)
    again = crawl(room)

    assert full.returncode == 1, full.stderr
    assert "full" in last_line(full)
    assert "Traceback" not in full.stderr
    assert again.returncode == 0, again.stderr
    assert all(any(piece.title in text for text in room.told("desk")) for piece in ALARMS)


def _with_room_for(pages: int, room: Newsroom) -> subprocess.CompletedProcess[str]:
    """Crawl with a database that cannot grow beyond so many pages, as on a full disk."""
    code = (
        "from state.store import sqlite\n"
        f"sqlite._EVERY_CONNECTION += ('PRAGMA max_page_count={pages}',)\n"
        "from crawler.cli import main\nmain()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, "crawl"],
        cwd=room.folder,
        env=killer.environment(),
        capture_output=True,
        text=True,
        timeout=90,
    )


def test_a_database_that_another_process_holds_is_told_and_nothing_is_lost(room: Newsroom) -> None:
    crawl(room)
    publish(room)
    other = sqlite3.connect(room.folder / "state.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    held = crawl(room)
    other.rollback()
    other.close()
    again = crawl(room)

    assert held.returncode == 1
    assert "state.db" in last_line(held)
    assert again.returncode == 0, again.stderr
    assert all(any(piece.title in text for text in room.told("desk")) for piece in ALARMS)


def test_a_channel_that_refuses_is_exit_4_and_the_message_is_kept(room: Newsroom) -> None:
    publish(room)
    room.mail.password = "changed meanwhile"

    refused = crawl(room)
    room.mail.password = room.mail.PASSWORD
    again = killer.run(["deliver"], cwd=room.folder)

    assert refused.returncode == 4
    assert "NOT delivered yet" in last_line(refused)
    assert "tocsin channels test analysts" in last_line(refused)
    assert all(any(piece.title in text for text in room.told("desk")) for piece in ALARMS)
    assert again.returncode == 0, again.stderr
    assert all(any(piece.title in text for text in room.told("analysts")) for piece in ALARMS)
