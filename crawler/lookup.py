"""Which stored article a person means."""

from __future__ import annotations

from state.identity import article_key
from state.store.tx import Tx


def key_of(tx: Tx, name: str) -> str | None:
    """Return the key of the stored article that a name means, None if it means none.

    Args:
        tx: The store.
        name: Its key, any address it was read from (also one it has moved to), or an alert that it rang.
    """
    if tx.articles.row(name) is not None:
        return name
    if "://" not in name:
        return next(iter(tx.matches.articles_of(name)), None)
    key = article_key(name)
    known = tx.frontier.get(key)
    key = known.article if known is not None and known.article else key
    return key if tx.articles.row(key) is not None else None
