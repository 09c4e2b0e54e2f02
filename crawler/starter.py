"""The configuration that ``init`` writes: commented, complete, and accepted by ``config check``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crawler.catalogue import publishers
from crawler.config_edit import source_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What somebody who sets Tocsin up was asked."""

    contact: str = ""
    timezone: str = "UTC"
    #: Name → table of ``[sources.NAME]``.
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: Name → what ``url`` says: env:NAME, file:PATH or an address.
    channels: Mapping[str, str] = field(default_factory=dict)
    quiet: tuple[str, str] | None = None
    digest: str = "07:00"
    operator: str = ""
    allow_private: Sequence[str] = ()


def catalogue() -> dict[str, dict[str, Any]]:
    """Return the publishers that are offered, by name: those of which an address is known."""
    return {name: publisher.table for name, publisher in publishers().items() if publisher.channels}


def starter(answers: Answers) -> str:
    """Return the text of a configuration file."""
    parts = [_head(answers), *(_source(name, table) for name, table in answers.sources.items())]
    if not answers.sources:
        parts.append(_NO_SOURCE)
    parts.append(_RULES)
    parts += [_channel(name, url, answers) for name, url in answers.channels.items()]
    parts.append(_routes(answers) if answers.channels else _NO_CHANNEL)
    return "\n".join(parts)


_SILENCE = '"24h"                     # silence this long is itself told'


def _head(answers: Answers) -> str:
    agent = f"user_agent = {_toml(f'tocsin ({answers.contact})')}" if answers.contact else _NO_AGENT
    private = _toml(list(answers.allow_private))
    return f"""\
# tocsin.toml: what to watch, how often, and who hears. `tocsin config check` reports every mistake at once.
# Durations: 90s, 15m, 12h, 7d. Paths are relative to this file.

[store]
url = "sqlite:///state.db"              # or postgresql://…
archive = "archive/"                    # evidence: WARC files
max_size = "8GB"                        # oldest raw responses that no alert rests on go first; texts stay
keep_raw = "180d"

[fetch]
# Every site you poll sees your network address and this line: use a role address, not your own.
{agent}
delay = "5s"                            # least time between two requests to one host

[network]
allow_private = {private}

[alerts]
first_run_lookback = "24h"              # older items found on the first crawl are kept, but do not ring
lookback = "7d"

[display]
timezone = {_toml(answers.timezone)}
"""


_NO_AGENT = '# user_agent = "tocsin (+https://example.org/monitor; desk@example.org)"'
_NO_SOURCE = """\
# [sources.my-source]                   # a name of your own
# site = "generic"                      # rfa, voa, invision, phpbb, discourse, xenforo, vbulletin or generic
# feeds = ["https://example.org/rss/"]
# every = "15m"
# alarm_after = "24h"                   # silence this long is itself told
"""
_RULES = """\
[rules]
packs = ["defection", "dissolution"]
# files = ["my-rules/*.yaml"]
"""
_NO_CHANNEL = """\
# Nobody is told yet. Any Apprise address will do; keep it out of this file:
# [channels.desk]
# url = "env:DESK_URL"
# digest = "07:00"
#
# [[routes]]                            # the last route takes everything
# to = ["desk"]
"""


def _source(name: str, table: Mapping[str, Any]) -> str:
    lines = [source_table(name, table).rstrip("\n"), 'every = "15m"', f"alarm_after = {_SILENCE}"]
    return "\n".join(lines) + "\n"


def _channel(name: str, url: str, answers: Answers) -> str:
    lines = [
        f"[channels.{name}]",
        f"url = {_toml(url)}",
        f"digest = {_toml(answers.digest)}                        # low goes here once a day; higher still at once",
    ]
    if answers.quiet:
        start, end = answers.quiet
        lines.append(f'quiet = {{ from = {_toml(start)}, until = {_toml(end)}, except = "critical" }}')
    return "\n".join(lines) + "\n"


def _routes(answers: Answers) -> str:
    operator = answers.operator or next(iter(answers.channels))
    return f"""\
[operator]
to = {_toml([operator])}                           # who hears when Tocsin itself is in trouble

[[routes]]                              # the last route takes everything
to = {_toml(list(answers.channels))}
"""


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
