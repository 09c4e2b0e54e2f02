"""When a message that was not taken is tried again: soon at first, hourly for a week, then given up."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from state.errors import DeliveryError
from state.records import Message

_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 30, 120, 600, 1800))
_HOURLY = timedelta(hours=1)
#: Counted from the first attempt.
GIVE_UP_AFTER = timedelta(days=7)
_SLOW_DOWN = timedelta(seconds=30)
_SPREAD = 0.2


def next_try(message: Message, failure: DeliveryError, now: datetime) -> datetime | None:
    """Return when to try again, None if a week of trying is over.

    What will not get better by itself (a refused login, a refused text) is
    tried hourly from the start: somebody may mend it.  A service that asks us
    to slow down is left alone for at least half a minute.
    """
    started = message.first_claimed_at or now
    if now - started >= GIVE_UP_AFTER:
        return None
    delay = _HOURLY
    if failure.retryable and message.attempts < len(_DELAYS):
        delay = _DELAYS[message.attempts]
    if failure.reason == "rate_limited":
        delay = max(delay, _SLOW_DOWN)
    return now + delay * _jitter(message)


def _jitter(message: Message) -> float:
    """Return 0.8 to 1.2, the same whenever asked about this attempt, so that many failures spread out."""
    digest = hashlib.sha256(f"{message.id} {message.attempts}".encode()).digest()
    return 1 - _SPREAD + 2 * _SPREAD * int.from_bytes(digest[:4]) / 0xFFFFFFFF
