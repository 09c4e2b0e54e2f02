"""The labelled set: which texts are one story, with the renderings that can be made mechanically."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from state.article import Article, Caption, Section, tidy

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article: ``story`` is the truth, ``made`` tells how it came about."""

    story: str
    made: str
    article: Article


def stories() -> list[dict[str, Any]]:
    files = sorted(HERE.glob("labelled_*.yaml"))
    return [story for file in files for story in yaml.safe_load(file.read_text(encoding="utf-8"))]


def labelled() -> list[Labelled]:
    """Return every article of the set, originals first."""
    made = [item for story in stories() for item in _of(story)]
    return sorted(made, key=lambda item: item.made != "original")


def _of(story: dict[str, Any]) -> Iterator[Labelled]:
    truth, name = story["story"], story.get("id", story["story"])
    first = _article(name, story, story["title"], story["text"])
    yield Labelled(truth, "original" if truth == name else "translation", first)
    for made, article in renderings(first):
        yield Labelled(truth, made, article)
    for made in ("reworded", "own"):
        if made in story:
            title = story.get(f"{made}_title") or story[made].split(".")[0]
            yield Labelled(truth, made, _article(f"{name}-{made}", story, title, story[made], hours=5))
    for number, exchanged in enumerate(story.get("twins", ())):
        twin = _exchange(first, exchanged, f"{name}-twin{number}")
        yield Labelled(f"{truth}/twin{number}", "twin", twin)


def _article(name: str, story: dict[str, Any], title: str, text: str, hours: int = 0) -> Article:
    at = story["at"]
    at = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return Article(
        title=tidy(title),
        sections=(Section(None, tuple(tidy(part) for part in text.strip().split("\n\n"))),),
        url=f"https://news.example/{name}",
        key=f"https://news.example/{name}",
        site=story["site"],
        source=story["site"],
        language=story.get("language", "en"),
        published_at=at + timedelta(hours=hours),
    )


def _exchange(article: Article, names: dict[str, str], name: str) -> Article:
    def swap(text: str) -> str:
        for one, two in names.items():
            text = text.replace(one, two)
        return text

    return replace(
        article,
        title=swap(article.title),
        sections=(Section(None, tuple(swap(text) for text in article.paragraphs)),),
        url=f"https://news.example/{name}",
        key=f"https://news.example/{name}",
        published_at=article.published_at + timedelta(hours=20) if article.published_at else None,
    )


def renderings(article: Article) -> Iterator[tuple[str, Article]]:
    """Yield the copies that sites make of one text without a human hand."""
    text = article.paragraphs
    yield "identical", _copy(article, "mirror", text)
    yield "cut at the end", _copy(article, "cut", text[: max(2, len(text) * 2 // 3)])
    yield "forum post", _copy(article, "forum", (*text[:-1], "read more"), site="invision", hours=6)
    opening = "Found this today, what do you all think? Posting it here before it gets deleted again."
    yield "forum post with an introduction", _copy(article, "intro", (opening, *text), site="phpbb", hours=9)
    quoted = _copy(
        article, "quoted", ("Seen on their page just now.",), site="invision", title="Big news?", hours=7
    )
    yield "forum post that quotes it", replace(quoted, quoted=("\n".join(text),))
    yield "agency copy", _copy(article, "agency", (*(_agency(part) for part in text),), hours=1)
    joined = (" ".join(text[:2]), *text[2:])
    yield "other paragraphs", _copy(article, "joined", joined, title=f"{article.title} | Example Daily")
    yield "longer", _copy(article, "longer", (*text, _TAIL), hours=3)


_TAIL = "The story was updated with reaction. Further details were not available by the time of publication."


def _agency(text: str) -> str:
    """Figures grew, and the outlet named itself."""
    for one, two in (("14 ", "17 "), ("31 ", "34 "), ("212", "230"), ("96", "104"), ("RFA", "the agency")):
        text = text.replace(one, two)
    return text


def _copy(
    article: Article,
    name: str,
    text: tuple[str, ...],
    *,
    site: str = "generic",
    title: str = "",
    hours: int = 2,
) -> Article:
    published = article.published_at
    return replace(
        article,
        title=title or article.title,
        sections=(Section(None, text),),
        url=f"{article.url}-{name}",
        key=f"{article.key}-{name}",
        site=site,
        source=site,
        captions=(Caption("A file photo."),),
        published_at=published + timedelta(hours=hours) if published else None,
    )
