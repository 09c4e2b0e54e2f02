"""Forgetting an article: its text goes everywhere, its digests and the reason stay.

What goes: the text of every version, the raw answers, the quotes in matches,
events, notices and sent messages.  The key stays, so that the page is not read
again, and so do the ledger's entries, which hold no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, bindparam, delete, exists, select, update

from state.archive.rotate import append, load
from state.errors import InputError
from state.store.ledger import article_subject, sha256
from state.store.responses import ResponseRow
from state.store.store import Store
from state.store.tables import (
    alerts,
    articles,
    events,
    frontier,
    matches,
    messages,
    notices,
    promises,
    versions,
)
from state.store.tx import Tx

_BATCH = 200
_QUIET = (
    select(articles.c.key)
    .where(
        articles.c.first_seen_at < bindparam("before"),
        articles.c.state != "forgotten",
        articles.c.canary.is_(False),
        ~exists().where(alerts.c.story == articles.c.story),
        ~exists().where(notices.c.article == articles.c.key),
    )
    .order_by(articles.c.id)
    .limit(_BATCH)
)


def forget_article(store: Store, folder: Path, key: str, now: datetime, why: str) -> None:
    """Erase the text of an article and of all that was said of it.

    A kill on the way leaves the article as it was, or forgotten; at worst a file
    of the archive that no row names, which the next pruning removes.

    Raises:
        InputError: There is no such article.
        StoreBusyError: Another process is writing the archive.
        ArchiveError: Its file of the archive cannot be written anew.
    """
    with store.read() as tx:
        if tx.articles.row(key) is None:
            raise InputError(f"there is no article {key}", hint="tocsin articles search finds keys")
    _forget(store, folder, [key], now, why)


def forget_quiet(store: Store, folder: Path, before: datetime, now: datetime) -> int:
    """Erase the texts of articles first seen before then whose story never rang; return how many.

    Raises:
        StoreBusyError: Another process is writing the archive.
        ArchiveError: A file of the archive cannot be written anew.
    """
    done = 0
    while True:
        with store.read() as tx:
            keys = [row.key for row in tx.db.all(_QUIET, {"before": before})]
        if not keys:
            return done
        _forget(store, folder, keys, now, "older than [retention] backlog")
        done += len(keys)


def _forget(store: Store, folder: Path, keys: Sequence[str], now: datetime, why: str) -> None:
    with store.hold("archive"):
        with store.read() as tx:
            theirs = {key: tx.responses.of(key) for key in keys}
        answers = [row for rows in theirs.values() for row in rows]
        files = {row.file for row in answers if row.file is not None}
        for name in sorted(files):
            _move_others(store, folder, name, {row.id for row in answers}, now)
        with store.begin() as tx:
            for key, rows in theirs.items():
                _erase(tx, key, rows, now, why)
        for name in files:
            (folder / Path(name).name).unlink(missing_ok=True)
        store.erase_traces()


def _move_others(store: Store, folder: Path, name: str, forgotten: set[int], now: datetime) -> None:
    """Write what else is in a file into a new one."""
    with store.read() as tx:
        others = [row for row in tx.responses.in_file(name) if row.id not in forgotten]
    if others:
        places = append(folder, [(row, load(row, folder)) for row in others], None, now)
        with store.begin() as tx:
            tx.responses.moved(places)


def _erase(tx: Tx, key: str, theirs: Sequence[ResponseRow], now: datetime, why: str) -> None:
    if theirs:
        tx.responses.prune([row.id for row in theirs], now)
    rang = {row.alert for row in tx.db.all(select(notices.c.alert).where(notices.c.article == key))}
    said = select(promises.c.message).where(
        promises.c.alert.in_(sorted(rang)), promises.c.message.is_not(None)
    )
    ids = sorted({row.message for row in tx.db.all(said)})
    tx.db.execute(
        update(messages)
        .where(messages.c.id.in_(ids), messages.c.state.not_in(["open", "claimed"]))
        .values(title=None, body=None, html=None)
    )
    _blank(tx, notices, key, events=[], told={}, reason="forgotten")
    _blank(tx, versions, key, body=None, text=None, forgotten_at=now, forgotten_why=why)
    for row in tx.db.all(select(matches.c.id, matches.c.data).where(matches.c.article == key)):
        bare = row.data | {"spans": [], "explanation": {}}
        tx.db.execute(update(matches).where(matches.c.id == row.id).values(data=bare))
    tx.db.execute(delete(events).where(events.c.article == key))
    tx.db.execute(delete(frontier).where(frontier.c.key == key))
    bare = {"title": "", "url": None, "canonical_url": None, "aliases": [], "relation_why": None}
    known = update(articles).where(articles.c.key == bindparam("called"))
    tx.db.execute(known.values(**bare, state="forgotten", recheck_at=None), {"called": key})
    tx.ledger.append("forgotten", article_subject(key), sha256(why), now)


def _blank(tx: Tx, table: Table, key: str, **values: Any) -> None:
    tx.db.execute(update(table).where(table.c.article == key).values(**values))
