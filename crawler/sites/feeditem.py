"""An item of a feed alone → an article, where its page cannot be had."""

from __future__ import annotations

import re

from crawler.sites.finish import finish
from crawler.sites.newsbody import Body, teaser
from crawler.sites.rfa_arc import read_markup
from crawler.sites.rfa_plone import service_language
from crawler.sites.tree import document_of
from crawler.sites.words import clean
from state.article import Article
from state.errors import LayoutError
from state.records import Candidate

_TAG = re.compile(r"<[^<>]*>")


def article_from_candidate(candidate: Candidate, *, language: str | None = None) -> Article:
    """Return the article that a feed's item is by itself; ``provenance.body`` is ``feed``.

    Args:
        candidate: The item; its HTML body is the text, else its summary.
        language: The source's language; a text in another script overrules it.

    Raises:
        LayoutError: The item has no title.
    """
    title = clean(_TAG.sub("", candidate.title or ""))
    if not title:
        raise LayoutError("the feed's item has no title", source=candidate.source, url=candidate.url)
    document = document_of(b"<html><body></body></html>", url=candidate.url)
    body = read_markup(document, candidate.body or candidate.summary or "") or Body((), (), None)
    summary = clean(_TAG.sub("", candidate.summary or ""))
    family = candidate.key.partition(":")[0]
    article = Article(
        title=title,
        sections=body.sections,
        site=family if family in ("rfa", "voa") else "generic",
        subtitle=teaser(summary, title, body.sections) if candidate.body else None,
        captions=body.captions,
        attribution=body.attribution,
        byline=(clean(candidate.author),) if candidate.author else (),
        published_at=candidate.published_at,
        modified_at=candidate.modified_at,
        language=service_language(candidate.url),
        provenance={
            "parser": "feed item",
            "body": "feed",
            "published_at": {"from": candidate.channel, "day_only": False},
        },
    )
    return finish(article, document, fetched_at=None, source=candidate.source, language=language)
