"""What on a page says that somebody wrote something at some time: names, times and numbers of posts.

Cues inside quotations are left out: they tell of another post.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from lxml import etree

from crawler.sites.blocks import NEVER_TEXT, blocks
from crawler.sites.select import Element
from crawler.sites.stamps import EDITED, JOINED, inside, read_date
from crawler.sites.tree import Document, text_of
from crawler.sites.words import clean

_POST_NUMBER = re.compile(
    r"^(?:[a-z]{0,12}[-_]?)?(?:post|msg|message|comment|reply|entry|answer|pid|p)[-_]?(?:[a-z]{2,12}[-_]?)?\d+$",
    re.IGNORECASE,
)
PROFILE = re.compile(
    r"/(?:members?|users?|profiles?|u|author|people|membre|benutzer|utilisateur|miembros?|usuarios?)/[^/?#]|"
    r"member(?:list)?\.php|user\.php|profile\.php|[?&](?:showuser|uid|userid|memberid)=|mode=viewprofile|action=profile|"
    r"space[-_]uid|/@[\w.-]+$",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"(?:^|[\s_-])(?:user-?name|author|auteur|autor|poster|post(?:er)?-?name|nick(?:-?name)?|creator|member-?name|login)"
    r"(?:$|[\s_-])|username",
    re.IGNORECASE,
)
_QUOTE = re.compile(
    r"^(?:ips|bb-?code-?(?:block-*)?|bbcode_|post-?|forum-?)?(?:quot(?:e|ed|es|ation)|citation|zitat|cita)"
    r"(?:[-_]*(?:title|content|main|top|wrapper|wrap|area|container|block|box|body|text|message))?$",
    re.IGNORECASE,
)
#: How a quotation begins that no class tells apart (vBulletin 3, in some languages).
_CITES = re.compile(
    r"(?:originally (?:posted|written) by|zitat von|citation envoyée par|escrito originalmente por|cita de|"
    r"originariamente inviato|oorspronkelijk geplaatst|сообщение от|orijinalini yazan|trích dẫn|原帖由|作者)\b",
    re.IGNORECASE,
)
_MESSAGES = re.compile(r"postcontent|message|restore|content|body", re.IGNORECASE)
_PASSED_OVER = NEVER_TEXT | {"nav", "head"}
_SEEN = etree.XPath(
    "descendant::text()[not(parent::script or parent::style or parent::noscript or parent::template)]"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DATELIKE = re.compile(
    r"\d[:.h]\d\d|(?:19|20|25)\d\d|\d [^\W\d_]{3}|\bago\b|yesterday|today|heute|gestern|hier|ayer|hoy|вчера|сегодня|昨天|今天|前"
)
_LABEL = re.compile(
    r"^(?:(?:posted|written|created|by|posté|par|von|por|di|da|de|od|от|автор|autor|author|auteur|name|user|beitrag|post|"
    r"geschrieben|verfasst|von|publi\w+|inviato|napisa\w+|doo?r|av|작성자|作者|投稿者|ผู้เขียน|bởi)\b\s*:?\s*)+",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^[\W\d_]*$|^(?:re|aw|subject|betreff|thema|titre|asunto|тема|reply|quote|report|like|guest post|online|offline|new)\b|:$",
    re.IGNORECASE,
)
_LONGEST_NAME = 60
#: A page has at most so many times; what a hostile one has more is not looked at.
_MOST = 8000


@dataclass(slots=True)
class Cues:
    """How many names, times and numbered elements stand in each element of a page, quotations left out."""

    names: Counter[Element]
    times: Counter[Element]
    numbers: Counter[Element]
    #: How many characters stand in each element, and in no link of it.
    seen: dict[Element, int]
    unlinked: dict[Element, int]

    def both(self, element: Element) -> bool:
        """Tell whether a name and a time stand in an element."""
        return bool(self.names[element] and self.times[element])


def cues_of(document: Document, now: datetime) -> Cues:
    """Return the cues of a page."""
    found = Cues(Counter(), Counter(), Counter(), *_lengths(document.root))
    left = {"names": _MOST, "numbers": _MOST, "times": _MOST}
    walker = etree.iterwalk(document.root, events=("start",))
    for _, element in walker:
        if not isinstance(element.tag, str) or element.tag in _PASSED_OVER or is_quotation(element):
            walker.skip_subtree()
            continue
        if left["names"] and _is_name(element):
            left["names"] -= 1
            _count(found.names, element)
        if left["numbers"] and _POST_NUMBER.match(element.get("id") or element.get("name") or ""):
            left["numbers"] -= 1
            _count(found.numbers, element)
        if left["times"] and _may_be_time(element):
            left["times"] -= 1
            if _is_time(document, element, now):
                _count(found.times, element)
    return found


def _count(counter: Counter[Element], element: Element) -> None:
    counter.update((element, *element.iterancestors()))


def _lengths(root: Element) -> tuple[dict[Element, int], dict[Element, int]]:
    """Return about how many characters a reader sees in each element, and how many of them are in no link."""
    seen: dict[Element, int] = {}
    unlinked: dict[Element, int] = {}
    for element in reversed(list(root.iter(etree.Element))):
        if element.tag in NEVER_TEXT:
            seen[element] = unlinked[element] = 0
            continue
        own = _size(element.text) + sum(_size(child.tail) for child in element)
        seen[element] = own + sum(seen.get(child, 0) for child in element)
        unlinked[element] = (
            0 if element.tag == "a" else own + sum(unlinked.get(child, 0) for child in element)
        )
    return seen, unlinked


def _size(text: str | None) -> int:
    return len(text.strip()) if text else 0


def is_quotation(element: Element) -> bool:
    """Tell whether an element is a quotation; some software puts whole messages into a ``blockquote``."""
    named = element.get("class") or ""
    if element.tag == "td" and (
        "inset" in (element.get("style") or "")
        or _CITES.match("".join(islice(map(str, element.itertext()), 12)).lstrip())
    ):
        return True
    if element.tag in ("aside", "div", "td", "span", "table", "p", "fieldset"):
        return any(map(_QUOTE.match, named.split()))
    return element.tag == "blockquote" and not (
        _MESSAGES.search(named) and "data-quote" not in element.attrib
    )


def words_in(element: Element | None) -> str:
    """Return what a reader sees of an element, on one line."""
    return "" if element is None else clean("".join(_seen(element)))


def _seen(element: Element) -> list[str]:
    found = _SEEN(element)
    return [str(text) for text in found] if isinstance(found, list) else []


def words_apart(named: str) -> str:
    """Return names of classes with their words apart: ``richText`` is ``rich-Text``."""
    return _CAMEL.sub("-", named)


def _is_name(element: Element) -> bool:
    if element.tag == "a" and PROFILE.search(element.get("href") or ""):
        return True
    if element.get("itemprop") in ("author", "creator") or element.get("data-author"):
        return True
    return element.tag not in ("body", "form", "table") and bool(
        NAMES.search(words_apart(element.get("class") or ""))
    )


def _may_be_time(element: Element) -> bool:
    if element.tag == "time" or element.get("data-time") or element.get("data-timestamp"):
        return True
    for text in (
        element.get("title") if element.tag in ("abbr", "span") else None,
        element.text,
        *(c.tail for c in element),
    ):
        if text and 6 <= len(text) <= 160 and _DATELIKE.search(text):
            return True
    return False


def _is_time(document: Document, element: Element, now: datetime) -> bool:
    if element.tag == "time" or element.get("data-time") or element.get("data-timestamp"):
        return True
    texts = (element.get("title"), element.text, *(child.tail for child in element))
    for text in texts:
        told = clean(text or "")
        if (
            _is_short_date(told)
            and not (JOINED.search(told.lower()) or EDITED.search(told.lower()))
            and read_date(document, told, now)
        ):
            return True
    return False


def _is_short_date(text: str) -> bool:
    """Tell whether a text is no more than a date with a word or two before it."""
    return (
        6 <= len(text) <= 70
        and len(text.split()) <= 10
        and (len(text) <= 20 or any(c.isdigit() for c in text))
    )


def named_in(parts: Iterable[Element], content: Element) -> str | None:
    """Return who is named in a post outside its message: by a link to a member, else by what classes call a name."""
    classed: str | None = None
    for part in parts:
        leads = part.tag == "a" and PROFILE.search(part.get("href") or "")
        if not leads and (classed or not NAMES.search(words_apart(part.get("class") or ""))):
            continue
        if inside(part, content) or inside(content, part):
            continue
        text = name_of(part)
        if text and leads:
            return text
        classed = classed or text
    return classed


def name_of(part: Element) -> str | None:
    """Return the name that an element prints, without "by" and the like; None if it is something else."""
    inner = next(
        (
            text
            for leaf in part.iter("a", "strong", "b", "span")
            if len(leaf) == 0 and (text := text_of(leaf))
        ),
        "",
    )
    first = inner or next((block.text for block in blocks(part)), "")
    text = clean(_LABEL.sub("", first))
    if not text or len(text) > _LONGEST_NAME or _NO_NAME.search(text) or is_datelike(text):
        return None
    return text


def is_datelike(text: str) -> bool:
    """Tell whether a text may hold a date."""
    return bool(_DATELIKE.search(text)) and any(c.isdigit() for c in text)
