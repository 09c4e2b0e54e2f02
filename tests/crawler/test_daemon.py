"""The daemon in this process: it watches, answers, reloads and stops, on real parts."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest

from crawler.app import App
from crawler.config import load
from crawler.daemon import Daemon
from crawler.fetch.loop import run_async
from tests.support.newsroom import Newsroom
from tests.support.receivers import _free_port
from tests.support.stories import ALARMS

RULE = """\
id: floor
title: Somebody crosses the floor
severity: high
kind: floor
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


@contextmanager
def opened(room: Newsroom) -> Iterator[tuple[App, Daemon]]:
    path = room.folder / "tocsin.toml"
    with App.open(load(path).settings, base_dir=room.folder) as app:
        yield app, Daemon(app, lambda: load(path))


@asynccontextmanager
async def watching(daemon: Daemon) -> AsyncIterator[None]:
    running = asyncio.create_task(daemon.run())
    try:
        await until(lambda: daemon.is_ready or running.done())
        yield
    finally:
        daemon.stop.set()
        await running


async def until(is_so: object, seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not is_so():  # type: ignore[operator]
            await asyncio.sleep(0.05)


def test_what_is_published_while_it_watches_is_told(room: Newsroom) -> None:
    async def day(daemon: Daemon) -> None:
        async with watching(daemon):
            await asyncio.sleep(0.5)
            room.publish(ALARMS[0].family, ALARMS[0].title, ALARMS[0].paragraphs)
            await until(lambda: any(ALARMS[0].title in text for text in room.told("desk")))

    with opened(room) as (_, daemon):
        run_async(day(daemon))


def test_a_reload_takes_up_new_rules_and_a_bad_file_keeps_the_old(room: Newsroom) -> None:
    path = room.configure(more='[rules]\npacks = []\nfiles = ["*.yaml"]\n')
    seen: list[tuple[bool, set[str]]] = []

    async def day(app: App, daemon: Daemon) -> None:
        async with watching(daemon):
            (room.folder / "floor.yaml").write_text(RULE)
            seen.append((await daemon.reload(), set(app.ruleset.rules)))
            (room.folder / "floor.yaml").write_text(RULE.replace("words: [", "wrods: ["))
            seen.append((await daemon.reload(), set(app.ruleset.rules)))
            path.write_text("[nonsense\n")
            seen.append((await daemon.reload(), set(app.ruleset.rules)))

    with opened(room) as (app, daemon):
        run_async(day(app, daemon))

    assert seen == [(True, {"floor"}), (False, {"floor"}), (False, {"floor"})]


def test_a_source_that_is_gone_after_a_reload_is_no_longer_asked(room: Newsroom) -> None:
    tables = room.sources()

    async def day(app: App, daemon: Daemon) -> None:
        async with watching(daemon):
            feed = tables["voa"]["feeds"][0].removeprefix(room.site.url)
            await until(lambda: room.site.count(feed) > 0)
            room.configure(sources={"rfa": tables["rfa"]})
            assert await daemon.reload()
            asked = room.site.count(feed)
            other = tables["rfa"]["feeds"][0].removeprefix(room.site.url)
            before = room.site.count(other)
            await until(lambda: room.site.count(other) > before)
            assert room.site.count(feed) == asked

    with opened(room) as (app, daemon):
        run_async(day(app, daemon))


def test_health_readiness_and_metrics_answer(room: Newsroom) -> None:
    port = _free_port()
    room.configure(more=f'[web]\nlisten = "127.0.0.1:{port}"\n')
    said: dict[str, tuple[int, str]] = {}

    def ask(path: str, method: str = "GET") -> None:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                said[path] = (answer.status, answer.read().decode())
        except HTTPError as error:
            said[path] = (error.code, "")
            error.close()

    async def day(daemon: Daemon) -> None:
        async with watching(daemon):
            await asyncio.sleep(1)
            for path in ("/-/healthy", "/-/ready", "/metrics"):
                await asyncio.to_thread(ask, path)
            await asyncio.to_thread(ask, "/-/reload", "POST")
            (room.folder / "tocsin.toml").write_text("[nonsense\n")
            said["good"] = said["/-/reload"]
            await asyncio.to_thread(ask, "/-/reload", "POST")

    with opened(room) as (_, daemon):
        run_async(day(daemon))

    assert said["/-/healthy"] == (200, "healthy\n")
    assert said["/-/ready"] == (200, "ready\n")
    assert said["good"][0] == 200
    assert said["/-/reload"][0] == 422
    assert "tocsin_sources 4.0" in said["/metrics"][1]


def test_an_address_in_use_does_not_stop_the_watch(room: Newsroom) -> None:
    room.configure(more=f'[web]\nlisten = "127.0.0.1:{room.web.port}"\n')

    async def day(daemon: Daemon) -> None:
        async with watching(daemon):
            room.publish(ALARMS[1].family, ALARMS[1].title, ALARMS[1].paragraphs)
            await until(lambda: any(ALARMS[1].title in text for text in room.told("desk")))

    with opened(room) as (_, daemon):
        run_async(day(daemon))
