"""The only source of "now": time comes in through a clock that a test can turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until it is moved: for tests and the demo."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError(f"a clock needs an aware time, got {start!r}")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return where the hands stand."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move forward and return the new time."""
        self._now += by
        return self._now

    def set(self, to: datetime) -> None:
        """Jump, also backwards, as real clocks do."""
        self._now = to.astimezone(UTC)
