"""``Retry-After``: how long a server asks us to stay away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST_ABSENCE = timedelta(days=1)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Return the wait that a ``Retry-After`` header asks for (RFC 9110 §10.2.3), at most a day."""
    text = (value or "").strip()
    if not text:
        return None
    if text.isdecimal():
        wait = timedelta(seconds=int(text[:9]))
    else:
        try:
            at = parsedate_to_datetime(text)
        except ValueError:
            return None
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta()), _LONGEST_ABSENCE)
