"""Articles and their versions: everything a page ever said, and whether the page is still there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import bindparam, func, insert, select, update

from state.archive.warc import WarcRecord, response_record
from state.article import Article
from state.article_json import to_json
from state.records import Page
from state.store.article_rows import ArticleRows
from state.store.db import AnyRow, Db
from state.store.ledger import Ledger, article_subject
from state.store.prepared import Prepared
from state.store.responses import ResponseRow, Responses
from state.store.stored_article import search_text
from state.store.tables import articles, versions

Rendering = Literal["page", "embedded", "alternate", "feed"]

#: Versions are made by one rendering per article: the best that was ever to be had.
RANK: dict[str, int] = {"page": 4, "embedded": 3, "alternate": 2, "feed": 1}
_MOST_ALIASES = 20
_LONGEST_VALIDATOR = 1000

_CALLED = articles.c.key == bindparam("called")
_STORED = Prepared(
    select(
        articles.c.version,
        articles.c.versions,
        articles.c.rendering,
        articles.c.aliases,
        articles.c.url,
        articles.c.state,
        articles.c.story,
        articles.c.backlog,
        articles.c.published_at,
        articles.c.modified_at,
    )
    .where(_CALLED)
    .with_for_update()
)
_INSERT_VERSION = Prepared(insert(versions))
_UPDATE = update(articles).where(_CALLED)
_RECHECK = Prepared(
    _UPDATE.values(
        recheck_at=bindparam("due", type_=articles.c.recheck_at.type), checks=articles.c.checks + 1
    )
)
_HERE: dict[str, Any] = {
    "gone_count": 0,
    "gone_410": 0,
    "gone_status": None,
    "gone_first_at": None,
    "state": "live",
}


class PutStatus(StrEnum):
    """What putting an article came to."""

    NEW = "new"
    REVISED = "revised"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutResult:
    """What putting an article came to.

    ``previous`` is the version before, where it was revised.  ``replaced`` is
    set when a better rendering took over, which is no edit by the publisher;
    ``alias`` when this was a lower rendering, recorded and not kept;
    ``came_back`` when the page had been gone.
    """

    status: PutStatus
    key: str
    version: str
    number: int
    previous: Article | None = None
    replaced: bool = False
    alias: bool = False
    came_back: bool = False
    story: str | None = None
    backlog: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """How often in a row a page was found gone, since when, and how often it said so for good (410)."""

    count: int
    first_at: datetime
    count_410: int


class Articles(ArticleRows):
    """Rows of ``articles`` and ``versions``."""

    def __init__(self, db: Db, ledger: Ledger, responses: Responses) -> None:
        super().__init__(db)
        self._ledger = ledger
        self._responses = responses

    def put(
        self,
        article: Article,
        *,
        now: datetime,
        rendering: Rendering = "page",
        page: Page | WarcRecord | None = None,
        backlog: bool = False,
        canary: bool = False,
        keep_bytes: bool = True,
    ) -> PutResult:
        """Keep an article: all of it if new or revised, with its response and an entry in the ledger.

        The same text again only proves that the page is there.  Without
        ``keep_bytes`` only the digests of the response stay, as of one given up.

        Raises:
            ValueError: The article has no key.
        """
        key = article.key
        if not key:
            raise ValueError(f"the article {article.url or article.title!r} has no key")
        stored = self._stored(key)
        if stored is None:
            form = to_json(article)
            arrival = _Arrival(key, article, form["version"], now, rendering, page, form, keep_bytes)
            if self._put_new(arrival, backlog, canary):
                return PutResult(
                    status=PutStatus.NEW, key=key, version=arrival.version, number=1, backlog=backlog
                )
            stored = self._stored(key)
        arrival = _Arrival(key, article, article.version, now, rendering, page, keep_bytes=keep_bytes)
        if stored.state == "forgotten" or RANK[rendering] < RANK[stored.rendering]:
            self._db.execute(
                _UPDATE.values(aliases=_aliases(stored, article.url, rendering), fetched_at=now),
                {"called": key},
            )
            return _result(PutStatus.SAME, key, stored, alias=True)
        came_back = stored.state == "gone"
        if arrival.version == stored.version:
            self._db.execute(_UPDATE.values(**_seen(arrival, stored)), {"called": key})
            return _result(PutStatus.SAME, key, stored, came_back=came_back)
        return self._put_revised(arrival, stored, came_back)

    def reparse(
        self, article: Article, response: ResponseRow, *, now: datetime, rendering: Rendering
    ) -> PutResult:
        """Keep what a better parser makes of a stored response: a version, but no edit by the publisher.

        The same text under another time of publication is one, too.

        Raises:
            LookupError: There is no such article.
        """
        key = article.key or ""
        stored = self._stored(key)
        if stored is None:
            raise LookupError(key)
        if stored.state == "forgotten" or (article.version == stored.version and self._is_dated(article)):
            return _result(PutStatus.SAME, key, stored)
        arrival = _Arrival(key, article, article.version, now, rendering, response)
        changed = {
            "published_at": article.published_at or stored.published_at,
            "modified_at": article.modified_at or stored.modified_at,
            "rendering": rendering,
        }
        return self._put_next(arrival, stored, changed, replaced=True, came_back=False)

    def _is_dated(self, article: Article) -> bool:
        """Tell whether the newest version bears the time of an article, or the article tells none."""
        newest = self.get(article.key or "")
        return newest is None or article.published_at in (None, newest.published_at)

    def _stored(self, key: str) -> AnyRow:
        return self._db.one(_STORED, {"called": key})

    def _put_new(self, arrival: _Arrival, backlog: bool, canary: bool) -> bool:
        """Insert the article; False if another process did so at this moment."""
        article = arrival.article
        values = {
            "key": arrival.key,
            "url": article.url,
            "canonical_url": article.canonical_url,
            "source": article.source,
            "site": article.site,
            "language": article.language,
            "title": article.title,
            "published_at": article.published_at,
            "modified_at": article.modified_at,
            "first_seen_at": arrival.now,
            "fetched_at": arrival.now,
            "version": arrival.version,
            "versions": 1,
            "rendering": arrival.rendering,
            **arrival.validators(article.url),
            "backlog": backlog,
            "canary": canary,
        }
        if not self._db.insert_new(articles, values):
            return False
        self._put_version(arrival, 1, replaced=False)
        return True

    def _put_revised(self, arrival: _Arrival, stored: AnyRow, came_back: bool) -> PutResult:
        replaced = RANK[arrival.rendering] > RANK[stored.rendering]
        seen = _seen(arrival, stored)
        return self._put_next(arrival, stored, seen, replaced=replaced, came_back=came_back)

    def _put_next(
        self, arrival: _Arrival, stored: AnyRow, changed: dict[str, Any], *, replaced: bool, came_back: bool
    ) -> PutResult:
        previous, number = self.get(arrival.key), stored.versions + 1
        self._put_version(arrival, number, replaced=replaced)
        changed |= {
            "title": arrival.article.title,
            "language": arrival.article.language,
            "version": arrival.version,
            "versions": number,
        }
        self._db.execute(_UPDATE.values(**changed), {"called": arrival.key})
        return PutResult(
            status=PutStatus.REVISED,
            key=arrival.key,
            version=arrival.version,
            number=number,
            previous=previous,
            replaced=replaced,
            came_back=came_back,
            story=stored.story,
            backlog=stored.backlog,
        )

    def _put_version(self, arrival: _Arrival, number: int, *, replaced: bool) -> None:
        response, digest = None, ""
        if isinstance(arrival.page, ResponseRow):
            response, digest = arrival.page.id, arrival.page.digest
        elif arrival.page is not None:
            record = response_record(arrival.page) if isinstance(arrival.page, Page) else arrival.page
            digest = record.digest
            response = self._responses.put(record, arrival.key, keep_bytes=arrival.keep_bytes)
        values = {
            "article": arrival.key,
            "number": number,
            "version": arrival.version,
            "rendering": arrival.rendering,
            "replaced": replaced,
            "seen_at": arrival.now,
            "response": response,
            "body": arrival.form or to_json(arrival.article),
            "text": search_text(arrival.article),
        }
        self._db.run(_INSERT_VERSION, values)
        detail = {"number": number, "response": digest}
        self._ledger.append("version", article_subject(arrival.key), arrival.version, arrival.now, detail)

    def add_alias(self, key: str, url: str, rendering: str) -> None:
        """Keep a further address of an article, which leads to this rendering of it."""
        if (stored := self._stored(key)) is not None:
            self._db.execute(_UPDATE.values(aliases=_aliases(stored, url, rendering)), {"called": key})

    def set_recheck(self, key: str, at: datetime | None) -> None:
        """Say when an article is to be read again; None is never.  Counts the check."""
        self._db.run(_RECHECK, {"called": key, "due": at})

    def gone(self, key: str, now: datetime, status: int) -> Gone:
        """Count that a page was found gone (404, 410, a redirect home as 302, a soft 404 as 404).

        Raises:
            LookupError: There is no such article.
        """
        first = func.coalesce(
            articles.c.gone_first_at, bindparam("first", now, articles.c.gone_first_at.type)
        )
        changed = _UPDATE.values(
            gone_count=articles.c.gone_count + 1,
            gone_410=articles.c.gone_410 + int(status == 410),
            gone_status=status,
            gone_first_at=first,
            checked_at=now,
        )
        self._db.execute(changed, {"called": key})
        row = self.row(key)
        if row is None or row.gone_first_at is None:
            raise LookupError(key)
        return Gone(row.gone_count, row.gone_first_at, row.gone_410)

    def alive(self, key: str, now: datetime) -> None:
        """Record that the page answers: earlier failures to find it no longer count."""
        self._db.execute(_UPDATE.values(**_HERE, checked_at=now), {"called": key})

    def set_state(self, key: str, state: Literal["live", "gone"]) -> None:
        """Record that the page is gone as far as anybody can tell, or there after all."""
        self._db.execute(_UPDATE.values(state=state), {"called": key})

    def set_backlog(self, key: str, backlog: bool) -> None:
        """Say whether an article was stored without ringing."""
        self._db.execute(_UPDATE.values(backlog=backlog), {"called": key})


@dataclass(frozen=True, slots=True)
class _Arrival:
    key: str
    article: Article
    version: str
    now: datetime
    rendering: Rendering
    page: Page | WarcRecord | ResponseRow | None
    form: dict[str, Any] | None = None
    keep_bytes: bool = True

    def validators(self, url: str | None) -> dict[str, str | None]:
        """Return what the server said of this answer; of another address than the article's it says nothing."""
        page = self.page
        if not isinstance(page, Page) or page.status != 200 or url not in (page.url, page.requested_url):
            return {"etag": None, "last_modified": None}
        named = {"etag": page.headers.get("etag"), "last_modified": page.headers.get("last-modified")}
        return {
            name: value if len(value or "") <= _LONGEST_VALIDATOR else None for name, value in named.items()
        }


