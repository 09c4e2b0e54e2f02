"""What every verb shares: options before and after it, lazy loading, and the last line.

A verb is a function that returns an ``Ending``.  A file of this package holds
one noun: its attribute ``command`` is a click command or group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from crawler.cli.ending import Ending, tell

if TYPE_CHECKING:
    from crawler.config import Loaded


@dataclass(slots=True)
class Invocation:
    """The options every verb takes; ``click.Context.obj`` of the whole command."""

    config: Path | None = None
    as_json: bool = False
    verbose: int = 0

    def load(self) -> Loaded:
        """Return the configuration.

        Raises:
            ConfigError: There is none, or it has mistakes.
        """
        from crawler.config import load
        from crawler.config_find import find

        return load(find(self.config))

    def load_if_any(self) -> Loaded | None:
        """Return the configuration, or None where none is found and none was named."""
        from crawler.config_find import find_if_any

        path = find_if_any(self.config)
        if path is None:
            return None
        from crawler.config import load

        return load(path)


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value:
        setattr(ctx.find_object(Invocation), str(param.name), value)


def _common_options() -> list[click.Parameter]:
    """Return the options that are read before and after a verb."""
    return [
        click.Option(
            ["--config"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            expose_value=False,
            callback=_keep,
            help="configuration file (else TOCSIN_CONFIG, ./tocsin.toml and the usual places)",
        ),
        click.Option(
            ["--json", "as_json"], is_flag=True, expose_value=False, callback=_keep, help="answer in JSON"
        ),
        click.Option(["-v", "--verbose"], count=True, expose_value=False, callback=_keep, help="say more"),
    ]


class Verb(click.Command):
    """A command that ends with one sentence, on stderr where stdout carries data."""

    def __init__(self, *args: Any, data: bool = False, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.params.extend(_common_options())
        self._data = data

    def invoke(self, ctx: click.Context) -> Ending:
        """Run the verb, print its last line and pass its ending on."""
        ending = cast("Ending", super().invoke(ctx))
        invocation = ctx.find_object(Invocation)
        tell(ending, err=self._data or bool(invocation and invocation.as_json))
        return ending


class Noun(click.Group):
    """A group of verbs about one thing."""

    command_class = Verb

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.params.extend(_common_options())

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs with their whole first sentence."""
        rows = [(name, verb.get_short_help_str(limit=1000)) for name, verb in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class LazyGroup(Noun):
    """A group whose commands are imported when they are used, not when they are listed."""

    def __init__(self, *args: Any, package: str, table: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._package = package
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of their table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import and return one verb."""
        if name not in self._table:
            return None
        module = import_module(f"{self._package}.{name}")
        return cast("click.Command", module.command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; an unknown one is answered with its nearest neighbour."""
        if not args[0].startswith("-") and args[0] not in self._table:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=self._table, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._table.items()))


def verb(name: str, *, data: bool = False) -> Callable[[Callable[..., Ending]], Verb]:
    """Return the decorator that makes a function the verb ``name``.

    Args:
        name: As typed.
        data: stdout carries data, so the last line goes to stderr.
    """
    return cast("Callable[[Callable[..., Ending]], Verb]", click.command(name, cls=Verb, data=data))


def emit(text: str) -> None:
    """Write one line of data as UTF-8 whatever the locale; half a surrogate pair as its escape."""
    click.echo(text.encode("utf-8", "backslashreplace"))


def bullets(lines: Sequence[str]) -> str:
    """Return lines as a list for the terminal."""
    return "\n".join(f"  - {line}" for line in lines)
