"""Timers wake work; late ones are merged, none is dropped."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from crawler.schedule import Timetable
from state.clock import SystemClock


@pytest.mark.asyncio
async def test_a_timer_that_is_seconds_late_still_wakes_once() -> None:
    woken: list[str] = []
    table = Timetable(woken.append, SystemClock())
    table.start()
    table.every("late", timedelta(hours=1), first=SystemClock().now() + timedelta(milliseconds=50))

    time.sleep(1.5)  # the loop is blocked past APScheduler's default grace of one second
    await asyncio.sleep(0.3)
    table.stop()

    assert woken == ["late"]


@pytest.mark.asyncio
async def test_a_moved_timer_wakes_at_the_new_instant() -> None:
    woken: list[str] = []
    clock = SystemClock()
    table = Timetable(woken.append, clock)
    table.start()
    table.every("source", timedelta(hours=1), first=clock.now() + timedelta(hours=1))

    table.move("source", clock.now() + timedelta(milliseconds=20))
    table.move("unknown", clock.now())
    await asyncio.sleep(0.4)
    table.stop()

    assert woken == ["source"]


@pytest.mark.asyncio
async def test_a_wake_up_comes_on_the_loop_where_work_can_be_started() -> None:
    woken: list[asyncio.AbstractEventLoop] = []
    table = Timetable(lambda _name: woken.append(asyncio.get_running_loop()), SystemClock())
    table.start()
    table.every("any", timedelta(hours=1))

    await asyncio.sleep(0.3)
    table.stop()

    assert woken == [asyncio.get_running_loop()]


@pytest.mark.asyncio
async def test_timers_that_are_not_kept_are_taken_off() -> None:
    woken: list[str] = []
    clock = SystemClock()
    table = Timetable(woken.append, clock)
    table.start()
    soon = clock.now() + timedelta(milliseconds=100)
    table.every("old", timedelta(hours=1), first=soon)
    table.every("new", timedelta(hours=1), first=soon)

    table.keep_only(["new"])
    await asyncio.sleep(0.5)
    table.stop()

    assert woken == ["new"]
