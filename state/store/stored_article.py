"""An article's JSON form read back exactly as it was written, so that spans still fit.

``state.article_json.from_json`` tidies what strangers hand in; what is stored
was tidied before, and is not touched again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from state.article import Article, Caption, Comment, Origin, Section, texts
from state.article_json import instant_from_json

# Zero-width characters that are spelling in a text and in nobody's way when it is searched.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def restore(form: Mapping[str, Any]) -> Article:
    """Return the article that ``to_json`` wrote."""
    origin = form["origin"]
    plain = ("url", "canonical_url", "key", "source", "site", "language", "subtitle", "dateline", "section")
    return Article(
        title=form["title"],
        sections=tuple(Section(item["heading"], tuple(item["paragraphs"])) for item in form["sections"]),
        captions=tuple(Caption(item["text"], item["credit"], item["image_url"]) for item in form["captions"]),
        comments=tuple(_comment(item) for item in form["comments"]),
        byline=tuple(form["byline"]),
        tags=tuple(form["tags"]),
        quoted=tuple(form["quoted"]),
        attribution=form["attribution"],
        published_at=_instant(form["published_at"]),
        modified_at=_instant(form["modified_at"]),
        fetched_at=_instant(form["fetched_at"]),
        origin=Origin(origin["publisher"], origin["url"]) if origin else None,
        provenance=form["provenance"],
        **{name: form[name] for name in plain},
    )


def search_text(article: Article) -> str:
    """Return an article's words as they are searched: one line for each text."""
    return fold_for_search("\n".join(item.text for item in texts(article)))


def fold_for_search(text: str) -> str:
    """Return text without case, width and zero-width characters, in every script."""
    return unicodedata.normalize("NFKC", text.translate(_UNSEEN).casefold())


def _comment(form: Mapping[str, Any]) -> Comment:
    return Comment(
        id=form["id"],
        author=form["author"],
        place=form["place"],
        text=form["text"],
        quoted=tuple(form["quoted"]),
        posted_at=_instant(form["posted_at"]),
        parent=form["parent"],
        edited_at=_instant(form["edited_at"]),
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else instant_from_json(text)
