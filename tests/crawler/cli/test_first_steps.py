"""What somebody meets who tries the commands for the first time, without channels, and slips."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import killer
from tests.support.newsroom import Newsroom
from tests.support.stories import publish

#: The command, interrupted by its own terminal as soon as it opens the store.
_TOLD_TO_STOP = """
import os, signal, sys
from crawler.cli import main
sys.addaudithook(
    lambda event, given: event == "sqlite3.connect" and os.kill(os.getpid(), signal.SIGINT)
)
main()
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with Newsroom(tmp_path_factory.mktemp("room")) as opened:
        publish(opened)
        path = opened.configure()
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r"(?s)\[channels\.desk\].*?(?=\n\[(?!channels|\[routes)|\Z)", "", text), "utf-8"
        )
        yield opened


def said(room: Newsroom, *verb: str, code: int = 0) -> str:
    done = killer.run(list(verb), cwd=room.folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_without_channels_the_crawl_says_that_nobody_was_told_and_nothing_is_missing(room: Newsroom) -> None:
    crawled = said(room, "crawl")

    assert re.search(r"\d+ alerts, and nobody was told: .* Next: tocsin alerts list", crawled)
    assert "Nothing is missing" in said(room, "audit")
    assert "NOBODY IS TOLD" in said(room, "status")

    listed = said(room, "alerts", "list")
    assert "CRITICAL" in listed
    assert "REPORTED AS FACT" in listed
    row = json.loads(said(room, "alerts", "list", "--limit", "1", "--json").splitlines()[0])
    assert (row["claim"], row["severity"]) != ("REPORTED AS FACT", "CRITICAL")
    assert "the newest 1 alert, " in said(room, "alerts", "list", "--limit", "1")
    assert "--limit 10" in said(room, "articles", "search", "the", "--limit", "1")
    assert "more are there" in said(room, "articles", "list", "--limit", "2")
    assert "no source is called so" in said(room, "articles", "list", "--source", "nosuch", code=1)
    shown = said(room, "alerts", "show", row["id"])
    quotes = re.findall(r'(?m)^  [A-Z][^:]*: ".*"$', shown)
    assert quotes
    assert len(quotes) == len(set(quotes))


def test_a_source_that_was_retired_is_ended_at_once(room: Newsroom) -> None:
    name = next(iter(room.sources()))
    said(room, "sources", "retire", name, "--because", "closed")

    rows = [json.loads(line) for line in said(room, "sources", "list", "--json").splitlines()[:-1]]

    assert {row["name"]: row["state"] for row in rows}[name] == "ended"


def test_a_slip_in_an_address_or_a_day_is_told_before_anything_happens(room: Newsroom) -> None:
    assert "no web address" in said(room, "sources", "add", "x", "not-a-url", code=1)
    slip = said(room, "crawl", "--since", "2026-13-44", code=2)
    assert "neither a length of time nor a day" in slip
    assert "--limit" in said(room, "articles", "list", "--limit", "0", code=2)


def test_a_probe_of_an_own_machine_says_how_to_let_it_pass(tmp_path: Path) -> None:
    done = killer.run(["sources", "probe", "http://127.0.0.1:9/news/"], cwd=tmp_path)

    assert done.returncode == 1
    assert 'allow_private = ["127.0.0.1:9"]' in done.stderr + done.stdout
    assert "Nothing could be read" in done.stderr + done.stdout
    assert "of no system we know" not in done.stdout


def test_help_of_a_noun_shows_whole_sentences(tmp_path: Path) -> None:
    for noun in ("articles", "sources", "alerts", "messages", "stories", "rules"):
        assert "..." not in killer.run([noun, "--help"], cwd=tmp_path).stdout.replace("[ARGS]...", "")


def test_ctrl_c_says_what_stays_and_how_to_go_on(room: Newsroom) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _TOLD_TO_STOP, "crawl"], cwd=room.folder, stderr=subprocess.PIPE, text=True
    ) as running:
        _, ended = running.communicate(timeout=60)

    assert running.returncode == 1
    assert ended.splitlines()[-1].startswith("Stopped at your word; what was stored by then stays. Next: ")
