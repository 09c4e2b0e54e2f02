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

from sqlalchemy import Table, bindparam, delete, select, update

from state.archive.rotate import append, load
from state.errors import InputError
from state.store.ledger import article_subject, sha256
from state.store.responses import ResponseRow
from state.store.store import Store
from state.store.tables import articles, events, frontier, matches, messages, notices, promises, versions
from state.store.tx import Tx


def forget_article(store: Store, folder: Path, key: str, now: datetime, why: str) -> None:
    """Erase the text of an article and of all that was said of it.

    A kill on the way leaves the article as it was, or forgotten; at worst a file
    of the archive that no row names, which the next pruning removes.

    Raises:
        InputError: There is no such article.
        StoreBusyError: Another process is writing the archive.
        ArchiveError: Its file of the archive cannot be written anew.
    """
    with store.hold("archive"):
        with store.read() as tx:
            if tx.articles.row(key) is None:
                raise InputError(f"there is no article {key}", hint="tocsin articles search finds keys")
            theirs = tx.responses.of(key)
        files = {row.file for row in theirs if row.file is not None}
        for name in sorted(files):
            _move_others(store, folder, name, {row.id for row in theirs}, now)
        with store.begin() as tx:
            _erase(tx, key, theirs, now, why)
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
    alerts = {row.alert for row in tx.db.all(select(notices.c.alert).where(notices.c.article == key))}
    said = select(promises.c.message).where(
        promises.c.alert.in_(sorted(alerts)), promises.c.message.is_not(None)
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
