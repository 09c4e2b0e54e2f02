"""A comparison as lines: colours on a terminal, ``[-old-] {+new+}`` in a pipe."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import click

from crawler.cli.screen import local
from crawler.difference.article import Change
from crawler.difference.record import Difference, shown, shown_part
from crawler.difference.words import Part
from state.store.article_rows import VersionRow

#: First strong isolate … pop: a run in a right-to-left script does not turn its neighbours around.
_ISOLATE = "\u2068{}\u2069"
_MARKS = (("[-", "\\[-"), ("-]", "-\\]"), ("{+", "\\{+"), ("+}", "+\\}"))
_WEIGHTS = {"meaning": "red", "wording": "yellow", "cosmetic": "bright_black"}


def lines(difference: Difference, zone: str, *, colour: bool) -> Iterator[str]:
    """Yield the comparison; without ``colour`` it holds no escape sequence."""
    yield _styled(shown(difference.now.title), colour, bold=True)
    yield f"{shown(difference.now.url or difference.key)}"
    yield _version("was", difference.first, zone, difference.kept)
    yield _version("now", difference.last, zone, difference.kept)
    yield _styled(difference.verdict, colour, bold=True)
    for turn in difference.turns:
        yield ""
        yield f"  was: {_isolated(shown(turn.was)) if turn.was else 'nothing of it'}"
        yield f"  now: {_isolated(shown(turn.now)) if turn.now else 'no longer said'}"
    for change in difference.changes:
        yield ""
        yield from _change(change, colour)


def _version(name: str, row: VersionRow, zone: str, kept: int) -> str:
    why = (
        ""
        if not row.replaced
        else f", a better rendering of the page ({row.rendering}), no edit of the publisher"
    )
    return f"{name}: version {row.number} of {kept} ({row.version[:12]}), first seen {local(row.seen_at, zone)}{why}"


def _change(change: Change, colour: bool) -> Iterator[str]:
    if change.kind == "unchanged":
        plural = "s" if change.number != 1 else ""
        yield _styled(f"… {change.number} {change.field}{plural} unchanged", colour, dim=True)
        return
    said = f"{change.field} {change.kind}" if change.kind != "edited" else change.field
    yield f"{said} · {_styled(change.weight, colour, fg=_WEIGHTS[change.weight])}"
    text = "".join(_spaced(change.parts, colour))
    yield from (f"    {line}" for line in text.split("\n"))


def _spaced(parts: Sequence[Part], colour: bool) -> Iterator[str]:
    """Yield the parts as shown; where colour alone tells what went from what came, a space parts them."""
    for before, part in pairwise([None, *parts]):
        if part is None:
            continue
        if colour and before is not None and (before.sign, part.sign) == ("-", "+"):
            yield " "
        yield _coloured_lines(part) if colour else marked(part)


def _coloured_lines(part: Part) -> str:
    return "\n".join(_coloured(part, line) for line in shown_part(part).split("\n"))


def marked(part: Part) -> str:
    """Return a part as it stands in a pipe: ``[-went-]``, ``{+came+}``, or as it is."""
    text = shown_part(part)
    for mark, escaped in _MARKS:
        text = text.replace(mark, escaped)
    if part.sign == "=":
        return text
    text = _isolated(text)
    return f"[-{text}-]" if part.sign == "-" else f"{{+{text}+}}"


def _coloured(part: Part, text: str) -> str:
    if part.sign == "=" or not text:
        return text
    if part.sign == "-":
        return click.style(_isolated(text), fg="red", strikethrough=True)
    return click.style(_isolated(text), fg="green", bold=True, underline=True)


def _styled(text: str, colour: bool, **how: str | bool) -> str:
    return click.style(text, **how) if colour else text  # type: ignore[arg-type]


def _isolated(text: str) -> str:
    """Keep a run's direction to itself, where it has any of its own."""
    turned = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
    return _ISOLATE.format(text) if turned else text
