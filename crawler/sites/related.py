"""Lists of other stories inside a story's text: their headlines name events that the story does not."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from crawler.sites.blocks import NEVER_TEXT
from crawler.sites.select import Element
from crawler.sites.words import clean

_CLASS = re.compile(
    r"^(?:related|recommended|read-?more|read-?also|also-?read|see-?also|more-?stories|interstitial-link|b-related)|"
    r"(?:^|[-_])(?:related|recommended)(?:$|[-_](?:stories|story|content|articles|links|news|items?|posts?|block|box|list))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[\[(【]?\s*(?:related(?:\s+(?:stories|story|articles|news|content|links|coverage))?|read\s+more|read\s+also|also\s+read|"
    r"see\s+also|more\s+stories|more\s+on\s+this|recommended|you\s+may\s+also\s+like|xem\s+thêm|tin\s+liên\s+quan|bài\s+liên\s+quan|"
    r"相关(?:新闻|报道|文章|链接|阅读)?|相關(?:新聞|報道|報導|文章|連結)?|延伸(?:阅读|閱讀)|관련\s*(?:기사|뉴스)|ព័ត៌មាន\s*ទាក់ទង|អត្ថបទ\s*ទាក់ទង|"
    r"អានបន្ថែម|ข่าวที่เกี่ยวข้อง|ຂ່າວກ່ຽວຂ້ອງ|ဆက်စပ်သတင်း(?:များ)?|འབྲེལ་ཡོད་གསར་འགྱུར།?|مۇناسىۋەتلىك خەۋەرلەر)\s*[:：]?\s*[\])】]?$",
    re.IGNORECASE,
)
_LISTS = frozenset(("ul", "ol", "p", "div", "li"))
_BLOCKS = _LISTS | frozenset(
    (
        "section",
        "aside",
        "nav",
        "figure",
        "blockquote",
        "table",
        "dl",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "strong",
        "b",
    )
)
#: Elements looked back over for the label of a list.
_NEAR = 12
_LABELS = frozenset(("h2", "h3", "h4", "h5", "h6", "p", "strong", "div", "b"))
_LONGEST_LABEL = 60


def is_related(element: Element) -> bool:
    """Tell whether an element lists other stories: by its class, its label, or as links under such a label."""
    tag = element.tag
    if tag not in _BLOCKS:
        return False
    if _is_named_so(element.get("class"), element.get("id")):
        return True
    own = element.text
    if own and len(own) > _LONGEST_LABEL and not own.isspace():
        return False
    if _is_label(element) or _is_labelled(element):
        return True
    return tag in _LISTS and _is_links(element) and _under_label(element)


@lru_cache(maxsize=1024)
def _is_named_so(classes: str | None, number: str | None) -> bool:
    """Tell whether classes or the id say that an element lists other stories; a page repeats a few, often."""
    return any(map(_CLASS.search, (*(classes or "").split(), number or "")))


def _is_label(element: Element) -> bool:
    if element.tag not in _LABELS or len(element) > 2:
        return False
    return bool(_LABEL.match(_words(element, linked=True)))


def _is_labelled(element: Element) -> bool:
    """Tell whether an element's words outside its links are such a label ("Read more: …")."""
    if element.tag not in ("p", "li") or next(element.iter("a"), None) is None:
        return False
    return bool(_LABEL.match(_words(element, linked=False)))


def _is_links(element: Element) -> bool:
    """Tell whether an element has no words outside its links."""
    return next(element.iter("a"), None) is not None and not _words(element, linked=False)


def _words(element: Element, *, linked: bool) -> str:
    """Return an element's words up to a label's length, those of links too if ``linked``."""
    told = [element.text or ""]
    length = 0
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, part in walker:
        if event == "end" and part is not element:
            told.append(part.tail or "")
        elif event == "start" and part is not element:
            if part.tag in NEVER_TEXT or (part.tag == "a" and not linked):
                walker.skip_subtree()
            else:
                told.append(part.text or "")
        length += len(told[-1].strip())
        if length > _LONGEST_LABEL:
            break
    return clean("".join(told))[: _LONGEST_LABEL + 1]


def _under_label(element: Element) -> bool:
    """Tell whether only links stand between an element and the label of a list of other stories before it."""
    for _, before in zip(range(_NEAR), element.itersiblings(preceding=True), strict=False):
        if _is_label(before) or _is_labelled(before):
            return True
        if _words(before, linked=False):
            return False
    return False
