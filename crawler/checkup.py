"""What ``doctor`` looks at: each check says what is wrong and what to do."""

from __future__ import annotations

import asyncio
import importlib.metadata
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

from crawler.app import App
from crawler.discover.health import BUT, State, day, length
from crawler.discover.walk import Channel, read_page
from crawler.fetch.faults import refusal
from crawler.fetch.visit import Visit
from crawler.jobs.channels import channels_of
from crawler.settings import SourceTable
from crawler.sites import parse_page
from crawler.spiders.asks import Ask
from crawler.spiders.crawl import fetch_one
from state.errors import RobotsError, SourceError
from state.identity import host_of
from state.records import Page

Verdict = Literal["well", "warning", "fault"]

_LOW_DISK = 500_000_000
_CLOCK_OFF = timedelta(minutes=2)
#: A list whose newest entry is older stands still, whatever the source's own alarm says.
_STILL = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    verdict: Verdict
    said: str
    next_step: str = ""


def machine(app: App) -> Iterator[Check]:
    """Look at what needs no network: packages, disk, database, rules."""
    yield _packages()
    yield _disk(app.base_dir)
    yield Check("database", "well", f"{app.store.where} opens and is up to date")
    errors = app.rule_errors
    if errors:
        yield Check("rules", "fault", f"{len(errors)} rule mistakes: {errors[0]}", "tocsin rules check")
    else:
        yield Check("rules", "well", f"{len(app.ruleset.rules)} rules are in force")


def _packages() -> Check:
    missing = []
    try:
        requirements = importlib.metadata.requires("tocsin") or ()
    except importlib.metadata.PackageNotFoundError:
        return Check(
            "packages", "well", "Tocsin runs from its folder, not installed; what it imports is there"
        )
    for requirement in requirements:
        if "extra ==" in requirement:
            continue
        name = requirement.split(";")[0].strip().split("[")[0]
        name = name[: next((i for i, c in enumerate(name) if c in "<>=!~ "), len(name))]
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check(
            "packages", "fault", f"not installed: {', '.join(missing)}", "pip install -c constraints.txt ."
        )
    return Check("packages", "well", "all are installed")


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB free in {folder}"
    if free < _LOW_DISK:
        return Check("disk", "warning", said, "make room, or lower [store] max_size")
    return Check("disk", "well", said)


async def sources(app: App) -> AsyncIterator[Check]:
    """Resolve, ask robots and fetch once for each source."""
    for name, table in app.settings.sources.items():
        yield await _source(app, name, table)


async def _source(app: App, name: str, table: SourceTable) -> Check:
    channel = next(iter(channels_of(table)), None)
    url = channel.url if channel is not None else table.topics[0]
    host = urlsplit(url).hostname or ""
    again = f"tocsin sources test {name}"
    if table.via is None and not await _resolves(host):
        return Check(
            name, "fault", f"the name {host} is not known to the network", "check the address and DNS"
        )
    try:
        # As the source itself would be visited: its proxy, its pace, and no step to another publisher.
        page = await fetch_one(Visit.of(app, name), Ask(url=url, stay=True, whole=False))
        refused = refusal(page, source=name, now=app.clock.now())
        if refused is not None:
            raise refused
        showed = await asyncio.to_thread(_read, channel, page, name, table, app.clock.now())
    except RobotsError as error:
        return Check(name, "fault", error.problem, "use its sitemap or feed, or ask the publisher")
    except SourceError as error:
        return Check(name, "fault", error.problem, error.hint or again)
    if off := _clock_off(app, page):
        return Check(
            name, "warning", f"answers, but its clock and ours differ by {off}", "set this machine's clock"
        )
    return _judged(app, name, table, page, showed)


@dataclass(frozen=True, slots=True)
class _Showed:
    """What stood at a source's first address."""

    items: int
    newest_at: datetime | None
    whole: bool
    notes: tuple[str, ...] = ()


def _read(channel: Channel | None, page: Page, name: str, table: SourceTable, now: datetime) -> _Showed:
    """Read an answer as what the configuration says it is.

    Raises:
        SourceError: It is something else, or shows nothing.
    """
    if channel is None:
        article = parse_page(page, site=table.site, source=name, language=table.language)
        return _Showed(1 + len(article.comments), None, whole=not page.truncated)
    reading = read_page(channel, page, source=name, now=now)
    times = [at for item in reading.candidates if (at := item.modified_at or item.published_at) is not None]
    items = len(reading.candidates) + len(reading.parts)
    whole = reading.whole and not page.truncated
    return _Showed(items, max(times, default=None), whole, reading.notes)


def _judged(app: App, name: str, table: SourceTable, page: Page, showed: _Showed) -> Check:
    """Say how a source is whose first address could be read: cut, moved, still, in trouble before, or well."""
    again, now = f"tocsin sources test {name}", app.clock.now()
    asked = page.requested_url or page.url
    what = f"{asked} shows {showed.items:,} item{'s' if showed.items != 1 else ''}"
    if not showed.whole:
        said = f"{what}, but it breaks off: what came after is not seen"
        return Check(name, "fault", said, f"look again later; if it stays so, tell the publisher: {again}")
    if host_of(page.url) != host_of(asked):
        said = f"{what}, but it has moved to {page.url}"
        return Check(name, "warning", said, "write the new address into the configuration")
    if showed.newest_at is not None and now - showed.newest_at > max(table.alarm_after, _STILL):
        said = f"{what}, the newest of {day(showed.newest_at)}, {length(now - showed.newest_at)} ago: it stands still"
        return Check(name, "warning", said, f"tocsin sources probe {urljoin(asked, '/')}")
    with app.store.read() as tx:
        row = tx.sources.get(name)
    if row is not None and row.retired_at is None and (_is_blind(row.state) or row.sentence.startswith(BUT)):
        return Check(name, "warning", f"{what} now; at the last look: {row.sentence}", again)
    return Check(name, "well", f"{what} in {len(page.body):,} bytes")


def _is_blind(state: str) -> bool:
    try:
        return State(state).is_blind
    except ValueError:
        return False


async def _resolves(host: str) -> bool:
    try:
        await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return True


def _clock_off(app: App, page: Page) -> timedelta | None:
    """Return by how much a server's clock differs, if it is worth a word."""
    try:
        theirs = parsedate_to_datetime(page.headers["date"])
        off = abs(app.clock.now() - theirs)
    except (KeyError, ValueError, TypeError):
        return None
    return off if off > _CLOCK_OFF else None


async def channel(app: App, name: str) -> Check:
    """Send one test message; only a person can say whether it arrived."""
    from crawler.jobs.deliver import send_test

    if name not in app.channels:
        return Check(name, "fault", "there is no such channel", "tocsin channels list")
    receipt = await send_test(app, name)
    if not receipt.ok:
        return Check(name, "fault", f"the test message was not taken: {receipt.detail or receipt.reason}")
    return Check(name, "well", "took a test message; look whether it arrived")
