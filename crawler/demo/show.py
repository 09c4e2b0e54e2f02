"""The demo on screen: panels on a terminal, the same words as plain text in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

_COLOURS = {
    "CRITICAL": "bold red",
    "HIGH": "bold yellow",
    "MEDIUM": "cyan",
    "LOW": "dim",
    "CORRECTION": "bold magenta",
    "WITHDRAWN": "bold magenta",
}
_WIDTH = 100


@dataclass(slots=True)
class Screen:
    """Where the demo is told."""

    console: Console = field(
        default_factory=lambda: Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    )

    def headline(self, text: str) -> None:
        """Begin a part of the day."""
        if self.console.is_terminal:
            self.console.print()
            self.console.print(Rule(Text(text, style="bold"), align="left"))
        else:
            self.console.print(f"\n== {text}", markup=False)

    def say(self, text: str) -> None:
        """Say one line."""
        self.console.print(Text(text))

    def points(self, lines: Sequence[str]) -> None:
        """Say a list."""
        for line in lines:
            self.console.print(Text(f"  · {line}"))

    def message(self, title: str, body: str) -> None:
        """Show a message as its reader gets it."""
        if self.console.is_terminal:
            head = Text(title, style="dim")
            self.console.print(Panel(_coloured(body), title=head, title_align="left", width=self._width()))
        else:
            self.console.print(f"\n--- {title}", markup=False)
            self.console.print(body, markup=False)
            self.console.print("---", markup=False)

    def _width(self) -> int:
        return min(_WIDTH, self.console.width)


def _coloured(body: str) -> Text:
    text = Text(body)
    for word, style in _COLOURS.items():
        text.highlight_regex(
            rf"(?m)^[^\n]*\b{word}\b[^\n]*(?=\n|$)"
            if word in ("CORRECTION", "WITHDRAWN")
            else rf"(?m)^{word}\b",
            style,
        )
    return text
