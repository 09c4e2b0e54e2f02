"""What is done to every article whatever site it came from: addresses, key, language, Zawgyi, drift."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler.sites.blocks import Kind, blocks
from crawler.sites.language import detect
from crawler.sites.select import Element
from crawler.sites.tree import Document, is_web, text_length, visible_length
from crawler.sites.zawgyi import is_zawgyi, to_unicode
from state.article import Article, Caption, Comment, Section, texts
from state.identity import is_alternate, page_identity

_MYANMAR = re.compile("[\u1000-\u109f]")
_TAGS = re.compile(r"<[^<>]*>")
#: Below this share of the visible text the parser is taken to have missed the article.
DRIFT = 0.20
#: A topic of which so many posts were read is read, however much stands around it.
_ENOUGH_POSTS = 3
_OUTSIDE_MOST = 200_000


def finish(
    article: Article,
    document: Document,
    *,
    fetched_at: datetime | None,
    source: str | None,
    language: str | None,
) -> Article:
    """Return the article with address, key, language and provenance filled in."""
    named = _named(document)
    url = document.url if is_web(document.url) else named or article.url
    canonical, key = page_identity(url, named) if url else (None, None)
    rendering = "alternate" if url and is_alternate(url) else "page"
    provenance: dict[str, Any] = {"body": rendering, **article.provenance, "decoded": document.decoded}
    if document.truncated:
        provenance["truncated"] = document.truncated
    prior = language or article.language or document.root.get("lang")
    spoken = detect(_told(article), prior)
    provenance["language"] = {"prior": prior, "from": "source" if language else "page"}
    done = replace(
        article,
        url=url,
        canonical_url=canonical,
        key=key,
        source=source,
        language=None if spoken == "und" else spoken,
        fetched_at=fetched_at,
        provenance=provenance,
    )
    return in_unicode(_with_drift(done, document))


def _told(article: Article) -> list[str]:
    """Return what the desk itself says: captions and comments may be in another language."""
    return (
        [article.title, *article.paragraphs] if article.sections else [item.text for item in texts(article)]
    )


def in_unicode(article: Article) -> Article:
    """Return the article with every Zawgyi text in Unicode; originals stand under ``provenance.zawgyi``."""
    if not any(_is_zawgyi(text) for text in _strings(article)):
        return article
    originals: dict[str, str] = {}

    def turn(text: str) -> str:
        if not _is_zawgyi(text):
            return text
        turned = to_unicode(text)
        originals[turned] = text
        return turned

    done = _mapped(article, turn)
    kept = {item.pointer: originals[item.text] for item in texts(done) if item.text in originals}
    return replace(done, provenance={**article.provenance, "zawgyi": kept})


def _is_zawgyi(text: str) -> bool:
    return not text.isascii() and _MYANMAR.search(text) is not None and is_zawgyi(text)


def _strings(article: Article) -> Iterator[str]:
    """Yield every text of an article that a reader sees, quotations included."""
    yield article.title
    yield article.subtitle or ""
    for section in article.sections:
        yield section.heading or ""
        yield from section.paragraphs
    yield from (caption.text for caption in article.captions)
    yield from article.quoted
    for comment in article.comments:
        yield comment.text
        yield from comment.quoted


def _mapped(article: Article, turn: Callable[[str], str]) -> Article:
    def section(item: Section) -> Section:
        return Section(turn(item.heading) if item.heading else None, tuple(map(turn, item.paragraphs)))

    def comment(item: Comment) -> Comment:
        return replace(item, text=turn(item.text), quoted=tuple(map(turn, item.quoted)))

    return replace(
        article,
        title=turn(article.title),
        subtitle=turn(article.subtitle) if article.subtitle else None,
        sections=tuple(map(section, article.sections)),
        captions=tuple(Caption(turn(c.text), c.credit, c.image_url) for c in article.captions),
        quoted=tuple(map(turn, article.quoted)),
        comments=tuple(map(comment, article.comments)),
    )


def _named(document: Document) -> str | None:
    """Return the address that the page names as its own."""
    return document.join(document.links.get("canonical")) or document.join(document.meta.get("og:url"))


def _with_drift(article: Article, document: Document) -> Article:
    """Add what the parser left over, where it failed, was cut short, or took less than a fifth of what is seen."""
    told = article.provenance
    is_whole = not document.truncated and not told.get("failed")
    if (told.get("posts", 0) >= _ENOUGH_POSTS or told.get("media")) and is_whole:
        return article  # a page of sound or pictures has few words, whatever stands around them
    taken = sum(map(len, _strings(article)))
    visible = _missed(document, taken)
    if visible is None and is_whole:
        return article
    provenance = dict(article.provenance)
    if visible is not None:
        provenance["drift"] = {"taken": taken, "visible": visible}
    provenance["outside"] = outside(article, document)
    return replace(article, provenance=provenance)


def _missed(document: Document, taken: int) -> int | None:
    """Return how many characters a reader sees where too few of them were taken, else None."""
    if taken >= DRIFT * text_length(
        document.root
    ):  # never less than what is seen, and measured in half the time
        return None
    visible = visible_length(document.root)
    return visible if taken < DRIFT * visible else None


def outside(article: Article, document: Document) -> list[str]:
    """Return the paragraphs of the page that are in no field of the article; lists of links are left out."""
    taken = "\n".join(item.text for item in texts(article))
    found = [block.text for block in blocks(document.root, _not_navigation)]
    if document.truncated:
        found = [
            line.strip()
            for line in _TAGS.sub("\n", document.data.decode("utf-8", "replace")).splitlines()
            if line.strip()
        ]
    return list(_bounded(text for text in dict.fromkeys(found) if text not in taken))


def _bounded(found: Iterable[str]) -> Iterable[str]:
    length = 0
    for text in found:
        length += len(text)
        if length > _OUTSIDE_MOST:
            return
        yield text


def _not_navigation(element: Element) -> Kind | None:
    return "drop" if element.tag in ("nav", "footer", "a") else None
