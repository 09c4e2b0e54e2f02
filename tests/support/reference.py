"""Writes deploy/COMMANDS.md from the commands themselves: ``python -m tests.support.reference``."""

from collections.abc import Iterator
from pathlib import Path

import click

TARGET = Path(__file__).parents[2] / "deploy" / "COMMANDS.md"

COMMON = ("--config", "--help", "--json", "--verbose")

HEAD = """# Commands

Made from the program's own help by `python -m tests.support.reference`; a test compares the two.

`--config FILE` (else `TOCSIN_CONFIG`, `./tocsin.toml`, the XDG and `/etc/tocsin` places), `--json` and `-v` are accepted
before and after the verb. Each command ends with one plain sentence and, unless all is well, "Next: …".

| exit code | means |
|---|---|
| 0 | done; finding a match or sending an alert is success |
| 1 | something asked for failed, or a checking verb found a fault |
| 2 | usage or configuration |
| 3 | `crawl` finished but some sources failed; the rest is stored and delivered |
| 4 | delivery was tried and failed; the message waits |
| 5 | a fault of Tocsin itself; a report file is named |
"""


def verbs(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from verbs(command, (*path, name))
        elif command is not None and not command.hidden:
            yield " ".join((*path, name)), command


def reference(main: click.Group) -> str:
    parts = [HEAD]
    for name, command in verbs(main):
        context = click.Context(command, info_name=f"tocsin {name}")
        arguments = " ".join(p.make_metavar(context) for p in command.params if isinstance(p, click.Argument))
        parts.append(
            f"## `tocsin {name}{f' {arguments}' if arguments else ''}`\n\n{_prose(command.help or '')}\n"
        )
        options = [p.get_help_record(context) for p in command.params if isinstance(p, click.Option)]
        rows = [row for row in options if row and not any(common in row[0] for common in COMMON)]
        if rows:
            parts.append("\n".join(f"- `{flags}`: {' '.join(text.split())}" for flags, text in rows) + "\n")
    return "\n".join(parts)


def _prose(text: str) -> str:
    return "\n\n".join(" ".join(block.split()) for block in text.replace("\b", "").strip().split("\n\n"))


if __name__ == "__main__":
    from crawler.cli.entry import root as tocsin

    TARGET.write_text(reference(tocsin), "utf-8")
