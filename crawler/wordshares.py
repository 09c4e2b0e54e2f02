"""How common words are in the user's own archive: measured now and then, kept beside the configuration.

Rules compiled from then on are found by words that are rare here.  It is
measured anew when the archive has doubled, so that a big set of rules is not
compiled again every day for nothing.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rules.compile import Ruleset
from rules.frequency import frequencies
from rules.rarity import Shares
from state.article import Article
from state.store.store import Store
from state.store.tx import Tx

NAME = ".rules.shares"
#: Fewer articles say too little.
FEWEST = 200
#: So many of the newest are read.
MOST = 5000
_MAX_BYTES = 32_000_000


def kept(folder: Path) -> tuple[bytes, Shares]:
    """Return what was measured, as bytes and as shares by sought string; nothing where nothing was."""
    try:
        with (folder / NAME).open("rb") as file:
            body = file.read(_MAX_BYTES)
        shares = _form(body)["shares"]
        return body, {text: float(share) for text, share in shares.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return b"", {}


def measure_if_due(store: Store, ruleset: Ruleset, folder: Path) -> int:
    """Measure the archive if it is twice what it was; return how many articles were read, 0 if it was not due.

    Raises:
        StoreError: The archive cannot be read.
        OSError: The folder refuses.
    """
    before = _measured(folder)
    with store.read() as tx:
        keys = [row.key for row in tx.articles.list(limit=MOST)]
        if before >= MOST or len(keys) < max(FEWEST, min(MOST, 2 * before)):
            return 0
        read, shares = frequencies(_articles(tx, keys), ruleset)
    _write(folder, {"articles": read, "shares": shares})
    return read


def _articles(tx: Tx, keys: list[str]) -> Iterator[Article]:
    return (article for key in keys if (article := tx.articles.get(key)) is not None)


def _measured(folder: Path) -> int:
    try:
        return int(_form(kept(folder)[0])["articles"])
    except (ValueError, TypeError, KeyError):
        return 0


def _form(body: bytes) -> dict[str, Any]:
    form = json.loads(body)
    if not isinstance(form, dict):
        raise TypeError(type(form).__name__)
    return form


def _write(folder: Path, form: dict[str, Any]) -> None:
    descriptor, name = tempfile.mkstemp(prefix=NAME, dir=folder)
    try:
        with open(descriptor, "w", encoding="utf-8", errors="surrogatepass") as file:
            json.dump(form, file, ensure_ascii=True)
        os.replace(name, folder / NAME)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
