"""From what an address and its neighbours offer → the table of a source, complete, and why each channel is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.discover.family import Family
from crawler.discover.probe import Offer
from crawler.sites.language import detect
from state.article import tidy

_STILL_AFTER = timedelta(days=60)
_MOST = {"feed": 2, "sitemap": 1, "listing": 1, "topic": 1}
_TABLE_KEYS = {"feed": "feeds", "sitemap": "sitemaps", "listing": "listings", "topic": "topics"}
_SERVICES = {
    "english": "en", "mandarin": "zh-Hans", "cantonese": "yue", "korean": "ko", "khmer": "km", "vietnamese": "vi",
    "lao": "lo", "burmese": "my", "tibetan": "bo", "uyghur": "ug",
}  # fmt: skip
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_NO_NAME = re.compile(
    r"\d*|[0-9a-f]{16,}|(?:index|forums?|z|a|c|topic|threads|t|viewforum|viewtopic|rss\w*|feeds?|atom|sitemap\w*|latest|"
    r"story-archive|arc|outboundfeeds)(?:-(?:php|xml|json|html?))*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A source as the configuration would say it, and one sentence on each offer that was taken or left out."""

    name: str
    table: dict[str, str | list[str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to watch."""
        return not any(key in self.table for key in _TABLE_KEYS.values())


def propose(asked: str, offers: Sequence[Offer], family: Family, *, now: datetime) -> Proposal:
    """Return the source to watch; only what was read, in the order in which it is to be believed.

    What the asked address itself offers comes first of its kind.  A channel that
    stood still for two months is left out where another shows newer items.
    """
    newest = max((offer.newest_at for offer in offers if offer.newest_at is not None), default=None)
    table: dict[str, str | list[str]] = {"site": family.site}
    if language := _language(asked, offers):
        table["language"] = language
    remarks: list[str] = []
    for kind, key in _TABLE_KEYS.items():
        taken: list[str] = []
        for offer in sorted((o for o in offers if o.kind == kind), key=lambda o: _rank(o, asked)):
            if is_still(offer, now) and newest is not None and newest > now - _STILL_AFTER:
                remarks.append(f"{offer.url} stands still since {offer.newest_at:%d %b %Y}: left out")
            elif len(taken) < _MOST[kind] and _brings_more(offer, taken, offers):
                taken.append(offer.url)
        if taken:
            table[key] = taken
    lists = [offer for offer in offers if offer.url in table.get("listings", ())]
    remarks += [
        f"{offer.url} names no older page: what it drops between two looks is missed"
        for offer in lists
        if not offer.leads_back and len(table) < 4
    ]
    if newest is not None and newest < now - _STILL_AFTER:
        remarks.append(f"nothing newer than {newest:%d %b %Y} anywhere: this publisher may have ended")
    return Proposal(name=source_name(asked), table=table, remarks=tuple(remarks))


def is_still(offer: Offer, now: datetime) -> bool:
    """Tell whether a channel's newest item is months old."""
    return offer.newest_at is not None and offer.newest_at < now - _STILL_AFTER


def agreeing(offer: Offer, offers: Sequence[Offer]) -> int:
    """Return how many of a channel's items another channel shows, too."""
    others = frozenset[str]().union(*(other.keys for other in offers if other.url != offer.url))
    return len(offer.keys & others)


def source_name(url: str) -> str:
    """Return a name fit for ``[sources.NAME]``, of the host and the section."""
    parts = urlsplit(url)
    host = (parts.hostname or "source").removeprefix("www.")
    words = [*host.split(".")[:-1], *parts.path.lower().split("/")[1:4]]
    plain = [_NOT_IN_A_NAME.sub("-", word).strip("-") for word in words]
    short = [word for word in plain if len(word) <= 30 and not _NO_NAME.fullmatch(word)]
    return "-".join(short)[:40].strip("-") or _NOT_IN_A_NAME.sub("-", host).strip("-") or "source"


def _rank(offer: Offer, asked: str) -> tuple[bool, bool, float, int]:
    age = -offer.newest_at.timestamp() if offer.newest_at is not None else 0.0
    is_pageless_list = offer.kind == "listing" and not offer.leads_back
    return is_pageless_list, offer.url != asked, age // 86400, -offer.items


def _brings_more(offer: Offer, taken: Sequence[str], offers: Sequence[Offer]) -> bool:
    known = frozenset[str]().union(*(other.keys for other in offers if other.url in taken))
    return not taken or bool(offer.keys - known)


def _language(asked: str, offers: Sequence[Offer]) -> str | None:
    """Return the language of the titles; what the site says of itself decides only between those of one script."""
    said = next((offer.language for offer in offers if offer.language), None)
    service = next((_SERVICES[word] for word in urlsplit(asked).path.split("/") if word in _SERVICES), None)
    titles = [tidy(title) for offer in offers for title in offer.sample if not title.startswith("http")]
    found = detect(titles, service or said)
    return None if found == "und" else found
