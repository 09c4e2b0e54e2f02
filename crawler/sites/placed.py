"""The text of an unknown page found again in the page itself.

A generic extractor says which words are the article's; where they stand in the
page tells the rest: the sub-headings, list items and loose lines between them
that it lost, and the boxes of links and promotions that it took along.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice, pairwise

from crawler.sites.elsewhere import LINKED, PROSE, other_stories
from crawler.sites.lines import DENSE, Line, lines, upwards
from crawler.sites.newsbody import is_bold_heading
from crawler.sites.select import Element
from crawler.sites.words import letters_of

#: Boxes inside an article that hold something else.
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:related|relacionad\w*|recirc\w*|most-?read|most-?popular|trending|newsletter\w*|promo\w*|sharing|share-?\w*|"
    r"social\w*|sign-?up|subscri\w*|subscription|read-?(?:more|next|also)|also-?read|see-?also|more-?(?:on|from|stories|news)|"
    r"outbrain|taboola|tag-?s?list|tags|breadcrumbs?|author-?(?:bio|box|info)|about-?author|bio|cookies?|consent|gdpr|"
    r"comments?|disqus|toolbar|advert\w*|ads?|sponsor\w*|widget|sidebar|pagination|pager|print|donat\w*|"
    r"noprint|screen-?reader\w*|visually-?hidden|sr-only|jp-relatedposts|addtoany\w*|sharedaddy|mw-editsection)(?=$|[\s_-])",
    re.IGNORECASE,
)
#: Boxes that ask for an address; a reading that rather leaves out than takes too much takes them all the same.
_SIGN_UP = re.compile(r"newsletter|sign-?up|subscri", re.IGNORECASE)
#: Lines that are never an article's, wherever they stand.
_NEVER = re.compile(
    r"^(?:advertise?ments?|advertising|ad feedback|(?:advertisement\W+)?scroll to continue(?: \w+){0,3}|"
    r"(?:story|article) continues below.{0,30}|our standards:.{0,60}|quảng cáo|реклама|广告|廣告|광고|iklan|publicité|publicidad|"
    r"reklam|إعلان|تبلیغات|โฆษณา|ផ្សាយពាណិជ្ជកម្ម|ကြော်ငြာ|(?:©|\(c\)|copyright\b).{0,70}|"
    r"версия для печати.{0,40}|print(?:er)?[- ](?:friendly|version).{0,30}|e-?mail (?:this|to a friend).{0,30}|"
    r"انتهای پیام(?:\s*/.{0,3})?)\W*$",
    re.IGNORECASE,
)
_ITEMS = frozenset("li td th dt dd pre blockquote caption".split())
#: Letters from which a line is found again by its words alone; a shorter one needs the lines beside it.
_LONG = 20
#: A line with fewer links than this is prose; one with fewer letters must look like it to be taken.
_SPARSE, _LEAST = 0.3, 40
_PARAGRAPHS = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote pre".split())
#: Share of the extractor's letters that must be found in the page for the page to decide.
_FOUND = 0.7
#: Share of the text that the container holds.
_HELD = 0.85
#: A box with more of the text than this is the article, whatever its name.
_MUCH = 0.3
#: Share of the text that boxes of other things may have at its end.
_FOOT = 0.15
#: Share of the text that one box holds where the text ends with it, and letters of a paragraph after it that says otherwise.
_MAIN, _PARAGRAPH = 0.6, 220
#: Characters to compare at most: many long lines are found by their whole alone.
_MOST_WORK = 1_000_000_000

Piece = tuple[str, str]


def placed(
    root: Element,
    pieces: Sequence[Piece],
    generous: Sequence[Piece],
    strict: Sequence[Piece],
    left_out: Collection[Element],
    skipped: Collection[str],
) -> list[Piece] | None:
    """Return the article's blocks as they stand in the page, None if the words cannot be found in it.

    Args:
        root: The page.
        pieces: Kind and text of what is taken for the article's.
        generous: The same of an extractor's reading, what was thought to be around the article included.
        strict: The same of its reading that rather leaves out than takes too much.
        left_out: Elements whose text is told elsewhere, such as captions.
        skipped: Letters of lines that are told elsewhere.
    """
    found = [line for line in lines(root, left_out) if line.key not in skipped and not _is_never(line)]
    agreed = _agreed(found, [letters_of(text) for _, text in pieces])
    weight = sum(len(line.key) for line, known in zip(found, agreed, strict=True) if known)
    if not weight or weight < _FOUND * sum(len(letters_of(text)) for _, text in pieces):
        return None
    place = _Place(found, agreed, _agreed(found, [letters_of(text) for _, text in strict]))
    kept = place.kept(frozenset(letters_of(text) for _, text in generous))
    return _pieces(found[n] for n in kept) or None


def densest(root: Element, left_out: Collection[Element], skipped: Collection[str]) -> list[Piece]:
    """Return the text of the element that holds the most prose: what is left where an extractor finds nothing."""
    found = [line for line in lines(root, left_out) if line.key not in skipped]
    weights: Counter[Element] = Counter()
    for line in found:
        if line.links < _SPARSE and (len(line.key) >= _LEAST or PROSE.search(line.text)):
            above = line.element.getparent()
            weights[line.element] += len(line.key)
            if above is not None and line.element.tag in _PARAGRAPHS:
                weights[above] += len(line.key)
    if not weights:
        return []
    most = max(weights.values())
    best = next(box for box, weight in weights.items() if weight == most)
    inside = [line for line in found if any(above is best for above in upwards(line.element))]
    return _pieces(line for line in inside if line.links < 0.5)


def _is_never(line: Line) -> bool:
    return len(line.text) <= 80 and bool(_NEVER.match(line.text))


def _pieces(found: Iterable[Line]) -> list[Piece]:
    """Return lines with their kinds; a bold line alone above a paragraph is a heading."""
    kept = list(found)
    bold = [line.element.tag == "p" and is_bold_heading(line.element) for line in kept]
    last = len(kept) - 1
    return [
        (
            "h"
            if line.heading or (number and bold[number] and number < last and not bold[number + 1])
            else "p",
            line.text,
        )
        for number, line in enumerate(kept)
    ]


def _agreed(found: Sequence[Line], keys: Sequence[str]) -> list[bool]:
    """Tell of each line whether the extractor has it too."""
    exact, whole = set(keys), "".join(keys)
    costly = len(found) * len(whole) > _MOST_WORK
    known = [
        bool(line.key)
        and (
            line.key in exact
            or (len(line.key) >= _LONG and not costly and line.key in whole and _is_part(line.key, exact))
        )
        for line in found
    ]
    if not costly:
        for (one, first), (two, second) in pairwise(enumerate(found)):
            if known[one] != known[two] and first.key and second.key:
                both = first.key + second.key in whole
                known[one], known[two] = known[one] or both, known[two] or both
    return known


def _is_part(key: str, exact: Collection[str]) -> bool:
    """Tell whether letters begin or end one of the extractor's texts; in the middle a few of them prove nothing."""
    return len(key) >= 2 * _LONG or any(text.startswith(key) or text.endswith(key) for text in exact)


