"""The page of a list before this one in time: by its marks, by its words, or by counting on from this one's number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from crawler.discover.layouts import base_of, select
from crawler.discover.reading import place, web_address
from crawler.sites.tree import text_of
from state.identity import host_of

_MOST_LOOKED_AT = 5000
#: Marks of Invision, XenForo, phpBB, vBulletin, Plone, WordPress, Drupal, Pangea and plain HTML.
_NEXT = (
    "link[rel='next'], a[rel='next'], li.ipsPagination_next a, .ipsPagination__next a, a.pageNav-jump--next, "
    "li.next a, .arrow.next a, a.next, a.pagination__next, span.prev_next a[rel='next'], .pagination-next a, "
    ".nav-previous a, a.nextpostslink, a.older-posts, .pager-next a, .pager__item--next a, a.link-showMore, "
    "a.load-more, .load-more a, [data-next-url]"
)
_WORDS = re.compile(
    r"(?:next(?: page)?|older(?: (?:posts|entries|news|stories))?|(?:load|show|view) more|more stories|siguiente|suivant|"
    r"weiter|далее|下一[页頁]|下页|次へ|다음|trang sau|tiếp(?: theo)?|បន្ទាប់|ต่อไป|ถัดไป|ຕໍ່ໄປ|နောက်(?:သို့|တစ်ခု)?)?\s*[>»›→]{0,2}",
    re.IGNORECASE,
)
_LONGEST_WORD = 30
_PATH_NUMBER = re.compile(r"/page[/-]?(\d{1,6})(?=/|$)", re.IGNORECASE)
_BOARD_FROM = re.compile(
    r"(\d{1,6})\.(\d{1,6})"
)  # Simple Machines: board 3 from its 20th topic is board=3.20
_PARAMETERS = frozenset(
    "page paged p pg pn pagenum page_no currentpage start offset st from skip b_start b_start:int".split()
)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A list's address without its page number, and that number."""

    rest: str
    number: int | None


def older_page(root: HtmlElement, url: str) -> str | None:
    """Return the address of the next page of the list at ``url``, None if it shows none."""
    here, base = place(url), base_of(root, url)
    for element in select(root, _NEXT):
        further = web_address(base, element.get("href") or element.get("data-next-url"))
        if further is not None and place(further) != here and host_of(further) == host_of(url):
            return further
    links = [link for link in _links(root, base) if place(link[0]) != here]
    return _counted_on(links, url) or _said(links, url)


def _links(root: HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    for element in select(root, "a[href]")[:_MOST_LOOKED_AT]:
        url = web_address(base, element.get("href"))
        if url is not None and host_of(url) == host_of(base):
            yield url, text_of(element)[: _LONGEST_WORD + 1]


def _counted_on(links: list[tuple[str, str]], base: str) -> str | None:
    """Return the link that differs from this page in its number only, by the least step on."""
    here = _numbered(base)
    further: dict[int, str] = {}
    for url, text in links:
        there = _numbered(url)
        if there.number is None or there.rest != here.rest or there.number <= (here.number or 0):
            continue
        if here.number is None and text == "2":
            return url  # whether counting begins at 0 or 1, this is the second page
        further.setdefault(there.number, url)
    if here.number is None and len(further) > 1:
        further.pop(1, None)  # the first page under its full name
    return further[min(further)] if further else None


def _said(links: list[tuple[str, str]], base: str) -> str | None:
    folder = urlsplit(base).path.rstrip("/")
    for url, text in links:
        is_below = urlsplit(url).path.rstrip("/").startswith(folder)
        if is_below and text and _WORDS.fullmatch(text) and _numbered(url).number is not None:
            return url
    return None


def _numbered(url: str) -> _Numbered:
    parts = urlsplit(url)
    number: int | None = None
    if found := _PATH_NUMBER.search(parts.path):
        number = int(found[1])
        parts = parts._replace(path=parts.path[: found.start()] + parts.path[found.end() :])
    kept = []
    for name, value in parse_qsl(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else ():
        if name.lower() in _PARAMETERS and value.isdecimal() and len(value) <= 6:
            number = int(value)
        elif name.lower() == "board" and (found := _BOARD_FROM.fullmatch(value)):
            number = int(found[2])
            kept.append(f"board={found[1]}")
        else:
            kept.append(f"{name}={value}")
    return _Numbered(f"{parts.path.rstrip('/')}?{'&'.join(sorted(kept))}", number)
