"""The private-address guard: what we read is hostile, and must not make us visit our own network.

Each resolved address of each hop is judged, for pages and for channels alike.
``ipaddress.is_global`` alone is not enough: in Python 3.11 it is true for NAT64,
6to4, site-local, multicast and the 6to4 relay network, through all of which a
private address can be reached.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import urlsplit

from state.errors import ConfigError, FetchError, UnsafeAddressError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_DENIED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # local-use NAT64
        "2002::/16",  # 6to4 carries any IPv4 address
        "2001::/32",  # Teredo, the same
        "fec0::/10",  # site-local
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",
        "ff00::/8",
        "::/96",  # IPv4-compatible
    )
)
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa", "lan", "intranet")


@dataclass(frozen=True, slots=True)
class Allow:
    """What ``[network] allow_private`` lets pass; a port of None is any port."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[tuple[Network, int | None], ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> Allow:
        """Read ``host``, ``host:port``, an address, ``address:port`` or a network.

        Raises:
            ConfigError: An entry is none of these.
        """
        hosts: set[tuple[str, int | None]] = set()
        networks: list[tuple[Network, int | None]] = []
        for entry in entries:
            host, port = _split(entry)
            try:
                networks.append((ipaddress.ip_network(host, strict=False), port))
            except ValueError:
                if "/" in host or not host:
                    raise _no_entry(entry) from None
                hosts.add((host, port))
        return cls(frozenset(hosts), tuple(networks))

    def names(self, host: str, port: int) -> bool:
        """Tell whether a host is let pass by its name, whatever it resolves to."""
        host = host.lower().rstrip(".")
        return (host, port) in self.hosts or (host, None) in self.hosts

    def admits(self, host: str, port: int, address: Address) -> bool:
        """Tell whether this private address of this host may be visited."""
        if self.names(host, port):
            return True
        plain = unwrap(address)
        return any(
            plain in network
            for network, only in self.networks
            if network.version == plain.version and only in (None, port)
        )


def _split(entry: str) -> tuple[str, int | None]:
    text = entry.strip().lower()
    host, port = text, ""
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    if not port:
        return host.rstrip("."), None
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise _no_entry(entry)
    return host.rstrip("."), int(port)


def _no_entry(entry: str) -> ConfigError:
    return ConfigError(
        f"[network] allow_private: {entry!r} is no host, host:port or network",
        hint='write "127.0.0.1:8080", "wiki.example.lan" or "10.0.0.0/8"',
    )


def unwrap(address: Address) -> Address:
    """Return the IPv4 address inside ``::ffff:a.b.c.d``, else the address itself."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def is_public(address: Address) -> bool:
    """Tell whether an address lies on the open internet."""
    plain = unwrap(address)
    denied = any(plain in network for network in _DENIED if network.version == plain.version)
    return plain.is_global and not denied


def may_visit(host: str, port: int, address: Address, allow: Allow) -> bool:
    """Tell whether this address of this host may be connected to."""
    return is_public(address) or allow.admits(host, port, address)


def literal(host: str) -> Address | None:
    """Return the address that a host name spells out, if it does."""
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def check_url(url: str, allow: Allow) -> None:
    """Refuse an address by its spelling alone: scheme, credentials, literal address, local name.

    This is all that can be judged where a proxy resolves names.

    Raises:
        UnsafeAddressError: The address must not be visited.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise FetchError("this is no address", url=url, retryable=False) from None
    if parts.scheme not in ("http", "https"):
        raise UnsafeAddressError(
            f"only http and https are fetched, not {parts.scheme!r}", url=url, retryable=False
        )
    if not host:
        raise UnsafeAddressError("the address names no host", url=url, retryable=False)
    number = port or (443 if parts.scheme == "https" else 80)
    address = literal(host)
    if address is not None and not may_visit(host, number, address, allow):
        raise unsafe(host, number, address, url=url)
    is_local_name = (
        host == "localhost" or host.rpartition(".")[2] in _LOCAL_NAMES or host.endswith("home.arpa")
    )
    if is_local_name and not allow.names(host, number) and not allow.networks:
        raise unsafe(host, number, None, url=url)


def check_host(host: str, port: int, allow: Allow) -> tuple[str, ...]:
    """Resolve a host (blocking) and return its addresses if every one may be visited.

    Raises:
        UnsafeAddressError: One of them is private and not allowed.
        FetchError: The host has no address.
    """
    try:
        rows = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"no such host: {host} ({error})", hint="check the name and the network") from error
    found = tuple(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows))
    for text in found:
        address = ipaddress.ip_address(text)
        if not may_visit(host, port, address, allow):
            raise unsafe(host, port, address)
    return found


def unsafe(host: str, port: int, address: Address | None, *, url: str = "") -> UnsafeAddressError:
    """Return the error that says why, and how to let it pass on purpose."""
    what = f"{host}:{port}" + (f" is {address}, which" if address and str(address) != host else "")
    return UnsafeAddressError(
        f"{what} is no address on the open internet",
        url=url,
        retryable=False,
        hint=f'if you mean it, add "{host}:{port}" to [network] allow_private',
    )
