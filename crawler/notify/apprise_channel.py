"""Any service that Apprise knows, one object per recipient, told apart by how it failed.

The reason of a failure is read from the warnings that Apprise captured; those
texts may name addresses and go nowhere else.
"""

from __future__ import annotations

import re
import time

import apprise
from apprise import NotifyBase

from crawler.fetch.guard import Allow
from crawler.notify.channel import Outgoing
from crawler.notify.service import check_endpoint, status_failure
from state.errors import DeliveryError

_STATUS = re.compile(r"\berror\s*=\s*(\d{3})\b|\b(?:HTTP|status|code)\D{0,12}(\d{3})\b", re.IGNORECASE)
_NO_CONNECTION = re.compile(
    r"connection error|could not connect|unreachable|refused|not connect", re.IGNORECASE
)
_AUTH = re.compile(
    r"unauthori[sz]ed|forbidden|invalid.?(?:token|auth|api)|authenticat|log ?in", re.IGNORECASE
)


class AppriseChannel:
    """One recipient that Apprise delivers to."""

    wants_html = False

    def __init__(self, name: str, plugin: NotifyBase, *, allow: Allow | None) -> None:
        """Take the recipient; without ``allow`` its host is not looked up, for a proxy does that."""
        self.name = name
        self._allow = allow
        self._plugin = plugin
        self._apprise = apprise.Apprise(asset=plugin.asset)
        self._apprise.add(plugin)
        # Escaping for Markdown puts backslashes into addresses and ids, and breaks them.  Our text has
        # its mentions and masked links broken already; where it is taken for Markdown it goes as it is.
        wants = plugin.resolve_format(apprise.NotifyFormat.TEXT)
        is_markdown = wants == apprise.NotifyFormat.MARKDOWN
        self._format = wants if is_markdown else apprise.NotifyFormat.TEXT

    def send(self, outgoing: Outgoing) -> None:
        """Hand over one message.

        Raises:
            DeliveryError: It was not taken.
        """
        host, port = self._endpoint()
        if host and self._allow is not None:
            check_endpoint(self.name, host, port, self._allow)
        started = time.monotonic()
        with self._apprise.notify(
            # The text says everything itself; a title would stand there twice.
            body=outgoing.body,
            title="",
            body_format=self._format,
            interpret_escapes=False,
        ) as result:
            if result:
                return
            said = " ".join(entry.message for entry in result.logs())
        raise self._failure(said, took=time.monotonic() - started)

    def _endpoint(self) -> tuple[str, int]:
        """Return host and port that the address itself names; hosted services have their own.

        In an address like ``tgram://TOKEN/…`` the host part is a secret: it is
        looked up only where the plugin declares it to be a host.
        """
        if "host" not in self._plugin.template_tokens or not self._plugin.host:
            return "", 0
        return self._plugin.host, self._plugin.port or (443 if self._plugin.secure else 80)

    def _failure(self, said: str, *, took: float) -> DeliveryError:
        status = next((int(one or two) for one, two in _STATUS.findall(said)), None)
        if status is not None:
            return status_failure(self.name, status)
        if _NO_CONNECTION.search(said):
            if took >= min(self._plugin.request_timeout) * 0.95:
                return DeliveryError("no answer in time", channel=self.name, reason="timeout", retryable=True)
            return DeliveryError("no connection", channel=self.name, reason="unreachable", retryable=True)
        if _AUTH.search(said):
            return DeliveryError("the login was refused", channel=self.name, reason="auth", retryable=False)
        return DeliveryError(
            "the service did not take it and did not say why",
            channel=self.name,
            reason="unknown",
            retryable=True,
        )
