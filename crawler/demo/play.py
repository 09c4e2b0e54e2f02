"""The day of the demo: crawled for real, three hours between two looks on a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.app import App
from crawler.crawl import Crawled, crawl
from crawler.demo.show import Screen
from crawler.demo.sites import BOARD, KHMER_FEED, RFA_FEED, START, VOA_FEED, Newsstand
from crawler.fetch.loop import run_async
from crawler.settings import Settings
from state.clock import ManualClock

_STEP = timedelta(hours=3)


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


@dataclass(slots=True)
class _Day:
    """What runs while the demo plays."""

    app: App
    clock: ManualClock
    stand: Newsstand
    screen: Screen
    told: int = 0

    def messages(self) -> list[dict[str, str]]:
        """Return what the desk was told since the last time."""
        new = self.stand.desk.posted[self.told :]
        self.told += len(new)
        return new


def play(stand: Newsstand, folder: Path, screen: Screen) -> int:
    """Play the day with a store in ``folder`` and return how many messages the desk got."""
    clock = ManualClock(START)
    settings = Settings.model_validate(settings_of(stand))
    stand.open()
    screen.say("Four sample sites run on this machine and are crawled for real; nothing leaves it.")
    screen.say("Every name is invented. The clock is moved by hand: three hours between two looks.")
    with App.open(settings, base_dir=folder, clock=clock) as app:
        run_async(_day(_Day(app, clock, stand, screen)))
    return len(stand.desk.posted)


async def _day(day: _Day) -> None:
    day.screen.headline(f"{_time(day)}: first look at four sites")
    await _look(day)
    _left_alone(day)
    day.stand.later()
    day.clock.advance(_STEP)
    day.screen.headline(
        f"{_time(day)}, three hours later: RFA has edited its page, the forum has copied VOA's article,"
    )
    day.screen.say("and RFA Khmer has taken its page down (410 Gone; one such answer is not yet believed)")
    await _look(day)
    _copies(day)
    day.clock.advance(_STEP)
    day.screen.headline(f"{_time(day)}, three hours later: the Khmer page is still gone")
    await _look(day)


async def _look(day: _Day) -> Crawled:
    crawled = await crawl(day.app, list(day.app.settings.sources))
    for message in day.messages():
        day.screen.message("to desk", f"{message['title']}\n{message['message']}".strip())
    return crawled


def _time(day: _Day) -> str:
    return f"{day.clock.now():%a %d %b %Y %H:%M} UTC"


def _left_alone(day: _Day) -> None:
    with day.app.store.read() as tx:
        rung = {alert.story for alert in tx.alerts.list()}
        quiet = [row.title for row in tx.articles.list() if tx.stories.of(row.key).story not in rung]
    day.screen.say(
        "Read, and rang for nobody (a defect, a dissolved parliament and a dissolved marriage are no news here):"
    )
    day.screen.points(quiet)


def _copies(day: _Day) -> None:
    """Tell which articles joined a story as copies."""
