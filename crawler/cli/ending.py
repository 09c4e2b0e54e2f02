"""How a command ends: an exit code, one plain sentence and the next step."""

from __future__ import annotations

from dataclasses import dataclass

import click

DONE = 0
FAILED = 1
USAGE = 2
PARTLY = 3
UNDELIVERED = 4
FAULT = 5


@dataclass(frozen=True, slots=True)
class Ending:
    """What a verb returns.

    ``code`` is 0 done; 1 something asked for failed, or a check found a fault;
    2 usage or configuration; 3 some sources failed; 4 a delivery was tried and
    failed; 5 a fault of our own.
    """

    said: str
    code: int = DONE
    next_step: str = ""

    def line(self) -> str:
        """Return the last line of the command."""
        said = self.said if self.said.endswith((".", "!", "?")) else f"{self.said}."
        return f"{said} Next: {self.next_step}" if self.next_step else said


def tell(ending: Ending, *, err: bool) -> None:
    """Print the last line; where nobody reads any more, nothing is lost by not printing it."""
    try:
        click.echo(ending.line(), err=err)
    except BrokenPipeError:
        return


def count(number: int, one: str, many: str = "") -> str:
    """Return ``1 article``, ``2 articles``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
