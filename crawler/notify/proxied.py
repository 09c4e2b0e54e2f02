"""A service reached only through a proxy (Tor): sent from a process of its own, whose every request goes there.

The libraries behind Apprise take a proxy from the environment, which a process
has one of; so each message is sent by a short-lived child with that
environment.  It looks no name up itself and has no way around the proxy: a
proxy that is down means that nothing is sent.  Address and text reach the child
by its standard input, not by its command line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import get_args
from urllib.parse import quote

from apprise import NotifyBase

from crawler.fetch.guard import Allow, check_url
from crawler.fetch.proxy import Proxy
from crawler.notify.channel import Outgoing
from crawler.notify.service import private
from state.errors import ConfigError, DeliveryError, FailureReason, UnsafeAddressError

_TIMEOUT_S = 90
_ROOT = Path(__file__).resolve().parents[2]


class ProxiedChannel:
    """One recipient that Apprise delivers to, through a proxy."""

    wants_html = False

    def __init__(self, name: str, url: str, plugin: NotifyBase, *, proxy: Proxy, allow: Allow) -> None:
        if not _speaks_http(plugin):
            raise ConfigError(
                f"channels.{name}.via: this service does not speak HTTP and cannot be sent through a proxy",
                hint="leave via out, or choose a service that does; nothing is sent around a proxy that was asked for",
            )
        self.name = name
        self._url = url
        self._proxy = proxy
        self._allow = allow
        # Only the spelling can be judged: the proxy resolves names.
        self._spelled = f"https://{plugin.host}" if "host" in plugin.template_tokens and plugin.host else ""

    def send(self, outgoing: Outgoing) -> None:
        """Hand over one message.

        Raises:
            DeliveryError: It was not taken, or the proxy is down.
        """
        if self._spelled:
            try:
                check_url(self._spelled, self._allow)
            except UnsafeAddressError as error:
                raise private(self.name, error.hint) from None
        job = json.dumps({"name": self.name, "url": self._url, "outgoing": asdict(outgoing)})
        try:
            done = subprocess.run(  # noqa: S603 - our own module, nothing of the message on the command line
                [sys.executable, "-m", __spec__.name],
                input=job.encode(),
                capture_output=True,
                env=_environment(self._proxy),
                cwd=_ROOT,
                timeout=_TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise DeliveryError(
                "no answer in time", channel=self.name, reason="timeout", retryable=True
            ) from None
        _raise_what_the_child_said(self.name, done.stdout)


def proxy_address(proxy: Proxy) -> str:
    """Return a proxy's address with its credentials, as requests takes it."""
    login = f"{quote(proxy.user, safe='')}:{quote(proxy.password, safe='')}@" if proxy.user else ""
    scheme, _, rest = proxy.url.partition("://")
    return f"{scheme}://{login}{rest}"


def _environment(proxy: Proxy) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    address = proxy_address(proxy)
    return kept | dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), address) | {"no_proxy": ""}


def _speaks_http(plugin: NotifyBase) -> bool:
    """Tell whether a plugin sends with requests, which honours the proxy; mail, IRC, XMPP and others do not."""
    module = sys.modules[type(plugin).__module__]
    return hasattr(module, "requests") and not hasattr(module, "smtplib") and not hasattr(module, "socket")


def _raise_what_the_child_said(channel: str, output: bytes) -> None:
    try:
        said = json.loads(output)
        reason: FailureReason = said["reason"] if said["reason"] in get_args(FailureReason) else "unknown"
        ok, problem, retryable = bool(said["ok"]), str(said["problem"]), bool(said["retryable"])
    except (ValueError, KeyError, TypeError):
        raise DeliveryError(
            "the process that sends through the proxy failed",
            channel=channel,
            reason="unknown",
            retryable=True,
        ) from None
    if not ok:
        raise DeliveryError(problem, channel=channel, reason=reason, retryable=retryable)


def _child() -> None:
    """Send the one message that standard input holds and print what came of it."""
    from crawler.notify.apprise_channel import AppriseChannel
    from crawler.notify.service import load

    job = json.load(sys.stdin)
    outgoing = Outgoing(**job["outgoing"])
    said = {"ok": True, "problem": "", "reason": "", "retryable": True}
    try:
        AppriseChannel(job["name"], load(job["name"], job["url"]), allow=None).send(outgoing)
    except DeliveryError as error:
        problem = error.problem.removeprefix(f"{job['name']}: ")
        said = {"ok": False, "problem": problem, "reason": error.reason, "retryable": error.retryable}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    _child()