def _result(
    status: PutStatus, key: str, stored: AnyRow, *, alias: bool = False, came_back: bool = False
) -> PutResult:
    return PutResult(
        status=status,
        key=key,
        version=stored.version,
        number=stored.versions,
        alias=alias,
        came_back=came_back,
        story=stored.story,
        backlog=stored.backlog,
    )


def _seen(arrival: _Arrival, stored: AnyRow) -> dict[str, Any]:
    """Return what changes whenever a page is read: it is there, and may know its dates better."""
    changed = _HERE | {
        "fetched_at": arrival.now,
        "checked_at": arrival.now,
        "rendering": arrival.rendering,
        "published_at": arrival.article.published_at or stored.published_at,
        "modified_at": arrival.article.modified_at or stored.modified_at,
    }
    url, here = stored.url, arrival.article.url
    if here and here != url and RANK[arrival.rendering] > RANK[stored.rendering]:
        changed["aliases"] = _aliases(stored, url, stored.rendering)
        changed |= {"url": here, "canonical_url": arrival.article.canonical_url}
        url = here
    elif here and here != url:
        changed["aliases"] = _aliases(stored, here, arrival.rendering)
    return changed | arrival.validators(url)


def _aliases(stored: AnyRow, url: str | None, rendering: str) -> list[dict[str, Any]]:
    """Return the article's other addresses with this one; each is named once, the oldest go."""
    alias = {"url": url, "rendering": rendering}
    return [*(known for known in stored.aliases if known != alias), alias][-_MOST_ALIASES:]
