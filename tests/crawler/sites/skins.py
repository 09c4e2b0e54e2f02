"""What skins, add-ons and saving do to a page: each function changes a tree in place or the markup, none its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from lxml import etree, html

Tree = html.HtmlElement
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHIFTED = str.maketrans(
    _LETTERS + _LETTERS.upper() + "_",
    _LETTERS[7:] + _LETTERS[:7] + _LETTERS.upper()[7:] + _LETTERS.upper()[:7] + "x",
)
#: Messages of the golden pages stand in elements with these classes, ids or attributes.
_MESSAGE = (
    "bbWrapper messageText postcontent js-post__content-text posttext content postbody ipsRichText ipsType_richText "
    "entry-content cooked post postcolor"
).split()


def _elements(tree: Tree) -> list[Tree]:
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def renamed_classes(tree: Tree, random: Random) -> None:
    """Every class has another name, the same everywhere."""
    for element in _elements(tree.find("body")):
        if named := element.get("class"):
            element.set("class", " ".join(f"sk-{name.translate(_SHIFTED)}" for name in named.split()))


def prefixed_classes(tree: Tree, random: Random) -> None:
    """A theme puts its own name before half of the classes."""
    chosen: dict[str, str] = {}
    for element in _elements(tree.find("body")):
        if named := element.get("class"):
            names = [
                chosen.setdefault(name, f"theme-{name}" if random.random() < 0.5 else name)
                for name in named.split()
            ]
            element.set("class", " ".join(names))


def more_classes(tree: Tree, random: Random) -> None:
    """A theme adds classes of its own."""
    for number, element in enumerate(_elements(tree.find("body"))):
        element.set("class", f"{element.get('class') or ''} u-{number % 7} is-dark has-shadow".strip())


def no_ids(tree: Tree, random: Random) -> None:
    """No element has an id."""
    for element in _elements(tree.find("body")):
        element.attrib.pop("id", None)


def reordered_attributes(tree: Tree, random: Random) -> None:
    """Attributes stand in another order."""
    for element in _elements(tree):
        items = list(element.attrib.items())
        random.shuffle(items)
        element.attrib.clear()
        for name, value in items:
            element.set(name, value)


def wrapped(tree: Tree, random: Random) -> None:
    """Divisions and articles of some classes stand in wrappers of their own."""
    chosen: dict[str, bool] = {}
    for element in _elements(tree.find("body")):
        above = element.getparent()
        named = " ".join(sorted(re.findall(r"[a-zA-Z_-]{4,}", element.get("class") or "")))[:20]
        if above is None or element.tag not in ("div", "article") or above.tag in ("html", "tr", "table"):
            continue
        if not chosen.setdefault(f"{element.tag} {named}", random.random() < 0.4):
            continue
        outer = etree.SubElement(above, "div")
        above.replace(element, outer)
        outer.tail, element.tail = element.tail, None
        outer.append(element)


def other_tags(tree: Tree, random: Random) -> None:
    """Articles are divisions, list items sections, and the other way round."""
    names = {
        "article": "div",
        "section": "div",
        "li": "div",
        "ul": "div",
        "ol": "div",
        "aside": "div",
        "header": "div",
    }
    for element in _elements(tree.find("body")):
        element.tag = names.get(element.tag, element.tag)


def no_profile_links(tree: Tree, random: Random) -> None:
    """A guest sees names, no links to members."""
    for link in tree.findall(".//a"):
        if re.search(r"member|profile|/u/|showuser|user", link.get("href") or ""):
            link.tag = "span"
            del link.attrib["href"]


def printed_times(tree: Tree, random: Random) -> None:
    """Times are words, no data."""
    for stamp in tree.iter("time", "abbr", "span", "meta"):
        at = stamp.get("datetime") or (stamp.get("content") if stamp.tag == "meta" else None) or ""
        if not re.match(r"\d{4}-\d\d-\d\dT", at):
            continue
        stamp.tag = "span"
        stamp.attrib.clear()
        for child in list(stamp):
            stamp.remove(child)
        stamp.text = at[:19].replace("T", " ") + (
            " UTC" if at.endswith("Z") else f" {at[19:]}" if at[19:] else ""
        )


def advertised(tree: Tree, random: Random) -> None:
    """Between the parts of the page stand advertisements and scripts."""
    for element in _elements(tree.find("body")):
        above = element.getparent()
        if (
            above is None
            or above.tag not in ("div", "section", "ol", "ul")
            or random.random() > 0.25
            or _in_message(element)
        ):
            continue
        advert = html.fragment_fromstring(
            '<div class="ad-slot"><script>var t = "left the party";</script><ins class="adsbygoogle"></ins>'
            '<iframe src="https://ads.example/x"></iframe></div>'
        )
        element.addprevious(advert)


def _in_message(element: Tree) -> bool:
    return any(set((above.get("class") or "").split()) & set(_MESSAGE) for above in element.iterancestors())


def scripts_in_messages(tree: Tree, random: Random) -> None:
    """A script stands in each message."""
    for element in _elements(tree.find("body")):
        if set((element.get("class") or "").split()) & set(_MESSAGE):
            element.append(html.fragment_fromstring('<script>google_ad = "defected";</script>'))


def foreign(tree: Tree, random: Random) -> None:
    """The software speaks French."""
    tree.set("lang", "fr")
    words = {
        "Posted": "Publié",
        "Joined": "Inscrit",
        "Reply": "Répondre",
        "Quote": "Citer",
        "Like": "J’aime",
        "Postby": "par",
    }
    for element in _elements(tree.find("body")):
        for known, other in words.items():
            if element.text and element.text.strip() == known:
                element.text = other


def no_signatures(tree: Tree, random: Random) -> None:
    """Signatures are gone, and likes and notes stand below posts."""
    for element in _elements(tree.find("body")):
        if re.search(r"signature", element.get("class") or "") and element.getparent() is not None:
            element.drop_tree()


TREE_CHANGES: tuple[Callable[[Tree, Random], None], ...] = (
    renamed_classes, prefixed_classes, more_classes, no_ids, reordered_attributes, wrapped, other_tags, no_profile_links,
    printed_times, advertised, scripts_in_messages, foreign, no_signatures,
)  # fmt: skip


def unclosed(markup: str, random: Random) -> str:
    """Return markup in which a tenth of the closing tags is missing."""
    return re.sub(
        r"</(?:div|p|li|span|article|section)>",
        lambda found: "" if random.random() < 0.1 else found.group(),
        markup,
    )


def changed(markup: bytes, changes: tuple[Callable[[Tree, Random], None], ...], seed: int) -> str:
    """Return a page after some changes."""
    random = Random(seed)
    tree = html.document_fromstring(markup, parser=html.HTMLParser(encoding="utf-8"))
    for change in changes:
        change(tree, random)
    return str(html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))
