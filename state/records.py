"""What passes between the rooms: small frozen records, made in one place, read everywhere.

Names follow the walk of the data: a *candidate* address becomes a *page*, the
page an article, the article *matches* rules, matches are understood as
*events*, an article joins a *story*, a story rings an *alert*, an alert is told
by *notices*, a notice is *promised* to each channel, promises are kept by
*messages*, and a message leaves a *receipt*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Literal


class Severity(IntEnum):
    """How loudly to ring; compares by loudness."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """Return the word used in files and JSON: ``low`` … ``critical``."""
        return self.name.lower()

    @classmethod
    def parse(cls, label: str) -> Severity:
        """Return the severity with this label.

        Raises:
            ValueError: There is none.
        """
        try:
            return cls[label.upper()]
        except KeyError:
            raise ValueError(f"{label!r} is no severity; use low, medium, high or critical") from None


class Claim(StrEnum):
    """Who says so, and whether it happened: one closed list."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    CLAIMED = "claimed"
    RUMOURED = "rumoured"
    PLANNED = "planned"
    CALLED_FOR = "called_for"
    THREATENED = "threatened"
    SOUGHT = "sought"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    REFUSED = "refused"
    REVERSED = "reversed"
    BACKGROUND = "background"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Span:
    """An exact slice of one string of one version of an article.

    ``field`` is a JSON Pointer into the JSON form, ``start``/``end`` Unicode
    code points in that string, ``quote`` exactly that slice.
    """

    field: str
    start: int
    end: int
    quote: str


# ---- fetching


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that may be an article, as a feed, sitemap, listing or topic page offered it.

    ``body`` is the item's own HTML where a feed carries it; it is used when the
    page cannot be had.
    """

    url: str
    key: str
    source: str
    channel: str
    kind: Literal["feed", "sitemap", "listing", "topic", "recheck", "warc", "command"] = "feed"
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    summary: str | None = None
    body: str | None = None
    comments: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One HTTP answer, as it came.

    ``headers`` are lower-case names with the raw value (repeated ones joined by
    ", "); ``body`` is what is left after content encoding, before decoding.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    requested_url: str = ""
    ip: str | None = None
    #: Set when the body was cut at a limit.
    truncated: bool = False


# ---- deciding


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One rule found in one article.

    ``kind`` groups alerts: ``defection``, ``dissolution`` or the rule's own.
    ``expects`` names the event kinds the rule asks for; empty means the rule
    rings on words alone.  ``outside`` is set when the words stood only in
    comments ("comment"), or only outside the extracted article ("outside").
    """

    rule: str
    rule_version: str
    kind: str
    severity: Severity
    spans: tuple[Span, ...]
    expects: tuple[str, ...] = ()
    #: Severity by claim where the rule sets it; None: the match is kept and explained but is no alert.
    claims: Mapping[Claim, Severity | None] = field(default_factory=dict, hash=False)
    outside: Literal["", "comment", "outside"] = ""
    score: float | None = None
    #: Languages the rule was written for; it is asked of every article.
    languages: tuple[str, ...] = ()
    #: Node → term → place, for explain; JSON.
    explanation: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who left which party for which, or which party was dissolved by whom.

    Strings are as published; ids stand beside them.  ``actor`` is the one who
    moves or to whom it happens; ``by`` does, asks or orders it; ``said_by`` is
    whose statement it is (None: the outlet's own voice).  ``quote`` is the
    sentence, ``quote_at`` its place.
    """

    kind: Literal["defection", "dissolution"]
    subkind: str
    claim: Claim
    quote: str
    quote_at: Span
    actor: str | None = None
    from_: str | None = None
    to: str | None = None
    by: str | None = None
    said_by: str | None = None
    count: str | None = None
    date: str | None = None
    place: str | None = None
    pressure: tuple[str, ...] = ()
    #: The words, as they stand in ``quote``, that decided the claim; a cut quote keeps them.
    claim_words: tuple[str, ...] = ()
    actor_id: str | None = None
    from_id: str | None = None
    to_id: str | None = None
    by_id: str | None = None
    date_iso: str | None = None
    #: Whether the actor holds national office, which makes a reported event critical.
    office: bool = False
    #: The count as a number (the lower end of a range), where one can be read.
    count_min: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What would ring for one kind in one article: its highest severity and that one's claim.

    ``claim`` is None for rules that ask for no events.
    """

    kind: str
    severity: Severity
    claim: Claim | None
    rules: tuple[str, ...]
    events: tuple[Event, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def rings(self) -> bool:
        """Tell whether somebody is woken: medium and above."""
        return self.severity >= Severity.MEDIUM


# ---- stories and alerts


Relation = Literal["original", "copy", "joined"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Which story an article belongs to, and as what."""

    story: str
    relation: Relation
    #: Key of the article it is a copy of or was joined to; None for the first.
    of: str | None = None
    #: Why, in words an operator can check.
    why: str = ""


class NoticeKind(StrEnum):
    """What one notice tells."""

    ALERT = "alert"
    UPDATE = "update"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    RETRACTION = "retraction"


class PromiseState(StrEnum):
    """Where a promise stands; every state but ``open`` is terminal."""

    OPEN = "open"
    SENT = "sent"
    DIGESTED = "digested"
    SILENCED = "silenced"
    RECORDED = "recorded"
    DROPPED = "dropped"
    DEAD = "dead"


class MessageState(StrEnum):
    """Where a message stands: ``open`` (never claimed), ``claimed`` (text fixed), or terminal."""

    OPEN = "open"
    CLAIMED = "claimed"
    SENT = "sent"
    SILENCED = "silenced"
    RECORDED = "recorded"
    DROPPED = "dropped"
    DEAD = "dead"


MessageKind = Literal["alert", "digest", "operator", "canary", "test"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to know: a story and a kind.

    ``id`` reads ``A-7f31``.  ``severity`` is the highest it ever had; ``claim``
    the newest.
    """

    id: str
    story: str
    kind: str
    severity: Severity
    claim: Claim | None
    opened_at: datetime
    state: Literal["live", "withdrawn", "retracted"] = "live"
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell about an alert.

    ``number`` counts from 1 within the alert.  ``article`` and ``version`` name
    what was seen; ``events`` are those told; ``told`` is JSON: what composing
    needs beyond them (headline, source, address, times, was/now, quotes).
    """

    alert: str
    number: int
    kind: NoticeKind
    severity: Severity
    claim: Claim | None
    article: str
    version: str
    events: tuple[Event, ...]
    reason: str
    created_at: datetime
    told: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """That one channel hears one notice; unique per (alert, notice, channel)."""

    alert: str
    notice: int
    channel: str
    group_key: str
    due_at: datetime
    state: PromiseState = PromiseState.OPEN
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What goes out.  From the first claim on, id and text never change.

    ``body`` is plain text, ``html`` an optional second rendering for mail,
    ``title`` the mail subject.  ``content`` is what an operator's message is
    made of; ``repeat_of`` names the message whose text this one says again.
    """

    id: str
    channel: str
    group_key: str
    kind: MessageKind
    due_at: datetime
    state: MessageState = MessageState.OPEN
    attempts: int = 0
    title: str | None = None
    body: str | None = None
    html: str | None = None
    last_error: str | None = None
    first_claimed_at: datetime | None = None
    opened_at: datetime | None = None
    settled_at: datetime | None = None
    repeat_of: str | None = None
    content: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a channel answered to one attempt.

    ``detail`` is free of secrets: it never holds an address or a header.
    """

    message: str
    channel: str
    attempt: int
    ok: bool
    at: datetime
    reason: str = ""
    retryable: bool = True
    detail: str = ""
