"""What ``doctor`` looks at: each check says what is wrong and what to do."""

from __future__ import annotations

import asyncio
import importlib.metadata
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from crawler.app import App
from crawler.fetch.faults import refusal
from crawler.fetch.visit import Visit
from crawler.settings import SourceTable
from crawler.spiders.asks import Ask
from crawler.spiders.crawl import fetch_one
from state.errors import FetchError, RobotsError
from state.records import Page

Verdict = Literal["well", "warning", "fault"]

_LOW_DISK = 500_000_000
_CLOCK_OFF = timedelta(minutes=2)


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
    url = next(
        address for kind in (table.feeds, table.sitemaps, table.listings, table.topics) for address in kind
    )
    host = urlsplit(url).hostname or ""
    again = f"tocsin sources test {name}"
    if table.via is None and not await _resolves(host):
        return Check(
            name, "fault", f"the name {host} is not known to the network", "check the address and DNS"
        )
    try:
        # As the source itself would be visited: its proxy and pace hold here too.
        page = await fetch_one(Visit.of(app, name), Ask(url=url))
        refused = refusal(page, source=name, now=app.clock.now())
        if refused is not None:
            raise refused
    except RobotsError as error:
        return Check(name, "fault", error.problem, "use its sitemap or feed, or ask the publisher")
    except FetchError as error:
        return Check(name, "fault", error.problem, error.hint or again)
    if off := _clock_off(app, page):
        return Check(
            name, "warning", f"answers, but its clock and ours differ by {off}", "set this machine's clock"
        )
    return Check(name, "well", f"{url} answers with {len(page.body):,} bytes")


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
