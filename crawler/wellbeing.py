"""Is all well: what ``status``, health checks and metrics tell, from the database alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.discover.health import BUT, State
from crawler.notify.canary import CANARY
from crawler.settings import Settings, SourceTable
from state.records import Message, MessageState
from state.store.sources import SourceRow
from state.store.tx import Tx

#: A message that is due for longer without having been tried says that nobody delivers.
_LATE = timedelta(minutes=5)
_ALL = 1_000_000
_TIMES = 4


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is not well, in one plain sentence, and what to do."""

    about: str
    said: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """How we are."""

    troubles: tuple[Trouble, ...]
    sources: int
    seeing: int
    articles_today: int
    alerts_unseen: int
    waiting: int
    could_not: int
    muted: int
    seal: str | None

    @property
    def is_well(self) -> bool:
        """Tell whether nothing needs a person."""
        return not self.troubles


def look(tx: Tx, settings: Settings, now: datetime) -> Wellbeing:
    """Return how we are at this instant."""
    rows = {name: tx.sources.get(name) for name in settings.sources}
    waiting = tx.messages.list(states=[MessageState.OPEN, MessageState.CLAIMED], limit=_ALL)
    troubles = [
        *(
            trouble
            for name, row in rows.items()
            for trouble in _source(name, settings.sources[name], row, now)
        ),
        *_messages(waiting, now),
        *_canary(tx, now),
        *_given_up(tx),
    ]
    if (held := tx.leases.held()) is not None:
        troubles.append(Trouble("delivery", f"nothing is sent: {held}", "tocsin messages list"))
    alerts = [alert.id for alert in tx.alerts.list(state="live", limit=_ALL)]
    seal = tx.seals.newest()
    return Wellbeing(
        troubles=tuple(troubles),
        sources=len(rows),
        seeing=sum(row is not None and not _is_blind(row) and row.ok_at is not None for row in rows.values()),
        articles_today=len(tx.articles.list(since=now - timedelta(hours=24), limit=_ALL)),
        alerts_unseen=len(set(alerts) - tx.acknowledgements.seen(alerts)),
        waiting=len(waiting),
        could_not=sum(message.attempts > 0 for message in waiting),
        muted=len(tx.silences.active(now)),
        seal=seal.hash[:16] if seal else None,
    )


def _source(name: str, table: SourceTable, row: SourceRow | None, now: datetime) -> Iterator[Trouble]:
    if row is None or row.polled_at is None:
        yield Trouble(name, "was never looked at", "tocsin run, or tocsin crawl")
        return
    if row.retired_at is not None:
        return
    if _is_blind(row):
        yield Trouble(name, row.error or row.sentence or row.state, f"tocsin sources test {name}")
    elif row.sentence.startswith(BUT):
        yield Trouble(name, row.sentence, f"tocsin sources test {name}")
    elif now - row.polled_at > max(table.alarm_after, table.every * _TIMES):
        said = f"was last looked at {row.polled_at:%Y-%m-%d %H:%M} UTC: nobody is watching"
        yield Trouble(name, said, "tocsin run")


def _is_blind(row: SourceRow) -> bool:
    try:
        return State(row.state).is_blind
    except ValueError:
        return False


def _messages(waiting: Sequence[Message], now: datetime) -> Iterator[Trouble]:
    failed: dict[str, Message] = {m.channel: m for m in waiting if m.attempts}
    for channel, message in failed.items():
        number = sum(m.channel == channel and m.attempts > 0 for m in waiting)
        said = f"{number} waiting after failed tries: {message.last_error or 'not taken'}"
        yield Trouble(f"channel {channel}", said, f"tocsin channels test {channel}")
    late = [m for m in waiting if not m.attempts and now - m.due_at > _LATE]
    if late:
        due = "1 due message was" if len(late) == 1 else f"{len(late)} due messages were"
        yield Trouble("delivery", f"{due} not tried: nobody delivers", "tocsin deliver")


def _canary(tx: Tx, now: datetime) -> Iterator[Trouble]:
    due = tx.messages.next_due([CANARY])
    if due is not None and now - due > _LATE:
        said = f"the test article of {due:%H:%M} UTC did not come through: delivery stands still"
        yield Trouble("canary", said, "tocsin doctor")


def _given_up(tx: Tx) -> Iterator[Trouble]:
    dead = tx.messages.counts().get(MessageState.DEAD.value, 0)
    if dead:
        yield Trouble("messages", f"{dead} could not be delivered", "tocsin messages list --state dead")
