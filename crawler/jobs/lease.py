"""Being the only one who looks at a source, for as long as the look takes."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.app import App

_SECONDS = 120.0
_RENEW_EVERY_S = 40.0


@asynccontextmanager
async def source_lease(app: App, name: str) -> AsyncIterator[bool]:
    """Take a source and keep it until the block ends; yields whether it is ours.

    Another process, or another look of this one, may have it.
    """
    owner = f"poll-{os.getpid()}-{secrets.token_hex(4)}"
    is_ours = await app.store.run(lambda tx: tx.sources.lease(name, owner, _SECONDS))
    if not is_ours:
        yield False
        return
    keeper = asyncio.create_task(_keep(app, name, owner))
    try:
        yield True
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        await app.store.run(lambda tx: tx.sources.release(name, owner))


async def _keep(app: App, name: str, owner: str) -> None:
    while True:
        await asyncio.sleep(_RENEW_EVERY_S)
        await app.store.run(lambda tx: tx.sources.lease(name, owner, _SECONDS))
