"""What is taken back: pages that are gone, and alerts that a person retracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crawler.telling import Deed, Watching, carry_out, standing_of
from rules.alerts.withdraw import (
    Absence,
    Recheck,
    believed,
    live_pages,
    retraction,
    vanish_together,
    withdrawal,
)
from state.errors import InputError
from state.records import Alert, Notice
from state.store.tx import Tx

#: How far back re-read pages count as having vanished together.
_TOGETHER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Gone:
    """What an answer of "not here" came to; ``trouble`` is a sentence for the operator, or empty."""

    state: Literal["doubted", "gone", "mass"]
    notices: tuple[Notice, ...] = ()
    trouble: str = ""


def gone(key: str, status: int, app: Watching, tx: Tx, now: datetime) -> Gone:
    """Note that an article's page was not there, and withdraw its alerts once that is believed.

    ``status`` is the HTTP status; a redirect to the front page and a 404 in
    disguise count as 404.
    """
    counted = tx.articles.gone(key, now, status)
    row = tx.articles.row(key)
    source = row.source if row else None
    read, missing = tx.articles.rechecked(source, now - _TOGETHER) if source else (2, 1)
    recheck = Recheck(read=read, gone=missing)
    if vanish_together(recheck):
        return Gone("mass", trouble=f"{missing} of {read} pages of {source} are not there any more")
    absence = Absence(times=counted.count, since=counted.first_at, meant=counted.count_410)
    if not believed(absence, recheck, now):
        return Gone("doubted")
    tx.articles.set_state(key, "gone")
    notices = [_withdraw(alert, key, app, tx, now) for alert in tx.alerts.of_article(key)]
    return Gone("gone", tuple(notice for notice in notices if notice is not None))


def _withdraw(alert: Alert, key: str, app: Watching, tx: Tx, now: datetime) -> Notice | None:
    """Withdraw an alert if no page that it rests on is left."""
    if alert.state != "live":
        return None
    pages = tx.matches.articles_of(alert.id)
    missing = [page for page in pages if (row := tx.articles.row(page)) is None or row.state != "live"]
    if live_pages(pages, missing):
        return None
    article = tx.articles.get(key)
    standing = standing_of(tx, alert.story, alert.kind, alert)
    version = article.version if article else ""
    decision = withdrawal(standing, key, version, now, "the last page that told it is gone")
    carry_out(Deed(decision, alert, article, app.policy), tx, now)
    return decision.notice


def retract(
    alert_id: str, because: str, app: Watching, tx: Tx, now: datetime, *, by: str | None = None
) -> Notice:
    """Take an alert back on a person's word; everybody who got it is told.

    Raises:
        InputError: There is no such alert, nothing was told of it, or it was retracted before.
    """
    alert = tx.alerts.get(alert_id)
    if alert is None:
        raise InputError(f"there is no alert {alert_id}", hint="tocsin alerts list shows the ids")
    if alert.state == "retracted":
        raise InputError(f"{alert_id} was retracted before")
    standing = standing_of(tx, alert.story, alert.kind, alert)
    if not standing.notices:
        raise InputError(f"nothing was told of {alert_id}")
    decision = retraction(standing, now, because=because, by=by)
    article = tx.articles.get(standing.notices[-1].article)
    carry_out(Deed(decision, alert, article, app.policy), tx, now)
    if decision.notice is None:
        raise InputError(f"nothing was told of {alert_id}")
    return decision.notice
