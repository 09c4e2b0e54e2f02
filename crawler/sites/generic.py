"""Pages of sites that no parser knows: JSON-LD, microdata and metas first, then trafilatura.

Comment blocks are cut off before anything is guessed: the newest comment's date
and author are what generic tools mistake for the article's.  Every value that
was guessed is named in ``provenance.guessed``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from lxml.etree import tostring

from crawler.sites.attribution import split_attribution
from crawler.sites.blocks import HEADINGS, Block, Kind, blocks, line, sections
from crawler.sites.captions import once
from crawler.sites.comments import Comments, read_comments
from crawler.sites.dates import Dated
from crawler.sites.edges import without_edges
from crawler.sites.embedded import Told, embedded_story
from crawler.sites.extract import EXTRACTOR, Extracted
from crawler.sites.headline import read_title
from crawler.sites.jsonld import string, strings, types_of
from crawler.sites.labelled import labelled_comments
from crawler.sites.lines import lines
from crawler.sites.masthead import BY, Masthead, is_printed, read_masthead, without_subtitle
from crawler.sites.newsbody import dated, keywords, teaser
from crawler.sites.pictures import pictures
from crawler.sites.placed import densest, placed
from crawler.sites.select import Element
from crawler.sites.tree import Document
from crawler.sites.words import clean, letters_of
from state.article import Article, Caption, Comment, Origin, Section
from state.errors import LayoutError

_STORY_TYPES = frozenset(
    "NewsArticle Article ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle BlogPosting "
    "LiveBlogPosting Report ScholarlyArticle WebPage AdvertiserContentArticle TechArticle".split()
)
_TIMES = "article time[datetime], main time[datetime], header time[datetime], time[pubdate]"
_BYLINES = (
    "[itemprop=author] [itemprop=name], [itemprop=author], a[rel=author], .byline, .byline-name, .author-name, "
    ".article-author, .entry-author, .post-author"
)
_DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "article.published",
    "cxenseparse:recs:publishtime", "originalpublicationdate",
)  # fmt: skip
#: Words before a name that are guessed to be one.
_NO_NAMES = frozenset("submitted posted published updated author by written share comments".split())
_LONGEST_NAME = 90
_SHORTEST = 80
#: With less text than this in its markup, a page may hold its article in its data.
_TEASER = 1500
#: What is said of a text that only the page's data hold.
IN_DATA = "embedded data"


@dataclass(slots=True)
class _Found:
    """What has been told or guessed so far, and which of it is a guess."""

    data: dict[str, Any]
    guessed: list[str] = field(default_factory=list)


def parse(document: Document, now: datetime) -> Article:
    """Return the article of a page of an unknown site.

    Raises:
        LayoutError: There is no title or no text.
    """
    discussion = _cut_comments(document, now)
    found = _Found(_story_data(document))
    extracted = EXTRACTOR.extract(
        tostring(document.root, encoding="unicode", method="html"), document.base or None
    )
    title, is_guess = read_title(document, found.data, extracted)
    if is_guess:
        found.guessed.append("title")
    captions, apart = pictures(document)
    printed = _masthead(document, extracted, title, apart, now)
    body, how = _text(document, found, extracted, title, printed, captions, apart)
    if not title or not _has_text(body):
        why = f" ({extracted.error})" if extracted.error else ""
        raise LayoutError(
            f"no title or no text: tried JSON-LD, metas, h1, trafilatura{why}", url=document.url
        )
    parts, attribution = split_attribution(body)
    in_data = _in_data(document, title, how)
    published, modified, told = _times(document, found, extracted, printed, in_data, now)
    return Article(
        title=title,
        sections=parts,
        site="generic",
        subtitle=_subtitle(document, printed, in_data if how == IN_DATA else None, title, parts),
        byline=_byline(document, found, extracted, discussion, printed, in_data),
        section=document.meta.get("article:section") or string(found.data, "articleSection") or None,
        tags=_tags(document, found),
        captions=once([*captions, *(in_data.body.captions if in_data and how == IN_DATA else ())]),
        attribution=attribution or (in_data.body.attribution if in_data and how == IN_DATA else None),
        comments=discussion.comments or _loose_comments(extracted),
        published_at=published,
        modified_at=modified,
        origin=_origin(document),
        language=document.root.get("lang") or string(found.data, "inLanguage") or None,
        provenance={
            **_provenance(found, extracted, discussion),
            "body_from": how,
            "published_at": told,
        },
    )


def _provenance(found: _Found, extracted: Extracted, discussion: Comments) -> dict[str, Any]:
    told = {"parser": "generic", "comments": discussion.how, "guessed": found.guessed}
    return {**told, "extraction_error": extracted.error} if extracted.error else told


def _in_data(document: Document, title: str, how: str) -> Told | None:
    """Return what the page's own data tell of its story, None where they tell of another."""
    told = embedded_story(document)
    return told if told and (how == IN_DATA or letters_of(told.title) == letters_of(title)) else None


