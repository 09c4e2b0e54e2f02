"""A web address of the user's own that gets signed JSON.

The body is signed with HMAC-SHA256 over ``timestamp + "." + body`` (so that a
recorded request cannot be played again later), hex, in ``Tocsin-Signature:
t=…,v1=…``.  ``Idempotency-Key`` is the same on every attempt.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
import time
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from crawler.fetch.guard import Allow, check_url, may_visit
from crawler.fetch.proxy import Proxy
from crawler.notify.channel import Outgoing
from crawler.notify.proxied import proxy_address
from crawler.notify.service import private, quieten_logs, status_failure
from state.errors import ConfigError, DeliveryError, FetchError, UnsafeAddressError

_TIMEOUTS_S = (5, 20)
_ANSWER_MAX = 4096


class WebhookChannel:
    """One address that takes our JSON."""

    wants_html = False

    def __init__(
        self, name: str, url: str, *, secret: str | None, allow: Allow, proxy: Proxy | None = None
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(f"channels.{name}.url: a webhook is an http:// or https:// address")
        quieten_logs()
        self.name = name
        self._url = url
        self._key = secret.encode() if secret else None
        self._allow = allow
        self._proxy = proxy

    def send(self, outgoing: Outgoing) -> None:
        """Post the message's body, which is JSON already.

        Raises:
            DeliveryError: It was not taken.
        """
        body = outgoing.body.encode()
        try:
            check_url(self._url, self._allow)
            with (
                self._session() as session,
                session.post(
                    self._url,
                    data=body,
                    headers=self._headers(outgoing, body),
                    timeout=_TIMEOUTS_S,
                    allow_redirects=False,
                    stream=True,
                ) as answer,
            ):
                answer.raw.read(_ANSWER_MAX)
                status = answer.status_code
        except (UnsafeAddressError, FetchError) as error:
            raise private(self.name, error.hint) from None
        except requests.Timeout:
            raise DeliveryError(
                "no answer in time", channel=self.name, reason="timeout", retryable=True
            ) from None
        except requests.RequestException as error:
            if _was_private(error):
                raise private(self.name) from None
            raise DeliveryError(
                "no connection", channel=self.name, reason="unreachable", retryable=True
            ) from None
        if not 200 <= status < 300:
            raise status_failure(self.name, status)

    def _headers(self, outgoing: Outgoing, body: bytes) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "tocsin",
            "Idempotency-Key": outgoing.reference,
        }
        if self._key is not None:
            headers["Tocsin-Signature"] = sign(body, self._key, int(time.time()))
        return headers

    def _session(self) -> requests.Session:
        session = requests.Session()
        # The machine's own proxy settings and .netrc are not part of our configuration.
        session.trust_env = False
        if self._proxy:
            address = proxy_address(self._proxy)
            session.proxies = {"http": address, "https": address}
        else:
            session.mount("http://", _guarded(self._allow))
            session.mount("https://", _guarded(self._allow))
        return session


def sign(body: bytes, key: bytes, at: int) -> str:
    """Return the signature header's value; ``at`` is the time of sending in Unix seconds."""
    digest = hmac.new(key, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class _PrivateAddressError(OSError):
    """The connection that was made leads into a private network."""


def _guarded(allow: Allow) -> HTTPAdapter:
    """Return an adapter that judges the address it really connected to, before a byte is sent."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _judged(super()._new_conn(), self.host, self.port or 80, allow)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _judged(super()._new_conn(), self.host, self.port or 443, allow)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    adapter = HTTPAdapter(max_retries=0)
    adapter.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return adapter


def _judged(connection: socket.socket, host: str, port: int, allow: Allow) -> socket.socket:
    address = ipaddress.ip_address(connection.getpeername()[0].partition("%")[0])
    if may_visit(host, port, address, allow):
        return connection
    connection.close()
    raise _PrivateAddressError("private address")


def _was_private(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, _PrivateAddressError):
            return True
        reason = getattr(seen, "reason", None)
        inner = seen.args[0] if seen.args and isinstance(seen.args[0], BaseException) else None
        seen = (
            (reason if isinstance(reason, BaseException) else None)
            or inner
            or seen.__cause__
            or seen.__context__
        )
    return False
