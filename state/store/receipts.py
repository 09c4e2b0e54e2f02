"""Receipts: what a channel answered to each attempt."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select

from state.records import Receipt
from state.store.db import Db
from state.store.tables import receipts

_OF = select(receipts).where(receipts.c.message == bindparam("of")).order_by(receipts.c.id)
_INSERT = insert(receipts)


class Receipts:
    """Rows of ``receipts``."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, receipt: Receipt) -> None:
        """Keep a receipt."""
        values = {
            "message": receipt.message,
            "channel": receipt.channel,
            "attempt": receipt.attempt,
            "ok": receipt.ok,
            "at": receipt.at,
            "reason": receipt.reason,
            "retryable": receipt.retryable,
            "detail": receipt.detail,
        }
        self._db.execute(_INSERT, values)

    def of(self, message: str) -> Sequence[Receipt]:
        """Return a message's receipts in the order of its attempts."""
        return [
            Receipt(
                message=row.message,
                channel=row.channel,
                attempt=row.attempt,
                ok=row.ok,
                at=row.at,
                reason=row.reason,
                retryable=row.retryable,
                detail=row.detail,
            )
            for row in self._db.all(_OF, {"of": message})
        ]