def _subtitle(
    document: Document, printed: Masthead, in_data: Told | None, title: str, parts: tuple[Section, ...]
) -> str | None:
    told = (printed.subtitle, in_data.subtitle if in_data else "", _description(document))
    return next((text for words in told if (text := teaser(words, title, parts))), None)


def _masthead(
    document: Document, extracted: Extracted, title: str, apart: Collection[Element], now: datetime
) -> Masthead:
    """Return what is printed around the headline; words below it that a strict reading has as text are text."""
    printed = read_masthead(document, lines(document.root, apart), title, now)
    strict = {letters_of(text) for _, text in extracted.strict} if printed.leads else ()
    return without_subtitle(printed) if letters_of(printed.subtitle) in strict else printed


def _text(
    document: Document,
    found: _Found,
    extracted: Extracted,
    title: str,
    printed: Masthead,
    captions: tuple[Caption, ...],
    apart: Collection[Element],
) -> tuple[tuple[Section, ...], str]:
    skipped = _skipped(document, title, printed)
    body, how = _body(document, found, extracted, captions, apart, skipped)
    if not printed.subtitle or _has_text(body):
        return body, how
    found.guessed.remove("body")  # what was taken for the words below the headline is the text
    return _body(document, found, extracted, captions, apart, skipped - {letters_of(printed.subtitle)})


def _has_text(body: tuple[Section, ...]) -> bool:
    return any(part.paragraphs for part in body)


def _cut_comments(document: Document, now: datetime) -> Comments:
    found = read_comments(document, now=now)
    if not found.comments and (below := labelled_comments(document, now)):
        found = replace(below, elements=(*found.elements, *below.elements))
    headlines = set(document.root.iter("h1"))
    document.cut(
        box for box in found.elements if not any(headline in box.iterdescendants() for headline in headlines)
    )
    return found


def _story_data(document: Document) -> dict[str, Any]:
    stories = [item for item in document.json_ld if types_of(item) & _STORY_TYPES]
    best = [
        item
        for item in stories
        if types_of(item) != {"WebPage"} and (item.get("headline") or item.get("datePublished"))
    ]
    return best[0] if best else stories[0] if stories else {}


def _body(
    document: Document,
    found: _Found,
    extracted: Extracted,
    captions: tuple[Caption, ...],
    apart: Collection[Element],
    skipped: set[str],
) -> tuple[tuple[Section, ...], str]:
    for caption in captions:
        skipped |= {letters_of(caption.text), letters_of(caption.text + (caption.credit or ""))}
    pieces = [
        (kind, text)
        for kind, raw in without_edges(extracted.blocks, extracted.strict, _description(document))
        if (text := clean(raw)) and letters_of(text) not in skipped
    ]
    length = sum(len(text) for _, text in pieces)
    told = found.data.get("articleBody")
    if isinstance(told, str) and len(clean(told)) > 2 * length:
        paragraphs = [clean(part) for part in re.split(r"\n+|<br\s*/?>|</p>", told)]
        texts = tuple(clean(re.sub(r"<[^<>]{1,200}>", "", part)) for part in paragraphs)
        return (Section(None, tuple(filter(None, texts))),), "json-ld articleBody"
    in_data = embedded_story(document) if length < _TEASER else None
    if in_data and in_data.body.length > max(_SHORTEST, 2 * length) and letters_of(in_data.title) in skipped:
        return in_data.body.sections, IN_DATA
    found.guessed.append("body")
    in_page = placed(document.root, pieces, extracted.blocks, extracted.strict, apart, skipped)
    how = "trafilatura, placed" if in_page else "trafilatura" if length else "densest paragraphs"
    if not length:
        in_page = densest(document.root, apart, skipped)
        in_page = in_page if sum(len(text) for _, text in in_page) >= _SHORTEST else []
    made = [
        Block("heading" if kind == "h" else "paragraph", text, None)
        for kind, text in in_page or _with_headings(document, pieces)
    ]
    return sections(made), how


def _skipped(document: Document, title: str, printed: Masthead) -> set[str]:
    """Return the letters of the lines that are told elsewhere: the title, alone or with words beside it, and its masthead."""
    key = letters_of(title)
    headlines = (letters_of(line(element)) for element in document.root.iter("h1"))
    return {key, *printed.keys, *(other for other in headlines if key in other)}


