"""One task per name, few at once; a fault or a hang in one touches no other."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from crawler.pool import Pool

HOUR = timedelta(hours=1)


@pytest.mark.asyncio
async def test_a_name_woken_while_it_runs_runs_once_more_afterwards() -> None:
    runs: list[str] = []
    go = asyncio.Event()

    async def work(name: str) -> None:
        runs.append(name)
        await go.wait()

    pool = Pool(work, at_once=4, limit=HOUR)
    pool.wake("a")
    await asyncio.sleep(0)
    pool.wake("a")
    pool.wake("a")
    go.set()
    await asyncio.sleep(0.05)

    assert runs == ["a", "a"]


@pytest.mark.asyncio
async def test_no_more_than_the_limit_run_at_once() -> None:
    inside = most = 0

    async def work(_name: str) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.01)
        inside -= 1

    pool = Pool(work, at_once=2, limit=HOUR)
    for number in range(7):
        pool.wake(str(number))

    assert await pool.drain(timedelta(seconds=5))
    assert most == 2


@pytest.mark.asyncio
async def test_a_fault_and_a_hang_are_counted_and_others_go_on() -> None:
    done: list[str] = []

    async def work(name: str) -> None:
        if name == "faulty":
            raise KeyError(name)
        if name == "hanging":
            await asyncio.sleep(60)
        done.append(name)

    pool = Pool(work, at_once=1, limit=timedelta(milliseconds=50))
    for name in ("faulty", "hanging", "well"):
        pool.wake(name)
    await asyncio.sleep(0.3)

    assert done == ["well"]
    assert pool.faults == 2


@pytest.mark.asyncio
async def test_draining_starts_nothing_more_and_does_not_wait_for_ever() -> None:
    started: list[str] = []

    async def work(name: str) -> None:
        started.append(name)
        await asyncio.sleep(60)

    pool = Pool(work, at_once=4, limit=HOUR)
    pool.wake("running")
    await asyncio.sleep(0)

    ended_by_itself = await pool.drain(timedelta(milliseconds=50))
    pool.wake("late")
    await asyncio.sleep(0.01)

    assert not ended_by_itself
    assert started == ["running"]
