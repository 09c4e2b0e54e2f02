"""``tocsin articles export``: stored articles as JSON lines, texts, Markdown or a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from crawler.cli.ending import Ending, count
from crawler.cli.frame import Invocation, Verb
from crawler.cli.opened import Opened, open_store
from crawler.settings import parse_duration
from state.errors import InputError

if TYPE_CHECKING:
    from crawler.exports import Form
    from crawler.pseudonyms import Pseudonyms
    from state.article import Article

STDOUT = "-"


class Moment(click.ParamType["timedelta | datetime"]):
    """A length of time back from now, or a day: 30d, 2023-07-01, 2023-07-01T12:00Z."""

    name = "moment"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta | datetime:
        """Read a moment; a day begins at midnight UTC.

        Raises:
            click.BadParameter: It is written otherwise.
        """
        try:
            at = datetime.fromisoformat(str(value))
        except ValueError:
            pass
        else:
            return at.replace(tzinfo=at.tzinfo or UTC)
        try:
            return parse_duration(value)
        except ValueError:
            self.fail(f"{value!r} is neither a length of time (30d) nor a day (2023-07-01)", param, ctx)


MOMENT = Moment()


@click.command("export", cls=Verb, data=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "text", "markdown", "csv"]),
    help="jsonl: lossless, one article a line, the default; text: the plain-text form, the default of --to; csv: a table",
)
@click.option(
    "--output", type=click.Path(), metavar="FILE", default=STDOUT, help="a file instead of standard output"
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="a folder, one file for each article",
)
@click.option(
    "--since", type=MOMENT, metavar="30d|DAY", help="first seen within this time, or from this day on"
)
@click.option("--until", type=MOMENT, metavar="7d|DAY", help="first seen before this")
@click.option("--source", metavar="NAME", help="only from this source")
@click.option("--language", metavar="TAG", help="only in this language; zh also means zh-Hant")
@click.option("--query", metavar="WORDS", help="only those in which every word stands, as articles search")
@click.option("--alert", metavar="ID", help="only the articles of this alert")
@click.option("--with-names", is_flag=True, help="keep names of forum users; the ledger records it")
@click.pass_obj
def exported(
    invocation: Invocation,
    /,
    form: Form | None,
    output: str,
    folder: Path | None,
    since: timedelta | datetime | None,
    until: timedelta | datetime | None,
    with_names: bool,
    **wanted: str | None,
) -> Ending:
    """Write stored articles as JSON lines, texts, Markdown or a table.  Forum names become pseudonyms.

    JSON lines and a folder of texts are what articles import takes. A file is replaced only when all of it
    is written. In a table, a cell that a spreadsheet would run as a formula begins with an apostrophe; its
    columns are key, url, source, site, language, title, subtitle, byline, published_at, modified_at,
    fetched_at, section, tags, attribution, text, captions, comments (their number) and version.
    """
    from crawler.exports import Choice, chosen, write_folder, write_stream

    if folder is not None and (output != STDOUT or form == "csv"):
        raise click.UsageError(
            "--to writes one file for each article: neither --output nor --format csv goes with it"
        )
    with open_store(invocation) as opened:
        now = opened.clock.now()
        names = _names(opened, with_names=with_names)
        choice = Choice(instant_of(since, now), instant_of(until, now), **wanted)
        with opened.store.read() as tx:
            articles = _hidden(chosen(tx, choice), names)
            if folder is not None:
                number = write_folder(articles, form or "text", folder)
            else:
                with opened_output(output) as out:
                    number = write_stream(articles, form or "jsonl", out)
    return Ending(f"Done. {count(number, 'article')} exported")


def instant_of(moment: timedelta | datetime | None, now: datetime) -> datetime | None:
    """Return the instant that an option of this kind means."""
    return now - moment if isinstance(moment, timedelta) else moment


def _names(opened: Opened, *, with_names: bool) -> Pseudonyms | None:
    """Return what hides names; None, and a row in the ledger, where they are asked for."""
    from crawler.pseudonyms import Pseudonyms

    if not with_names:
        return Pseudonyms(opened.loaded.base_dir)
    with opened.store.begin() as tx:
        tx.ledger.append("export.with-names", "articles", "", opened.clock.now())
    return None


def _hidden(articles: Iterator[Article], names: Pseudonyms | None) -> Iterator[Article]:
    for article in articles:
        yield article if names is None else names.hide(article)


@contextmanager
def opened_output(output: str) -> Iterator[IO[str]]:
    """Open standard output (``-``), or a file that is replaced only when all of it is written.

    Raises:
        InputError: The file cannot be written.
    """
    from crawler.exports import replacing

    if output == STDOUT:
        with open(
            sys.stdout.fileno(), "w", encoding="utf-8", errors="backslashreplace", newline="", closefd=False
        ) as out:
            yield out
        return
    try:
        with replacing(Path(output)) as out:
            yield out
    except OSError as error:
        raise InputError(
            f"cannot write {output}: {error.strerror or type(error).__name__}", hint="name another file"
        ) from None
