"""Which story an article belongs to, as what, and which article of the story is the original."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.stories.body import Body, body_of
from rules.stories.compare import MOST, SOME, VERBATIM, Comparison, carried, compare
from rules.stories.differ import other_language
from rules.stories.signature import Signature, base_key
from rules.stories.standing import is_repost, standing
from state.article import Article
from state.identity import article_key
from state.records import Event, Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A stored article that shares a key with the new one."""

    key: str
    placement: Placement
    article: Article
    events: tuple[Event, ...] = ()
    #: The article taken apart, where that was done before.
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where the new article goes; ``demoted`` are articles of the story whose part it took.

    ``found_original`` is set when the new article is the original of what was known as a repost.
    """

    placement: Placement
    demoted: tuple[tuple[str, Placement], ...] = ()
    found_original: str | None = None


def story_id(key: str) -> str:
    """Return the id of the story that this article begins."""
    return f"S-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def addresses(lookup: Iterable[str]) -> list[str]:
    """Return the look-up keys that are addresses: who shares one is compared, however little else is shared."""
    return [key for key in lookup if key.startswith("a:")]


def assign(key: str, found: Signature, neighbours: Sequence[Neighbour]) -> Assignment:
    """Return the article's place among those that share a key with it.

    A stated address of the original, or the same page in another script, decides
    without comparing.  Else a copy beats a mere joining, and among equals the
    larger share of text.

    Args:
        key: The article's key.
        found: Its signature.
        neighbours: Stored articles that share a key, itself not among them.
    """
    related = [(other, _relation(key, found.body, other)) for other in neighbours]
    closed = _closed(related)
    open_ = [
        (other, result)
        for other, result in related
        if result.verdict != "different" and (other.placement.story not in closed or result.stated)
    ]
    if not open_:
        return Assignment(Placement(story_id(key), "original", None, "first of its story"))
    if told := _told_of(found.body, open_):
        why = f"tells of several stories: {', '.join(told)}"
        return Assignment(Placement(story_id(key), "original", None, why))
    other, result = _nearest(open_)
    return _join(key, found.body, other, result, neighbours)


def _nearest(related: Sequence[tuple[Neighbour, Comparison]]) -> tuple[Neighbour, Comparison]:
    """Return the best, but no copy of a text where a fuller one of that story shows that it adds to it."""
    other, result = max(related, key=_rank)
    fuller = [
        pair
        for pair in related
        if pair[1].adds and pair[1].held > result.held and pair[0].placement.story == other.placement.story
    ]
    if fuller and result.verdict == "copy" and not result.stated:
        return max(fuller, key=_rank)
    return other, result


def _told_of(body: Body, related: Sequence[tuple[Neighbour, Comparison]]) -> list[str]:
    """Return the stories of which the article carries parts that the others lack: a roundup is none of them."""
    if len({other.placement.story for other, _ in related}) < 2 or any(one.stated for _, one in related):
        return []
    parts: dict[str, frozenset[int]] = {}
    for other, _ in related:
        held = carried(body, other.body or body_of(other.article, other.events))
        parts[other.placement.story] = parts.get(other.placement.story, frozenset()) | held
    return sorted(
        one for one in parts if any(parts[one] - held and held - parts[one] for held in parts.values())
    )


def _rank(pair: tuple[Neighbour, Comparison]) -> tuple[bool, bool, float, bool, float]:
    other, result = pair
    first = other.placement.relation == "original"
    return result.stated, result.verdict == "copy", result.agreed, first, result.held


def _closed(related: Sequence[tuple[Neighbour, Comparison]]) -> set[str]:
    """Return the stories with an article of the same words about somebody else: a twin of one is none of them."""
    verbatim = {
        other.placement.story
        for other, result in related
        if result.verdict == "copy" and result.held >= VERBATIM
    }
    return {
        other.placement.story
        for other, result in related
        if result.verdict == "different" and result.conflict and result.held >= MOST
    } - verbatim


def _relation(key: str, body: Body, other: Neighbour) -> Comparison:
    if base_key(key) == base_key(other.key):
        return Comparison("copy", 1.0, "the same page in another script", stated=True)
    known = other.body or body_of(other.article, other.events)
    result = compare(body, known)
    if not _names_origin(body.article, other):
        return result
    if other_language(body, known):
        return Comparison("joined", result.held, "in another language, one names the other", stated=True)
    if result.held >= SOME:
        return Comparison("copy", result.held, "it names the other as its source", stated=True)
    return result


def _names_origin(article: Article, other: Neighbour) -> bool:
    return _states(article, other.key) or _states(other.article, article.key or "")


def _states(article: Article, key: str) -> bool:
    origin = article.origin
    return bool(origin and origin.url and key and article_key(origin.url) == key)


def _join(
    key: str, body: Body, other: Neighbour, result: Comparison, neighbours: Sequence[Neighbour]
) -> Assignment:
    story = other.placement.story
    if result.verdict == "joined":
        return Assignment(Placement(story, "joined", other.key, result.why))
    first = _original(other, neighbours)
    if other.placement.relation == "joined" or standing(body.article) >= standing(first.article):
        return Assignment(Placement(story, "copy", other.key, result.why))
    why = f"original of {first.key}: {result.why}"
    demoted = [(first.key, Placement(story, "copy", key, result.why))]
    demoted += [
        (item.key, Placement(story, "copy", key, item.placement.why))
        for item in neighbours
        if item.placement.relation == "copy" and item.placement.of == first.key
    ]
    return Assignment(
        Placement(story, "original", None, why),
        tuple(demoted),
        found_original=first.key if is_repost(first.article) else None,
    )


def _original(other: Neighbour, neighbours: Iterable[Neighbour]) -> Neighbour:
    if other.placement.relation == "original":
        return other
    same = (n for n in neighbours if n.placement.story == other.placement.story)
    return next((n for n in same if n.placement.relation == "original"), other)
