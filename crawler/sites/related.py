"""Lists of other stories inside a story's text: their headlines name events that the story does not."""

from __future__ import annotations

import re

from crawler.sites.blocks import blocks, line
from crawler.sites.select import Element

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
#: Elements looked back over for the label of a list.
_NEAR = 12


def is_related(element: Element) -> bool:
    """Tell whether an element lists other stories: by its class, its label, or as links under such a label."""
    if any(map(_CLASS.search, _names(element))):
        return True
    if len(element) == 0 or element.tag in _LISTS or element.tag[:1] == "h" or element.tag == "strong":
        if _is_label(element) or _is_labelled(element):
            return True
        return element.tag in _LISTS and _is_links(element) and _under_label(element)
    return False


def _names(element: Element) -> list[str]:
    return [*(element.get("class") or "").split(), element.get("id") or ""]


def _is_label(element: Element) -> bool:
    if element.tag not in ("h2", "h3", "h4", "h5", "h6", "p", "strong", "div", "b"):
        return False
    return len(element) <= 2 and bool(_LABEL.match(line(element)[:60]))


def _is_labelled(element: Element) -> bool:
    """Tell whether an element's words outside its links are such a label ("Read more: …")."""
    if element.tag not in ("p", "li") or next(element.iter("a"), None) is None:
        return False
    outside = " ".join(
        block.text for block in blocks(element, lambda part: "drop" if part.tag == "a" else None)
    )
    return bool(outside) and bool(_LABEL.match(outside[:60]))


def _is_links(element: Element) -> bool:
    """Tell whether an element has no words outside its links."""
    linked = [part for part in element.iter("a") if line(part)]
    return bool(linked) and line(element) == " ".join(line(part) for part in linked)


def _under_label(element: Element) -> bool:
    """Tell whether only links stand between an element and the label of a list of other stories before it."""
    for _, before in zip(range(_NEAR), element.itersiblings(preceding=True), strict=False):
        if _is_label(before) or _is_labelled(before):
            return True
        if line(before) and not _is_links(before):
            return False
    return False
