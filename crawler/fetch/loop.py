"""The process's one event loop, with Twisted's reactor running on it.

Scrapy's supported handler needs a reactor; everything else of ours is asyncio.
A reactor can be started once in a process, so the loop is kept from call to
call and closed when the interpreter ends.  Commands, the daemon and tests all
go through ``run_async``.
"""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar, cast

from twisted.internet.asyncioreactor import AsyncioSelectorReactor
from twisted.internet.main import installReactor

from crawler.fetch.resolver import GuardedResolver

if TYPE_CHECKING:
    from twisted.internet.interfaces import IHostnameResolver

_T = TypeVar("_T")

_runner: asyncio.Runner | None = None
_resolver: GuardedResolver | None = None
_reactor: AsyncioSelectorReactor | None = None


def run_async(main: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine to its end, with the reactor on the loop; may be called again and again.

    What the coroutine left running is cancelled.  Ctrl-C cancels the coroutine.
    """
    global _runner
    if _runner is None:
        _runner = asyncio.Runner()
        atexit.register(_close)
    return _runner.run(_with_reactor(main))


def resolver() -> GuardedResolver:
    """Return the resolver that stands on the reactor.

    Raises:
        RuntimeError: No reactor is running: the caller is outside ``run_async``.
    """
    if _resolver is None:
        raise RuntimeError("crawling needs the reactor: start through crawler.fetch.loop.run_async")
    return _resolver


async def _with_reactor(main: Coroutine[Any, Any, _T]) -> _T:
    try:
        _start_reactor()
    except BaseException:
        main.close()
        raise
    try:
        return await main
    finally:
        await _cancel_the_rest()


def _start_reactor() -> None:
    global _resolver, _reactor
    if _resolver is not None:
        return
    reactor = AsyncioSelectorReactor(asyncio.get_running_loop())
    installReactor(reactor)  # type: ignore[no-untyped-call]
    _resolver = GuardedResolver()
    reactor.installNameResolver(cast("IHostnameResolver", _resolver))
    reactor.startRunning(installSignalHandlers=False)
    _reactor = reactor


async def _cancel_the_rest() -> None:
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


def _close() -> None:
    if _runner is None:
        return
    if _reactor is not None:
        _reactor.fireSystemEvent("shutdown")  # which asks the loop to stop
        loop = _runner.get_loop()
        loop.call_soon(loop.stop)
        loop.run_forever()
    _runner.close()
