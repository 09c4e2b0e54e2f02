"""The timetable: timers that only wake work.

What is due is told by the database (``sources.next_at``, ``messages.due_at``);
a wake-up may come late, twice or never, and nothing is lost.  APScheduler's
defaults would drop a job that is a second late, so every job may be as late as
it likes, late ones are merged, and its events are logged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, JobExecutionEvent
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from state.clock import Clock

_LOG = structlog.stdlib.get_logger("tocsin.schedule")

#: Spread over a tenth of the interval, so that a thousand sources do not start together.
_SPREAD = 10
_MOST_JITTER = timedelta(minutes=1)


class Timetable:
    """Timers by name; each calls ``wake(name)`` on the running loop and does nothing else."""

    def __init__(self, wake: Callable[[str], None], clock: Clock) -> None:
        self._wake = wake
        self._clock = clock
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_listener(_tell, EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        """Start on the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Set off no timer any more; what was woken runs on."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def every(self, name: str, length: timedelta, *, first: datetime | None = None) -> None:
        """Set a timer, replacing the one of that name.

        Args:
            name: Passed to ``wake``.
            length: Time between two wake-ups, give or take a tenth.
            first: Instant of the first; by default at once.
        """
        jitter = min(length / _SPREAD, _MOST_JITTER).total_seconds()
        self._scheduler.add_job(
            self._ring,
            IntervalTrigger(seconds=length.total_seconds(), timezone=UTC, jitter=jitter or None),
            args=(name,),
            id=name,
            next_run_time=first or self._clock.now(),
            replace_existing=True,
        )

    async def _ring(self, name: str) -> None:
        # A coroutine, because APScheduler would run a plain function in a thread of its own.
        self._wake(name)

    def move(self, name: str, to: datetime) -> None:
        """Let a timer's next wake-up be at an instant; a timer that is gone stays gone."""
        try:
            self._scheduler.modify_job(name, next_run_time=to)
        except JobLookupError:
            return

    def keep_only(self, names: Iterable[str]) -> None:
        """Take every other timer off."""
        kept = set(names)
        for job in self._scheduler.get_jobs():
            if job.id not in kept:
                job.remove()


def _tell(event: JobExecutionEvent) -> None:
    _LOG.error("timer failed", timer=event.job_id, error=type(getattr(event, "exception", None)).__name__)
