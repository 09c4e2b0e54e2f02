"""Finding elements by class, id, tag and attribute, over an index made in one pass.

An XPath over classes costs a third of parsing the page, each time; an index of
all classes costs as much once, and a look-up then costs nothing.  Selectors are
CSS: tag, ``.class``, ``#id``, ``[attr]``, ``[attr=v]``, ``[attr^=v]``,
``[attr*=v]``, descendants by space, alternatives by comma.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lxml import etree

Element = etree._Element

#: A class attribute longer than this is an attack, not a list of classes.
_LONGEST_CLASS = 2000
_COMPOUND = re.compile(r"[a-z][a-z0-9]*|[.#][\w-]+|\[[\w-]+(?:[\^*]?=[^\]]+)?\]", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\[([\w-]+)(?:([\^*]?=)([^\]]+))?\]")


@dataclass(frozen=True, slots=True)
class _Compound:
    """What one element must be."""

    tag: str | None
    id: str | None
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]

    @property
    def indexed(self) -> bool:
        """Tell whether the index lists what may fit."""
        return bool(self.classes) or self.id is not None

    def fits(self, element: Element) -> bool:
        if self.tag is not None and element.tag != self.tag:
            return False
        if self.id is not None and element.get("id") != self.id:
            return False
        if self.classes and not self.classes.issubset((element.get("class") or "").split()):
            return False
        return all(_attribute_fits(element.get(name), how, value) for name, how, value in self.attributes)


class _Findable:
    """Answers selectors over the candidates that a subclass lists."""

    root: Element

    def select(self, selector: str) -> list[Element]:
        """Return the elements that any alternative of a selector fits, alternative by alternative."""
        return list(dict.fromkeys(self._found(selector)))

    def first(self, *selectors: str) -> Element | None:
        """Return the first element of the first selector that finds one."""
        return next((element for selector in selectors for element in self._found(selector)), None)

    def _found(self, selector: str) -> Iterator[Element]:
        for alternative in _parsed(selector):
            *above, last = alternative
            if above and not last.indexed and above[-1].indexed:
                for outer in self._fitting(above[-1], above[:-1]):
                    yield from (part for part in self._parts(outer, last.tag) if last.fits(part))
            else:
                yield from self._fitting(last, above)

    def _fitting(self, compound: _Compound, above: Sequence[_Compound]) -> Iterator[Element]:
        for element in self._candidates(compound):
            if compound.fits(element) and _under(element, above, self.root):
                yield element

    def _candidates(self, compound: _Compound) -> Iterable[Element]:
        raise NotImplementedError

    def _parts(self, element: Element, tag: str | None) -> Iterable[Element]:
        return element.iterdescendants(tag or etree.Element)


class Index(_Findable):
    """The classes and ids of a tree, in document order."""

    def __init__(self, root: Element) -> None:
        """Index ``root`` and what is under it."""
        self.root = root
        classes: defaultdict[str, list[Element]] = defaultdict(list)
        ids: defaultdict[str, list[Element]] = defaultdict(list)
        for element in root.iter(etree.Element):
            if (named := element.get("class")) and len(named) <= _LONGEST_CLASS:
                for name in named.split():
                    classes[name].append(element)
            if number := element.get("id"):
                ids[number].append(element)
        self.classes: Mapping[str, list[Element]] = dict(classes)
        self.ids: Mapping[str, list[Element]] = dict(ids)

    def holds(
        self, *, classes: Iterable[str] = (), ids: Iterable[str] = (), id_prefixes: tuple[str, ...] = ()
    ) -> bool:
        """Tell whether any element has one of these classes, ids, or ids that begin so."""
        if any(name in self.classes for name in classes) or any(name in self.ids for name in ids):
            return True
        return bool(id_prefixes) and any(name.startswith(id_prefixes) for name in self.ids)

    def _candidates(self, compound: _Compound) -> Iterable[Element]:
        if compound.id is not None:
            return self.ids.get(compound.id, ())
        if compound.classes:
            return min((self.classes.get(name, []) for name in compound.classes), key=len)
        return self.root.iter(compound.tag or etree.Element)


class Frames:
    """An indexed page divided among its posts.

    Unclosed tags nest posts into one another: an element belongs to the nearest post above it.
    """

    def __init__(self, index: Index, posts: Iterable[Element]) -> None:
        self._index = index
        self.posts = frozenset(posts)
        self._nested = any(above in self.posts for post in self.posts for above in post.iterancestors())
        self._owned: dict[str, dict[Element, list[Element]]] = {}

    def owned(self, name: str, post: Element) -> list[Element]:
        """Return the elements of a class that belong to a post."""
        if name not in self._owned:
            by_post: dict[Element, list[Element]] = {}
            for element in self._index.classes.get(name, ()):
                if (owner := self._owner(element)) is not None:
                    by_post.setdefault(owner, []).append(element)
            self._owned[name] = by_post
        return self._owned[name].get(post, [])

    def owns(self, post: Element, element: Element) -> bool:
        """Tell whether a descendant of a post belongs to it, not to a post inside it."""
        return not self._nested or self._owner(element) is post

    def _owner(self, element: Element) -> Element | None:
        return next((above for above in element.iterancestors() if above in self.posts), None)


class Frame(_Findable):
    """One post of a page, without the posts nested in it."""

    def __init__(self, frames: Frames, root: Element) -> None:
        self.root = root
        self._frames = frames

    def _candidates(self, compound: _Compound) -> Iterable[Element]:
        if compound.classes:
            return min((self._frames.owned(name, self.root) for name in compound.classes), key=len)
        return self._parts(self.root, compound.tag)

    def _parts(self, element: Element, tag: str | None) -> Iterable[Element]:
        found = element.iterdescendants(tag or etree.Element)
        return (part for part in found if self._frames.owns(self.root, part))


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
    return _Compound(
        tag,
        next((part[1:] for part in parts if part[0] == "#"), None),
        frozenset(part[1:] for part in parts if part[0] == "."),
        tuple((m[1], m[2] or "", m[3] or "") for part in parts if (m := _ATTRIBUTE.fullmatch(part))),
    )
