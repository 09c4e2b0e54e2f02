"""The configuration as typed, frozen values: what each key means and its default.

Reading a file into these, and telling every mistake at once, is
``crawler.config``.  Durations are written ``90s``, ``15m``, ``12h``, ``7d``.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

_DURATION = re.compile(r"(\d+)\s*(s|m|h|d|w)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|TB)", re.IGNORECASE)
_BYTES = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}


def parse_duration(value: Any) -> timedelta:
    """Return the length that ``90s``, ``15m``, ``12h``, ``7d`` or ``1h30m`` names.

    Raises:
        ValueError: It is written otherwise.
    """
    if isinstance(value, timedelta):
        return value
    text = str(value).strip()
    parts = _DURATION.findall(text)
    if not isinstance(value, str) or not parts or _DURATION.sub("", text).strip():
        raise ValueError(f"{value!r} is no duration; write 90s, 15m, 12h or 7d")
    return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta())


def format_duration(length: timedelta) -> str:
    """Return the shortest way to write a length, as ``parse_duration`` reads it."""
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def parse_size(value: Any) -> int:
    """Return the bytes that ``8GB`` or ``500MB`` names.

    Raises:
        ValueError: It is written otherwise.
    """
    if isinstance(value, int):
        return value
    found = _SIZE.fullmatch(str(value).strip())
    if not found:
        raise ValueError(f"{value!r} is no size; write 500MB or 8GB")
    return int(float(found.group(1)) * _BYTES[found.group(2).lower()])


Duration = Annotated[
    timedelta, BeforeValidator(parse_duration), PlainSerializer(format_duration, return_type=str)
]
Size = Annotated[int, BeforeValidator(parse_size)]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
SeverityName = Literal["low", "medium", "high", "critical"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StoreTable(_Table):
    """``[store]``: where what we know is kept."""

    url: str = Field(
        "sqlite:///state.db",
        description="SQLite file (relative to the configuration file) or postgresql:// address",
    )
    archive: str = Field("archive/", description="folder of WARC files")
    max_size: Size = Field(
        8 * 10**9, description="oldest raw responses that no alert rests on go first; texts stay"
    )
    keep_raw: Duration = Field(
        timedelta(days=180), description="how long raw responses are kept that no alert rests on"
    )


class FetchTable(_Table):
    """``[fetch]``: how we visit."""

    user_agent: str = Field("", description="who we are and how to reach us: a name, an address, a mail box")
    delay: Duration = Field(timedelta(seconds=5), description="least time between two requests to one host")
    timeout: Duration = Field(timedelta(seconds=30), description="longest wait for one answer")
    max_body: Size = Field(8 * 10**6, description="larger bodies are refused")
    concurrency: int = Field(4, ge=1, le=64, description="sources polled at once")


class NetworkTable(_Table):
    """``[network]``: what the private-address guard lets pass."""

    allow_private: tuple[str, ...] = Field(
        (), description="host, host:port or network, e.g. 127.0.0.1:8080 or 10.0.0.0/8"
    )


class AlertsTable(_Table):
    """``[alerts]``: how far back news still rings."""

    first_run_lookback: Duration = Field(
        timedelta(hours=24), description="on a source's first crawl older items are stored, not rung"
    )
    lookback: Duration = Field(timedelta(days=7), description="items older than this are stored, not rung")


class DisplayTable(_Table):
    """``[display]``: for people's eyes."""

    timezone: str = Field("UTC", description="IANA name, e.g. Asia/Phnom_Penh")


class SourceTable(_Table):
    """``[sources.NAME]``: one publisher's section, board or topic that is watched."""

    site: str = Field(
        "generic",
        description="rfa, voa, invision, phpbb, discourse, xenforo, vbulletin or generic; the page's own marks decide",
    )
    language: str | None = Field(None, description="BCP 47, e.g. km; the script decides against it")
    feeds: tuple[str, ...] = Field((), description="RSS, Atom or JSON Feed addresses")
    sitemaps: tuple[str, ...] = Field((), description="sitemap or sitemap-index addresses")
    listings: tuple[str, ...] = Field((), description="pages that list articles or topics")
    topics: tuple[str, ...] = Field((), description="single forum topics to follow")
    every: Duration = Field(timedelta(minutes=15), description="time between two looks")
    delay: Duration | None = Field(None, description="instead of [fetch] delay, for this source's hosts")
    alarm_after: Duration = Field(timedelta(hours=24), description="silence this long is itself told")
    replies: Literal["digest", "ring"] = Field(
        "digest", description="whether a match only in replies or comments rings"
    )
    via: str | None = Field(None, description="proxy address, or tor")


class RulesTable(_Table):
    """``[rules]``: what is watched for."""

    packs: tuple[str, ...] = Field(("defection", "dissolution"), description="shipped rules, by name")
    files: tuple[str, ...] = Field((), description="your own rule files; patterns like my-rules/*.yaml")


