"""From arguments to an exit code: every error ends in one plain sentence, never in a traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from crawler.cli.ending import DONE, FAILED, FAULT, USAGE, Ending, tell
from crawler.cli.frame import Invocation, LazyGroup
from state.errors import ConfigError, TocsinError

VERBS = {
    "demo": "the main job on sample sites: no configuration, no network",
    "init": "write a commented configuration from a few plain questions",
    "doctor": "check this machine, every source and, on request, every channel",
    "crawl": "look at every source once, deliver, exit",
    "run": "watch on schedule: the daemon",
    "deliver": "send what waits, exit",
    "read": "one saved page, address or text → article, printed",
    "match": "articles → what would ring, one JSON line each",
    "rules": "list, check, test and explain what is watched for",
    "sources": "what is watched and how each source is",
    "articles": "what was read, every version of it; in and out as files",
    "stories": "which articles tell the same story",
    "events": "who left which party, which party was dissolved, and who says so",
    "alerts": "what rang, and who has seen it",
    "routes": "who would hear of an article, when, and why",
    "silences": "mute for a while",
    "channels": "who is told, and whether it works",
    "messages": "what waits, what went out, what could not be delivered",
    "status": "is all well",
    "audit": "was anything lost",
    "evidence": "what an alert rests on, as a file that anybody can check",
    "backup": "database and evidence as one file",
    "restore": "put a backup in place; nothing is sent until resume",
    "resume": "after a restore, let messages go out again",
    "prune": "give up what is old and no alert rests on",
    "forget": "erase the text of an article; digests stay",
    "service": "run the daemon under systemd",
    "config": "check, show or describe the configuration",
    "db": "upgrade or check the database",
}

_ON = "the same command again goes on"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_ROOM = "free some space, then run the command again; nothing stored before was lost"

root = LazyGroup(
    "tocsin",
    package="crawler.cli",
    table=VERBS,
    help="Rings when a politician changes sides or a party is dissolved, and says how sure the article is.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
root.params.append(
    click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=lambda ctx, _param, wanted: _print_version(ctx) if wanted else None,
        help="print the version and stop",
    )
)


def _print_version(ctx: click.Context) -> None:
    from crawler.cli.fault import installed_version

    click.echo(f"tocsin {installed_version()}")
    ctx.exit()


def run(arguments: Sequence[str]) -> int:
    """Return the exit code of one command line."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        return DONE
    except OSError as error:
        _silence_stdout()
        where = f"{error.filename}: " if error.filename else "This could not be written: "
        return _end(Ending(f"{where}{error.strerror}", FAILED, _ROOM))
    return code


def _silence_stdout() -> None:
    """Let nothing that is left to flush at exit complain: its reader has gone (`| head`), or its disk is full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Sequence[str]) -> int:
    try:
        ending = root.main(list(arguments), prog_name="tocsin", standalone_mode=False, obj=Invocation())
        return ending.code if isinstance(ending, Ending) else int(ending or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return USAGE
    except click.ClickException as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        return _end(Ending("Stopped at your word; what was stored by then stays", FAILED, _ON))
    except ConfigError as error:
        return _end(_config_ending(error))
    except TocsinError as error:
        return _end(Ending(_sentence(error.problem), FAILED, error.hint))
    except Exception as error:
        if isinstance(error, BrokenPipeError) or (isinstance(error, OSError) and error.errno in _NO_ROOM):
            raise
        if isinstance(error, OSError) and error.filename:
            return _end(Ending(f"{error.filename} cannot be used: {error.strerror}", FAILED))
        return _end(report_fault(error))


def _end(ending: Ending) -> int:
    tell(ending, err=True)
    return ending.code


def _config_ending(error: ConfigError) -> Ending:
    if len(error.problems) == 1:
        return Ending(f"Nothing was changed: {error.problems[0]}", USAGE, error.hint)
    for problem in error.problems:
        click.echo(problem, err=True)
    return Ending(
        f"Nothing was changed: {len(error.problems)} mistakes, listed above",
        USAGE,
        error.hint or "mend them, then `tocsin config check`",
    )


def _sentence(problem: str) -> str:
    first = problem.partition(" ")[0]
    return problem[:1].upper() + problem[1:] if first.isalpha() else problem


def report_fault(error: BaseException) -> Ending:
    """Write last-error.txt and return the ending that names it.

    The report holds places in code and names of errors, never their messages:
    those may hold an address with a password, or the text of an article.
    """
    from crawler.cli.fault import describe

    text = describe(error)
    for folder in (Path.cwd(), Path.home()):
        report = folder / "last-error.txt"
        try:
            descriptor = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        where = f"Report: {report.name if folder == Path.cwd() else report}"
        break
    else:
        click.echo(text, err=True)
        where = "Report: above; no file could be written"
    return Ending(
        "This is a fault in Tocsin, not in your set-up. Nothing stored was lost. "
        f"{where} (read it first: it may name your sources).",
        FAULT,
    )
