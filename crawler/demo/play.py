"""The day of the demo: crawled for real, three hours between two looks on a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.app import App
from crawler.cli.ending import count
from crawler.crawl import crawl
from crawler.demo.show import Screen
from crawler.demo.sites import BOARD, KHMER_FEED, RFA_FEED, START, VOA_FEED, Newsstand
from crawler.fetch.loop import run_async
from crawler.settings import Settings
from state.clock import ManualClock

_STEP = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Played:
    """What the day came to."""

    articles: int
    alerts: int
    messages: int


@dataclass(slots=True)
class _Day:
    """What runs while the demo plays."""

    app: App
    clock: ManualClock
    stand: Newsstand
    screen: Screen
    shown: int = 0


def settings_of(stand: Newsstand) -> dict[str, Any]:
    """Return the demo's configuration as the tables of a file."""
    return {
        "fetch": {"user_agent": "tocsin demo (loopback only)", "delay": "0s"},
        "network": {"allow_private": [site.host for site in stand.all]},
        "sources": {
            "rfa-english": {"site": "rfa", "language": "en", "feeds": [f"{stand.rfa.base}{RFA_FEED}"]},
            "rfa-khmer": {"site": "rfa", "language": "km", "feeds": [f"{stand.khmer.base}{KHMER_FEED}"]},
            "voa-english": {"site": "voa", "language": "en", "feeds": [f"{stand.voa.base}{VOA_FEED}"]},
            "forum": {"site": "invision", "language": "en", "listings": [f"{stand.forum.base}{BOARD}"]},
        },
        "channels": {"desk": {"url": f"json://{stand.desk.host}/desk", "digest": "07:00"}},
        "routes": [{"to": ["desk"]}],
    }


def play(stand: Newsstand, folder: Path, screen: Screen) -> Played:
    """Play the day with a store in ``folder``."""
    clock = ManualClock(START)
    stand.open()
    screen.say("Four sample sites run on this machine and are crawled for real; nothing leaves it.")
    screen.say("Every name is invented. The clock is moved by hand: three hours between two looks.")
    with App.open(Settings.model_validate(settings_of(stand)), base_dir=folder, clock=clock) as app:
        day = _Day(app, clock, stand, screen)
        run_async(_play(day))
        with app.store.read() as tx:
            return Played(len(tx.articles.list(limit=1000)), len(tx.alerts.list(limit=1000)), day.shown)


async def _play(day: _Day) -> None:
    day.screen.headline(f"{_time(day)} · first look")
    await _look(day)
    _left_alone(day)
    day.stand.later()
    day.clock.advance(_STEP)
    day.screen.headline(f"{_time(day)} · three hours later")
    day.screen.say(
        "RFA has edited its article. The forum has copied VOA's. RFA Khmer has taken its page down"
    )
    day.screen.say("(410 Gone; one such answer is not believed yet).")
    await _look(day)
    _joined(day)
    day.clock.advance(_STEP)
    day.screen.headline(f"{_time(day)} · three hours later")
    day.screen.say("The Khmer page is still gone.")
    await _look(day)


async def _look(day: _Day) -> None:
    """Look at every source and show what the desk was told."""
    crawled = await crawl(day.app, list(day.app.settings.sources))
    for poll in crawled.polls:
        if not poll.ok:
            day.screen.say(f"{poll.source}: {poll.error}")
        elif poll.stored:
            day.screen.say(f"{poll.source}: {count(poll.stored, 'new article')}")
    posted = day.stand.desk.posted[day.shown :]
    day.shown += len(posted)
    for message in posted:
        day.screen.message("to the desk", f"{message['title']}\n{message['message']}".strip())


def _left_alone(day: _Day) -> None:
    with day.app.store.read() as tx:
        ringing = {alert.story for alert in tx.alerts.list(limit=1000)}
        quiet = [row.title for row in tx.articles.list(limit=1000) if row.story not in ringing]
    if quiet:
        day.screen.say("")
        day.screen.say(
            "Also read, and nobody was woken: a defect, a dissolved parliament, a dissolved marriage."
        )
        day.screen.points(quiet)


def _joined(day: _Day) -> None:
    with day.app.store.read() as tx:
        rows = tx.articles.list(limit=1000)
        copies = [row for row in rows if row.relation == "copy"]
        sources = {row.key: row.source for row in rows}
    for row in copies:
        day.screen.say("")
        day.screen.say(
            f"Joined to its story as a copy of {sources.get(row.relation_of or '')}, nobody woken again:"
        )
        day.screen.points([f"{row.source}: {row.title}"])


def _time(day: _Day) -> str:
    return f"{day.clock.now():%A %d %B %Y, %H:%M} UTC"
