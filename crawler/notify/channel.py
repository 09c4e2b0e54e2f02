"""What a channel is: somewhere a message can go, one recipient each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What a channel is asked to take: the same on every attempt.

    ``reference`` is unique over installations and the same on repeats, for mail
    headers and idempotency; ``thread`` holds those of earlier messages about
    the same alerts, oldest first.
    """

    id: str
    reference: str
    title: str
    body: str
    html: str | None = None
    thread: tuple[str, ...] = ()


class Channel(Protocol):
    """Somewhere a message can go.  ``send`` blocks; each channel is given a thread of its own."""

    #: Name in the configuration; the address is never shown.
    name: str

    @property
    def wants_html(self) -> bool:
        """Tell whether a second rendering in HTML is of use."""

    def send(self, outgoing: Outgoing) -> None:
        """Hand over one message.

        Raises:
            DeliveryError: It was not taken, with the class of the failure.
        """
