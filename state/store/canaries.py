"""Removing canaries: invented articles that went the real way to nobody and have done their work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select

from state.store.ledger import sha256
from state.store.tables import (
    alerts,
    articles,
    events,
    matches,
    messages,
    notices,
    promises,
    receipts,
    responses,
    stories,
    story_keys,
    versions,
)
from state.store.tx import Tx

_BATCH = 200


def prune_canaries(tx: Tx, before: datetime, now: datetime) -> int:
    """Remove canary articles first seen before then, with all that came of them; return how many.

    The ledger keeps its entries, and says of each message that it was pruned.
    """
    old = (
        select(articles.c.id, articles.c.key, articles.c.story)
        .where(articles.c.canary.is_(True), articles.c.first_seen_at < before)
        .order_by(articles.c.id)
        .limit(_BATCH)
    )
    rows = tx.db.all(old)
    if rows:
        keys = [row.key for row in rows]
        _prune_alerts(tx, keys, now)
        _prune_articles(tx, [row.id for row in rows], keys)
        left = {row.story for row in rows if row.story}
        lonely = ~exists().where(articles.c.story == stories.c.id) & ~exists().where(
            alerts.c.story == stories.c.id
        )
        tx.db.execute(delete(stories).where(stories.c.id.in_(left), lonely))
    return len(rows)


def _prune_alerts(tx: Tx, keys: list[str], now: datetime) -> None:
    theirs = select(notices.c.alert).distinct().where(notices.c.article.in_(keys))
    ids = [row.alert for row in tx.db.all(theirs)]
    told = [
        row.message
        for row in tx.db.all(select(promises.c.message).distinct().where(promises.c.alert.in_(ids)))
        if row.message is not None
    ]
    tx.db.execute(delete(promises).where(promises.c.alert.in_(ids)))
    for id in told:
        if tx.db.one(select(promises.c.alert).where(promises.c.message == id)) is None:
            tx.db.execute(delete(receipts).where(receipts.c.message == id))
            tx.db.execute(delete(messages).where(messages.c.id == id))
            tx.ledger.append("message.pruned", id, sha256("canary"), now)
    tx.db.execute(delete(notices).where(notices.c.alert.in_(ids)))
    tx.db.execute(delete(matches).where(matches.c.article.in_(keys)))
    tx.db.execute(delete(alerts).where(alerts.c.id.in_(ids), alerts.c.canary.is_(True)))


def _prune_articles(tx: Tx, ids: list[int], keys: list[str]) -> None:
    tx.db.execute(delete(events).where(events.c.article.in_(keys)))
    tx.db.execute(delete(versions).where(versions.c.article.in_(keys)))
    tx.db.execute(delete(responses).where(responses.c.article.in_(keys)))
    tx.db.execute(delete(story_keys).where(story_keys.c.article.in_(ids)))
    tx.db.execute(delete(articles).where(articles.c.id.in_(ids)))
