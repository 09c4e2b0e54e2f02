"""What stands above an act, as far as it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.events.english.phrases import Phrase, Verb
from state.records import Claim

_ORDER = (
    "reversed",
    "refused",
    "denied",
    "background",
    "conditional",
    "threatened",
    "sought",
    "called_for",
    "planned",
    "rumoured",
    "considered",
    "claimed",
    "estimated",
)


@dataclass(slots=True)
class Stance:
    """What was found above an act.

    ``asker`` urges, asks or threatens; ``addressee`` is put under the demand;
    ``speaker`` is whose statement it is, ``speech`` the verb of saying;
    ``governors`` the base forms met on the way, nearest first.
    """

    labels: set[str] = field(default_factory=set)
    asker: Phrase | None = None
    addressee: Phrase | None = None
    speaker: Phrase | None = None
    speech: str = ""
    governors: list[str] = field(default_factory=list)
    top: Verb | None = None
    #: The act stands only in a letter or post that is called false.
    forged: bool = False
    #: A governing verb is still to come: "would file a suit".
    later: bool = False
    #: A bill or motion would do it.
    drafted: bool = False

    def claim(self) -> Claim:
        """Return the first claim of the closed order that the labels hold."""
        for name in _ORDER:
            if name in self.labels:
                return Claim.PLANNED if name == "considered" else Claim(name)
        return Claim.REPORTED
