"""What one sentence says about one act, before mentions of the same act are put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from state.records import Claim

Kind = Literal["defection", "dissolution"]


@dataclass(slots=True)
class Where:
    """The sentence of a mention: field pointer, place in that string, and its order in the article."""

    pointer: str
    start: int
    end: int
    order: int
    headline: bool = False
    caption: bool = False
    comment: bool = False


@dataclass(slots=True)
class Draft:
    """One mention of one act.

    Strings are as published.  ``actor_named`` is set for persons and parties by
    name; ``actor_party`` is the side that the text gives the actor, ``said_party`` that of the speaker; ``dated``
    says that the event's own sentence holds the date; ``vague`` marks a mention
    that adds nothing beside another one of the same act, whatever that claims.
    """

    kind: Kind
    subkind: str
    claim: Claim
    where: Where
    actor: str | None = None
    actor_named: bool = False
    actor_party: str | None = None
    from_: str | None = None
    #: Whether ``from_`` and ``to`` are names, not descriptions such as "the ruling party".
    from_named: bool = False
    to_named: bool = False
    to: str | None = None
    by: str | None = None
    said_by: str | None = None
    said_party: str | None = None
    count: str | None = None
    count_min: int | None = None
    date: str | None = None
    date_iso: str | None = None
    dated: bool = False
    place: str | None = None
    office: bool = False
    pressure: list[str] = field(default_factory=list)
    #: The words of the sentence that decided the claim, as published.
    cues: list[str] = field(default_factory=list)
    vague: bool = False
    #: Only worth keeping beside a fuller mention: "defections had accelerated".
    faint: bool = False
    #: An old act by its own form: "now-dissolved", "which was dissolved in 2017".
    attributive: bool = False
    #: Named in a list of those whose number was told: an event of its own.
    listed: bool = False
    #: Slots that hold a description ("the ruling party") where a name may stand elsewhere.
    described: set[str] = field(default_factory=set)
    #: Ids, filled when names are linked.
    ids: dict[str, str | None] = field(default_factory=dict)
