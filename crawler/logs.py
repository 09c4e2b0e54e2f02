"""Log lines: JSON for machines, one readable line for people; known secrets never pass."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

#: Libraries that talk much and whose words we say ourselves.
_TALKATIVE = ("scrapy", "twisted", "apscheduler", "apprise", "asyncio", "urllib3", "trafilatura", "alembic")
_MIN_SECRET = 6


def configure(*, json_lines: bool, verbose: int = 0, secrets: Iterable[str] = ()) -> None:
    """Send our and the libraries' log lines to standard error.

    Args:
        json_lines: One JSON object per line, for journals; else for a terminal.
        verbose: 0 warnings only on a terminal (a daemon also tells what it does), 1 info, 2 debug.
        secrets: Strings that are replaced by ``***`` wherever they occur.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _masker(secrets),
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(_level(json_lines, verbose))
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING if verbose < 2 else logging.INFO)


def _level(json_lines: bool, verbose: int) -> int:
    if verbose >= 2:
        return logging.DEBUG
    return logging.INFO if json_lines or verbose else logging.WARNING


def _masker(secrets: Iterable[str]) -> Processor:
    known = sorted({secret for secret in secrets if len(secret) >= _MIN_SECRET}, key=len, reverse=True)

    def hide(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        if known:
            for key, value in event.items():
                if isinstance(value, str):
                    for secret in known:
                        value = value.replace(secret, "***")
                    event[key] = value
        return event

    return hide
