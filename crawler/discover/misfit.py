"""What came instead of a feed, sitemap or listing, said so that a person can act on it."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

_HEAD = 64 * 1024
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta[\s>]", re.IGNORECASE)
_FEEDS = rb"rss|feed|rdf|channel"
_FEED = re.compile(rb"<(?:[a-z]+:)?(?:" + _FEEDS + rb")[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:[a-z]+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_XML_KINDS = re.compile(rb"<(?:[a-z]+:)?(" + _FEEDS + rb"|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|verify you are (?:a )?human|captcha|cf-chl|"
    r"access denied|request unsuccessful|enable javascript and cookies|ddos protection|are you a robot|"
    r"unusual traffic|security check|_incapsula_|px-captcha",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:sign|log) in\b|you do not have permission|members only|please register", re.IGNORECASE
)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LONGEST_TITLE = 80


def is_html(body: bytes) -> bool:
    """Tell whether bytes are an HTML page rather than XML of some feed."""
    head = _without_comments(body[:_HEAD])
    found = _HTML.search(head)
    if not found:
        return False
    kind = _XML_KINDS.search(head)
    return kind is None or found.start() < kind.start()


def _without_comments(head: bytes) -> bytes:
    first, *rest = head.split(b"<!--")
    return b"".join([first, *(piece.partition(b"-->")[2] for piece in rest)])


def is_feed(body: bytes) -> bool:
    """Tell whether bytes begin as some feed would."""
    return _FEED.search(body[:_HEAD]) is not None


def is_sitemap(body: bytes) -> bool:
    """Tell whether bytes begin as a sitemap or an index of sitemaps would."""
    return not is_html(body) and _SITEMAP.search(body[:_HEAD]) is not None


def describe(body: bytes) -> str:
    """Return in words what these bytes are: "an empty answer", "a challenge page (…)", "an HTML page (…)"."""
    plain = body.strip(b" \t\r\n\x00\xef\xbb\xbf")
    if not plain:
        return "an empty answer"
    if is_html(body):
        return _describe_html(body)
    kind = _XML_KINDS.search(plain[:_HEAD])
    if kind:
        return f"broken XML that begins as <{kind.group(1).decode().lower()}>"
    if plain[:1] in b"{[":
        return "JSON of another kind"
    if plain[:5] == b"<?xml":
        return "XML of another kind"
    if b"\x00" in plain[:1024] or plain[:4] in (b"%PDF", b"\x89PNG", b"PK\x03\x04"):
        return "binary data"
    return f"plain text ({' '.join(plain[:60].decode('utf-8', 'replace').split())!r})"


def is_challenge(body: bytes) -> bool:
    """Tell whether a page wants to know if we are human, or refuses us in an HTML page."""
    text = body[:_HEAD].decode("utf-8", "replace")
    return is_html(body) and len(body) < 4 * _HEAD and bool(_CHALLENGE.search(text))


def _describe_html(body: bytes) -> str:
    title = _title(body)
    named = f" ({title!r})" if title else ""
    if is_challenge(body):
        return f"a challenge page{named}"
    if _LOGIN.search(title):
        return f"a login page{named}"
    return f"an HTML page{named}"


def advertised_feeds(body: bytes, base_url: str) -> tuple[str, ...]:
    """Return the feeds that an HTML page names in its head, at most five."""
    root = _tree(body)
    found: list[str] = []
    for link in root.iterfind(".//link") if root is not None else ():
        kind = (link.get("type") or "").strip().lower()
        address = (link.get("href") or "").strip()
        if "alternate" in (link.get("rel") or "").lower() and kind in _FEED_TYPES and address:
            found.append(urljoin(base_url, address))
    return tuple(dict.fromkeys(found))[:5]


def remedy(body: bytes, base_url: str, wanted: str) -> str:
    """Return what to do about a page that stands where ``wanted`` ("a feed") was due."""
    if is_html(body):
        feeds = advertised_feeds(body, base_url)
        if feeds:
            return f"the page names these feeds: {', '.join(feeds)}"
        if is_challenge(body):
            return "the site asks whether we are human; use a sitemap or a mirror, or ask the publisher"
        return f"open the address in a browser and look for {wanted}; as a listing it may be read too"
    return f"check that the address is {wanted}"


def _title(body: bytes) -> str:
    root = _tree(body)
    text = root.findtext(".//title") if root is not None else None
    return " ".join((text or "").split())[:_LONGEST_TITLE]


def _tree(body: bytes) -> etree._Element | None:
    try:
        return document_fromstring(body[: 4 * _HEAD], parser=HTMLParser(recover=True, no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
