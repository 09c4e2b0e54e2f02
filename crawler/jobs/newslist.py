"""Whether what passed for an article is a page that lists articles: a section, a tag, a day of an archive.

An archive holds such pages among the articles.  Where no parser knows the
layout, their headlines and teasers read as sub-headings and paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from crawler.sites.tree import Document, read_document, text_of
from crawler.sites.words import letters_of
from state.article import Article, Section
from state.records import Page

_FEWEST = 3
_MOST_LINKS = 3000
_SHORTEST_HEADLINE = 12
#: Share of the text that must be headlines of others and what is said below them.
_MOST_OF_IT = 0.7
#: A teaser is one paragraph, no longer than this.
_LONGEST_TEASER = 500
_LONGEST_LINKED = 2000
#: Share of a line that the words of a link must make up: a date or an author may stand beside them.
_LINE = 0.6
#: The end of an address as articles have it: a number of five digits or more, or four words.
_OF_ARTICLE = re.compile(r"\d{5,}|(?:[^/-]+-){3,}[^/-]+$")
_TIMES = ("article:published_time", "og:article:published_time")


def lists_articles(page: Page, article: Article) -> bool:
    """Tell whether a page lists other articles, by what was read of it as an article.

    Only readings of the fallback are doubted, and none of a page that says when it was
    published or whose address looks like an article's.
    """
    if article.provenance.get("parser") != "generic" or _OF_ARTICLE.search(_last_part(page.url)):
        return False
    document = read_document(page)
    if any(name in document.meta for name in _TIMES) or _is_told_as_story(document, article.title):
        return False
    links = _links(document)
    marks = list(_marks(article.sections, links))
    of_others = [length for length, is_of_others in marks if is_of_others]
    return len(of_others) >= _FEWEST and sum(of_others) >= _MOST_OF_IT * sum(length for length, _ in marks)


def _last_part(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def _links(document: Document) -> list[str]:
    """Return the letters of what links elsewhere say, where it is more than a word or two."""
    found = (text_of(element)[:_LONGEST_LINKED] for element in islice(document.root.iter("a"), _MOST_LINKS))
    return [letters for text in found if len(letters := letters_of(text)) >= _SHORTEST_HEADLINE]


def _is_told_as_story(document: Document, title: str) -> bool:
    """Tell whether the page's data hold a story under the title of what was read."""
    key = letters_of(title)
    headlines = (item.get("headline") for item in document.json_ld)
    return any(isinstance(headline, str) and letters_of(headline) == key for headline in headlines)


def _marks(sections: Sequence[Section], links: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Yield the length of each paragraph, and whether it is another article's headline or teaser."""
    row = "\n".join(links)
    for section in sections:
        heading = letters_of(section.heading or "")
        below_a_link = bool(heading) and len(section.paragraphs) == 1 and heading in row
        for paragraph in section.paragraphs:
            text = letters_of(paragraph)
            is_teaser = below_a_link and len(paragraph) <= _LONGEST_TEASER
            if text:
                yield len(text), is_teaser or text in row or _is_line_of_a_link(text, links)


def _is_line_of_a_link(text: str, links: Sequence[str]) -> bool:
    return len(text) <= _LONGEST_TEASER and any(
        len(link) >= _LINE * len(text) and link in text for link in links
    )
