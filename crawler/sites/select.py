"""Finding elements by class, id, tag and attribute.

An XPath over a page costs a quarter of parsing it, each time.  Here one pass over
the tags that build a page's frame (a third of its elements) answers every
``div.name`` from a table; for ``span.name`` the spans are looked through, and a
class or id without a tag needs a table of all, so it stands last among the
alternatives of a selector.
Selectors are CSS: tag, ``.class``, ``#id``, ``[attr]``, ``[attr=v]``,
``[attr^=v]``, ``[attr*=v]``, descendants by space, alternatives by comma.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from lxml import etree

Element = etree._Element

#: A class attribute longer than this is an attack, not a list of classes.
_LONGEST_CLASS = 2000
#: Tags that frame a page; links, spans, list items and table cells are most of it and seldom asked for.
_FRAME = frozenset(
    "div article section main aside header footer figure table form blockquote h1 h2 h3 ol ul dl time body".split()
)
_RARE = frozenset(("figure", "figcaption", "h1", "h2", "h3"))
_COMPOUND = re.compile(r"[a-z][a-z0-9]*|[.#][\w-]+|\[[\w-]+(?:[\^*]?=[^\]]+)?\]", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\[([\w-]+)(?:([\^*]?=)([^\]]+))?\]")


#: How an attribute's value is compared with the one that a selector names.
_COMPARED: dict[str, Callable[[str, str], bool]] = {
    "": lambda value, wanted: True,
    "=": lambda value, wanted: value == wanted,
    "^=": str.startswith,
    "*=": str.__contains__,
}


@dataclass(frozen=True, slots=True, eq=False)
class _Compound:
    """What one element must be; made once for each text, so that identity is equality."""

    tag: str | None
    id: str | None
    classes: frozenset[str]
    #: The longest of the classes: where these letters are not, the others need not be looked for.
    rare: str
    attributes: tuple[tuple[str, Callable[[str, str], bool], str], ...]
    id_prefix: str
    #: Whether a table lists what may fit.
    indexed: bool

    @property
    def is_class(self) -> bool:
        """Tell whether a table of classes answers for all but the tag."""
        return len(self.classes) == 1 and self.id is None and not self.attributes

    @property
    def is_rare(self) -> bool:
        """Tell whether a page has few such elements, found without looking at all."""
        return self.indexed or (self.tag in _RARE and not self.attributes)

    def fits(self, element: Element) -> bool:
        """Tell whether an element is what the compound says."""
        return (self.tag is None or element.tag == self.tag) and self._is_told(element)

    def among(self, elements: Iterable[Element]) -> list[Element]:
        """Return those elements of the compound's tag that fit it."""
        if self.classes:
            rare = self.rare
            elements = [element for element in elements if rare in (element.get("class") or "")]
        elif self.attributes:
            name = self.attributes[0][0]
            elements = [element for element in elements if element.get(name) is not None]
        elif self.id is None:
            return list(elements)
        return [element for element in elements if self._is_told(element)]

    def _is_told(self, element: Element) -> bool:
        if self.id is not None and element.get("id") != self.id:
            return False
        if self.classes:
            named = element.get("class")
            if named is None or self.rare not in named or not self.classes.issubset(named.split()):
                return False
        for name, fits, wanted in self.attributes:
            value = element.get(name)
            if value is None or not fits(value, wanted):
                return False
        return True


@dataclass(frozen=True, slots=True, eq=False)
class _Path:
    """One alternative of a selector: what an element must be, and what its ancestors, outermost first."""

    last: _Compound
    above: tuple[_Compound, ...]
    #: The path to the nearest ancestor, where a table finds that one and none the element itself.
    holder: _Path | None


class _Table:
    """Elements by class and by id, in document order.

    A page has few values of ``class``, each many times: only these are taken apart.
    """

    def __init__(self, elements: Iterable[Element]) -> None:
        self._elements = list(elements)
        alike: defaultdict[str, list[int]] = defaultdict(list)
        for place, named in enumerate([element.get("class") for element in self._elements]):
            if named:
                alike[named].append(place)
        #: Where the elements of each class stand, value by value.
        self.classes: defaultdict[str, list[list[int]]] = defaultdict(list)
        for named, places in alike.items():
            for name in set(named.split()) if len(named) <= _LONGEST_CLASS else ():
                self.classes[name].append(places)

    @cached_property
    def ids(self) -> Mapping[str, list[Element]]:
        """Return the elements of each id."""
        found: defaultdict[str, list[Element]] = defaultdict(list)
        for element in self._elements:
            if number := element.get("id"):
                found[number].append(element)
        return found

    def of_class(self, name: str) -> list[Element]:
        """Return the elements of a class."""
        places = self.classes.get(name, [])
        return [
            self._elements[place]
            for place in (places[0] if len(places) == 1 else sorted(chain.from_iterable(places)))
        ]

    def naming(self, *parts: str) -> set[Element]:
        """Return the elements of which a class or the id has one of these parts."""
        found = {
            element
            for number, elements in self.ids.items()
            if any(part in number for part in parts)
            for element in elements
        }
        for name in self.classes:
            if any(part in name for part in parts):
                found.update(self.of_class(name))
        return found

    def candidates(self, compound: _Compound) -> Sequence[Element]:
        """Return what may fit a compound that names a class, an id or the beginning of one."""
        if compound.id is not None:
            return self.ids.get(compound.id, ())
        if compound.classes:
            return min(map(self.of_class, compound.classes), key=len)
        prefix = compound.id_prefix
        return [part for name, parts in self.ids.items() if name.startswith(prefix) for part in parts]


