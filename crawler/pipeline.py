"""One article, one transaction: kept, matched, understood, placed in its story, decided, promised.

Whatever this commits is either promised to a channel or carries the reason why
not; nothing in between survives a crash, because nothing in between is
committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.notify.canary import CANARY
from crawler.privacy import storable
from crawler.stories import place
from crawler.telling import Deed, Watching, carry_out, other_of, standings
from crawler.understand import Understood, understand
from crawler.withdrawal import gone, retract
from rules.alerts import Reading, decide
from rules.alerts.decide import BACKLOG
from rules.alerts.policy import Policy, Route
from rules.alerts.reading import ReadFrom
from rules.compile import ENGINE_VERSION
from rules.stories.standing import is_repost
from state.archive.warc import WarcRecord
from state.article import Article
from state.records import Assessment, Notice, Page, Placement
from state.store.articles import PutResult, PutStatus, Rendering
from state.store.responses import ResponseRow
from state.store.tx import Tx

__all__ = ["Ingested", "came_back", "gone", "ingest", "reconsider", "retract"]

#: Recorded of a match whose rule says that such a match is no alert.
NO_ALERT = "no alert"
_NOTHING: frozenset[int] = frozenset()
_CANARY_POLICY = Policy(routes=(Route(to=(CANARY,), group_wait=timedelta()),))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occasion:
    """With what, when and how an article is taken in; ``posts`` are the fresh ones, None for all."""

    app: Watching
    tx: Tx
    now: datetime
    reason: str = BACKLOG
    posts: frozenset[int] | None = None
    rendering: Rendering = "page"
    canary: bool = False
    quiet: bool = False

    @property
    def policy(self) -> Policy:
        """Return who hears of it: of a canary, nobody."""
        return _CANARY_POLICY if self.canary else self.app.policy


def ingest(
    article: Article,
    page: Page | WarcRecord | None,
    app: Watching,
    tx: Tx,
    *,
    rings: bool,
    now: datetime,
    rendering: Rendering = "page",
    reason: str = BACKLOG,
    fresh_posts: frozenset[int] | None = None,
    canary: bool = False,
    quiet: bool = False,
) -> Ingested:
    """Keep an article and promise what it gives rise to, all in the caller's transaction.

    Args:
        article: As parsed; it has a key.
        page: The response it came from, or its finished record; None for imports.  Of one that shows
            what may not be stored only the digest is kept.
        app: Settings, rules and policy in force.
        tx: An open write transaction.
        rings: Whether any of it is young enough to be told as news.
        now: The present instant.
        rendering: Which rendering of the page this was.
        reason: Why it does not ring, if it does not: ``backlog``, ``import`` …
        fresh_posts: Which posts are young enough (-1 the article, else a comment's
            index); None for all of them.
        canary: Whether it is an invented article that goes the real way to nobody.
        quiet: Whether nobody is told, not even that what was told before reads otherwise now.
    """
    is_cut = app.settings.privacy.comments == "match-only" and article.comments
    stored = tx.articles.get(article.key or "") if is_cut else None
    kept = storable(article, stored, app, now.date())
    article, posts = kept.article, kept.of(fresh_posts) if rings else _NOTHING
    put = tx.articles.put(
        article,
        page=page,
        rendering=rendering,
        now=now,
        backlog=not rings,
        canary=canary,
        keep_bytes=kept.is_whole,
    )
    if put.alias or (put.status is PutStatus.SAME and not put.came_back):
        return Ingested(status=put.status, key=put.key, version=put.version, reasons={})
    occasion = _Occasion(
        app=app, tx=tx, now=now, reason=reason, posts=posts, rendering=rendering, canary=canary, quiet=quiet
    )
    return _take_in(article, put, occasion)


def reparse(
    article: Article,
    response: ResponseRow,
    app: Watching,
    tx: Tx,
    *,
    rings: bool,
    now: datetime,
    rendering: Rendering,
) -> Ingested:
    """Keep what a better parser makes of a stored response; without ``rings`` nobody is told of it.

    The article is storable as it comes.
    """
    put = tx.articles.reparse(article, response, now=now, rendering=rendering)
    if put.status is PutStatus.SAME:
        return Ingested(status=put.status, key=put.key, version=put.version, reasons={})
    posts = None if rings else _NOTHING
    occasion = _Occasion(app=app, tx=tx, now=now, posts=posts, rendering=rendering, quiet=not rings)
    return _take_in(article, put, occasion)


def reconsider(
    key: str, app: Watching, tx: Tx, *, rings: bool, now: datetime, reason: str = BACKLOG
) -> Ingested | None:
    """Match and decide a stored article anew, where it now stands.

    For an article split off its story, a new rule over old articles, a better
    parser.  Returns None if the article is unknown or its text was forgotten.
    """
    occasion = _Occasion(app=app, tx=tx, now=now, reason=reason, posts=None if rings else _NOTHING)
    return _again(key, occasion, came_back=False)


def came_back(key: str, app: Watching, tx: Tx, now: datetime) -> Ingested | None:
    """Note that a page answers again, unchanged; whoever heard that it was gone is told."""
    row = tx.articles.row(key)
    tx.articles.alive(key, now)
    if row is None or row.state != "gone":
        return None
    return _again(key, _Occasion(app=app, tx=tx, now=now, posts=_NOTHING), came_back=True)


def _again(key: str, occasion: _Occasion, *, came_back: bool) -> Ingested | None:
    article = occasion.tx.articles.get(key)
    if article is None:
        return None
    put = PutResult(status=PutStatus.SAME, key=key, version=article.version, number=0, came_back=came_back)
    return _take_in(article, put, occasion)


def _take_in(article: Article, put: PutResult, occasion: _Occasion) -> Ingested:
    app, tx, now = occasion.app, occasion.tx, occasion.now
    replies_ring = _replies_ring(article, app)
    understood = understand(article, app.ruleset, occasion.posts, today=now.date(), replies_ring=replies_ring)
    if put.status is not PutStatus.SAME or not tx.matches.of(put.key, put.version):
        _keep(put, understood, occasion)
    is_new = put.status is PutStatus.NEW
    placed = place(article, put.key, understood.events, tx, now, is_new=is_new)
    reading = Reading(
        article=article,
        key=put.key,
        version=put.version,
        relation=placed.placement.relation,
        assessments=understood.assessments,
        fresh=understood.fresh,
        of=other_of(tx, placed.placement.of),
        found_original=other_of(tx, placed.found_original),
        revised=put.status is PutStatus.REVISED,
        replaced=put.replaced,
        back=put.came_back,
        replies_ring=replies_ring,
        changed_after=put.previous.fetched_at if put.previous else None,
        read_from=_read_from(article, occasion.rendering, placed.placement),
    )
    notices, reasons = _tell(reading, placed.placement.story, understood, occasion)
    return Ingested(
        status=put.status,
        key=put.key,
        version=put.version,
        placement=placed.placement,
        assessments=understood.assessments,
        notices=notices,
        reasons=reasons,
    )


def _keep(put: PutResult, understood: Understood, occasion: _Occasion) -> None:
    """Record what was found in a version; a text that was kept before is not told of twice.

    It may be taken otherwise now: whether something is past depends on the article's date.
    """
    tx, rules, now = occasion.tx, occasion.app.ruleset.hash, occasion.now
    known = () if put.status is PutStatus.NEW else tx.matches.of(put.key, put.version)
    new = () if any(match.ruleset == rules for match in known) else understood.matches
    tx.matches.put(put.key, put.version, rules, ENGINE_VERSION, new, now)
    if known:
        tx.events.forget(put.key, put.version)
    tx.events.put(put.key, put.version, understood.events, now)


def _replies_ring(article: Article, app: Watching) -> bool:
    source = app.settings.sources.get(article.source or "")
    return source is not None and source.replies == "ring"


def _read_from(article: Article, rendering: Rendering, placement: Placement) -> ReadFrom:
    if rendering == "feed":
        return "feed"
    return "copy" if is_repost(article) or placement.relation == "copy" else "page"


def _tell(
    reading: Reading, story: str, understood: Understood, occasion: _Occasion
) -> tuple[tuple[Notice, ...], dict[str, str]]:
    """Decide, and keep what is decided; return the notices made and the reasons for silence."""
    tx, now = occasion.tx, occasion.now
    if not understood.matches and not reading.revised and not reading.back:
        return (), {}
    stands = standings(tx, story, [item.kind for item in reading.assessments])
    before = {standing.kind: standing.alert for standing in stands}
    notices: list[Notice] = []
    reasons: dict[str, str] = {}
    decided = set()
    for decision in decide(reading, stands, now, reason=occasion.reason):
        decided.add(decision.kind)
        if occasion.quiet and decision.notice is not None:
            decision = replace(decision, alert=None, notice=None, recomposed=False, reason=occasion.reason)
        deed = Deed(decision, before[decision.kind], reading.article, occasion.policy, occasion.canary)
        why = carry_out(deed, tx, now)
        notices += [decision.notice] if decision.notice else []
        if why:
            reasons[decision.kind] = why
        alert = decision.alert or before[decision.kind]
        _attach(reading, decision.kind, alert.id if alert else None, why, tx)
    for kind in dict.fromkeys(match.kind for match in understood.matches):
        if kind not in decided:
            reasons[kind] = NO_ALERT
            _attach(reading, kind, None, NO_ALERT, tx)
    return tuple(notices), reasons


def _attach(reading: Reading, kind: str, alert: str | None, why: str, tx: Tx) -> None:
    """Write beside the matches of a kind which alert they belong to, and why they promise nothing."""
    code = why.split(":")[0].replace(" ", "_") or None
    tx.matches.attach(reading.key, reading.version, kind, alert=alert, why_no_promise=code)
