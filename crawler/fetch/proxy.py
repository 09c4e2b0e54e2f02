"""``via``: the proxy through which a source is visited; it fails closed.

Behind a proxy no name is looked up here and no direct connection is ever made:
a proxy that is down means that we cannot see, and that is said.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from crawler.fetch.guard import Allow
from state.errors import ConfigError

_TOR = "socks5h://127.0.0.1:9050"
_PORTS = {"http": 8080, "socks5h": 1080}
_HINT = 'write via = "tor", "socks5h://host:port" or "http://host:port"'


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where the proxy listens; ``user`` and ``password`` are empty where it asks for none."""

    scheme: Literal["http", "socks5h"]
    host: str
    port: int
    user: str = ""
    password: str = ""

    @classmethod
    def parse(cls, via: str) -> Proxy:
        """Read the ``via`` of a source.

        Raises:
            ConfigError: It is no proxy we can use, or one that would look names up here.
        """
        try:
            parts = urlsplit(_TOR if via.strip().lower() == "tor" else via.strip())
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ConfigError(f"via {via!r} is no address", hint=_HINT) from None
        if parts.scheme in ("socks5", "socks4", "socks4a", "socks"):
            raise ConfigError(f"via {parts.scheme} would look names up on this machine", hint=_HINT)
        if host is None or parts.scheme not in _PORTS:
            raise ConfigError("via is no proxy we can use", hint=_HINT)
        scheme: Literal["http", "socks5h"] = "http" if parts.scheme == "http" else "socks5h"
        return cls(
            scheme, host, port or _PORTS[scheme], unquote(parts.username or ""), unquote(parts.password or "")
        )

    @property
    def allow(self) -> Allow:
        """Return what lets the proxy itself be reached, wherever it is (some look-ups name no port)."""
        return Allow.parse([self.host if ":" not in self.host else f"[{self.host}]"])

    @property
    def url(self) -> str:
        """Return its address without credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def authorization(self) -> str | None:
        """Return the header by which an HTTP proxy knows us."""
        if not self.user:
            return None
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return f"Basic {pair}"
