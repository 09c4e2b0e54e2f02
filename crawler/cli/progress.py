"""How far a long run has come: a bar with rates on a terminal, a plain line now and then where piped."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_LINE_EVERY_S = 10.0
_BAR_EVERY_S = 0.2


class Progress:
    """Tells on stderr how far a run is.

    Args:
        what: What is done, as in "reading the archive".
        units: What is counted, as in "pages".
        total: What ``at`` counts up to; 0 where it is not known.
    """

    def __init__(self, what: str, units: str, total: int) -> None:
        self._what, self._units, self._total = what, units, total
        self._began = self._told = time.monotonic()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.fields[said]}", markup=False),
                TimeRemainingColumn(),
            )
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task(self._what, total=self._total or None, said="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def at(self, reached: int, done: int, said: str = "") -> None:
        """Tell that so much of the total is reached and so many units are done; ``said`` is added to it."""
        now = time.monotonic()
        if now - self._told < (_LINE_EVERY_S if self._bar is None else _BAR_EVERY_S):
            return
        self._told = now
        rate = done / max(now - self._began, 0.001)
        text = ", ".join(part for part in (f"{done:,} {self._units}", f"{rate:,.0f}/s", said) if part)
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=reached, said=text)
            return
        share = f", {100 * reached // self._total} %" if self._total else ""
        click.echo(f"{self._what}: {text}{share}", err=True)
