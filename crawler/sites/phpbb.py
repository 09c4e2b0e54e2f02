"""Topics of phpBB 2 and 3, in its own styles (prosilver, subsilver2, subSilver) and skins built on them.

Boards before 3.3 print the time as text in the board's own format and zone:
"Postby r23 » Fri Dec 21, 2018 6:11 pm".
"""

from __future__ import annotations

import re
from datetime import datetime

from lxml.html import HtmlElement

from crawler.sites.engine import Layout, next_page as following, read_topic, xpaths
from crawler.sites.tree import Document, class_path, has_class
from state.article import Article

_NEXT = (
    f"//*[{class_path('pagination')}]//li[{class_path('next')}]//a/@href",
    '//a[@rel="next"]/@href',
    f"//*[{class_path('pagination')}]//strong[1]/following-sibling::a[1]/@href",
    f"//*[{class_path('pagination')}]//li[{class_path('active')}]/following-sibling::li[1]/a/@href",
    '//td[@class="nav" or @class="gensmall"]//b[.="1" or number(.)>1]/following-sibling::a[1]/@href',
)


def _is_quote(element: HtmlElement) -> bool:
    return element.tag == "blockquote" or has_class(
        element, "quote", "quotecontent", "quotewrapper", "quotetitle"
    )


_PROSILVER = Layout(
    name="phpbb 3 prosilver",
    posts=xpaths(
        f'//*[{class_path("post")} and starts-with(@id,"p") and number(substring(@id,2))=number(substring(@id,2))]',
        f"//*[{class_path('post', 'postrow', 'post-container')}][.//*[{class_path('postbody')}]//*[{class_path('content')}]]",
        f"//*[{class_path('postbody')}][.//*[{class_path('content')}]]/..",
    ),
    content=xpaths(
        f".//*[{class_path('postbody')}]//*[{class_path('content')}]",
        f".//*[{class_path('content', 'post-content', 'postcontent', 'post-text', 'message')}]",
        './/*[@itemprop="text" or @itemprop="articleBody"]',
        './/*[starts-with(@id,"post_content")]',
    ),
    authors=xpaths(
        f".//*[{class_path('author')}]//*[{class_path('username', 'username-coloured')}]",
        f".//*[{class_path('postprofile', 'post-profile', 'postauthor')}]//*[{class_path('username', 'username-coloured')}]",
        f".//*[{class_path('username', 'username-coloured', 'guest_username')}]",
        './/a[contains(@href,"mode=viewprofile") or contains(@href,"memberlist.php")][normalize-space(.)]',
        f".//*[{class_path('author')}]//strong | .//*[{class_path('postprofile')}]//dt//strong",
        f".//*[{class_path('postprofile')}]//dt",
        './/*[@itemprop="author"]//*[@itemprop="name"] | .//*[@itemprop="author"]',
    ),
    times=xpaths(
        f'.//*[{class_path("author", "post-date", "postdate")}]//time | .//time[@itemprop="datePublished"]',
        ".//time",
        f".//*[{class_path('author')}]",
        f".//*[{class_path('post-date', 'postdate', 'post-time', 'post_date', 'posttime', 'date')}]",
    ),
    titles=xpaths(
        f"//*[{class_path('topic-title')}]",
        '//h1[.//a[contains(@href,"viewtopic")]] | //h2[.//a[contains(@href,"viewtopic")]]',
        f"//h3[{class_path('first')}]",
        "//h1 | //h2",
    ),  # fmt: skip
    edited=xpaths(f".//*[{class_path('notice', 'post-edited', 'edited')}]"),
    next_pages=xpaths(*_NEXT),
    dropped=(
        "signature",
        "notice",
        "attachbox",
        "post-buttons",
        "author",
        "rules",
        "back2top",
        "codehead",
        "postprofile",
    ),
    is_quote=_is_quote,
)
_SUBSILVER = Layout(
    name="phpbb 3 subsilver2",
    posts=xpaths(
        f"//table[{class_path('tablebg')}][.//*[{class_path('postauthor')}]][.//*[{class_path('postbody')}]]",
        f"//table[.//*[{class_path('postauthor')}]][.//*[{class_path('postbody')}]][not(.//table[.//*[{class_path('postauthor')}]])]",
    ),
    content=xpaths(f".//*[{class_path('postbody')}]"),
    authors=xpaths(f".//*[{class_path('postauthor')}]"),
    times=xpaths(
        f".//td[{class_path('gensmall')}]//div[last()]",
        f".//td[{class_path('gensmall')}]",
        f".//*[{class_path('postdate')}]",
    ),
    titles=xpaths(f"//a[{class_path('titles', 'maintitle')}]", "//h1 | //h2"),
    next_pages=xpaths(*_NEXT),
    dropped=("attachtitle", "attachcontent"),
    is_quote=_is_quote,
    numbers=("name",),
)
_TWO = Layout(
    name="phpbb 2",
    posts=xpaths(
        f"//tr[td//*[{class_path('name')}]][td//*[{class_path('postbody')}]][not(.//tr[td//*[{class_path('name')}]][td//*[{class_path('postbody')}]])]"
    ),
    content=xpaths(f".//*[{class_path('postbody')}]"),
    authors=xpaths(f".//*[{class_path('name')}]//b", f".//*[{class_path('name')}]"),
    times=xpaths(f'.//*[{class_path("postdetails")}][contains(.,":")]'),
    titles=xpaths(f"//a[{class_path('maintitle')}]", "//h1"),
    edited=xpaths(f'.//*[{class_path("gensmall")}][contains(.,"edit")]'),
    next_pages=xpaths(*_NEXT),
    dropped=("genmed",),
    is_quote=_is_quote,
    numbers=("name",),
)
LAYOUTS = (_PROSILVER, _SUBSILVER, _TWO)
_POWERED = re.compile(r"phpbb", re.IGNORECASE)


def matches(markup: str) -> bool:
    """Tell whether a page bears this software's markers."""
    return "postbody" in markup and (
        "viewtopic" in markup or bool(_POWERED.search(markup)) or "postprofile" in markup
    )


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page; raises LayoutError if it has no title or no post with words."""
    return read_topic(document, LAYOUTS, "phpbb", now)


def next_page(document: Document) -> str | None:
    """Return the address of the topic's next page."""
    return following(document, LAYOUTS)
