"""Articles handed to us as files: our JSON, the plain-text form, saved pages, feed items.

The form is told by the file's name, else by how its content begins.
"""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal

from state.article import Article, texts
from state.article_json import from_json
from state.errors import InputError, TocsinError
from state.identity import article_key, canonical_url
from state.records import Candidate, Page

Form = Literal["json", "jsonl", "html", "feed", "text"]

#: Larger documents are refused: no article is, and reading must stay bounded.
MAX_BYTES = 64_000_000
STDIN = "-"
#: Text that holds zero bytes begins with one of these; what does not is a picture, an archive, a PDF.
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)

#: How a file is read, by the ending of its name.
FORMS: dict[str, Form] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".txt": "text",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One article handed in, or why it could not be read."""

    name: str
    article: Article | None
    error: str = ""


def read_documents(names: Sequence[str]) -> Iterator[Document]:
    """Yield one document per article, in order, also for those that cannot be read.

    ``-`` is JSON lines on standard input.  Lines of a JSONL file are named
    ``file:line``.
    """
    for name in names:
        if name == STDIN:
            yield from _read_lines(name, sys.stdin.buffer)
        elif FORMS.get(Path(name).suffix.lower()) == "jsonl":
            try:
                with Path(name).open("rb") as file:
                    yield from _read_lines(name, file)
            except OSError as error:
                yield Document(name, None, _os_problem(error))
        else:
            yield from _read_whole(name)


def read_document(name: str, body: bytes, *, url: str | None = None, site: str | None = None) -> Article:
    """Return the one article of a document.

    Args:
        name: File name; its ending tells the form.
        body: Its content.
        url: Address the document came from.
        site: Site to read it as, against the page's own marks.

    Raises:
        InputError: It cannot be read as an article.
        ParseError: It is a page, but not of an article.
    """
    form = FORMS.get(Path(name).suffix.lower()) or _sniff(body)
    match form:
        case "html":
            return parse_saved_page(body, url=url, site=site, saved_at=_saved_at(name))
        case "feed":
            return _from_feed(body, name=name, url=url)
        case "text":
            return complete(_named(_from_text(body, url=url), url=None, site=site))
        case _:
            return _from_value(_one_object(_json(body)), url=url, site=site, saved_at=_saved_at(name))


def read_articles(
    name: str, body: bytes, *, url: str | None = None, site: str | None = None
) -> list[Article]:
    """Return every article of a document: a JSON file may hold a list of them, every other form holds one.

    With ``url`` only the articles of a list that have this address are returned, if any has.

    Raises:
        InputError: One of them cannot be read; its place in the list is named.
        ParseError: It is a page, but not of an article.
    """
    form = FORMS.get(Path(name).suffix.lower()) or _sniff(body)
    value = _json(body) if form == "json" else None
    if not isinstance(value, list):
        return [read_document(name, body, url=url, site=site)]
    found = []
    for number, item in enumerate(value, 1):
        try:
            found.append(_from_value(item, url=None, site=site, saved_at=_saved_at(name)))
        except TocsinError as error:
            raise InputError(f"article {number} of {len(value)}: {error.problem}", hint=error.hint) from error
    key = article_key(url) if url else None
    return [article for article in found if key and article.key == key] or found


def parse_saved_page(body: bytes, *, url: str | None, site: str | None, saved_at: datetime) -> Article:
    """Return the article of a page that somebody saved.

    Raises:
        ParseError: The page holds none.
    """
    from crawler.sites import parse_page

    page = Page(url=url or "", status=200, headers={}, body=body, fetched_at=saved_at)
    return parse_page(page, site=site)


def complete(article: Article) -> Article:
    """Return an article that did not come through a site's parser as ingest would hold it.

    Its language is told by its script, Zawgyi becomes Unicode, and its address
    gives the key that it does not name itself.
    """
    from crawler.sites.finish import in_unicode
    from crawler.sites.language import detect

    address = article.canonical_url or article.url
    named = article.language
    spoken = detect((item.text for item in texts(article)), named)
    if named is not None and named.split("-")[0].lower() == spoken.split("-")[0]:
        spoken = named
    return in_unicode(
        replace(
            article,
            language=None if spoken == "und" else spoken,
            canonical_url=article.canonical_url or (canonical_url(address) if address else None),
            key=article.key or (article_key(address) if address else None),
        )
    )


def _read_whole(name: str) -> Iterator[Document]:
    try:
        body = _read_file(Path(name))
        forms = _json_forms(body) if Path(name).suffix.lower() == ".json" else None
        if forms is None:
            yield Document(name, read_document(name, body))
            return
    except OSError as error:
        yield Document(name, None, _os_problem(error))
        return
    except TocsinError as error:
        yield Document(name, None, error.problem)
        return
    for number, form in enumerate(forms):
        yield _from_form(f"{name}#{number}", form)


def _json_forms(body: bytes) -> list[Any] | None:
    """Return the articles of a JSON file that holds a list of them, None if it holds one."""
    value = _json(body)
    return value if isinstance(value, list) else None


def _read_lines(name: str, file: IO[bytes]) -> Iterator[Document]:
    number = 0
    while line := file.readline(MAX_BYTES):
        number += 1
        if not line.strip():
            continue
        try:
            form = _json(line.rstrip())
        except InputError as error:
            yield Document(f"{name}:{number}", None, error.problem)
        else:
            yield _from_form(f"{name}:{number}", form)


def _from_form(name: str, form: Any) -> Document:
    try:
        return Document(name, _from_value(form, saved_at=_saved_at(name)))
    except TocsinError as error:
        return Document(name, None, error.problem)


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        body = file.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES:,} bytes")
    return body


def _json(body: bytes) -> Any:
    try:
        value = json.loads(body.decode("utf-8-sig"))
        is_list = isinstance(value, dict) and not {"headlines", "sections", "format"} & value.keys()
        stories = value.get("content_elements") if is_list else None  # as Arc's content interface lists them
        return stories if isinstance(stories, list) else value
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at line {error.lineno} column {error.colno}") from None
    except (RecursionError, ValueError):
        raise InputError("not JSON that can be read: nested too deep, or a number too long") from None


def _one_object(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if len(value) == 1:
        return value[0]
    raise InputError(f"a list of {len(value)} articles; one is read here", hint="take one out of the list")


def _from_value(
    value: Any, *, url: str | None = None, site: str | None = None, saved_at: datetime
) -> Article:
    """Return the article of a JSON value: our own form, else a record, story or topic as a site keeps it."""
    if isinstance(value, dict) and "sections" not in value and "format" not in value:
        from crawler.sites import parse_data

        told = parse_data(value, url=url, fetched_at=saved_at)
        if told is None:
            told = _from_post(value, saved_at)
        if told is not None:
            return _named(told, url=None, site=site)
    return complete(_named(from_json(value), url=url, site=site))


def _from_post(value: dict[str, Any], saved_at: datetime) -> Article | None:
    """Return the article of a post as WordPress keeps it, None if the value is none."""
    from crawler.discover.feed import read_feed
    from crawler.discover.json_list import is_post
    from crawler.sites import article_from_candidate

    if not is_post(value):
        return None
    body, base = json.dumps([value]).encode(), value["link"]
    items = read_feed(body, base_url=base, headers={}, source="", channel=base, now=saved_at)
    return article_from_candidate(items[0])


def _sniff(body: bytes) -> Form:
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"{", b"[")):
        return "json"
    if any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf")) and b"<html" not in head:
        return "feed"
    return "html" if head.startswith(b"<") else "text"


def _from_text(body: bytes, *, url: str | None) -> Article:
    from state.text import load

    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        from crawler.sites.decode import decode

        if b"\0" in body and not body.startswith(_WIDE_MARKS):
            hint = "a picture or PDF must be saved as text first"
            raise InputError("not text, nor JSON, nor a page", hint=hint) from None
        text = decode(body, "text/plain").text
    return load(text, url=url)


def _from_feed(body: bytes, *, name: str, url: str | None) -> Article:
    from crawler.discover.feed import read_feed
    from crawler.sites import article_from_candidate

    base = url or Path(name).absolute().as_uri()
    items = read_feed(body, base_url=base, headers={}, source="", channel=base, now=_saved_at(name))
    return article_from_candidate(_one_of(items, url))


def _one_of(items: Sequence[Candidate], url: str | None) -> Candidate:
    named = [item for item in items if item.url == url]
    if not named and len(items) == 1:
        named = list(items)
    if not named:
        raise InputError(
            f"the feed holds {len(items)} items; one is read at a time",
            hint=f"name one: --url {items[0].url}" if items else "",
        )
    return named[0]


def _named(article: Article, *, url: str | None, site: str | None) -> Article:
    changes = {key: value for key, value in (("url", url), ("site", site)) if value}
    return replace(article, **changes) if changes else article  # type: ignore[arg-type]


def _saved_at(name: str) -> datetime:
    """Return when a file was last written: the best guess at when its page was seen."""
    try:
        return datetime.fromtimestamp(Path(name).stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def _os_problem(error: OSError) -> str:
    return f"cannot be read: {error.strerror or type(error).__name__}"
