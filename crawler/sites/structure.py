"""Topics of software and skins that no layout fits, read by their structure.

A post is one of several like elements, each with a time of its own and a text,
mostly with a link to its author.  The elements whose posts hold most text are
taken; the message is the part without names and times that, over all posts
together, holds most words.  Layouts are exact; this is for what they miss.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from lxml import etree

from crawler.sites.blocks import NEVER_TEXT, line
from crawler.sites.cues import NAMES, PROFILE, Cues, cues_of, is_datelike, is_quotation, words_apart
from crawler.sites.engine import Layout, page_number, post_of, topic_title
from crawler.sites.forum import topic
from crawler.sites.select import Element, PostIndex, Posts
from crawler.sites.stamps import JOINED, inside
from crawler.sites.tree import Document, text_of
from crawler.sites.words import clean
from state.article import Article
from state.errors import LayoutError

#: Addresses of topics in the forms that forum software gives them.
TOPIC_ADDRESS = re.compile(
    r"show(?:thread|post|topic)|viewt(?:opic|hread)|printt(?:hread|opic)|print(?:page|view)|/threads?/|[?&/]threads?[-=.]|"
    r"[?&](?:show)?topic[=,]\d|/topics?/[^/]*\d|/t/[^/]+/\d|/lofiversion/|/archive/(?:index\.php/)?t-|/t\d+[-_/.]|-t\d+\.html",
    re.IGNORECASE,
)
_POWERED = re.compile(
    rb"powered by.{0,120}(?:vBulletin|phpBB|Invision|IP\.Board|XenForo|Discourse|SMF|MyBB|FluxBB|PunBB|Discuz|WoltLab|Vanilla)"
    rb"|forum software|community software by|id=.(?:phpbb|XF|XenForo)\b|vbulletin_|ipsLayout|community platform",
    re.IGNORECASE | re.DOTALL,
)
_FRAMES = frozenset("div li article section table tbody tr td dl dd p".split())
_TEXTS = re.compile(
    r"(?:^|[\s_-])(?:message|msg|content|text|body|posttext|postbody|post-?content|message-?text|bbcode|entry|cooked)"
    r"(?:$|[\s_\d-])|(?:post|message|comment)-?(?:text|body|content|message|msg)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"user|author|profile|member|avatar|stats|signature|(?:^|[\s_-])sig(?:$|[\s_-])|footer|toolbar|buttons?|controls|actions|"
    r"likes?|react|rank|badge|subject|title|breadcrumb|nav",
    re.IGNORECASE,
)
#: Inside messages: what belongs to the software.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:signature|sig|actions?|buttons?|controls?|toolbar|likes?|reactions?|share|edited|last-?edit(?:ed)?|"
    r"attachments?|rating|report)(?:$|[\s_-])",
    re.IGNORECASE,
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
_REPLY = re.compile(r"^(?:re|aw|antw|odp|sv|ré|ответ)\s?:\s*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_SHORT = ("b", "strong", "h3", "h4", "h5", "h6", "td", "div", "span", "p", "dt", "a")
_LONGEST_NAME = 60
_SHORTEST = 12
#: Tag and names of an element, and those of the one around it.
_Kind = tuple[str, str, str]
_ByKind = defaultdict[_Kind, dict[Element, Element]]
_GENERIC = Layout(
    name="structure",
    posts=(),
    content=(),
    authors=(
        "[itemprop=author] [itemprop=name]",
        ".username, .user-name, .postname, .poster, .nickname, .creator",
        "[class*=username]",
        "[rel=author]",
    ),
    author_data=("data-author", "data-username", "data-user", "data-name"),
    times=(
        "time",
        "[data-time]",
        "[data-timestamp]",
        "abbr[title]",
        "span[title]",
        "[class*=date]",
        "[class*=time]",
    ),
    titles=("h1[class*=title]", "h1[class*=subject]", "h1", "h2[class*=title]"),
    is_quote=lambda element: is_quotation(element),
    numbers=("id", "data-id", "data-post-id", "data-pid", "name"),
)


def may_be_topic(document: Document) -> bool:
    """Tell whether a page's address, if it is known, and its software's name say that it is a forum's topic."""
    address = document.url or document.base
    return bool((not address or TOPIC_ADDRESS.search(address)) and _POWERED.search(document.data))


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page by its structure alone; ``provenance.parser`` is ``structure``.

    Raises:
        LayoutError: No posts like one another were found.
    """
    cues = cues_of(document, now)
    frames = _posts(document, cues)
    if not frames:
        raise LayoutError("no elements like posts were found", url=document.url, hint="tried by structure")
    contents = _contents(frames, cues)
    posts = Posts(document.index, frames)
    title = _title(document)
    furniture = (name for name in document.index.all.classes if _FURNITURE.search(words_apart(name)))
    layout = replace(_GENERIC, dropped=tuple(furniture))
    made = []
    for frame, content in zip(frames, contents, strict=True):
        if content is not None:
            post = post_of(document, layout, PostIndex(posts, frame), content, posts.elements, now)
            made.append(post if post.author else replace(post, author=_name(frame, content, title)))
    return topic(
        document,
        title=title,
        posts=made,
        site="generic",
        page=page_number(document),
        provenance={"parser": "structure", "cues": _told(frames, cues)},
    )


def _posts(document: Document, cues: Cues) -> list[Element]:
    """Return the elements that are posts: of all groups of like neighbours the one that holds most."""
    groups: defaultdict[tuple[Element, str], list[Element]] = defaultdict(list)
    for element in document.root.iter(*_FRAMES):
        above = element.getparent()
        if above is not None and cues.times[element] and _length(element) >= _SHORTEST:
            groups[(above, str(element.tag))].append(element)
    many = [members for members in groups.values() if len(members) > 1 and _are_alike(members, cues)]
    if not many:
        many = [members for members in groups.values() if len(members) == 1 and cues.numbers[members[0]]][-1:]
    best: list[Element] = []
    weight = 0.0
    for members in many:
        found = _weight(members, cues)
        if found > weight * (1.1 if len(members) < len(best) else 1):
            best, weight = members, found
    return _with_likes(document, best, cues) if best else []


def _are_alike(members: list[Element], cues: Cues) -> bool:
    """Tell whether neighbours may be posts: most have a name or number, or all look the same to a style sheet."""
    told = sum(bool(cues.names[member] or cues.numbers[member]) for member in members)
    return 2 * told > len(members) or len({_plain(member) for member in members}) == 1


def _weight(members: list[Element], cues: Cues) -> float:
    named = sum(map(cues.both, members)) / len(members)
    numbered = sum(bool(cues.numbers[member]) for member in members) / len(members)
    crowded = sum(cues.times[member] > 3 for member in members) / len(members)
    return sum(min(_length(member), 300) for member in members) * (1 + named + numbered) * (1 - 0.9 * crowded)


def _with_likes(document: Document, members: list[Element], cues: Cues) -> list[Element]:
    """Return posts with those that stand elsewhere on the page: a first post, a best answer, nested ones."""
    shared = set.intersection(*(_kinds(member) for member in members))
    if not shared:
        return members
    held = set(members)
    holders = {above for member in members for above in member.iterancestors()}
    others = (
        element
        for element in document.root.iter(str(members[0].tag))
        if element not in held and element not in holders and shared <= _kinds(element)
    )
    held |= {element for element in others if cues.times[element] and _length(element) >= _SHORTEST}
    return [element for element in document.root.iter(str(members[0].tag)) if element in held]


def _kinds(element: Element) -> set[str]:
    """Return what names an element's kind: its classes, and its id without the number."""
    classes = {f".{name}" for name in (element.get("class") or "").split()}
    number = element.get("id") or ""
    return classes | ({f"#{_DIGITS.sub('', number)}"} if _DIGITS.search(number) else set())