class Index:
    """An element and what can be found under it; its tables are made when they are first needed."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._frame: _Table | None = None
        self._all: _Table | None = None
        self._fit: dict[_Compound, list[Element]] = {}

    def select(self, selector: str) -> list[Element]:
        """Return the elements that any alternative of a selector fits, alternative by alternative."""
        paths = _parsed(selector)
        if len(paths) == 1:
            return self.found(paths[0])
        return list(dict.fromkeys(element for path in paths for element in self.found(path)))

    def first(self, *selectors: str) -> Element | None:
        """Return the first element of the first alternative of the first selector that finds one."""
        paths = (path for selector in selectors for path in _parsed(selector))
        return next((found[0] for path in paths if (found := self.found(path))), None)

    def holds(self, *, classes: Iterable[str] = (), id_prefixes: tuple[str, ...] = ()) -> bool:
        """Tell whether any element of the frame has one of these classes, or an id that begins so."""
        if any(name in self.frame.classes for name in classes):
            return True
        return bool(id_prefixes) and any(name.startswith(id_prefixes) for name in self.frame.ids)

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

    def found(self, path: _Path) -> list[Element]:
        """Return the elements that one alternative of a selector fits, in document order."""
        found = self.candidates(path)
        if path.holder is not None or not path.above:
            return list(found)
        return [part for part in found if _under(part, path.above, self.root)]

    def candidates(self, path: _Path) -> list[Element]:
        """Return the elements that one alternative of a selector may fit: of what is above them little is asked."""
        last = path.last
        if path.holder is not None:
            boxes = _outermost(self.found(path.holder))
            return last.among(part for box in boxes for part in self.parts(box, last.tag))
        found = self._fit.get(last)
        if found is None:
            found = self._fit[last] = self._fitting(last)
        return found

    def _fitting(self, compound: _Compound) -> list[Element]:
        if not compound.indexed or not (compound.tag is None or compound.tag in _FRAME):
            return compound.among(self.parts(self.root, compound.tag))
        table = self.all if compound.tag is None else self.frame
        found = table.candidates(compound)
        if compound.is_class:
            return [part for part in found if compound.tag is None or part.tag == compound.tag]
        return [part for part in found if compound.fits(part)]


class Posts:
    """An indexed page divided among its posts.

    What a selector fits is sought in the page once and dealt out.  Unclosed tags nest posts into one
    another: an element belongs to the nearest post above it.
    """

    def __init__(self, page: Index, posts: Iterable[Element]) -> None:
        self.elements = frozenset(posts)
        self._page = page
        self._found: dict[_Path, dict[Element, list[Element]]] = {}
        #: The post that what stands directly in an element belongs to, for those climbed to before.
        self._around: dict[Element, Element | None] = {post: post for post in self.elements}

    def found(self, path: _Path, post: Element) -> list[Element]:
        """Return the elements of a post that one alternative of a selector fits."""
        dealt = self._found.get(path)
        if dealt is None:
            dealt = self._found[path] = self._dealt(path)
        return dealt.get(post) or []

    def owner(self, element: Element) -> Element | None:
        """Return the post that an element belongs to."""
        around, climbed = self._around, []
        above = element.getparent()
        while above is not None and above not in around:
            climbed.append(above)
            above = above.getparent()
        post = None if above is None else around[above]
        for passed in climbed:
            around[passed] = post
        return post

    def _dealt(self, path: _Path) -> dict[Element, list[Element]]:
        dealt: defaultdict[Element, list[Element]] = defaultdict(list)
        for element in self._page.candidates(path):
            owner = self.owner(element)
            if owner is not None and (not path.above or _under(element, path.above, owner)):
                dealt[owner].append(element)
        return dict(dealt)


class PostIndex(Index):
    """One post of a page, without the posts nested in it."""

    def __init__(self, posts: Posts, post: Element) -> None:
        super().__init__(post)
        self._posts = posts

    def found(self, path: _Path) -> list[Element]:
        """Return the post's own elements that one alternative of a selector fits, in document order."""
        return self._posts.found(path, self.root)

    def parts(self, element: Element, tag: str | None) -> Iterable[Element]:
        """Return the post's own elements of a tag under another."""
        return (part for part in super().parts(element, tag) if self._posts.owner(part) is self.root)


def _outermost(boxes: list[Element]) -> list[Element]:
    """Return elements without those that stand in another: what is in these is in that one too."""
    if len(boxes) < 2:
        return boxes
    known = frozenset(boxes)
    tags = {box.tag for box in boxes}
    return [box for box in boxes if known.isdisjoint(box.iterancestors(*tags))]


def _under(element: Element, above: Sequence[_Compound], root: Element) -> bool:
    """Tell whether the compounds fit ancestors of an element, from the inside outwards."""
    wanted = len(above)
    for ancestor in element.iterancestors():
        if above[wanted - 1].fits(ancestor):
            wanted -= 1
            if not wanted:
                return True
        if ancestor is root:
            return False
    return False


@cache
def _parsed(selector: str) -> tuple[_Path, ...]:
    return tuple(_path(tuple(map(_compound, part.split()))) for part in selector.split(","))


def _path(compounds: tuple[_Compound, ...]) -> _Path:
    *above, last = compounds
    is_held = bool(above) and above[-1].is_rare and not (last.indexed and last.tag in _FRAME)
    return _Path(last, tuple(above), _path(tuple(above)) if is_held else None)


@cache
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
        rare=max(classes, key=len, default=""),
        attributes=tuple((match[1], _COMPARED[match[2] or ""], match[3] or "") for match in found),
        id_prefix=prefix,
        indexed=indexed,
    )
