"""SIGTERM and SIGINT from the very start of a daemon: noted first, acted on when there is something to stop."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

_noted: list[int] = []


def note_early() -> None:
    """Note the signals from now on instead of dying of them; call before anything slow."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _note)


def is_noted() -> bool:
    """Tell whether a signal came before anything watched for it."""
    return bool(_noted)


def _note(number: int, _frame: FrameType | None) -> None:
    _noted.append(number)


def watch(stop: asyncio.Event, reload: Callable[[], None]) -> None:
    """On the running loop, set ``stop`` on SIGTERM or SIGINT, call ``reload`` on SIGHUP."""
    from asyncio import get_running_loop

    loop = get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGHUP, reload)
    if _noted:
        stop.set()


def leave_within(deadline: timedelta, code: int) -> None:
    """End the process after a deadline, whatever still hangs: the database is safe at any instant."""
    timer = threading.Timer(deadline.total_seconds(), os._exit, (code,))
    timer.daemon = True
    timer.start()
