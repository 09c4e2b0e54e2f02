"""Print an article in the plain-text form, and tell what a reader of it could not get back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from state.article import Article, Caption, Section
from state.errors import InputError
from state.text.chrome import chrome_name
from state.text.comments import dump_comments
from state.text.head import is_plain_title
from state.text.lines import Reading, deny, is_credit, printed_day, write_line
from state.text.load import load


@dataclass(frozen=True, slots=True)
class Dumped:
    """The text, and the names of printed fields that read back differently (none, for nearly all articles)."""

    text: str
    lost: tuple[str, ...]


def dump(article: Article) -> Dumped:
    """Return the article as text.

    Only what a reader sees is printed: title, subtitle, captions, body,
    attribution, quotations, comments.  Addresses, times and languages are in
    the JSON form.
    """
    printed = _normalised(article)
    text = _print(printed)
    try:
        back = _normalised(load(text))
    except InputError:
        return Dumped(text, ("title", "sections"))
    names = ("title", "subtitle", "captions", "sections", "attribution", "quoted", "comments")
    return Dumped(text, tuple(name for name in names if getattr(printed, name) != getattr(back, name)))


def _normalised(article: Article) -> Article:
    """Return the article with only what the form prints."""
    return Article(
        title=article.title,
        subtitle=article.subtitle or None,
        sections=tuple(section for section in article.sections if section.heading or section.paragraphs)
        or (),
        captions=tuple(Caption(caption.text, caption.credit) for caption in article.captions if caption.text),
        attribution=article.attribution,
        quoted=article.quoted,
        comments=tuple(
            replace(comment, id=None, parent=None, edited_at=None, posted_at=_minute(comment.posted_at))
            for comment in article.comments
        ),
    )


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None


def _print(article: Article) -> str:
    blocks = [_title_line(article.title) if article.title else ""]
    if header := _header(article):
        blocks.append(header)
    blocks += _body(article)
    text = "\n\n".join(blocks).lstrip("\n") + "\n"
    comments = dump_comments(article.comments)
    return f"{text}\n{comments}" if comments else text


def _title_line(title: str) -> str:
    line = write_line(title, "paragraph", "title")
    return f"\\{line}" if line == title and not is_plain_title(title) else line


def _header(article: Article) -> str:
    if not article.captions:
        return write_line(article.subtitle, "subtitle", "header") if article.subtitle else ""
    lines = [_head_line(article.subtitle)] if article.subtitle else []
    for caption in article.captions:
        second = caption.credit or caption.text
        forced = not (second == caption.text or is_credit(second))
        lines += [_head_line(caption.text), _head_line(second, forced=forced)]
    return "\n".join(lines)


def _head_line(text: str, *, forced: bool = False) -> str:
    return deny(text, 1 if forced or chrome_name(text) or printed_day(text) else 0)


def _body(article: Article) -> list[str]:
    lines: list[tuple[str, Reading]] = []
    for section in article.sections:
        lines += _section_lines(section)
    lines += [(f"> {quotation}", "quotation") for quotation in article.quoted]
    if article.attribution:
        lines.append((article.attribution, "attribution"))
    has_header = bool(article.captions or article.subtitle)
    written = []
    for number, (text, wanted) in enumerate(lines):
        last = number == len(lines) - 1
        header = number == 0 and not has_header
        written.append(
            write_line(text, wanted, "header" if header and not last else "last" if last else "body")
        )
    return written


def _section_lines(section: Section) -> list[tuple[str, Reading]]:
    heading: list[tuple[str, Reading]] = [(section.heading, "heading")] if section.heading else []
    return heading + [(paragraph, "paragraph") for paragraph in section.paragraphs]
