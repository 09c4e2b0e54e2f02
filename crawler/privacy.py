"""What of an article may be stored: comments and names as ``[privacy]`` allows.

It comes before anything is stored, matched or told, so that what is stored,
what was told and what an audit finds again rest on the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from crawler.pseudonyms import FORUMS, is_topic
from crawler.telling import Watching
from crawler.understand import Understood, post_of, understand
from rules.sentences import sentences
from state.article import Article, Comment
from state.records import Span

#: Provenance key that tells how the comments were cut down.
_MARK = "privacy_comments"
_Understand = Callable[[Article], Understood]


@dataclass(frozen=True, slots=True)
class Storable:
    """An article as it may be stored.

    ``posts`` are the indexes, in the article as it was read, of the comments
    that are left; ``is_whole`` tells whether its raw answer shows no more than
    may be stored.
    """

    article: Article
    posts: tuple[int, ...]
    is_whole: bool

    def of(self, fresh: frozenset[int] | None) -> frozenset[int] | None:
        """Return what these posts (-1 the article, None all) are among those left."""
        if fresh is None:
            return None
        left = {index for index, number in enumerate(self.posts) if number in fresh}
        return frozenset(left | (fresh & {-1}))


def storable(article: Article, stored: Article | None, app: Watching, today: date) -> Storable:
    """Return what the configuration lets be stored of an article.

    Of comments that are only to be matched, the sentences remain that a rule
    found or that tell an event; a topic keeps numbers and times of the others,
    so that it need not be read from its start whenever somebody answers.

    Args:
        article: As read; what it holds of ``stored`` stays as it is.
        stored: The article as it stands so far.
        app: Settings, rules and pseudonyms in force.
        today: Rules that expired before this day rest.
    """
    rule, every = app.settings.privacy.comments, tuple(range(len(article.comments)))
    is_whole = not article.comments or (rule == "keep" and app.names is None)
    source = app.settings.sources.get(article.source or "")
    if app.names is not None:
        is_forum = source is not None and source.site in FORUMS
        is_whole = is_whole and not is_forum and not is_topic(article)
        article = app.names.hide(article, is_forum=is_forum)
    if rule == "keep" or not article.comments:
        return Storable(article, every, is_whole)
    if rule == "off":
        return Storable(_with(article, {}, rule), (), is_whole)
    ring = source is not None and source.replies == "ring"

    def read(text: Article) -> Understood:
        return understand(text, app.ruleset, None, today=today, replies_ring=ring)

    left = _remains(article, stored, read)
    return Storable(_with(article, left, rule), tuple(left), is_whole)


def _remains(article: Article, stored: Article | None, read: _Understand) -> dict[int, Comment]:
    """Return what stays of each comment by its index."""
    known: dict[str | None, Comment] = {}
    if stored is not None and stored.provenance.get(_MARK) == "match-only":
        known = {comment.id: comment for comment in stored.comments if comment.id}
    found = read(article)
    cut = {
        index: known[comment.id] if _is_known(comment, known) else _cut(comment, index, found)
        for index, comment in enumerate(article.comments)
    }
    # A sentence alone may be understood otherwise; an alert goes before a short text.
    again = _said(read(replace(article, comments=tuple(cut.values()))))
    for index in sorted(post for post, _ in _said(found) - again if post >= 0):
        cut[index] = replace(article.comments[index], author=None, place=None, quoted=())
    return {index: item for index, item in cut.items() if item.text or (item.id and is_topic(article))}


def _is_known(comment: Comment, known: Mapping[str | None, Comment]) -> bool:
    stored = known.get(comment.id)
    return stored is not None and stored.text == comment.text


def _cut(comment: Comment, index: int, found: Understood) -> Comment:
    """Return a comment with the sentences that something was found in, without anybody's name."""
    text = comment.text
    places = [(span.start, span.end) for span in _spans(found) if post_of(span.field) == index]
    kept = ""
    reached = 0
    for start, end in sentences(text) if places else ():
        if any(begin < end and start < finish for begin, finish in places):
            between = "\n\n" if "\n\n" in text[reached:start] else " "
            kept += f"{between if kept else ''}{text[start:end].strip()}"
            reached = end
    return replace(comment, text=kept, author=None, place=None, quoted=())


def _spans(found: Understood) -> Iterator[Span]:
    for match in found.matches:
        yield from match.spans
    for event in found.events:
        yield event.quote_at


def _said(found: Understood) -> set[tuple[int, tuple[str, ...]]]:
    """Return what is said in which post: rules that match there, events and their claims."""
    said = {(post_of(span.field), (match.rule,)) for match in found.matches for span in match.spans}
    return said | {(post_of(event.quote_at.field), (event.kind, event.claim.value)) for event in found.events}


def _with(article: Article, left: Mapping[int, Comment], rule: str) -> Article:
    """Return the article with these comments alone, and without what its provenance repeats of the others."""
    provenance: dict[str, Any] = {**article.provenance, _MARK: rule}
    if "zawgyi" in provenance:
        originals = provenance["zawgyi"].items()
        provenance["zawgyi"] = {at: text for at, text in originals if post_of(at) < 0}
    if "deleted" in provenance:
        provenance["deleted"] = [{"id": item.get("id")} for item in provenance["deleted"]]
    return replace(article, comments=tuple(left.values()), provenance=provenance)
