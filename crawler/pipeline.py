"""One article, one transaction: kept, matched, understood, placed in its story, decided, promised.

Whatever this commits is either promised to a channel or carries the reason why
not; nothing in between survives a crash, because nothing in between is
committed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.telling import Watching, carry_out, other_of, standings, with_outlet
from crawler.understand import Understood, understand
from crawler.withdrawal import gone, retract
from rules.alerts import Decision, Reading, decide
from rules.alerts.decide import BACKLOG
from rules.alerts.reading import ReadFrom
from rules.match import ENGINE_VERSION
from rules.stories import Neighbour, assign, signature
from rules.stories.place import is_repost
from state.article import Article
from state.records import Assessment, Notice, Page, Placement
from state.store.articles import PutResult, PutStatus, Rendering
from state.store.tx import Tx

__all__ = ["Ingested", "gone", "ingest", "reconsider", "retract"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of an article; ``reasons`` tells for each kind without a promise why there is none."""

    status: PutStatus
    key: str
    version: str
    placement: Placement | None = None
    assessments: tuple[Assessment, ...] = ()
    notices: tuple[Notice, ...] = ()
    reasons: Mapping[str, str]


def ingest(
    article: Article,
    page: Page | None,
    app: Watching,
    tx: Tx,
    *,
    rings: bool,
    now: datetime,
    rendering: Rendering = "page",
    reason: str = BACKLOG,
    fresh_posts: frozenset[int] | None = None,
) -> Ingested:
    """Keep an article and promise what it gives rise to, all in the caller's transaction.

    Args:
        article: As parsed; it has a key.
        page: The response it came from, None for imports.
        app: Settings, rules and policy in force.
        tx: An open write transaction.
        rings: Whether any of it is young enough to be told as news.
        now: The present instant.
        rendering: Which rendering of the page this was.
        reason: Why it does not ring, if it does not: ``backlog``, ``import`` …
        fresh_posts: Which posts are young enough (-1 the article, else a comment's
            index); None for all of them.
    """
    article = _held(article, app)
    put = tx.articles.put(article, page=page, rendering=rendering, now=now, backlog=not rings)
    if put.alias or (put.status is PutStatus.SAME and not put.came_back):
        return Ingested(status=put.status, key=put.key, version=put.version, reasons={})
    posts = (fresh_posts if fresh_posts is not None else None) if rings else frozenset[int]()
    return _take_in(article, put, app, tx, now=now, reason=reason, posts=posts, rendering=rendering)


def _held(article: Article, app: Watching) -> Article:
    """Return the article without what the configuration does not want kept."""
    return replace(article, comments=()) if app.settings.privacy.comments == "off" else article


def _take_in(
    article: Article,
    put: PutResult,
    app: Watching,
    tx: Tx,
    *,
    now: datetime,
    reason: str,
    posts: frozenset[int] | None,
    rendering: Rendering,
) -> Ingested:
    understood = _understand(article, app, posts)
    tx.matches.put(put.key, put.version, app.ruleset.hash, ENGINE_VERSION, understood.matches, now=now)
    tx.events.put(put.key, put.version, understood.events, now=now)
    placement, found_original = _place(article, put, understood, tx, now)
    reading = Reading(
        article=article,
        key=put.key,
        version=put.version,
        relation=placement.relation,
        assessments=understood.assessments,
        fresh=understood.fresh,
        of=other_of(tx, placement.of),
        found_original=other_of(tx, found_original),
        revised=put.status is PutStatus.REVISED,
        replaced=put.replaced,
        back=put.came_back,
        replies_ring=_replies_ring(article, app),
        changed_after=put.previous.fetched_at if put.previous else None,
        read_from=_read_from(article, rendering, placement),
    )
    notices, reasons = _tell(reading, placement.story, app, tx, now, reason)
    return Ingested(
        status=put.status,
        key=put.key,
        version=put.version,
        placement=placement,
        assessments=understood.assessments,
        notices=notices,
        reasons=reasons,
    )


def _understand(article: Article, app: Watching, posts: frozenset[int] | None) -> Understood:
    return understand(article, app.ruleset, posts, replies_ring=_replies_ring(article, app))


def _replies_ring(article: Article, app: Watching) -> bool:
    source = app.settings.sources.get(article.source or "")
    return source is not None and source.replies == "ring"


def _read_from(article: Article, rendering: Rendering, placement: Placement) -> ReadFrom:
    if rendering == "feed":
        return "feed"
    return "copy" if is_repost(article) or placement.relation == "copy" else "page"


def _place(
    article: Article, put: PutResult, understood: Understood, tx: Tx, now: datetime
) -> tuple[Placement, str | None]:
    """Return the article's place, and the repost whose original it is; a revised article keeps its place."""
    found = signature(article, understood.events)
    known = tx.stories.get(put.key)
    if known is not None:
        tx.stories.place(put.key, known, found.keys, now=now)
        return known, None
    assigned = assign(put.key, found, _neighbours(put.key, found.lookup, tx))
    tx.stories.place(put.key, assigned.placement, found.keys, now=now)
    for key, placement in assigned.demoted:
        tx.stories.place(key, placement, None, now=now)
    return assigned.placement, assigned.found_original


def _neighbours(key: str, lookup: Sequence[str], tx: Tx) -> list[Neighbour]:
    found = []
    for stored in tx.stories.neighbours(lookup):
        if stored.key == key or (article := tx.articles.get(stored.key)) is None:
            continue
        events = tuple(tx.events.of(stored.key, article.version))
        found.append(Neighbour(key=stored.key, placement=stored.placement, article=article, events=events))
    return found


def _tell(
    reading: Reading, story: str, app: Watching, tx: Tx, now: datetime, reason: str
) -> tuple[tuple[Notice, ...], dict[str, str]]:
    """Decide and keep what is decided; return the notices made and the reasons for silence."""
    kinds = [item.kind for item in reading.assessments]
    stands = standings(tx, story, kinds)
    before = {standing.kind: standing.alert for standing in stands}
    notices: list[Notice] = []
    reasons: dict[str, str] = {}
    for decision in decide(reading, stands, now, reason=reason):
        done = with_outlet(decision, reading.article)
        why = carry_out(done, before[done.kind], reading.article, app.policy, tx, now)
        if done.notice is not None:
            notices.append(done.notice)
        if why:
            reasons[done.kind] = why
        _attach(done, before[done.kind] is not None, reading, tx, why)
    return tuple(notices), reasons


def _attach(decision: Decision, had_alert: bool, reading: Reading, tx: Tx, why: str) -> None:
    """Write beside the matches of this kind which alert they belong to, and why they promise nothing."""
    alert = decision.alert.id if decision.alert else None
    tx.matches.attach(reading.key, reading.version, decision.kind, alert=alert, why_no_promise=why or None)


def reconsider(
    key: str, app: Watching, tx: Tx, *, rings: bool, now: datetime, reason: str = BACKLOG
) -> Ingested | None:
    """Match and decide a stored article anew, where it now stands.

    For an article split off its story, a new rule over old articles, a better
    parser.  Returns None if the article is unknown or its text was forgotten.
    """
    article = tx.articles.get(key)
    if article is None:
        return None
    version = article.version
    put = PutResult(status=PutStatus.SAME, key=key, version=version, number=0)
    posts = None if rings else frozenset[int]()
    return _take_in(article, put, app, tx, now=now, reason=reason, posts=posts, rendering="page")
