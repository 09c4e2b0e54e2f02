"""What no single key can tell: names that must agree, and choices that will be regretted."""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from crawler.fetch.guard import Allow
from crawler.patterns import expand
from crawler.settings import ChannelTable, RouteTable, Settings, SourceTable
from rules import packs
from state.errors import ConfigError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_LIMIT = re.compile(r"\d+/\d+(s|m|h|d)")
_LISTEN = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\s]+):\d{1,5}")
_CONTACT = re.compile(r"\S+@\S+\.\S+|https?://\S+\.\S+")
_DISCOVERY = ("feeds", "sitemaps", "listings", "topics")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, or a warning, at a key path."""

    at: tuple[str | int, ...]
    said: str
    is_warning: bool = False


def cross_check(settings: Settings, base_dir: Path) -> list[Finding]:
    """Return every disagreement between keys, and what is allowed but unwise."""
    return [
        *_zone(settings),
        *_sources(settings),
        *_rules(settings, base_dir),
        *_channels(settings),
        *_routes(settings),
        *_manners(settings),
        *_network(settings),
    ]


def near(word: str, known: Sequence[str], what: str) -> str:
    """Return the end of a sentence about an unknown name."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f', did you mean "{close[0]}"?'
    return f"; known {what} are {', '.join(sorted(known))}" if known else f"; no {what} are configured"


def _zone(settings: Settings) -> Iterator[Finding]:
    name = settings.display.timezone
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = near(name, sorted(available_timezones()), "zones")
        hint = hint if "did you mean" in hint else "; write one like Asia/Phnom_Penh"
        yield Finding(("display", "timezone"), f'"{name}" is no known time zone{hint}')


def _sources(settings: Settings) -> Iterator[Finding]:
    for name, source in settings.sources.items():
        at = ("sources", name)
        if not _NAME.fullmatch(name):
            yield Finding(at, f'"{name}" cannot be a name: letters, digits, ".", "_" and "-" only')
        if not any(getattr(source, channel) for channel in _DISCOVERY):
            yield Finding(at, f'source "{name}" has no feeds, sitemaps, listings or topics: nothing to read')
        for channel in _DISCOVERY:
            for url in getattr(source, channel):
                if problem := _address_problem(url):
                    yield Finding((*at, channel), f'"{url}" {problem}')
        if source.every <= timedelta():
            yield Finding((*at, "every"), "every must be longer than 0s")


def _address_problem(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        return f"is no address: {error}"
    if parts.scheme not in ("http", "https"):
        return "is no address that starts with http:// or https://"
    return "" if host else "names no host"


def _rules(settings: Settings, base_dir: Path) -> Iterator[Finding]:
    known = list(packs.names())
    for pack in settings.rules.packs:
        if pack not in known:
            yield Finding(("rules", "packs"), f'there is no pack "{pack}"{near(pack, known, "packs")}')
    for key, patterns in (("rules", settings.rules.files), ("gazetteer", settings.gazetteer.files)):
        for pattern in patterns:
            if not any(expand(base_dir, pattern)):
                has_wildcard = any(mark in pattern for mark in "*?[")
                yield Finding((key, "files"), f'no file fits "{pattern}" in {base_dir}', has_wildcard)
    if not settings.rules.packs and not settings.rules.files:
        yield Finding(("rules",), "no packs and no files: nothing is watched for", True)


def _channels(settings: Settings) -> Iterator[Finding]:
    for name, channel in settings.channels.items():
        at = ("channels", name)
        if not _NAME.fullmatch(name):
            yield Finding(at, f'"{name}" cannot be a name: letters, digits, ".", "_" and "-" only')
        if channel.limit is not None and not _LIMIT.fullmatch(channel.limit):
            yield Finding((*at, "limit"), f'limit must be written like "20/10m", not "{channel.limit}"')
        yield from _channel_format(at, channel)
    if not settings.channels:
        yield Finding((), "no [channels]: alerts are kept and shown, but nobody is told", True)
    elif not any(channel.digest for channel in settings.channels.values()):
        yield Finding(
            ("channels",),
            "no channel has a digest: blind time is then told only in `tocsin status` and to the operator; "
            'add digest = "07:00" to one',
            True,
        )


def _channel_format(at: tuple[str, str], channel: ChannelTable) -> Iterator[Finding]:
    if channel.secret is not None and channel.format != "webhook":
        yield Finding((*at, "secret"), 'secret is used only with format = "webhook"')
    if channel.format == "webhook" and channel.secret is None:
        yield Finding(at, f'webhook "{at[1]}" has no secret: its messages are not signed', True)


def _routes(settings: Settings) -> Iterator[Finding]:
    known = list(settings.channels)
    for number, route in enumerate(settings.routes):
        at = ("routes", number)
        named = [(("to",), route.to), (("escalate",), route.escalate.to if route.escalate else ())]
        for key, names in named:
            yield from _unknown_channels((*at, *key), names, known)
        if not route.to:
            yield Finding((*at, "to"), "this route names no channel")
    yield from _unknown_channels(("operator", "to"), settings.operator.to, known)
    if settings.routes and _is_conditional(settings.routes[-1]):
        yield Finding(
            ("routes", len(settings.routes) - 1),
            "the last route must take everything, or alerts that fit none would be lost: "
            'add a [[routes]] with only to = ["…"] after it',
        )
    if settings.channels and not settings.routes:
        yield Finding((), "no [[routes]]: every alert goes to every channel", True)


def _unknown_channels(at: tuple[str | int, ...], names: Sequence[str], known: list[str]) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            yield Finding(at, f'there is no channel "{name}"{near(name, known, "channels")}')


def _is_conditional(route: RouteTable) -> bool:
    return any((route.severity, route.kinds, route.rules, route.sources, route.languages))


def _network(settings: Settings) -> Iterator[Finding]:
    try:
        Allow.parse(settings.network.allow_private)
    except ConfigError as error:
        yield Finding(("network", "allow_private"), error.problem.partition(": ")[2])
    listen = settings.web.listen
    if listen is not None and not _LISTEN.fullmatch(listen):
        yield Finding(("web", "listen"), f'listen must be host:port like "127.0.0.1:8080", not "{listen}"')


def _manners(settings: Settings) -> Iterator[Finding]:
    away = {name: source for name, source in settings.sources.items() if not _is_loopback(source)}
    for name, source in away.items():
        if timedelta() < source.every < timedelta(minutes=1):
            yield Finding(("sources", name, "every"), f'"{name}" is asked more than once a minute', True)
        delay = source.delay if source.delay is not None else settings.fetch.delay
        if delay < timedelta(seconds=1):
            at = ("sources", name, "delay") if source.delay is not None else ("fetch", "delay")
            yield Finding(at, f'"{name}": less than 1s between requests is unkind to a site', True)
    if away and not settings.fetch.user_agent:
        yield Finding(("fetch",), "user_agent is not set: say who you are and how to reach you", True)
    elif away and not _CONTACT.search(settings.fetch.user_agent):
        yield Finding(
            ("fetch", "user_agent"), "user_agent names no address or mail box to reach you at", True
        )


def _is_loopback(source: SourceTable) -> bool:
    hosts = {urlsplit(url).hostname or "" for channel in _DISCOVERY for url in getattr(source, channel)}
    return all(_is_loopback_host(host) for host in hosts)


def _is_loopback_host(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