def _length(element: Element) -> int:
    """Return about how long an element's words are without its links."""
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return len(text_of(element)) - linked


def _contents(frames: list[Element], cues: Cues) -> list[Element | None]:
    """Return the element of each post that holds its message."""
    taken = set(frames)
    plain: _ByKind = defaultdict(dict)
    every: _ByKind = defaultdict(dict)
    for frame in frames:
        for part in _parts(frame, taken):
            kind = _kind(part)
            _keep_longest(every[kind], frame, part)
            if _may_be_message(part, cues):
                _keep_longest(plain[kind], frame, part)
    ranked = sorted(plain, key=lambda kind: _votes(kind, plain[kind].values()), reverse=True)
    return [_content(frame, ranked, plain, every) for frame in frames]


def _content(frame: Element, ranked: list[_Kind], plain: _ByKind, every: _ByKind) -> Element | None:
    """Return a post's message: of the kind that most posts have, even where it names a day or a person."""
    found = [plain[kind].get(frame) for kind in ranked]
    if ranked and found[0] is None:
        found[0] = every[ranked[0]].get(frame)
    content = next((part for part in found if part is not None), None)
    if content is None:
        return None
    inner = list(content.iter("blockquote"))
    if len(inner) == 1 and inner[0] is not content and not is_quotation(inner[0]):
        return inner[0]
    return content