def _with_headings(document: Document, pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Put back sub-headings that stand between two paragraphs of the text and were left out."""
    held = {text for _, text in pieces}
    before: dict[str, str] = {}
    previous: Block | None = None
    seen = False
    for block in blocks(document.root, _heading):
        if block.text in held:
            if previous is not None and seen and previous.text not in held:
                before[block.text] = previous.text
            seen = True
            previous = None
        else:
            previous = block if block.kind == "heading" else None
    return [
        item
        for kind, text in pieces
        for item in ((("h", before[text]), (kind, text)) if text in before else ((kind, text),))
    ]


def _heading(element: Element) -> Kind | None:
    return "heading" if element.tag in HEADINGS and element.tag != "h1" else None


def _times(
    document: Document,
    found: _Found,
    extracted: Extracted,
    printed: Masthead,
    in_data: Told | None,
    now: datetime,
) -> tuple[datetime | None, datetime | None, dict[str, Any]]:
    published, told = dated(
        [
            ("json-ld", string(found.data, "datePublished") or string(found.data, "dateCreated")),
            *((name, document.meta.get(name)) for name in _DATE_METAS),
            *(("itemprop", _value(element)) for element in document.select("[itemprop=datePublished]")[:2]),
            *(("published", element.get("title")) for element in document.select("abbr.published")[:1]),
            *(("time", element.get("datetime")) for element in document.select(_TIMES)[:1]),
            (IN_DATA, in_data.published if in_data else None),
        ],
        now=now,
        language=document.root.get("lang"),
    )
    if (stamp := printed.dated) and _is_better(stamp, published, told):
        published, told = stamp.at, {"from": "headline", "how": stamp.how, "day_only": stamp.day_only}
    if published is None:
        published, told = dated([("trafilatura", extracted.date)], now=now)
        if published and not is_printed(document, lines(document.root), f"{published:%Y-%m-%d}", now):
            published, told = dated([], now=now)  # a day or year that the text speaks of
        elif published:
            found.guessed.append("published_at")
    modified, _ = dated(
        [
            ("json-ld", string(found.data, "dateModified")),
            ("meta", document.meta.get("article:modified_time") or document.meta.get("og:updated_time")),
            *(("itemprop", _value(element)) for element in document.select("[itemprop=dateModified]")[:1]),
            (IN_DATA, in_data.modified if in_data else None),
        ],
        now=now,
        language=document.root.get("lang"),
    )
    return published, modified, told


def _is_better(stamp: Dated, published: datetime | None, told: dict[str, Any]) -> bool:
    """Tell whether the date below the headline tells what the page's data do not: the day, or its hour."""
    if published is None:
        return True
    return bool(told.get("day_only")) and not stamp.day_only and abs(stamp.at - published) < timedelta(days=2)


def _value(element: Element) -> str:
    return element.get("content") or element.get("datetime") or line(element)


def _byline(
    document: Document,
    found: _Found,
    extracted: Extracted,
    discussion: Comments,
    printed: Masthead,
    in_data: Told | None,
) -> tuple[str, ...]:
    told = [name for name in strings(found.data, "author") if not name.startswith("http")]
    told += [name for name in strings(found.data, "contributor") if name in printed.authors]
    own = {
        letters_of(document.meta.get("og:site_name", "")),
        letters_of(string(found.data, "publisher", "name")),
    }
    if told and not (printed.authors and {letters_of(name) for name in told} <= own):
        return tuple(told)
    for name in ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"):
        value = document.meta.get(name, "")
        if value and not value.startswith("http") and len(value) <= _LONGEST_NAME:
            return (BY.sub("", value),)
    if named := (in_data.authors if in_data else ()) or printed.authors:
        return named
    shown = tuple(dict.fromkeys(text for box in document.select(_BYLINES) if (text := BY.sub("", line(box)))))
    if shown and len(shown[0]) <= _LONGEST_NAME:
        return (
            shown[:1]
            if len(shown[0]) > 40
            else tuple(name for name in shown[:4] if len(name) <= _LONGEST_NAME)
        )
    commenters = {comment.author for comment in discussion.comments}
    guessed = tuple(
        name
        for part in extracted.author.split(";")
        if (name := clean(part)) and name not in commenters and name.lower() not in _NO_NAMES
    )
    if guessed:
        found.guessed.append("byline")
    return guessed


def _loose_comments(extracted: Extracted) -> tuple[Comment, ...]:
    texts = [clean(text) for _, text in extracted.comments]
    return (Comment(text="\n\n".join(filter(None, texts))),) if any(texts) else ()


def _description(document: Document) -> str:
    return document.meta.get("og:description") or document.meta.get("description", "")


def _tags(document: Document, found: _Found) -> tuple[str, ...]:
    told = keywords(document) or strings(found.data, "keywords")
    if len(told) == 1 and "," in told[0]:
        told = tuple(filter(None, map(clean, told[0].split(","))))
    return told or tuple(
        dict.fromkeys(filter(None, (line(link) for link in document.select("a[rel=tag]")[:50])))
    )


def _origin(document: Document) -> Origin | None:
    """Return whose text this is, where the page names another site as its canonical address."""
    named = document.join(document.links.get("canonical"))
    if not named or not document.url.startswith("http"):
        return None
    host, own = named.split("/")[2].removeprefix("www."), document.url.split("/")[2].removeprefix("www.")
    return (
        None
        if host.split(":")[0].split(".")[-2:] == own.split(":")[0].split(".")[-2:]
        else Origin(host, named)
    )
