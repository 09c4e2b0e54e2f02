"""Finding elements by class, id, tag and attribute.

An XPath over classes costs a third of parsing the page, each time.  Here one
pass over the tags that build a page's frame (a third of its elements) answers
``div.name`` from a table; a class or id without a tag needs a pass over all.
Selectors are CSS: tag, ``.class``, ``#id``, ``[attr]``, ``[attr=v]``,
``[attr^=v]``, ``[attr*=v]``, descendants by space, alternatives by comma.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lxml import etree

Element = etree._Element

#: A class attribute longer than this is an attack, not a list of classes.
_LONGEST_CLASS = 2000
#: Tags that frame a page; links, spans, list items and table cells are most of it and seldom asked for.
_FRAME = (
    "div", "article", "section", "main", "aside", "header", "footer", "figure", "table", "form", "blockquote", "h1", "h2",
    "h3", "ol", "ul", "dl", "time", "body",
)  # fmt: skip
_COMPOUND = re.compile(r"[a-z][a-z0-9]*|[.#][\w-]+|\[[\w-]+(?:[\^*]?=[^\]]+)?\]", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\[([\w-]+)(?:([\^*]?=)([^\]]+))?\]")


@dataclass(frozen=True, slots=True, eq=False)
class _Compound:
    """What one element must be; parsed once for each selector, so that identity is equality."""

    tag: str | None
    id: str | None
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]
    id_prefix: str
    #: Whether a table lists what may fit, and whether that of the frame does.
    indexed: bool
    framed: bool

    def fits(self, element: Element) -> bool:
        if self.tag is not None and element.tag != self.tag:
            return False
        if self.id is not None and element.get("id") != self.id:
            return False
        if self.classes and not self.classes.issubset((element.get("class") or "").split()):
            return False
        for name, how, value in self.attributes:  # noqa: SIM110 (a generator costs more than the test)
            if not _attribute_fits(element.get(name), how, value):
                return False
        return True


class _Table:
    """Elements by class and by id, in document order."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.classes: defaultdict[str, list[Element]] = defaultdict(list)
        self.ids: defaultdict[str, list[Element]] = defaultdict(list)
        classes, ids = self.classes, self.ids
        for element in elements:
            if (named := element.get("class")) and len(named) <= _LONGEST_CLASS:
                for name in named.split():
                    classes[name].append(element)
            if number := element.get("id"):
                ids[number].append(element)

    def candidates(self, compound: _Compound) -> Iterable[Element]:
        """Return what may fit a compound that names a class, an id or the beginning of one."""
        if compound.id is not None:
            return self.ids.get(compound.id, ())
        if not compound.classes:
            return [
                part
                for name, parts in self.ids.items()
                if name.startswith(compound.id_prefix)
                for part in parts
            ]
        return min((self.classes.get(name, []) for name in compound.classes), key=len)


class Index:
    """An element and what can be found under it; its tables are made when they are first needed."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._frame: _Table | None = None
        self._all: _Table | None = None

    def select(self, selector: str) -> list[Element]:
        """Return the elements that any alternative of a selector fits, alternative by alternative."""
        found = list(self._found(selector))
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def first(self, *selectors: str) -> Element | None:
        """Return the first element of the first selector that finds one."""
        return next((element for selector in selectors for element in self._found(selector)), None)

    def holds(
        self, *, classes: Iterable[str] = (), ids: Iterable[str] = (), id_prefixes: tuple[str, ...] = ()
    ) -> bool:
        """Tell whether any element of the frame has one of these classes, ids, or ids that begin so."""
        table = self.frame
        if any(name in table.classes for name in classes) or any(name in table.ids for name in ids):
            return True
        return bool(id_prefixes) and any(name.startswith(id_prefixes) for name in table.ids)

    @property
    def frame(self) -> _Table:
        """Return the table of the tags that build a page's frame."""
        if self._frame is None:
            self._frame = _Table(self.root.iter(*_FRAME))
        return self._frame

    @property
    def all(self) -> _Table:
        """Return the table of all elements."""
        if self._all is None:
            self._all = _Table(self.parts(self.root, None))
        return self._all

    def parts(self, element: Element, tag: str | None) -> Iterable[Element]:
        """Return the elements of a tag under another."""
        return element.iterdescendants(tag or etree.Element)

    def listed(self, compound: _Compound) -> Iterable[Element] | None:
        """Return what may fit a compound if the table of the frame tells, else None."""
        return self.frame.candidates(compound) if compound.framed else None

    def _found(self, selector: str) -> Iterator[Element]:
        for alternative in _parsed(selector):
            *above, last = alternative
            if above and above[-1].indexed and self.listed(last) is None:
                outer = self._candidates(above[-1])
                boxes = (box for box in outer if above[-1].fits(box) and _under(box, above[:-1], self.root))
                yield from (part for box in boxes for part in self.parts(box, last.tag) if last.fits(part))
                continue
            for element in self._candidates(last):
                if last.fits(element) and _under(element, above, self.root):
                    yield element

    def _candidates(self, compound: _Compound) -> Iterable[Element]:
        if (listed := self.listed(compound)) is not None:
            return listed
        if compound.indexed and compound.tag is None:
            return self.all.candidates(compound)
        return self.parts(self.root, compound.tag)


