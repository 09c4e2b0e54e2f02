"""What systemd wants to hear: the sd_notify protocol, one datagram per state."""

from __future__ import annotations

import os
import socket
import time
from datetime import timedelta


def notify(*states: str) -> bool:
    """Send states (``READY=1``, ``STOPPING=1``, ``WATCHDOG=1`` …); False where nobody listens.

    ``RELOADING=1`` carries the monotonic time that ``Type=notify-reload`` asks for.

    Source: sd_notify(3).
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if "RELOADING=1" in states:
        states = (*states, f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
            door.connect("\0" + address[1:] if address.startswith("@") else address)
            door.send("\n".join(states).encode())
    except OSError:
        return False
    return True


def watchdog_every() -> timedelta | None:
    """Return how often the watchdog wants to be fed (half its limit), None if there is none."""
    limit = os.environ.get("WATCHDOG_USEC", "")
    return timedelta(microseconds=int(limit) // 2) if limit.isdigit() and int(limit) else None
