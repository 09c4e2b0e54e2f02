"""Which system serves a site, seen by its pages' own marks, and where that system keeps its feeds and lists.

Sources of the addresses: the vendors' documentation and templates (WordPress,
Discourse, phpBB 3.3, XenForo 2, Invision 4.7, vBulletin 4), and for Radio Free
Asia and Voice of America the addresses that public scrapers use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from state.records import Page

_HEAD = 256 * 1024
_VOA_HOST = re.compile(r"(^|\.)(voa[a-z]*\.[a-z]+|voanews\.[a-z]+)$")
_RFA_SERVICES = frozenset(
    "english mandarin cantonese korean khmer vietnamese lao burmese tibetan uyghur".split()
)
_FORUM_NUMBER = re.compile(r"/forums?/(?:[^/?]*\.)?(\d+)")


@dataclass(frozen=True, slots=True)
class Family:
    """A system by name (``wordpress``, ``xenforo``, …) and the ``site`` a configuration would say."""

    name: str
    site: str


GENERIC = Family("unknown", "generic")
_MARKS: tuple[tuple[Family, re.Pattern[bytes]], ...] = (
    (Family("rfa-plone", "rfa"), re.compile(rb"storypagemaincol|sectionteaser|story_archive\?")),
    (Family("rfa-arc", "rfa"), re.compile(rb"radiofreeasia|outboundfeeds/|Fusion\.arcSite\s*=\s*[\"'](?:rfa-|radio-free)")),
    (Family("discourse", "discourse"), re.compile(rb"content=[\"']Discourse|\"topic_list\"\s*:|discourse-application")),
    (Family("xenforo", "xenforo"), re.compile(rb"<html[^>]{0,300}id=[\"']XF[\"']|structItem--thread|data-xf-init=")),
    (Family("invision", "invision"), re.compile(rb"ipsApp\b|ipsDataItem\b|ipsData__item|ipsStreamItem|data-ips-|ipsType_")),
    (Family("phpbb", "phpbb"), re.compile(rb"id=[\"']phpbb[\"']|viewforum\.php\?|viewtopic\.php\?|topictitle")),
    (Family("vbulletin", "vbulletin"), re.compile(rb"content=[\"']vBulletin|forumdisplay\.php|id=[\"']threadbits|threadbit\b")),
    (Family("wordpress", "generic"), re.compile(rb"content=[\"']WordPress|/wp-content/|/wp-json/|wp-block-|wordpress\.org/\?v=")),
    (Family("pangea", "voa"), re.compile(rb"\bpg-title\b|media-block__|id=[\"']article-content|utag_data|/rss/\?zoneid=")),
)  # fmt: skip


def family_of(page: Page) -> Family:
    """Return the family whose marks a page bears; by the host where it bears none."""
    head = page.body[:_HEAD]
    for family, marks in _MARKS:
        if marks.search(head):
            return family
    host = (urlsplit(page.url).hostname or "").lower()
    if host == "rfa.org" or host.endswith(".rfa.org"):
        return Family("rfa-arc", "rfa")
    return Family("pangea", "voa") if _VOA_HOST.search(host) else GENERIC


def usual_addresses(family: Family, url: str) -> list[str]:
    """Return where a site of this family usually keeps what can be watched, the likeliest first."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    paths = [*_PATHS.get(family.name, _paths_of_none)(parts.path, parts.query), *_EVERYWHERE]
    return list(dict.fromkeys(urljoin(root, path) for path in paths))


_EVERYWHERE = ("/sitemap.xml",)


def _paths_of_none(path: str, query: str) -> list[str]:
    return ["/feed/", "/rss.xml", "/feed.xml", "/news-sitemap.xml"]


def _rfa(path: str, query: str) -> list[str]:
    first = path.strip("/").partition("/")[0]
    service = first if first in _RFA_SERVICES else "english"
    return [
        f"/arc/outboundfeeds/{service}/rss/",
        f"/arc/outboundfeeds/{service}/sitemap-news/",
        f"/{service}/news-sitemap.xml",
        f"/{service}/rss2.xml",
        f"/{service}/story_archive",
    ]


def _pangea(path: str, query: str) -> list[str]:
    zone = re.search(r"/z/(\d+)", path)
    return [*([f"/rss/?zoneid={zone[1]}&count=50"] if zone else []), "/rssfeeds"]


def _wordpress(path: str, query: str) -> list[str]:
    section = path.rstrip("/")
    is_section = section.count("/") > 0 and not re.search(r"/\d{4}/|\.html?$", section)
    return [
        *([f"{section}/feed/"] if is_section else []),
        "/feed/",
        "/wp-sitemap.xml",
        "/sitemap_index.xml",
        "/news-sitemap.xml",
    ]


def _discourse(path: str, query: str) -> list[str]:
    category = re.match(r"/c/[^?]*?(?=\.json|\.rss|/l/|$)", path)
    return [*([f"{category[0].rstrip('/')}.json"] if category else []), "/latest.json", "/latest.rss"]


def _phpbb(path: str, query: str) -> list[str]:
    folder = path.rpartition("/")[0]
    forum = parse_qs(query, max_num_fields=20).get("f", [""])[0] if query.count("&") < 20 else ""
    own = [f"{folder}/app.php/feed/forum/{forum}"] if forum.isdecimal() else []
    return [*own, f"{folder}/app.php/feed", f"{folder}/feed"]


def _xenforo(path: str, query: str) -> list[str]:
    before, found, rest = path.partition("/forums/")
    board = rest.strip("/").partition("/")[0]
    own = [f"{before}/forums/{board}/index.rss"] if found and board else []
    return [*own, f"{before if found else ''}/forums/-/index.rss"]


def _invision(path: str, query: str) -> list[str]:
    before, found, rest = path.partition("/forum/")
    board = rest.strip("/").partition("/")[0]
    own = [f"{before}/forum/{board}.xml"] if found and re.match(r"\d+-", board) else []
    return [*own, "/discover/all.xml/", "/discover/"]


def _vbulletin(path: str, query: str) -> list[str]:
    folder = path.rpartition("/")[0]
    number = re.match(r"(?:f=)?(\d+)", query) or _FORUM_NUMBER.search(path)
    own = [f"{folder}/external.php?type=RSS2&forumids={number[1]}"] if number else []
    return [*own, f"{folder}/external.php?type=RSS2"]


_PATHS = {
    "rfa-plone": _rfa,
    "rfa-arc": _rfa,
    "pangea": _pangea,
    "wordpress": _wordpress,
    "discourse": _discourse,
    "phpbb": _phpbb,
    "xenforo": _xenforo,
    "invision": _invision,
    "vbulletin": _vbulletin,
}
