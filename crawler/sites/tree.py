"""A page as an element tree, with the limits of the parser watched.

libxml2's HTML parser stops at a nesting of 2,048 elements and drops what comes
after, silently but for an entry in its log: such a page is marked truncated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.sites.decode import decode
from crawler.sites.jsonld import json_ld
from crawler.sites.words import clean
from state.errors import NotArticleError
from state.records import Page

_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_METAS = etree.XPath("//meta[@content]")
_LINKS = etree.XPath("//link[@href][@rel]")
_VISIBLE = etree.XPath("string-length(normalize-space(//body))")
_UNSEEN = etree.XPath("//body//*[self::script or self::style or self::noscript or self::template]")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page: its tree, and what its head says.

    ``truncated`` is empty, or says why part of the page is not in the tree.
    """

    url: str
    markup: str
    root: HtmlElement
    decoded: str
    truncated: str
    meta: dict[str, str]
    links: dict[str, str]
    _data: list[list[dict[str, Any]]] = field(default_factory=list)

    @property
    def json_ld(self) -> list[dict[str, Any]]:
        """Return every JSON-LD object of the page, graphs flattened; read once."""
        if not self._data:
            self._data.append(json_ld(self.root))
        return self._data[0]

    @property
    def base(self) -> str:
        """Return the address against which the page's links are read: its own, else its canonical one."""
        return (
            self.url if is_web(self.url) else self.links.get("canonical", "") or self.meta.get("og:url", "")
        )

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
    truncated = "the body was cut at the size limit" if page.truncated else ""
    root, cut = parse(decoded.text)
    if root is None:
        raise NotArticleError("the page is empty", url=page.url)
    return Document(
        url=page.url,
        markup=decoded.text,
        root=root,
        decoded=decoded.how,
        truncated=truncated or cut,
        meta=_metas(root),
        links=_links(root),
    )


def parse(markup: str) -> tuple[HtmlElement | None, str]:
    """Return the tree of any markup (None if there is none) and why it is incomplete, if it is."""
    parser = HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    data = markup.encode("utf-8", "replace").translate(None, _CONTROLS)
    try:
        root = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, ""
    deep = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, "elements are nested deeper than 2,048" if deep else ""


def has_class(element: HtmlElement, *names: str) -> bool:
    """Tell whether an element has one of these classes."""
    value = element.get("class")
    return value is not None and not set(names).isdisjoint(value.split())


def first(found: Sequence[HtmlElement]) -> HtmlElement | None:
    """Return the first of what an expression found, or None."""
    return found[0] if found else None


def text_of(element: HtmlElement | None) -> str:
    """Return the words of a small element on one line, inline tags joined without a separator."""
    return "" if element is None else clean("".join(element.itertext()))


def visible_length(root: HtmlElement) -> int:
    """Return about how many characters a reader of the page sees: scripts and styles left out."""
    unseen = sum(len(element.text or "") for element in _UNSEEN(root))
    return max(0, int(_VISIBLE(root)) - unseen)


def class_path(*names: str) -> str:
    """Return an XPath condition: the element has one of these classes."""
    return " or ".join(f'contains(concat(" ",normalize-space(@class)," ")," {name} ")' for name in names)


def drop(elements: Iterable[HtmlElement]) -> None:
    """Take elements out of the tree; the text after them stays."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _metas(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in _METAS(root):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            found.setdefault(name.lower(), clean(element.get("content", "")))
    return found


def _links(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in _LINKS(root):
        for name in element.get("rel", "").lower().split():
            found.setdefault(name, element.get("href", "").strip())
    return found
