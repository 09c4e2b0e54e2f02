"""What the sample publishers say on the day of the demo, and what changes in the course of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from crawler.demo.server import SampleSite

#: The demo's day; every date in the sample pages belongs to it.
START = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)

DEFECTION = "/english/news/examplia/defect-03102026033000.html"
METRO = "/english/news/examplia/metro-03102026021500.html"
PARLIAMENT = "/english/news/mockland/parliament-03102026014500.html"
CALL = "/khmer/politics/2026/03/10/call-to-join/"
BRIDGE = "/khmer/society/2026/03/10/new-bridge/"
DISSOLUTION = "/a/examplia-court-dissolves-orchard-party/9900101.html"
MARRIAGE = "/a/film-couple-marriage-dissolved/9900102.html"
KEYBOARD = "/topic/4401-keyboard-defects/"
REPOST = "/topic/4402-supreme-court-dissolves-orchard-party/"

RFA_FEED = "/english/rss2.xml"
KHMER_FEED = "/arc/outboundfeeds/khmer/rss/"
VOA_FEED = "/rss/?zoneid=1579"
BOARD = "/forum/8-examplia-news/"


@dataclass(frozen=True, slots=True)
class _Item:
    path: str
    title: str
    published: datetime


@dataclass(slots=True)
class Newsstand:
    """Four publishers and the desk that listens."""

    rfa: SampleSite = field(default_factory=SampleSite)
    khmer: SampleSite = field(default_factory=SampleSite)
    voa: SampleSite = field(default_factory=SampleSite)
    forum: SampleSite = field(default_factory=SampleSite)
    desk: SampleSite = field(default_factory=SampleSite)

    @property
    def all(self) -> tuple[SampleSite, ...]:
        """Return every server."""
        return (self.rfa, self.khmer, self.voa, self.forum, self.desk)

    def open(self) -> None:
        """Publish what stands at the beginning of the day."""
        self.rfa.page(DEFECTION, "rfa-defection.html")
        self.rfa.page(METRO, "rfa-metro.html")
        self.rfa.page(PARLIAMENT, "rfa-parliament.html")
        self._feed(
            self.rfa,
            RFA_FEED,
            _Item(DEFECTION, "Four Lantern Party Lawmakers Defect to Examplia’s Ruling Party", _at(7, 41)),
            _Item(METRO, "Inspectors Find Defects in New Metro Cars", _at(6, 15)),
            _Item(PARLIAMENT, "Neighboring Mockland Dissolves Parliament, Sets Date for Vote", _at(5, 45)),
        )
        self.khmer.page(CALL, "rfa-khmer-call.html")
        self.khmer.page(BRIDGE, "rfa-khmer-bridge.html")
        self._feed(
            self.khmer,
            KHMER_FEED,
            _Item(CALL, "លោក តេស្ត សាកល្បង អំពាវនាវឱ្យសមាជិកគណបក្សគំរូចុះចូលគណបក្សកាន់អំណាច", _at(7, 2)),
            _Item(BRIDGE, "ស្ពានថ្មីមួយបើកឱ្យប្រើនៅក្រុងគំរូ", _at(5, 30)),
        )
        self.voa.page(DISSOLUTION, "voa-dissolution.html")
        self.voa.page(MARRIAGE, "voa-marriage.html")
        self._feed(
            self.voa,
            VOA_FEED,
            _Item(DISSOLUTION, "Examplia's Supreme Court Dissolves Opposition Orchard Party", _at(6, 5)),
            _Item(MARRIAGE, "Film Couple’s Marriage Dissolved by Sampleton Court", _at(5, 20)),
            links=False,
        )
        self.forum.page(KEYBOARD, "forum-keyboard.html")
        self.forum.page(BOARD, "forum-listing.html")

    def later(self) -> None:
        """Edit the defection, repost VOA's article on the forum, take the Khmer page down."""
        self.rfa.page(DEFECTION, "rfa-defection-edited.html")
        self.forum.page(REPOST, "forum-repost.html")
        self.forum.page(BOARD, "forum-listing-later.html")
        self.khmer.take_down(CALL)

    @staticmethod
    def _feed(site: SampleSite, path: str, *items: _Item, links: bool = True) -> None:
        """Serve RSS; VOA's own feeds have no ``link``, only a guid that is the address."""
        rows = "".join(_row(item, links=links) for item in items)
        site.text(
            path,
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Sample feed</title>'
            f"<link>{{base}}/</link><description></description><ttl>60</ttl>{rows}</channel></rss>",
            "application/rss+xml; charset=utf-8",
        )


def _row(item: _Item, *, links: bool) -> str:
    url = f"{{base}}{item.path}"
    link = f"<link>{url}</link>" if links else ""
    return (
        f"<item><title>{escape(item.title)}</title>{link}<description></description>"
        f'<guid isPermaLink="true">{url}</guid><pubDate>{format_datetime(item.published)}</pubDate></item>'
    )


def _at(hour: int, minute: int) -> datetime:
    return START.replace(hour=hour, minute=minute)
