"""What machines ask a daemon: is it alive, is it ready, how is it doing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from crawler.app import App
from crawler.wellbeing import Wellbeing, look
from state.errors import StoreError

#: A database that does not answer within this is not well.
_PATIENCE_S = 5.0

Reload = Callable[[], Awaitable[bool]]


def routes(app: App, *, is_ready: Callable[[], bool], reload: Reload) -> list[Route]:
    """Return ``/-/healthy``, ``/-/ready``, ``/-/reload`` and ``/metrics``."""

    async def healthy(_request: Request) -> Response:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await app.store.view(lambda tx: tx.sources.next_due())
        except (StoreError, TimeoutError):
            return PlainTextResponse("the database does not answer\n", 503)
        return PlainTextResponse("healthy\n")

    async def ready(_request: Request) -> Response:
        return PlainTextResponse("ready\n") if is_ready() else PlainTextResponse("not ready\n", 503)

    async def reloaded(_request: Request) -> Response:
        if await reload():
            return PlainTextResponse("reloaded\n")
        return PlainTextResponse("refused: the old configuration stays, see the log\n", 422)

    async def metrics(_request: Request) -> Response:
        well = await app.store.view(lambda tx: look(tx, app.settings, app.clock.now()))
        return Response(measured(well), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/-/healthy", healthy),
        Route("/-/ready", ready),
        Route("/-/reload", reloaded, methods=["POST"]),
        Route("/metrics", metrics),
    ]


def measured(well: Wellbeing) -> bytes:
    """Return how we are in Prometheus' text format."""
    registry = CollectorRegistry()
    for name, help_text, value in (
        ("sources", "sources of the configuration", well.sources),
        ("sources_seen", "sources that can be seen", well.seeing),
        ("articles_day", "new articles of the last 24 hours", well.articles_today),
        ("alerts_unseen", "live alerts that nobody has acknowledged", well.alerts_unseen),
        ("messages_waiting", "messages not yet taken by their channel", well.waiting),
        ("messages_failing", "messages that wait after a failed try", well.could_not),
        ("silences_active", "mutes in force", well.muted),
        ("troubles", "things that need a person", len(well.troubles)),
    ):
        Gauge(f"tocsin_{name}", help_text, registry=registry).set(value)
    trouble = Gauge("tocsin_trouble", "one thing that needs a person", ["about"], registry=registry)
    for one in well.troubles:
        trouble.labels(one.about).set(1)
    return generate_latest(registry)