class _Place:
    """Where an article stands: its container, its first and last line, and what is furniture in it."""

    def __init__(self, found: list[Line], agreed: list[bool], sure: list[bool]) -> None:
        self.found = found
        self.agreed = agreed
        self.sure = sure
        self.weights: Counter[Element] = Counter()
        known = [line for line, is_known in zip(found, agreed, strict=True) if is_known]
        times = Counter(line.key for line in known)
        for line in known:
            for box in upwards(line.element):  # what stands twice says little about where the article is
                self.weights[box] += len(line.key) if times[line.key] == 1 else 1
        self.total = max(self.weights.values(), default=0)
        self.container = min(
            (box for box, weight in self.weights.items() if weight >= _HELD * self.total),
            key=lambda box: self.weights[box],
        )
        self._furniture: dict[Element, bool] = {}
        self._tables: dict[Element, bool] = {}
        #: How many lines of the article stand directly in an element, as its words or as a paragraph in it.
        self._direct = Counter(line.element for line in known)
        self._direct.update(above for line in known if (above := line.element.getparent()) is not None)

    def kept(self, known_keys: Collection[str]) -> list[int]:
        """Return the numbers of the lines that are the article's."""
        known = [
            n
            for n, is_known in enumerate(self.agreed)
            if is_known and (self.sure[n] or not self.is_furniture(n)) and not self._asks(n)
        ]
        known = self._without_tail(self._without_foot(self._once(known)))
        if not known:
            return []
        first, last = known[0], known[-1]
        lost = [
            n
            for n, line in enumerate(self.found)
            if not first <= n <= last and line.key not in known_keys and self._is_lost(n)
        ]
        held = {*known, *lost}
        held.update(n for n in range(min(held) + 1, max(held)) if n not in held and self._fits(n))
        most = _MUCH * self.total
        held -= other_stories(self.found, sorted(held), self.sure, self.container, most)
        held.update(self._headings(held, first))
        return sorted(held)

    def is_furniture(self, number: int) -> bool:
        """Tell whether a line stands in a box that is no part of the article's text."""
        return any(map(self._is_furniture_box, self._below(self.found[number].element)))

    def _asks(self, number: int) -> bool:
        """Tell whether a line stands in a box that asks readers to sign up for something."""
        return any(
            _SIGN_UP.search(box.get("class") or "") and self._is_furniture_box(box)
            for box in self._below(self.found[number].element)
        )

    def _is_furniture_box(self, box: Element) -> bool:
        if box not in self._furniture:
            told = f"{box.get('class') or ''} {box.get('id') or ''}"
            self._furniture[box] = self.weights[box] < _MUCH * self.total and (
                box.tag in ("nav", "aside", "footer", "form") or bool(FURNITURE.search(told))
            )
        return self._furniture[box]

    def _below(self, element: Element) -> Iterator[Element]:
        for above in upwards(element):
            if above is self.container or above.tag == "body":
                return
            yield above

    def _is_inside(self, element: Element) -> bool:
        return any(above is self.container for above in upwards(element))

    def _once(self, known: list[int]) -> list[int]:
        """Return the lines without those outside the container that stand in it too."""
        inside = {self.found[n].key for n in known if self._is_inside(self.found[n].element)}
        kept: list[int] = []
        seen: set[str] = set()
        for number in known:
            key = self.found[number].key
            if len(key) >= _LONG and (
                key in seen or (key in inside and not self._is_inside(self.found[number].element))
            ):
                continue
            seen.add(key)
            kept.append(number)
        return kept

    def _without_foot(self, known: list[int]) -> list[int]:
        """Return the lines without the last of them that stand in boxes of other things: surely, there the text ended."""
        end = len(known)
        while end and self.is_furniture(known[end - 1]):
            end -= 1
        weight = sum(len(self.found[n].key) for n in known[end:])
        return known[:end] if weight < _FOOT * self.total else known

    def _without_tail(self, known: list[int]) -> list[int]:
        """Return the lines without those after the box that holds nearly all of the text, where they begin with a label.

        Such a tail consists of short lines: a text that goes on in another box has paragraphs there.
        """
        weights = Counter[Element]()
        for number in known:
            above = self.found[number].element.getparent()
            if above is not None:
                weights[above] += len(self.found[number].key)
        if not weights:
            return known
        main, weight = weights.most_common(1)[0]
        end = max(place for place, n in enumerate(known) if main in upwards(self.found[n].element)) + 1
        tail = [self.found[n] for n in known[end:]]
        if not tail or weight < _MAIN * self.total or any(len(line.key) >= _PARAGRAPH for line in tail):
            return known
        return known[:end] if tail[0].heading or tail[0].links >= LINKED else known

    def _fits(self, number: int) -> bool:
        """Tell whether a line between two of the article's, which the extractor left out, belongs to it."""
        line = self.found[number]
        if line.heading or line.links > 0.5 or not line.key or not self._is_inside(line.element):
            return False
        if self.is_furniture(number) or any(box.tag == "figure" for box in self._below(line.element)):
            return False
        box, above = line.element, line.element.getparent()
        if box.tag in ("td", "th") and self._is_table_of_text(box):
            return True
        if box.tag in _ITEMS and above is not None:
            beyond = above.getparent()
            return self._direct[above] > 0 or (beyond is not None and self._direct[beyond] > 1)
        telling = len(line.text) * (2 if DENSE.search(line.text) else 1) >= 60 or PROSE.search(line.text)
        return bool(telling) and (self._direct[box] > 1 or (above is not None and self._direct[above] > 1))

    def _is_table_of_text(self, cell: Element) -> bool:
        """Tell whether a cell is one of a table that stands among the article's paragraphs and lays out no page."""
        table = next((box for box in self._below(cell) if box.tag == "table"), None)
        if table is None:
            return False
        if table not in self._tables:
            is_text = table.find(".//table") is None and table.find(".//tr[2]") is not None
            around = (box for box in islice(table.iterancestors(), 3) if self._is_inside(box))
            self._tables[table] = is_text and any(self._direct[box] > 1 for box in around)
        return self._tables[table]

    def _is_lost(self, number: int) -> bool:
        """Tell whether a line before or after the article's is a paragraph among them that the extractor lost."""
        line = self.found[number]
        return (
            len(line.key) >= 4 * _LONG
            and line.links < _SPARSE
            and bool(PROSE.search(line.text))
            and self._fits(number)
        )

    def _headings(self, held: set[int], first: int) -> Iterator[int]:
        """Yield the headings directly above a line of the article."""
        for number in sorted(held):
            above = number - 1
            line = self.found[above] if above >= 0 else None
            if (
                line is not None
                and (above > first or PROSE.search(line.text))
                and above not in held
                and line.heading
                and line.element.tag != "h1"
                and not (line.links >= LINKED and self._is_teaser(line.element))
                and self._is_inside(line.element)
                and not self.is_furniture(above)
            ):
                yield above

    def _is_teaser(self, element: Element) -> bool:
        return any("teaser" in (box.get("class") or "").lower() for box in self._below(element))
