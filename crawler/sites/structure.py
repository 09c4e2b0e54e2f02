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

from crawler.sites.blocks import NEVER_TEXT
from crawler.sites.cues import Cues, cues_of, is_quotation, name_of, words_apart, words_in
from crawler.sites.engine import Layout, page_number, post_of, topic_title
from crawler.sites.forum import is_withheld, topic
from crawler.sites.select import Element, PostIndex, Posts
from crawler.sites.stamps import EDITED, JOINED, inside
from crawler.sites.tree import Document
from state.article import Article
from state.errors import LayoutError

#: Addresses of topics that only forum software gives.
_FORUMS_OWN = re.compile(
    r"show(?:thread|post|topic)|viewt(?:opic|hread)|printt(?:hread|opic)|[?&]topic[=,]\d|/threads/[^/]*\d|/topic/\d|"
    r"/t/[^/]+/\d|/lofiversion/|/archive/(?:index\.php/)?t-",
    re.IGNORECASE,
)
#: Addresses that other pages have too.
_MAYBE = re.compile(
    r"/threads?/|[?&/]threads?[-=.]|/topics?/|/t\d+[-_/.]|-t\d+\.html|/f(?:orums?)?[-/]?\d*[-/].*\d|/print(?:page|view)",
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
    r"(?:$|[\s_\d-])|(?:post|message|comment)-?(?:text|body|content|message|msg|color)",
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
    r"attachments?|rating|report|informations|file-?(?:name|size|info))(?:$|[\s_-])",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^(?:re|aw|antw|odp|sv|ré|ответ)\s?:\s*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[-_]?\d+$")
_CLASS_WORDS = re.compile(r"\S+")
_SHORT = ("b", "strong", "h3", "h4", "h5", "h6", "td", "div", "span", "p", "dt", "a")
_SHORTEST = 12
_LONGEST_LABEL = 160
#: What stands in place of a withheld post, with date, number and name.
_LONGEST_STUB = 300
#: So many pieces of a text tell how much it weighs.
_ENOUGH = 60
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
    edited=(
        "[class*=edited], [class*=lastEdit], [class*=lastedit], [class*=last-edit], [class*=editDate], .edit",
    ),
    numbers=("id", "data-id", "data-post-id", "data-pid", "name"),
)


def may_be_topic(document: Document) -> bool:
    """Tell whether a page's address says that it is a forum's topic, or, with its software's name, that it may be.

    What calls itself an article is none: newspapers have addresses like these, and comments below.
    """
    address = document.url or document.base
    if is_forum(document):
        return not address or bool(_FORUMS_OWN.search(address) or _MAYBE.search(address))
    is_article = document.meta.get("og:type", "").lower() == "article" or b"NewsArticle" in document.data
    return bool(_FORUMS_OWN.search(address)) and not is_article


def is_forum(document: Document) -> bool:
    """Tell whether a page names forum software as its own."""
    return bool(_POWERED.search(document.data))


def parse(document: Document, now: datetime) -> Article:
    """Return the topic of a page by its structure alone; ``provenance.parser`` is ``structure``.

    Raises:
        LayoutError: No posts like one another were found.
    """
    cues = cues_of(document, now)
    frames = [frame for frame in _posts(document, cues) if not is_withheld(words_in(frame), _LONGEST_STUB)]
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
            made.append(post if post.author else post._replace(author=_name(frame, content, title)))
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
        if above is not None and cues.times[element] and cues.unlinked[element] >= _SHORTEST:
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
    """Tell whether neighbours may be posts: most have a name or number, or all have a class in common or none."""
    told = sum(bool(cues.names[member] or cues.numbers[member]) for member in members)
    if 2 * told > len(members) or set.intersection(*map(_kinds, members)):
        return True
    return members[0].tag in ("table", "tr", "li", "article") and not any(map(_plain, members))


def _weight(members: list[Element], cues: Cues) -> float:
    named = sum(map(cues.both, members)) / len(members)
    numbered = sum(bool(cues.numbers[member]) for member in members) / len(members)
    crowded = sum(cues.times[member] > 3 for member in members) / len(members)
    return (
        sum(min(cues.unlinked[member], 300) for member in members)
        * (1 + named + numbered)
        * (1 - 0.9 * crowded)
    )


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
    held |= {
        element
        for element in others
        if cues.times[element] and (cues.names[element] or cues.unlinked[element] >= _SHORTEST)
    }
    return [element for element in document.root.iter(str(members[0].tag)) if element in held]


def _kinds(element: Element) -> set[str]:
    """Return what names an element's kind: its classes, and its id without the number."""
    classes = {f".{name}" for name in (element.get("class") or "").split()}
    number = element.get("id") or ""
    return classes | ({f"#{_DIGITS.sub('', number)}"} if _DIGITS.search(number) else set())


def _contents(frames: list[Element], cues: Cues) -> list[Element | None]:
    """Return the element of each post that holds its message."""
    taken = set(frames)
    plain: _ByKind = defaultdict(dict)
    every: _ByKind = defaultdict(dict)
    for frame in frames:
        for part in _parts(frame, taken):
            kind = _kind(part)
            _keep_longest(every[kind], frame, part, cues)
            if _may_be_message(part, cues):
                _keep_longest(plain[kind], frame, part, cues)
    # what is called a text may name a day and a person in one post: there it counts too
    told = {
        kind: {**every[kind], **found} if _TEXTS.search(kind[1]) else found for kind, found in plain.items()
    }
    ranked = sorted(told, key=lambda kind: _votes(kind, told[kind].values()), reverse=True)
    return _unquoted([_content(frame, ranked, plain, every) for frame in frames])