class Posts:
    """An indexed page divided among its posts.

    Unclosed tags nest posts into one another: an element belongs to the nearest post above it.
    """

    def __init__(self, page: Index, posts: Iterable[Element]) -> None:
        self.elements = frozenset(posts)
        self._page = page
        self._nested = any(above in self.elements for post in self.elements for above in post.iterancestors())
        self._owned: dict[_Compound, dict[Element, list[Element]]] = {}

    def owned(self, compound: _Compound, post: Element) -> list[Element] | None:
        """Return what may fit a compound in one post if the table of the page's frame tells, else None."""
        if not compound.framed:
            return None
        if compound not in self._owned:
            listed = self._page.listed(compound) or ()
            by_post: dict[Element, list[Element]] = {}
            for element in listed:
                if (owner := self.owner(element)) is not None:
                    by_post.setdefault(owner, []).append(element)
            self._owned[compound] = by_post
        return self._owned[compound].get(post, [])

    def owner(self, element: Element) -> Element | None:
        """Return the post that an element belongs to."""
        return next((above for above in element.iterancestors() if above in self.elements), None)

    def owns(self, post: Element, element: Element) -> bool:
        """Tell whether a descendant of a post belongs to it, not to a post inside it."""
        return not self._nested or self.owner(element) is post


class PostIndex(Index):
    """One post of a page, without the posts nested in it."""

    def __init__(self, posts: Posts, post: Element) -> None:
        super().__init__(post)
        self._posts = posts

    def parts(self, element: Element, tag: str | None) -> Iterable[Element]:
        """Return the post's own elements of a tag under another."""
        found = super().parts(element, tag)
        return (part for part in found if self._posts.owns(self.root, part))

    def listed(self, compound: _Compound) -> Iterable[Element] | None:
        """Return what may fit a compound in this post if the table of the page's frame tells, else None."""
        return self._posts.owned(compound, self.root)


def _under(element: Element, above: Sequence[_Compound], root: Element) -> bool:
    """Tell whether the compounds fit ancestors of an element, from the inside outwards."""
    wanted = len(above)
    if not wanted:
        return True
    for ancestor in element.iterancestors():
        if above[wanted - 1].fits(ancestor):
            wanted -= 1
            if not wanted:
                return True
        if ancestor is root:
            return False
    return False


def _attribute_fits(value: str | None, how: str, wanted: str) -> bool:
    if value is None:
        return False
    if how == "=":
        return value == wanted
    if how == "^=":
        return value.startswith(wanted)
    return wanted in value if how == "*=" else True


@cache
def _parsed(selector: str) -> tuple[tuple[_Compound, ...], ...]:
    return tuple(tuple(map(_compound, part.split())) for part in selector.split(","))


def _compound(text: str) -> _Compound:
    parts = _COMPOUND.findall(text)
    if "".join(parts) != text:
        raise ValueError(f"{text!r} is no selector")
    tag = next((part for part in parts if part[0] not in ".#["), None)
    number = next((part[1:] for part in parts if part[0] == "#"), None)
    classes = frozenset(part[1:] for part in parts if part[0] == ".")
    found = [match for part in parts if (match := _ATTRIBUTE.fullmatch(part))]
    prefix = next((match[3] for match in found if (match[1], match[2]) == ("id", "^=")), "")
    indexed = number is not None or bool(classes) or bool(prefix)
    return _Compound(
        tag=tag,
        id=number,
        classes=classes,
        attributes=tuple((match[1], match[2] or "", match[3] or "") for match in found),
        id_prefix=prefix,
        indexed=indexed,
        framed=indexed and tag in _FRAME,
    )