def _keep_longest(found: dict[Element, Element], frame: Element, part: Element) -> None:
    known = found.get(frame)
    if known is None or len(text_of(part)) > len(text_of(known)):
        found[frame] = part


def _parts(frame: Element, taken: set[Element]) -> Iterator[Element]:
    walker = etree.iterwalk(frame, events=("start",))
    for _, part in walker:
        if part is frame:
            continue
        if not isinstance(part.tag, str) or part in taken or part.tag in NEVER_TEXT or is_quotation(part):
            walker.skip_subtree()
        else:
            yield part


def _may_be_message(part: Element, cues: Cues) -> bool:
    if part.tag in ("a", "b", "i", "em", "strong", "img", "br", "time", "li", "h1", "h2", "h3", "h4"):
        return False
    return not (cues.names[part] or cues.times[part]) and bool(text_of(part))


def _kind(part: Element) -> _Kind:
    above = part.getparent()
    outer = "" if above is None else f"{above.tag} {_plain(above)}"
    return (str(part.tag), _plain(part), outer)


def _plain(element: Element) -> str:
    named = (element.get(name) or "" for name in ("class", "id", "itemprop", "data-role"))
    return _DIGITS.sub("", words_apart(" ".join(named))).strip()


def _votes(kind: _Kind, found: Iterable[Element]) -> float:
    texts = {text_of(part) for part in found}
    weight = float(sum(min(len(text), 600) for text in texts))
    if _TEXTS.search(kind[1]):
        weight *= 5
    elif _BESIDE.search(kind[1]):
        weight *= 0.1
    elif _BESIDE.search(kind[2]):
        weight *= 0.3
    told = sum(bool(JOINED.search(text)) and len(text) < 200 for text in texts)
    return weight * (0.1 if 2 * told > len(texts) else 1)


def _name(frame: Element, content: Element, title: str) -> str | None:
    """Return the author where no selector finds the name: a link to a member, a class, the first short words."""
    ways: tuple[Iterator[Element], ...] = (
        (part for part in frame.iter("a") if PROFILE.search(part.get("href") or "")),
        (part for part in frame.iter(etree.Element) if NAMES.search(words_apart(part.get("class") or ""))),
        (part for part in frame.iter(*_SHORT) if part.tag in ("b", "strong") or len(part) == 0),
    )
    for found in ways:
        for part in found:
            if inside(part, content) or inside(content, part):
                continue
            text = clean(_LABEL.sub("", line(part)))
            if not text or len(text) > _LONGEST_NAME or text in title or title in text:
                continue
            if not _NO_NAME.search(text) and not is_datelike(text):
                return text
    return None


def _title(document: Document) -> str:
    """Return the topic's title: of the short texts in the page's own title the one that most speaks for itself."""
    whole = text_of(next(document.root.iter("title"), None))
    board = document.meta.get("og:site_name", "")
    told: Counter[str] = Counter()
    for part in document.root.iter(*_SHORT, "h1", "h2"):
        text = _REPLY.sub("", text_of(part)) if len(part) == 0 else ""
        if len(text) >= 5 and text in whole and text not in (whole, board):
            told[text] += 1 + 2 * (part.tag in ("h1", "h2", "h3"))
            told[text] += 4 * any(map(_leads_to_topic, (part, *islice(part.iterancestors(), 2))))
    if told:
        return max(told, key=lambda text: (told[text], len(text)))
    return topic_title(document, _GENERIC) or whole


def _leads_to_topic(element: Element) -> bool:
    return element.tag == "a" and bool(TOPIC_ADDRESS.search(element.get("href") or ""))


def _told(frames: list[Element], cues: Cues) -> list[str]:
    """Return which cues the posts had."""
    named = {"names": cues.names, "times": cues.times, "numbers": cues.numbers}
    return [name for name, counter in named.items() if all(counter[frame] for frame in frames)]