def _content(frame: Element, ranked: list[_Kind], plain: _ByKind, every: _ByKind) -> Element | None:
    """Return a post's message: of the kind that most posts have, even where it names a day or a person."""
    found = [plain[kind].get(frame) for kind in ranked]
    if ranked and found[0] is None:
        named = set(ranked[0][1].split())
        alike = (
            parts[frame]
            for kind, parts in every.items()
            if frame in parts and _is_like(kind, ranked[0], named)
        )
        found[0] = every[ranked[0]].get(frame)
        if found[0] is None:
            found[0] = max(alike, key=lambda part: len(words_in(part)), default=None)
    return next((part for part in found if part is not None), None)


def _is_like(kind: _Kind, other: _Kind, named: set[str]) -> bool:
    return kind[0] == other[0] and not named.isdisjoint(kind[1].split())


def _unquoted(contents: list[Element | None]) -> list[Element | None]:
    """Return messages that software puts into a ``blockquote`` without saying so: where most are nothing else."""
    found = [content for content in contents if content is not None]
    inner = {content: _all_of_it(content) for content in found}
    if 2 * sum(box is not None for box in inner.values()) <= len(found) or len(found) < 2:
        return contents
    return [content if content is None or (box := inner[content]) is None else box for content in contents]


def _all_of_it(content: Element) -> Element | None:
    """Return the outermost ``blockquote`` of a message that holds nearly all of its words."""
    box = next(content.iter("blockquote"), None)
    return box if box is not None and len(words_in(box)) >= 0.9 * len(words_in(content)) else None


def _keep_longest(found: dict[Element, Element], frame: Element, part: Element, cues: Cues) -> None:
    known = found.get(frame)
    if known is None or cues.seen[part] > cues.seen[known]:
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
    if cues.names[part] or cues.times[part]:
        return False
    text = words_in(part)
    return bool(text) and not (
        len(text) < 160 and EDITED.search(text[:40].lower()) and any(c.isdigit() for c in text)
    )


def _kind(part: Element) -> _Kind:
    above = part.getparent()
    outer = "" if above is None else f"{above.tag} {_plain(above)}"
    return (str(part.tag), _plain(part), outer)


def _plain(element: Element) -> str:
    """Return an element's names without the numbers that end them."""
    named = (element.get(name) or "" for name in ("class", "id", "itemprop", "data-role"))
    return " ".join(_NUMBER.sub("", name) for name in _CLASS_WORDS.findall(words_apart(" ".join(named))))


def _votes(kind: _Kind, found: Iterable[Element]) -> float:
    texts = {"".join(islice(map(str, part.itertext()), _ENOUGH)) for part in found}
    weight = float(sum(min(len(text), 600) for text in texts))
    if _TEXTS.search(kind[1]):
        weight *= 5
    elif _BESIDE.search(kind[1]):
        weight *= 0.1
    elif _BESIDE.search(kind[2]):
        weight *= 0.3
    return weight * (0.1 if 2 * sum(map(_is_panel, texts)) >= len(texts) else 1)


def _is_panel(text: str) -> bool:
    """Tell whether a text is what software prints of a member: "Joined: March 2005", not words about joining."""
    found = JOINED.search(text[:200].lower())
    return found is not None and ":" in text[found.end() : found.end() + 16]


def _name(frame: Element, content: Element, title: str) -> str | None:
    """Return the author where neither link nor class tells the name: the first bold or short words that may be one."""
    for part in frame.iter(*_SHORT):
        is_leaf = all(child.tag in NEVER_TEXT for child in part)
        if (
            (part.tag not in ("b", "strong") and not is_leaf)
            or inside(part, content)
            or inside(content, part)
        ):
            continue
        if (text := name_of(part)) and text not in title and title not in text:
            return text
    return None


def _title(document: Document) -> str:
    """Return the topic's title: of the short texts in the page's own title the one that most speaks for itself."""
    whole = words_in(next(document.root.iter("title"), None))
    board = document.meta.get("og:site_name", "")
    told: Counter[str] = Counter()
    for part in document.root.iter(*_SHORT, "h1", "h2"):
        text = _REPLY.sub("", words_in(part)) if len(part) == 0 else ""
        if len(text) >= 5 and text in whole and text not in (whole, board):
            told[text] += 1 + 2 * (part.tag in ("h1", "h2", "h3"))
            told[text] += 4 * any(map(_leads_to_topic, (part, *islice(part.iterancestors(), 2))))
    if told:
        return max(told, key=lambda text: (told[text], len(text)))
    return topic_title(document, _GENERIC) or whole


def _leads_to_topic(element: Element) -> bool:
    return element.tag == "a" and bool(_FORUMS_OWN.search(element.get("href") or ""))


def _told(frames: list[Element], cues: Cues) -> list[str]:
    """Return which cues the posts had."""
    named = {"names": cues.names, "times": cues.times, "numbers": cues.numbers}
    return [name for name, counter in named.items() if all(counter[frame] for frame in frames)]
