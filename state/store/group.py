"""Work that shares a commit: what waits is done one after the other, and the disk is asked once for all of it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from state.store import sqlite
from state.store.db import Db

T = TypeVar("T")

#: Pieces of work in one commit, and how long after the first began another is still begun.
MOST = 16
LONGEST_S = 0.05


class GroupCommit:
    """A queue in front of the one thread that writes.

    Each piece of work is whole or undone by itself, and nobody is told that
    one is done before the disk has it; where the commit fails, all of it fails.

    Args:
        transaction: Opens a transaction that is committed at the end of its block.
        thread: Where everything is done; one thread.
    """

    def __init__(
        self, transaction: Callable[[], AbstractContextManager[Db]], thread: ThreadPoolExecutor
    ) -> None:
        self._transaction = transaction
        self._thread = thread
        self._waiting: deque[_Piece] = deque()

    def submit(self, work: Callable[[Db], T]) -> Future[T]:
        """Let ``work`` be done after what waits already; its result comes once committed."""
        piece = _Piece(work)
        self._waiting.append(piece)
        self._thread.submit(self._work_off)  # finds nothing if the piece went along with an earlier one
        return piece.future

    def _next(self) -> _Piece | None:
        while self._waiting:
            piece = self._waiting.popleft()
            if piece.future.set_running_or_notify_cancel():
                return piece
        return None

    def _work_off(self) -> None:
        first = self._next()
        if first is None:
            return
        begun = [first]
        try:
            with self._transaction() as db:
                self._fill(db, begun)
        except BaseException as error:
            for piece in begun:
                piece.future.set_exception(piece.error or error)
        else:
            for piece in begun:
                piece.settle()

    def _fill(self, db: Db, begun: list[_Piece]) -> None:
        until = time.monotonic() + LONGEST_S
        begun[0].do(db)
        while len(begun) < MOST and time.monotonic() < until and (piece := self._next()) is not None:
            begun.append(piece)
            piece.do(db)


class _Piece:
    """One piece of work, what it came to, and who waits for it."""

    def __init__(self, work: Callable[[Db], Any]) -> None:
        self._work = work
        self._result: Any = None
        self.error: BaseException | None = None
        self.future: Future[Any] = Future()

    def do(self, db: Db) -> None:
        """Do it; raises only if it took the whole transaction with it."""
        try:
            with sqlite.savepoint(db.connection):
                self._result = self._work(db)
        except BaseException as error:
            self.error = error
            if not sqlite.in_transaction(db.connection):
                raise

    def settle(self) -> None:
        """Tell whoever waits, now that it is committed."""
        if self.error is None:
            self.future.set_result(self._result)
        else:
            self.future.set_exception(self.error)
