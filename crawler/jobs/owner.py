"""Who holds a lease: a process of a machine, so that what a dead one held can be taken over at once."""

from __future__ import annotations

import os
import socket


def me() -> str:
    """Return the name under which this process holds leases."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_dead(owner: str) -> bool:
    """Tell whether a lease is held by a process of this machine that no longer runs."""
    host, _, number = owner.partition("#")[0].rpartition(":")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
