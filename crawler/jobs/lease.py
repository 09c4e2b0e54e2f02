"""Being the only one who looks at a source, for as long as the look takes."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from crawler.jobs.owner import is_dead, me
from state.errors import StoreError

if TYPE_CHECKING:
    from crawler.app import App
    from state.store.tx import Tx

_SECONDS = 120.0
_RENEW_EVERY_S = 40.0
#: Owners of this process whose look still runs.
_alive: set[str] = set()


@asynccontextmanager
async def source_lease(app: App, name: str) -> AsyncIterator[bool]:
    """Take a source and keep it until the block ends; yields whether it is ours.

    Another process, or another look of this one, may have it.  What a process
    of this machine held when it was killed is free at once.
    """
    owner = f"{me()}#{secrets.token_hex(4)}"
    _alive.add(owner)
    try:
        if not await app.store.run(lambda tx: _take(tx, name, owner)):
            yield False
            return
        keeper = asyncio.create_task(_keep(app, name, owner))
        try:
            yield True
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
            await app.store.run(lambda tx: tx.sources.release(name, owner))
    finally:
        _alive.discard(owner)


def _take(tx: Tx, name: str, owner: str) -> bool:
    held = tx.leases.get(f"source:{name}")
    if held is not None and (is_dead(held.owner) or _is_of_a_former_self(held.owner)):
        tx.sources.release(name, held.owner)
    return tx.sources.lease(name, owner, _SECONDS)


def _is_of_a_former_self(owner: str) -> bool:
    """Tell whether our own number was somebody else's before: in a container every start has the same."""
    return owner.partition("#")[0] == me() and owner not in _alive


async def _keep(app: App, name: str, owner: str) -> None:
    while True:
        await asyncio.sleep(_RENEW_EVERY_S)
        try:
            await app.store.run(lambda tx: tx.sources.lease(name, owner, _SECONDS))
        except StoreError as error:  # at worst the source is looked at twice, which stores nothing twice
            app.log.warning("the lease could not be renewed", source=name, error=error.problem)
