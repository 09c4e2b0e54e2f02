"""How many fields the news parsers find of those that their pages have: a table by family.

``python -m tests.crawler.sites.fields [FOLDER]`` prints it, of the golden pages
(counted in ``tests/pages/fields.json``) or of a folder with pages and a
``fields.json``.  That file says for each page what a reader of the page counts:
one for a field that is there, for captions, paragraphs and the like how many.  Found counts at most what is there; what is found beyond
it is a fault of its own and listed as such.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from crawler.sites import parse_page
from crawler.sites.read import parse_data
from state.article import Article
from tests.crawler.sites.pages import NOW, page

GOLDEN = Path(__file__).parents[2] / "pages" / "golden"
#: How the pages of a family begin their names.
FAMILIES = {
    "rfa-plone1": "Radio Free Asia, Plone 4",
    "rfa-plone2": "Radio Free Asia, Plone 5",
    "rfa-arc": "Radio Free Asia, Arc",
    "arc": "other Arc sites",
    "rfa-cms": "Radio Free Asia, records",
    "voa": "Voice of America and sisters",
}


def counted(article: Article) -> dict[str, int]:
    """Return how often an article has each field."""
    captions, comments = article.captions, article.comments
    found = {
        "title": int(bool(article.title)),
        "subtitle": int(article.subtitle is not None),
        "byline": len(article.byline),
        "dateline": int(article.dateline is not None),
        "section": int(article.section is not None),
        "tags": len(article.tags),
        "headings": sum(section.heading is not None for section in article.sections),
        "paragraphs": len(article.paragraphs),
        "captions": len(captions),
        "credits": sum(caption.credit is not None for caption in captions),
        "attribution": int(article.attribution is not None),
        "comments": len(comments),
        "commenters": sum(bool(comment.author or comment.place) for comment in comments),
        "comment times": sum(comment.posted_at is not None for comment in comments),
        "published": int(article.published_at is not None),
        "modified": int(article.modified_at is not None),
        "language": int(article.language is not None),
    }
    return {name: number for name, number in found.items() if number}


def articles(folder: Path, name: str) -> Iterator[Article]:
    """Yield the articles of one file; a JSON list holds several."""
    body = (folder / name).read_bytes()
    value = json.loads(body) if name.endswith(".json") else None
    if not isinstance(value, list):
        yield parse_page(page(body, content_type="application/json" if value else ""))
        return
    for item in value:
        article = parse_data(item, url=None, fetched_at=NOW)
        if article is not None:
            yield article


def measured(folder: Path) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """Return for each page what it has and what was found."""
    listed = folder.parent / "fields.json" if folder == GOLDEN else folder / "fields.json"
    present: dict[str, dict[str, int]] = json.loads(listed.read_text(encoding="utf-8"))
    return {
        name: (Counter(there), sum((Counter(counted(a)) for a in articles(folder, name)), Counter()))
        for name, there in present.items()
    }


def table(folder: Path) -> str:
    """Return the table: family, pages, fields found of fields present, and what was missed or found beyond."""
    lines: dict[str, list[int]] = {}
    faults = []
    for name, (present, found) in measured(folder).items():
        family = next(told for begins, told in FAMILIES.items() if name.startswith(begins))
        row = lines.setdefault(family, [0, 0, 0])
        row[0] += 1
        row[1] += (present & found).total()
        row[2] += present.total()
        faults += [f"  {name}: missed {dict(present - found)}"] * bool(present - found)
        faults += [f"  {name}: beyond {dict(found - present)}"] * bool(found - present)
    told = [f"{family:30} {row[0]:3} pages {row[1]:5} of {row[2]:5}" for family, row in lines.items()]
    return "\n".join([*told, *faults])


if __name__ == "__main__":
    print(table(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLDEN))
