"""SOCKS 5 (RFC 1928, 1929) as a Twisted endpoint: the proxy is given the name and looks it up itself.

The user name told to the proxy is the source's unless one is configured: Tor
gives each its own circuit (IsolateSOCKSAuth), so that no exit sees two of our
sources together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.protocol import Factory, Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from crawler.fetch.proxy import Proxy

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IProtocolFactory
    from twisted.web.iweb import IPolicyForHTTPS

_REFUSALS = {
    1: "the proxy failed",
    2: "the proxy does not allow it",
    3: "the network cannot be reached",
    4: "the host cannot be reached",
    5: "the connection was refused",
    6: "it took too long",
}
_ADDRESS_LENGTHS = {1: 4, 4: 16}


class SocksError(Exception):
    """The proxy did not connect us."""


@implementer(IAgentEndpointFactory)
class SocksEndpoints:
    """Makes the endpoint of each address of one crawl."""

    def __init__(
        self, reactor: ReactorBase, proxy: Proxy, identity: str, policy: IPolicyForHTTPS, timeout_s: float
    ) -> None:
        self._reactor = reactor
        self._proxy = proxy
        self._user = (proxy.user or identity or "tocsin").encode()[:255]
        self._password = (proxy.password or "x").encode()[:255]
        self._policy = policy
        self._timeout_s = timeout_s

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        """Return the way to an address: through the proxy, with TLS inside where it is https."""
        near = HostnameEndpoint(self._reactor, self._proxy.host, self._proxy.port, timeout=self._timeout_s)
        through = _SocksEndpoint(near, uri.host, uri.port, self._user, self._password)
        if uri.scheme != b"https":
            return cast("IStreamClientEndpoint", through)
        creator = self._policy.creatorForNetloc(uri.host, uri.port)  # type: ignore[call-arg, misc]
        return wrapClientTLS(creator, cast("IStreamClientEndpoint", through))


@implementer(IStreamClientEndpoint)
class _SocksEndpoint:
    def __init__(self, near: HostnameEndpoint, host: bytes, port: int, user: bytes, password: bytes) -> None:
        self._near = near
        self._host, self._port = host, port
        self._user, self._password = user, password

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[Protocol]:
        """Connect to the proxy, then through it."""
        ready: Deferred[Protocol] = Deferred()
        shake = _Handshake(
            self._host, self._port, self._user, self._password, cast(Factory, protocolFactory), ready
        )
        reached = self._near.connect(cast("IProtocolFactory", Factory.forProtocol(lambda: shake)))
        reached.addErrback(lambda failure: None if ready.called else ready.errback(failure))
        return ready


class _Handshake(Protocol):
    def __init__(
        self,
        host: bytes,
        port: int,
        user: bytes,
        password: bytes,
        factory: Factory,
        ready: Deferred[Protocol],
    ) -> None:
        self._target = b"\x05\x01\x00\x03" + bytes([len(host)]) + host + port.to_bytes(2)
        self._login = b"\x01" + bytes([len(user)]) + user + bytes([len(password)]) + password
        self._factory, self._ready = factory, ready
        self._buffer = b""
        self._step = self._method

    def connectionMade(self) -> None:
        self._write(b"\x05\x02\x02\x00")

    def dataReceived(self, data: bytes) -> None:
        self._buffer += data
        while not self._ready.called and self._step():
            continue

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        if not self._ready.called:
            self._ready.errback(SocksError("the proxy closed the connection"))

    def _method(self) -> bool:
        if len(self._buffer) < 2:
            return False
        chosen, self._buffer = self._buffer[1], self._buffer[2:]
        if chosen == 2:
            self._write(self._login)
            self._step = self._logged_in
        elif chosen == 0:
            self._write(self._target)
            self._step = self._connected
        else:
            self._fail("the proxy asks for another kind of login")
        return True

    def _logged_in(self) -> bool:
        if len(self._buffer) < 2:
            return False
        status, self._buffer = self._buffer[1], self._buffer[2:]
        if status:
            self._fail("the proxy refuses our name and password")
        else:
            self._write(self._target)
            self._step = self._connected
        return True

    def _connected(self) -> bool:
        if len(self._buffer) < 5:
            return False
        status, kind = self._buffer[1], self._buffer[3]
        length = 6 + _ADDRESS_LENGTHS[kind] if kind in _ADDRESS_LENGTHS else 7 + self._buffer[4]
        if status:
            self._fail(_REFUSALS.get(status, f"the proxy answers {status}"))
            return True
        if len(self._buffer) < length:
            return False
        self._hand_over(self._buffer[length:])
        return True

    def _hand_over(self, rest: bytes) -> None:
        transport = cast(Any, self.transport)
        inner = self._factory.buildProtocol(transport.getPeer())
        if inner is None:
            self._fail("the connection is not wanted any more")
            return
        transport.protocol = inner
        inner.makeConnection(transport)
        self._ready.callback(cast(Protocol, inner))
        if rest:
            inner.dataReceived(rest)

    def _write(self, data: bytes) -> None:
        cast(Any, self.transport).write(data)

    def _fail(self, why: str) -> None:
        self._ready.errback(SocksError(why))
        cast(Any, self.transport).loseConnection()
