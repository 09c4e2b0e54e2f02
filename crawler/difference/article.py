"""Two versions of an article compared, field by field, and how much each change weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Literal

from crawler.difference.weight import Weight, weigh
from crawler.difference.words import Part, likeness, parts
from state.article import Article, Caption, Comment

Kind = Literal["edited", "added", "removed", "unchanged"]

#: Two paragraphs that are so alike are one that was edited.
_ALIKE = 0.5
#: … and, where one took the place of one, already from here.
_ALIKE_ALONE = 0.25
#: Between so many that went and came, partners are looked for; else each stands for itself.
_MOST_PAIRS = 2_500
#: Lists whose lengths multiply to more are compared without their commonest entries.
_MOST_WORK = 1_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one string of an article.

    ``field`` names it for people ("paragraph 3"); ``number`` counts the
    unchanged ones in a row, which are not repeated.
    """

    field: str
    kind: Kind
    weight: Weight
    parts: tuple[Part, ...] = ()
    number: int = 1


def compare(was: Article, now: Article) -> list[Change]:
    """Return every change from one version to a later one, in reading order, with what stayed counted between."""
    found = [
        *_single("title", was.title, now.title),
        *_single("subtitle", was.subtitle, now.subtitle),
        *_single("author", ", ".join(was.byline), ", ".join(now.byline)),
        *_single("dateline", was.dateline, now.dateline),
        *_time("time of publication", was.published_at, now.published_at),
        *_time("time of last change", was.modified_at, now.modified_at),
        *_rows("caption", [_caption(c) for c in was.captions], [_caption(c) for c in now.captions]),
        *_rows("paragraph", _body(was), _body(now)),
        *_single("attribution", was.attribution, now.attribution),
        *_rows("quotation", list(was.quoted), list(now.quoted)),
        *_comments(was.comments, now.comments),
    ]
    return list(_without_edges(found))


def _single(field: str, was: str | None, now: str | None) -> Iterator[Change]:
    if (was or "") != (now or ""):
        yield _changed(field, was or "", now or "")


def _time(field: str, was: datetime | None, now: datetime | None) -> Iterator[Change]:
    if was != now:
        went = (Part("-", _instant(was)),) if was else ()
        came = (Part("+", _instant(now)),) if now else ()
        yield Change(field, _kind(bool(was), bool(now)), "cosmetic", went + came)


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _caption(caption: Caption) -> str:
    return f"{caption.text} ({caption.credit})" if caption.credit else caption.text


def _body(article: Article) -> list[str]:
    return [
        text
        for section in article.sections
        for text in (section.heading, *section.paragraphs)
        if text is not None
    ]


def _changed(field: str, was: str, now: str) -> Change:
    kind = _kind(bool(was), bool(now))
    found = parts(was, now)
    return Change(field, kind, weigh(field, was, now, found), found)


def _kind(was: bool, now: bool) -> Kind:
    return "edited" if was and now else "added" if now else "removed"


def _rows(field: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Lay two lists of texts side by side; numbers are places in the later version, of what went in the earlier."""
    is_long = len(was) * len(now) > _MOST_WORK
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=is_long).get_opcodes():
        if tag == "equal":
            yield Change(field, "unchanged", "cosmetic", number=b - a)
            continue
        for old, new in _partners(was, now, range(a, b), range(c, d)):
            place = new if new is not None else old
            text, later = "" if old is None else was[old], "" if new is None else now[new]
            yield _changed(f"{field} {(place or 0) + 1}", text, later)


def _partners(
    was: Sequence[str], now: Sequence[str], went: range, came: range
) -> Iterator[tuple[int | None, int | None]]:
    """Pair what went with what came in its place, in order; what has no partner stands alone."""
    old, new = list(went), list(came)
    if len(old) * len(new) > _MOST_PAIRS:
        yield from [(number, None) for number in old]
        yield from [(None, number) for number in new]
        return
    while old and new:
        rated = [(likeness(was[old[0]], now[other]), -place) for place, other in enumerate(new)]
        best, place = max(rated)
        alone = len(old) == len(new) == 1
        if best < (_ALIKE_ALONE if alone else _ALIKE):
            yield old.pop(0), None
            continue
        yield from [(None, number) for number in new[:-place]]
        yield old.pop(0), new[-place]
        new = new[-place + 1 :]
    yield from [(number, None) for number in old]
    yield from [(None, number) for number in new]


def _comments(was: Sequence[Comment], now: Sequence[Comment]) -> Iterator[Change]:
    """Compare comments by their ids; those without one by author and words."""
    if all(comment.id for comment in (*was, *now)):
        yield from _comments_by_id(was, now)
        return
    yield from _rows("comment", [_comment(c) for c in was], [_comment(c) for c in now])


def _comments_by_id(was: Sequence[Comment], now: Sequence[Comment]) -> Iterator[Change]:
    before = {comment.id: comment for comment in was}
    after = {comment.id for comment in now}
    for number, comment in enumerate(now, 1):
        old = before.get(comment.id)
        if old is not None and _comment(old) == _comment(comment):
            yield Change("comment", "unchanged", "cosmetic")
            continue
        yield _changed(f"comment {number}", _comment(old) if old else "", _comment(comment))
    for number, comment in enumerate(was, 1):
        if comment.id not in after:
            yield _changed(f"comment {number}", _comment(comment), "")


def _comment(comment: Comment) -> str:
    who = comment.author or comment.place or "without a name"
    return f"{who}: {comment.text}"


def _without_edges(found: Iterable[Change]) -> Iterator[Change]:
    """Add up what stayed; where nothing of a list changed, it is not named at all."""
    found = list(found)
    touched = {change.field.split()[0] for change in found if change.kind != "unchanged"}
    stayed: Change | None = None
    for change in found:
        if change.kind == "unchanged":
            if change.field not in touched:
                continue
            number = change.number + (stayed.number if stayed and stayed.field == change.field else 0)
            stayed = Change(change.field, "unchanged", "cosmetic", number=number)
            continue
        if stayed is not None:
            yield stayed
            stayed = None
        yield change
    if stayed is not None:
        yield stayed