class QuietTable(_Table):
    """``quiet = {…}`` of a channel: when it is not to be woken."""

    from_: ClockTime = Field(alias="from", description="local time")
    until: ClockTime = Field(description="local time")
    except_: SeverityName = Field(
        "critical", alias="except", description="this severity and above break through"
    )


class ChannelTable(_Table):
    """``[channels.NAME]``: one recipient."""

    url: str = Field(description="an Apprise address, or env:NAME, or file:PATH that holds it")
    language: str = Field("en", description="of labels: en or km")
    content: Literal["full", "discreet"] = Field("full", description="discreet: no name, quote or headline")
    format: Literal["text", "webhook"] = Field("text", description="webhook: url gets signed JSON")
    secret: str | None = Field(None, description="key of the webhook's signature; env:NAME or file:PATH")
    digest: ClockTime | None = Field(None, description="local time of the daily digest")
    digest_below: SeverityName = Field("medium", description="what is lower than this waits for the digest")
    quiet: QuietTable | None = Field(None, description="hours in which messages are held")
    limit: str | None = Field(
        None, description='most messages in a time, e.g. "20/10m"; the rest come as lists'
    )
    via: str | None = Field(None, description="proxy address, or tor")


class OperatorTable(_Table):
    """``[operator]``: who hears of our own troubles."""

    to: tuple[str, ...] = Field((), description="channel names")


class EscalateTable(_Table):
    """``escalate = {…}`` of a route."""

    after: Duration = Field(description="not seen by anyone for this long")
    to: tuple[str, ...] = Field(description="channel names")


class RouteTable(_Table):
    """``[[routes]]``: which alerts go where; the first that fits wins, the last must fit all."""

    to: tuple[str, ...] = Field(description="channel names")
    severity: SeverityName | None = Field(None, description="at least this")
    kinds: tuple[str, ...] = Field((), description="defection, dissolution, or a rule's own kind")
    rules: tuple[str, ...] = Field((), description="rule ids")
    sources: tuple[str, ...] = Field((), description="source names")
    languages: tuple[str, ...] = Field((), description="BCP 47; zh includes yue")
    group_by: tuple[Literal["story", "kind", "source", "rule", "severity"], ...] = Field(
        ("story",), description="what shares one message"
    )
    group_wait: Duration = Field(
        timedelta(seconds=60), description="how long a message waits for company; critical never waits"
    )
    repeat: Duration | None = Field(None, description="said again this often until somebody has seen it")
    escalate: EscalateTable | None = Field(None, description="who is told when nobody has seen it")


class InhibitTable(_Table):
    """``[[inhibit]]``: while one alert is live, another kind does not ring."""

    source: dict[str, str] = Field(description="matchers of the alert that inhibits")
    target: dict[str, str] = Field(description="matchers of the alert that is held back")
    equal: tuple[str, ...] = Field(("story",), description="labels that must agree")


class HeartbeatTable(_Table):
    """``[heartbeat]``: a dead man's switch elsewhere."""

    url: str | None = Field(None, description="fetched after each healthy minute")
    every: Duration = Field(timedelta(minutes=1))


class WebTable(_Table):
    """``[web]``: the desk."""

    listen: str | None = Field(None, description="host:port; nothing listens without it")
    public_url: str | None = Field(
        None, description="address under which people reach the desk; links are printed only with it"
    )


class CanaryTable(_Table):
    """``[canary]``: an invented article that goes the real way to a null channel."""

    every: Duration = Field(timedelta(minutes=15), description="0s turns it off")


class RetentionTable(_Table):
    """``[retention]``: how long rows stay that nothing rests on."""

    backlog: Duration = Field(timedelta(days=3650), description="articles that never rang")


class PrivacyTable(_Table):
    """``[privacy]``: hold little."""

    comments: Literal["keep", "match-only", "off"] = "keep"
    usernames: Literal["keep", "pseudonym"] = "keep"
    access_log: bool = False


class GazetteerTable(_Table):
    """``[gazetteer]``: your own lists of parties and bodies."""

    files: tuple[str, ...] = ()


class FeedsTable(_Table):
    """``[feeds]``: alerts as files."""

    folder: str | None = Field(None, description="where alerts.atom and alerts.json are written")


class Settings(_Table):
    """The whole file."""

    store: StoreTable = StoreTable()
    fetch: FetchTable = FetchTable()
    network: NetworkTable = NetworkTable()
    alerts: AlertsTable = AlertsTable()
    display: DisplayTable = DisplayTable()
    sources: dict[str, SourceTable] = Field(default_factory=dict)
    rules: RulesTable = RulesTable()
    channels: dict[str, ChannelTable] = Field(default_factory=dict)
    operator: OperatorTable = OperatorTable()
    routes: tuple[RouteTable, ...] = ()
    inhibit: tuple[InhibitTable, ...] = ()
    heartbeat: HeartbeatTable = HeartbeatTable()
    web: WebTable = WebTable()
    canary: CanaryTable = CanaryTable()
    retention: RetentionTable = RetentionTable()
    privacy: PrivacyTable = PrivacyTable()
    gazetteer: GazetteerTable = GazetteerTable()
    feeds: FeedsTable = FeedsTable()
