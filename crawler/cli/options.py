"""Kinds of option values that several verbs take."""

from __future__ import annotations

from datetime import timedelta

import click

from crawler.settings import parse_duration


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
