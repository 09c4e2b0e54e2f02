"""``tocsin read``: one saved page, address or text → article, printed; no store."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, TypeVar

import click

from crawler.cli.ending import Ending, count
from crawler.cli.frame import Invocation, emit, verb
from crawler.documents import MAX_BYTES, STDIN, read_articles, read_document
from state.article import Article
from state.article_json import to_json
from state.errors import InputError, TocsinError

Format = Literal["json", "text", "markdown"]
Result = TypeVar("Result")


def _known_site(ctx: click.Context, param: click.Parameter, name: str | None) -> str | None:
    """Return the name of a parser.

    A free word in an article's ``site`` means that it has no parser of its own;
    on the command line it is a slip.

    Raises:
        click.BadParameter: No parser has this name.
    """
    if name is None:
        return None
    from crawler.sites.read import FAMILIES

    known = [*dict.fromkeys(family.name.split()[0] for family in FAMILIES), "generic"]
    if name in known:
        return name
    near = difflib.get_close_matches(name.lower(), known, 1)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise click.BadParameter(
        f"no parser is called {name!r}.{meant} There are: {', '.join(known)}.", ctx, param
    )


@verb("read", data=True)
@click.argument("document", metavar="FILE|URL")
@click.option("--url", metavar="URL", help="address the file was saved from")
@click.option(
    "--site",
    metavar="NAME",
    callback=_known_site,
    help="read as this site, whatever the page's own marks say",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text", "markdown"]),
    default="json",
    show_default=True,
    help="json: lossless; text: the plain-text form; markdown: for people",
)
@click.pass_obj
def command(invocation: Invocation, document: str, url: str | None, site: str | None, form: Format) -> Ending:
    """Read one document and print its article.

    FILE is a saved page, a feed with one item, seed-style text, our JSON or a site's own
    (a CMS record, a story, a topic, or a list of them: each is printed); - is standard input.
    URL is fetched once, under the same manners and limits as a crawl.
    With -v the JSON tells under provenance.lines what each line of a text was taken for.
    """
    articles = _read(invocation, document, url, site)
    _print(articles, form, verbose=bool(invocation.verbose))
    if len(articles) != 1:
        return Ending(f"Done. {len(articles)} articles")
    (article,) = articles
    return Ending(
        f"Done. {article.title[:80]!r}, {count(len(article.paragraphs), 'paragraph')}{_comments(article)}"
    )


def _comments(article: Article) -> str:
    return f", {count(len(article.comments), 'comment')}" if article.comments else ""


def _read(invocation: Invocation, document: str, url: str | None, site: str | None) -> list[Article]:
    if document.startswith(("http://", "https://")):
        from crawler.cli.fetching import fetch_article

        return [fetch_article(invocation, document, site=site)]
    return _reading(document, lambda body: read_articles(document, body, url=url, site=site))


def read_saved(name: str, *, url: str | None = None, site: str | None = None) -> Article:
    """Return the article of a file, or of standard input for ``-``.

    Raises:
        InputError: There is none; the file is named.
    """
    return _reading(name, lambda body: read_document(name, body, url=url, site=site))


def _reading(name: str, read: Callable[[bytes], Result]) -> Result:
    body = read_file(name)
    try:
        return read(body)
    except TocsinError as error:
        raise InputError(f"cannot read {name}: {error.problem}", hint=error.hint) from error


def read_file(name: str) -> bytes:
    """Return a file, or standard input for ``-``.

    Raises:
        InputError: It cannot be read, or is too large.
    """
    try:
        if name == STDIN:
            body = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(name, "rb") as file:
                body = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror or type(error).__name__}") from None
    if len(body) > MAX_BYTES:
        raise InputError(f"cannot read {name}: larger than {MAX_BYTES:,} bytes")
    return body


def _print(articles: list[Article], form: Format, *, verbose: bool) -> None:
    """Print articles: JSON as an object or a list of them, other forms with a line of dashes between."""
    for article in articles:
        _tell_faults(article)
    if form == "json":
        shown = [to_json(article if verbose else _without_lines(article)) for article in articles]
        emit(json.dumps(shown if len(shown) != 1 else shown[0], ensure_ascii=False, indent=2))
        return
    for number, article in enumerate(articles):
        if number:
            click.echo(f"\n{'-' * 72}\n")
        if form == "markdown":
            from state.text import markdown

            click.echo(_bytes(markdown(article)), nl=False)
        else:
            _print_text(article)
        if verbose:
            _tell_lines(article)


def _tell_faults(article: Article) -> None:
    """Say on stderr what of the page may be missing."""
    if told := article.provenance.get("drift"):
        click.echo(
            f"The layout may have changed: the parser took {told['taken']} of {told['visible']} visible characters; "
            "the rest stands under provenance.outside (--format json).",
            err=True,
        )
    if why := article.provenance.get("truncated"):
        click.echo(f"Part of the page may be missing: {why}.", err=True)


def _tell_lines(article: Article) -> None:
    for number, taken_for in article.provenance.get("lines", ()):
        click.echo(f"line {number}: {taken_for}", err=True)


def _print_text(article: Article) -> None:
    from state.text import dump

    dumped = dump(article)
    click.echo(_bytes(dumped.text), nl=False)
    if dumped.lost:
        click.echo(
            f"The plain-text form cannot hold: {', '.join(dumped.lost)}. --format json holds all.", err=True
        )


def _bytes(text: str) -> bytes:
    ended = text if text.endswith("\n") else f"{text}\n"
    return ended.encode("utf-8", "backslashreplace")


def _without_lines(article: Article) -> Article:
    kept = {name: value for name, value in article.provenance.items() if name != "lines"}
    return replace(article, provenance=kept)
