"""Channels by name, opened from the configuration: which kind each address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from crawler.fetch.guard import Allow
from crawler.fetch.proxy import Proxy
from crawler.notify.channel import Channel
from crawler.secrets import resolve
from crawler.settings import ChannelTable, Settings
from state.errors import ConfigError


def open_channels(settings: Settings, *, base_dir: Path, allow: Allow) -> Mapping[str, Channel]:
    """Return every configured channel.

    Raises:
        ConfigError: A secret is missing, or addresses are not understood; all of them are named.
    """
    opened: dict[str, Channel] = {}
    problems: list[str] = []
    for name, table in settings.channels.items():
        try:
            opened[name] = open_channel(name, table, base_dir=base_dir, allow=allow)
        except ConfigError as error:
            problems.extend(error.problems)
    if problems:
        one = len(problems) == 1
        raise ConfigError(problems[0] if one else f"{len(problems)} mistakes", problems=tuple(problems))
    return opened


def open_channel(name: str, table: ChannelTable, *, base_dir: Path, allow: Allow) -> Channel:
    """Return one channel, its secrets resolved.

    Raises:
        ConfigError: A secret is missing, the address is not understood, or a library it needs is not installed.
    """
    what = f"channels.{name}"
    url = resolve(table.url, base_dir=base_dir, what=f"{what}.url")
    proxy = Proxy.parse(table.via) if table.via else None
    if table.format == "webhook":
        from crawler.notify.webhook import WebhookChannel

        secret = resolve(table.secret, base_dir=base_dir, what=f"{what}.secret") if table.secret else None
        return WebhookChannel(name, url, secret=secret, allow=allow, proxy=proxy)
    from apprise.plugins.email import NotifyEmail

    from crawler.notify.apprise_channel import AppriseChannel
    from crawler.notify.mail import MailChannel
    from crawler.notify.proxied import ProxiedChannel
    from crawler.notify.service import load

    plugin = load(name, url)
    # A subclass of the mail plugin speaks another protocol over mail and sends for itself.
    if type(plugin) is NotifyEmail:
        return MailChannel(name, plugin, allow=allow, proxy=proxy)
    if proxy is not None:
        return ProxiedChannel(name, url, plugin, proxy=proxy, allow=allow)
    return AppriseChannel(name, plugin, allow=allow)
