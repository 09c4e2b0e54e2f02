"""Where the canary goes: a channel that takes everything and tells nobody."""

from __future__ import annotations

from crawler.notify.channel import Outgoing

#: Name of the null channel; no configured channel can have it, for it holds a space.
CANARY = "null channel"


class NullChannel:
    """Takes a message, which then counts as sent: all of the way there has been gone."""

    name = CANARY
    wants_html = False

    def send(self, outgoing: Outgoing) -> None:
        """Take one message."""
