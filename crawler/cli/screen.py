"""Rows for people and for machines: a table on a terminal, aligned text in a pipe, JSON lines on request."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from crawler.cli.frame import Invocation, emit
from crawler.notify.labels import FALLBACK, labels

Row = Mapping[str, Any]

#: Control characters that could drive a terminal; pages are hostile.
_CONTROLS = {code: "�" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if code not in (0x09, 0x0A)}
_NARROW = 60
_GAP = "  "
#: Columns whose codes people see as the labels of messages; JSON keeps the codes.
_WORDED = ("claim", "severity")


def safe(text: str) -> str:
    """Return text that cannot drive a terminal."""
    return text.translate(_CONTROLS)


def show(invocation: Invocation, rows: Iterable[Row], columns: Mapping[str, str]) -> int:
    """Print rows and return how many there were.

    Args:
        invocation: With ``--json`` each row is one JSON line, every key of it.
        rows: Values by key.
        columns: Key → heading, for people.
    """
    if invocation.as_json:
        return _json_lines(rows)
    listed = list(rows)
    if not listed:
        return 0
    table = [[safe(_cell(key, row.get(key))) for key in columns] for row in listed]
    (_on_a_terminal if sys.stdout.isatty() else _aligned)(list(columns.values()), table)
    return len(listed)


def _json_lines(rows: Iterable[Row]) -> int:
    number = 0
    for row in rows:
        emit(json.dumps(row, ensure_ascii=False, default=_plain))
        number += 1
    return number


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)


def _cell(key: str, value: object) -> str:
    """Return what people read: codes of the columns that have words are shown as these."""
    if key in _WORDED:
        return labels(FALLBACK).word(key, str(value or "words"))
    if value is None:
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value).replace("\n", " ")


def _on_a_terminal(headings: list[str], rows: list[list[str]]) -> None:
    """Print a table that fits the terminal: no word and no address is cut in two by a column."""
    width = shutil.get_terminal_size().columns
    for number, line in enumerate(laid_out(headings, rows, width)):
        click.echo(click.style(line, bold=True) if number == 0 else line)


def laid_out(headings: list[str], rows: list[list[str]], width: int) -> list[str]:
    """Return the lines of a table; where it is wider than ``width``, its long cells stand below each row."""
    from rich.cells import cell_len

    widths = [max(cell_len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]
    beside = set(range(len(headings)))
    while len(beside) > 1 and sum(widths[i] + len(_GAP) for i in beside) - len(_GAP) > width:
        beside.remove(max(beside, key=lambda i: widths[i]))
    lines = []
    for row in (headings, *rows):
        padded = [cell + " " * (widths[i] - cell_len(cell)) for i, cell in enumerate(row) if i in beside]
        below = [cell for i, cell in enumerate(row) if i not in beside and cell not in ("", "–")]
        lines.append(_GAP.join(padded).rstrip())
        if below:
            lines.append(f"    {' · '.join(below)}")
    return lines


def _aligned(headings: list[str], rows: list[list[str]]) -> None:
    """Print padded columns; the last, usually the longest, is not padded."""
    from rich.cells import cell_len

    widths = [min(_NARROW, max(cell_len(row[i]) for row in (headings, *rows))) for i in range(len(headings))]
    for row in (headings, *rows):
        padded = [
            cell + " " * max(0, width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        click.echo(_GAP.join([*padded[:-1], row[-1]]))


def local(at: datetime | None, zone: str) -> str:
    """Return an instant as the desk reads it: ``21 Jul 2023 09:14``; a dash for none."""
    return "–" if at is None else f"{at.astimezone(ZoneInfo(zone)):%d %b %Y %H:%M}"


def size(number: int) -> str:
    """Return a number of bytes as people say it: 640 B, 1.4 MB."""
    amount = float(number)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.3g} {unit}"
        amount /= 1000
    return f"{amount:.3g} TB"
