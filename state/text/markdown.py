"""Print an article as Markdown: for notes and reports, not for reading back."""

from __future__ import annotations

import re

from state.article import Article, Comment
from state.article_json import instant_to_json

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def markdown(article: Article) -> str:
    """Return the article as Markdown, everything from the page escaped."""
    parts = [f"# {_escape(article.title)}"]
    if article.subtitle:
        parts.append(f"*{_escape(article.subtitle)}*")
    facts = [
        ("By", ", ".join(article.byline)),
        ("Published", instant_to_json(article.published_at) or ""),
        ("Modified", instant_to_json(article.modified_at) or ""),
        ("Address", article.url or ""),
    ]
    if listed := [f"- {name}: {_escape(value)}" for name, value in facts if value]:
        parts.append("\n".join(listed))
    for caption in article.captions:
        credit = f" ({_escape(caption.credit)})" if caption.credit else ""
        parts.append(f"Picture: {_escape(caption.text)}{credit}")
    for section in article.sections:
        parts += [f"## {_escape(section.heading)}"] if section.heading else []
        parts += [_escape(paragraph) for paragraph in section.paragraphs]
    parts += [_quote(quotation) for quotation in article.quoted]
    if article.attribution:
        parts.append(f"*{_escape(article.attribution)}*")
    if article.comments:
        parts.append(f"## Comments ({len(article.comments)})")
        parts += [_comment(comment) for comment in article.comments]
    return "\n\n".join(parts) + "\n"


def _comment(comment: Comment) -> str:
    who = comment.author or "(no name)"
    head = "**" + _escape(f"{who} from {comment.place}" if comment.place else who) + "**"
    when = f" · {instant_to_json(comment.posted_at)}" if comment.posted_at else ""
    quoted = [_quote(quotation) for quotation in comment.quoted]
    return "\n\n".join([head + when, *quoted, _escape(comment.text)])


def _quote(text: str) -> str:
    return "\n".join(f"> {_escape(line)}" for line in text.split("\n"))


def _escape(text: str) -> str:
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
