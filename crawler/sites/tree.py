"""A page as an element tree, with the limits of the parser watched.

libxml2's HTML parser stops at a nesting of 2,048 elements and drops what comes
after, silently but for an entry in its log: such a page is marked truncated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.sites.decode import decode
from crawler.sites.jsonld import json_ld
from crawler.sites.select import Element, Index
from crawler.sites.words import clean
from state.errors import NotArticleError
from state.records import Page

#: The deepest of 1,335 real pages has 51 levels.
_DEEPEST = 200
_DEEPEST_STYLE = 80
_DEEPEST_TOLD = 230
_STYLE = frozenset(b"b i u s em strong font span big small center strike tt sub sup g".split())
_TOLD = frozenset(b"h1 h2 h3 h4 h5 h6 p article time a figure figcaption".split())
_VOID = frozenset(b"area base br col embed hr img input link meta source track wbr param p li".split())
_TAG = re.compile(rb"<!--|<(?P<closes>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
#: What a browser reads past whole, and where it ends.
_ENDS = {
    b"<!--": re.compile(rb"-->"),
    b"script": re.compile(rb"</script\s*>", re.IGNORECASE),
    b"style": re.compile(rb"</style\s*>", re.IGNORECASE),
}
T = TypeVar("T")
_STRING = etree.XPath("string()", smart_strings=False)
_TEXT_LENGTH = etree.XPath("string-length(/html/body)")
_VISIBLE = etree.XPath("string-length(normalize-space(/html/body))")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page: its tree, and what its head says.

    ``data`` is the markup as UTF-8; ``truncated`` is empty, or says why part of
    the page is not in the tree.
    """

    url: str
    data: bytes
    root: Element
    decoded: str
    truncated: str
    meta: dict[str, str]
    links: dict[str, str]
    _made: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what was made of this page under a name, made now if it was not before."""
        if name not in self._made:
            self._made[name] = make()
        made: T = self._made[name]
        return made

    @property
    def index(self) -> Index:
        """Return the index of the page's classes and ids; made anew after a cut."""
        return self.once("index", lambda: Index(self.root))

    @property
    def json_ld(self) -> list[dict[str, Any]]:
        """Return every JSON-LD object of the page, graphs flattened; read once."""
        return self.once("json_ld", lambda: json_ld(self.root))

    @property
    def base(self) -> str:
        """Return the address against which the page's links are read: its own, else its canonical one."""
        return (
            self.url if is_web(self.url) else self.links.get("canonical", "") or self.meta.get("og:url", "")
        )

    def has_id(self, *names: str) -> bool:
        """Tell whether any element of the page's frame has one of these ids."""
        return any(name in self.index.frame.ids for name in names)

    def select(self, selector: str) -> list[Element]:
        """Return the page's elements that a selector fits."""
        return self.index.select(selector)

    def first(self, *selectors: str) -> Element | None:
        """Return the first element of the first selector that finds one."""
        return self.index.first(*selectors)

    def cut(self, elements: Iterable[Element]) -> None:
        """Take elements out of the page; the text after them stays."""
        if found := list(elements):
            drop(found)
            self._made.pop("index", None)

    def join(self, address: str | None) -> str | None:
        """Return an address of the page as an absolute one; None if it is empty or no web address."""
        if not address:
            return None
        try:
            joined = urljoin(self.base, address.strip())
        except ValueError:
            return None
        return joined if is_web(joined) else None


