"""The web server inside the daemon's loop; signals stay the daemon's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from state.errors import ConfigError

_DRAIN_S = 3


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave SIGTERM and SIGINT to the daemon."""
        yield


def address(listen: str) -> tuple[str, int]:
    """Return host and port of ``[web] listen``.

    Raises:
        ConfigError: It is not ``host:port``.
    """
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ConfigError(f'[web] listen must be host:port, not "{listen}"', hint='write "127.0.0.1:8080"')
    return host.strip("[]"), int(port)


async def serve(application: ASGIApp, listen: str, stop: asyncio.Event) -> None:
    """Serve until ``stop`` is set.

    Raises:
        ConfigError: The address is not ``host:port``, or cannot be listened on.
    """
    host, port = address(listen)
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=_DRAIN_S,
    )
    server = _Server(config)
    serving = asyncio.create_task(_started(server, listen))
    await asyncio.wait({serving, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving


async def _started(server: _Server, listen: str) -> None:
    try:
        await server.serve()
    except SystemExit:
        # uvicorn leaves the process where it cannot bind; a daemon must say so and go on watching.
        raise ConfigError(f"[web] listen: cannot listen on {listen}; is it in use?") from None
