"""Kinds of option values that several verbs take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click

from crawler.settings import parse_duration
from state.clock import SystemClock

_MOST = 1_000_000


class Length(click.ParamType[timedelta]):
    """A length of time: 90s, 15m, 12h, 7d."""

    name = "length"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read a length.

        Raises:
            click.BadParameter: It is written otherwise.
        """
        try:
            return parse_duration(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


LENGTH = Length()


class Limit(click.ParamType[int]):
    """How many rows a list shows at the most: 1 to a million."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a number.

        Raises:
            click.BadParameter: It is none, or out of bounds.
        """
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 8 and 0 < int(text) <= _MOST):
            self.fail(f"{text!r} is no number from 1 to {_MOST:,}", param, ctx)
        return int(text)


LIMIT = Limit()


class Since(click.ParamType[datetime]):
    """An instant in the past: a length of time before now (2d), or a day (2024-05-31, its beginning in UTC)."""

    name = "since"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read a length or a day.

        Raises:
            click.BadParameter: It is written otherwise, or lies ahead.
        """
        now = SystemClock().now()
        try:
            day = datetime.strptime(str(value), "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError:
            return self._before(now, value, param, ctx)
        if day > now:
            self.fail(f"{value} lies ahead", param, ctx)
        return day

    def _before(
        self, now: datetime, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            return now - parse_duration(value)
        except (ValueError, OverflowError):
            self.fail(
                f"{str(value)!r} is neither a length of time nor a day; write 12h, 7d or {now:%Y-%m-%d}",
                param,
                ctx,
            )


SINCE = Since()
