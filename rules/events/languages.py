"""Which language's reader reads an article."""

from __future__ import annotations

from collections.abc import Sequence

from rules.events.draft import Draft
from rules.events.english.read import EnglishReader
from rules.events.english.trigger import worth_reading
from rules.events.reading import Unit
from rules.events.worded.lexicon import codes
from rules.events.worded.read import WordedReader
from state.article import Article


def read(article: Article, strings: Sequence[Unit]) -> list[Draft]:
    """Return the mentions of an article in its own language."""
    language = (article.language or "en").split("-")[0].lower()
    if language != "en" and language in codes():
        return WordedReader(article, strings, language).drafts()
    if worth_reading(unit.text for unit in strings):
        return EnglishReader(article, strings).drafts()
    return []
