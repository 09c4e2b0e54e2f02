"""Finding elements by class, id, tag and attribute, over an index made in one pass.

An XPath over classes costs a third of parsing the page, each time; an index of
all classes costs as much once, and a look-up then costs nothing.  Selectors are
CSS: tag, ``.class``, ``#id``, ``[attr]``, ``[attr=v]``, ``[attr^=v]``,
``[attr*=v]``, descendants by space, alternatives by comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from lxml import etree

Element = etree._Element

_COMPOUND = re.compile(r"[a-z][a-z0-9]*|[.#][\w-]+|\[[\w-]+(?:[\^*]?=[^\]]+)?\]", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\[([\w-]+)(?:([\^*]?=)([^\]]+))?\]")


@dataclass(frozen=True, slots=True)
class _Compound:
    """What one element must be."""

    tag: str | None
    id: str | None
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]

    def fits(self, element: Element) -> bool:
        if self.tag is not None and element.tag != self.tag:
            return False
        if self.id is not None and element.get("id") != self.id:
            return False
        if self.classes and not self.classes.issubset((element.get("class") or "").split()):
            return False
        return all(_attribute_fits(element.get(name), how, value) for name, how, value in self.attributes)


class Index:
    """The classes and ids of a tree, or of a part of it."""

    def __init__(self, root: Element, *, without: Iterable[Element] = ()) -> None:
        """Index ``root`` and what is under it, ``without`` these subtrees."""
        self.root = root
        self._without = frozenset(without)
        self._classes: dict[str, list[Element]] = {}
        self._ids: dict[str, list[Element]] = {}
        classes, ids = self._classes, self._ids
        for element in root.iter(etree.Element):
            named = element.get("class")
            if named:
                for name in named.split():
                    if name in classes:
                        classes[name].append(element)
                    else:
                        classes[name] = [element]
            number = element.get("id")
            if number:
                ids.setdefault(number, []).append(element)

    def select(self, selector: str) -> list[Element]:
        """Return the elements that any alternative of a selector fits, alternative by alternative."""
        found: dict[Element, None] = {}
        for alternative in _parsed(selector):
            for element in self._matching(alternative):
                found[element] = None
        return list(found)

    def first(self, *selectors: str) -> Element | None:
        """Return the first element of the first selector that finds one."""
        for selector in selectors:
            for alternative in _parsed(selector):
                if (element := next(self._matching(alternative), None)) is not None:
                    return element
        return None

    def _matching(self, alternative: tuple[_Compound, ...]) -> Iterator[Element]:
        last, above = alternative[-1], alternative[:-1]
        for element in self._candidates(last):
            if last.fits(element) and _under(element, above, self.root) and not self._excluded(element):
                yield element

    def _candidates(self, compound: _Compound) -> Iterable[Element]:
        if compound.id is not None:
            return self._ids.get(compound.id, ())
        if compound.classes:
            return min((self._classes.get(name, []) for name in compound.classes), key=len)
        return self.root.iter(compound.tag or etree.Element)

    def _excluded(self, element: Element) -> bool:
        if not self._without:
            return False
        return element in self._without or any(above in self._without for above in element.iterancestors())


def _under(element: Element, above: tuple[_Compound, ...], root: Element) -> bool:
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