def is_web(url: str) -> bool:
    """Tell whether an address is an http(s) one with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def read_document(page: Page) -> Document:
    """Return the page's tree.

    Raises:
        NotArticleError: The body is empty or holds no element.
    """
    decoded = decode(page.body, page.headers.get("content-type"))
    data = page.body if decoded.how == "utf-8" else decoded.text.encode("utf-8", "replace")
    cut = "the body was cut at the size limit" if page.truncated else ""
    return document_of(data, url=page.url, decoded=decoded.how, truncated=cut)


def document_of(data: bytes, *, url: str, decoded: str = "utf-8", truncated: str = "") -> Document:
    """Return the tree of markup that is UTF-8.

    Raises:
        NotArticleError: It holds no element.
    """
    root, cut = parse(data)
    if root is None:
        raise NotArticleError("the page is empty", url=url)
    meta, links = _head(root)
    return Document(
        url=url,
        data=data,
        root=root,
        decoded=decoded,
        truncated=truncated or cut,
        meta=meta,
        links=links,
    )


def parse(markup: str | bytes) -> tuple[Element | None, str]:
    """Return the tree of any markup (UTF-8 if bytes; None if there is none) and what was done to get it whole.

    Markup nested deeper than the parser goes is read a second time with the innermost tags left out:
    its structure suffers, its words stay.
    """
    data = markup.encode("utf-8", "replace") if isinstance(markup, str) else markup
    data = data.replace(b"\0", b"") if b"\0" in data else data
    root, cut = _tree(data)
    if not cut:
        return root, ""
    shallow, still_cut = _tree(flattened(data))
    return shallow, "nested deeper than 2,048 elements" + (
        "" if still_cut else "; read without the innermost tags"
    )


def _tree(data: bytes) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, False
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def flattened(data: bytes) -> bytes:
    """Return markup without the tags that are nested deeper than a page a person wrote ever is."""
    depth = dropped = 0
    kept: list[bytes] = []
    copied = 0
    for found in _tags(data):
        name = found["name"].lower()
        if name in _VOID:
            continue
        if not found["closes"]:
            if depth < _limit(name):
                depth += 1
                continue
            dropped += 1
        elif dropped:
            dropped -= 1
        else:
            depth = max(0, depth - 1)
            continue
        kept += (data[copied : found.start()], b" ")
        copied = found.end()
    return b"".join([*kept, data[copied:]])


def _tags(data: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the tags of markup, those in comments, scripts and styles left out, in time as long as it is.

    An end that was not found once is not looked for again: a page of comments that never end costs no more.
    """
    ends = dict(_ENDS)
    at = 0
    while found := _TAG.search(data, at):
        at = found.end()
        opened = b"<!--" if found["name"] is None else b"" if found["closes"] else found["name"].lower()
        if (end := ends.get(opened)) is not None:
            if past := end.search(data, at):
                at = past.end()
                continue
            del ends[opened]
        if found["name"] is not None:
            yield found


def _limit(name: bytes) -> int:
    """Return how deep a tag may stand: styles least, what says something most."""
    return _DEEPEST_STYLE if name in _STYLE else _DEEPEST_TOLD if name in _TOLD else _DEEPEST


def language_of(element: Element) -> str | None:
    """Return the language that the page of an element names as its own."""
    return element.getroottree().getroot().get("lang")


def has_class(element: Element, names: frozenset[str]) -> bool:
    """Tell whether an element has one of these classes."""
    value = element.get("class")
    return value is not None and not names.isdisjoint(value.split())


def text_of(element: Element | None) -> str:
    """Return the words of a small element on one line, inline tags joined without a separator."""
    return "" if element is None else clean(str(_STRING(element)))


def visible_length(root: Element) -> int:
    """Return about how many characters a reader of the page sees: scripts and styles left out."""
    return max(0, int(float(str(_VISIBLE(root)))) - _unseen(root))


def text_length(root: Element) -> int:
    """Return how many characters the page's text has, the white space of its markup counted."""
    return max(0, int(float(str(_TEXT_LENGTH(root)))) - _unseen(root))


def _unseen(root: Element) -> int:
    body = root.find("body")
    hidden = () if body is None else body.iter("script", "style", "noscript", "template")
    return sum(len(element.text or "") for element in hidden)


def drop(elements: Iterable[Element]) -> None:
    """Take elements out of the tree; the text after them stays."""
    for element in list(elements):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def _head(root: Element) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a page's metas say by name, and the addresses of its links by relation; the first of each."""
    meta: dict[str, str] = {}
    links: dict[str, str] = {}
    for element in root.iter("meta", "link"):
        if element.tag == "meta":
            named = element.get("property") or element.get("name") or element.get("itemprop")
            name = named.lower() if named else ""
            if name and name not in meta and (content := element.get("content")):
                meta[name] = clean(content)
        elif (relation := element.get("rel")) and (address := element.get("href")):
            for name in relation.lower().split():
                links.setdefault(name, address.strip())
    return meta, links
