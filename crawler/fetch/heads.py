"""Connections whose answers may not begin with headers without end: Twisted bounds a line, not their number."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.python.failure import Failure
from twisted.web._newclient import BODY, DONE

#: Bytes before the body; Chromium gives up at as many.
MOST = 256 * 1024


class LongHeadError(Exception):
    """An answer's headers do not end."""

    def __init__(self) -> None:
        super().__init__(f"its headers are longer than {MOST // 1024} kB")


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """One connection; each answer's head is measured anew."""

    _head = 0

    def request(self, request: Any) -> Any:
        """Ask; what came before belongs to another answer."""
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        """Take what came, unless the head is too long."""
        if self._parser is not None and self._parser.state not in (BODY, DONE):
            self._head += len(data)
            if self._head > MOST:
                self._giveUp(Failure(LongHeadError()))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes such connections."""

    def buildProtocol(self, addr: object) -> BoundedProtocol:
        """Return a new one."""
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
