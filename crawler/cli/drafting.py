"""``tocsin rules new``: a commented rule with cases, from phrases, a list of words or an article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.ending import FAILED, USAGE, Ending
from crawler.cli.frame import Invocation, Verb
from state.errors import InputError

if TYPE_CHECKING:
    from state.article import Article


@click.command("new", cls=Verb)
@click.argument("name")
@click.option(
    "--phrase", "phrases", multiple=True, metavar="TEXT", help="words to watch for; may be repeated"
)
@click.option(
    "--words", metavar="LIST|FILE", help="several at once: between commas, or a file with one a line"
)
@click.option(
    "--from",
    "origin",
    metavar="FILE|KEY|URL|ALERT",
    help="an article it is to find: its names and words are taken",
)
@click.option("--until", metavar="2027-01-31", help="after this day the rule rests; it then needs no cases")
@click.option("--title", metavar="TEXT")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=Path("my-rules"), show_default=True
)
@click.pass_obj
def new(
    invocation: Invocation,
    /,
    name: str,
    phrases: tuple[str, ...],
    words: str | None,
    origin: str | None,
    until: str | None,
    title: str | None,
    folder: Path,
) -> Ending:
    """Write a commented rule of your own, with cases: from phrases, a list of words, or an article.

    From an article it takes the names and what happened, and makes a case of the sentence that has both.
    Read what it chose: it is a beginning.
    """
    from crawler.ruledraft import draft, draft_from, written
    from rules import packs
    from state.clock import SystemClock

    path = folder / f"{name}.yaml"
    if path.exists():
        return Ending(f"Nothing was changed: {path} is already there", FAILED, "choose another name")
    wanted = [*phrases, *_words(words)]
    if not wanted and origin is None:
        return Ending("Nothing was changed: give --phrase, --words or --from", USAGE)
    try:
        today = SystemClock().now().date()
        if origin is None:
            text = draft(name, wanted, title=title or name, until=until, today=today)
        else:
            article = _article(invocation, origin)
            made = draft_from(article, wanted, packs.lists())
            text = written(name, made, title=title or article.title or name, until=until, today=today)
    except ValueError as error:
        return Ending(f"Nothing was changed: {error}", USAGE)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="backslashreplace")
    return Ending(
        f'Done. {path} is written; add files = ["{folder}/*.yaml"] under [rules] to put it in force',
        next_step=f"tocsin rules check {path}",
    )


def _words(words: str | None) -> Sequence[str]:
    """Return the phrases of a list, or of the file that holds it.

    Raises:
        InputError: The file cannot be read.
    """
    from crawler.cli.read import read_file
    from crawler.ruledraft import words_of

    if words is None:
        return ()
    if not Path(words).is_file():
        return words_of(words)
    try:
        return words_of(read_file(words).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{words} is not UTF-8 at byte {error.start}") from None


def _article(invocation: Invocation, origin: str) -> Article:
    """Return the article meant: a file, a stored article by key, address or alert, else a page to fetch.

    Raises:
        InputError: There is none.
    """
    from crawler.cli.read import read_saved

    if Path(origin).is_file():
        return read_saved(origin)
    stored = _stored(invocation, origin)
    if stored is not None:
        return stored
    if not origin.startswith(("http://", "https://")):
        hint = "tocsin articles search WORDS"
        raise InputError(f"{origin} is no file, and no article, address or alert that is stored", hint=hint)
    from crawler.cli.fetching import fetch_article

    return fetch_article(invocation, origin, site=None)


def _stored(invocation: Invocation, origin: str) -> Article | None:
    from crawler.app import sqlite_file
    from crawler.cli.opened import open_store
    from crawler.lookup import key_of

    loaded = invocation.load_if_any()
    if loaded is None:
        return None
    file = sqlite_file(loaded.settings, loaded.base_dir)
    if file is not None and not file.exists():
        return None
    with open_store(invocation) as opened, opened.store.read() as tx:
        key = key_of(tx, origin)
        return tx.articles.get(key) if key else None
