"""The guard where connections are made: Twisted asks this resolver before each of them.

Judging at connect time covers redirects, robots.txt and names that resolve
differently the second time.  Look-ups run in threads of our own, so that a slow
name server holds up nothing else and the process can end while one hangs.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

from crawler.fetch import guard

_LOOKUP_TIMEOUT_S = 15.0
_REMEMBERED_REFUSALS = 1000


class _Receiver(Protocol):
    """Twisted's ``IResolutionReceiver``, in terms a type checker knows."""

    def resolutionBegan(self, resolution: _Resolution) -> None: ...

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None: ...

    def resolutionComplete(self) -> None: ...


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Leave the look-up to its timeout."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names and withholds every address that the guard refuses.

    One stands on the reactor for the whole process; each crawl puts its allow
    list in force while it runs.
    """

    def __init__(self) -> None:
        self._in_force: list[guard.Allow] = []
        self._refused: dict[tuple[str, int], guard.Address] = {}
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="resolve")
        self._running: set[asyncio.Task[None]] = set()

    @contextmanager
    def allowing(self, allow: guard.Allow) -> Iterator[None]:
        """Let pass what this list admits, until the block ends."""
        self._in_force.append(allow)
        try:
            yield
        finally:
            self._in_force.remove(allow)

    def refusal(self, host: str, port: int) -> guard.Address | None:
        """Return the address for which a host was last refused, once."""
        return self._refused.pop((host, port), None)

    def resolveHostName(
        self,
        resolutionReceiver: _Receiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[object]] | None = None,
        transportSemantics: str = "TCP",
    ) -> _Resolution:
        """Tell the receiver each address that may be visited."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        address = guard.literal(hostName)
        if address is not None:
            self._offer(resolutionReceiver, hostName, portNumber, [str(address)])
            return resolution
        task = asyncio.get_running_loop().create_task(self._look_up(resolutionReceiver, hostName, portNumber))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return resolution

    async def _look_up(self, receiver: _Receiver, host: str, port: int) -> None:
        found: list[str] = []
        try:
            rows = await asyncio.wait_for(
                asyncio.get_running_loop().run_in_executor(self._threads, _addresses, host, port),
                _LOOKUP_TIMEOUT_S,
            )
            found = list(dict.fromkeys(str(row[4][0]) for row in rows))
        except (OSError, UnicodeError, TimeoutError):
            found = []  # the receiver reports a host without addresses as one that does not exist
        finally:
            self._offer(receiver, host, port, found)

    def _offer(self, receiver: _Receiver, host: str, port: int, found: Sequence[str]) -> None:
        for text in found:
            address = ipaddress.ip_address(text.partition("%")[0])
            if any(guard.may_visit(host, port, address, allow) for allow in self._in_force):
                family = IPv4Address if address.version == 4 else IPv6Address
                receiver.addressResolved(family("TCP", str(address), port))
            else:
                if len(self._refused) > _REMEMBERED_REFUSALS:
                    self._refused.clear()
                self._refused[host, port] = address
        receiver.resolutionComplete()


def _addresses(host: str, port: int) -> list[Any]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
