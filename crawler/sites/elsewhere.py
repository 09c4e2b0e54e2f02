"""Other stories that stand within or around an article: lists of links, and cards with a headline and a few words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from crawler.sites.lines import Line, upwards
from crawler.sites.select import Element

#: Words above a list of other stories.
RELATED = re.compile(
    r"^\W*(?:related|read (?:more|also|next)|see also|also read|more (?:on|from|stories)|"
    r"recommended|most read|sur le sujet|lire aussi|à lire|"
    r"lea también|lee también|relacionad|leia|siehe auch|mehr (?:zum|von|aus)|weitere |lesen sie|leggi anche|читайте|по теме|"
    r"ข่าวที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|อ่าน|អត្ថបទ|ព័ត៌មានទាក់ទង|သက်ဆိုင်|ဆက်စပ်|tin liên quan|bài liên quan|xem thêm|đọc thêm|"
    r"baca juga|simak juga|(?:artikel|berita) terkait|ilgili haber|আরও পড়ুন|আরো পড়ুন|بیشتر بخوانید|(?:اخبار|مطالب) مرتبط|"
    r"kapcsolódó|olvassa? (?:el|tovább)|(?:czytaj|zobacz|przeczytaj) (?:także|też|więcej)|powiązane|čtěte také|"
    r"přečtěte si|související|citește și|διαβάστε|δείτε (?:επίσης|ακόμα)|lees (?:ook|verder|meer)|läs (?:också|även|mer)|"
    r"les også|læs også|lue myös|вижте (?:още|и)|още по темата|прочетете|pročitajte|povezan|"
    r"あわせて読|合わせて読|သင်ဖတ်ရှုရန်|ຂ່າວກ່ຽວຂ້ອງ|相关|相關|延伸阅读|延伸閱讀|関連|관련|اقرأ|مواضيع|ذات صلة|مرتبط)",
    re.IGNORECASE,
)
#: How a line of prose ends.
PROSE = re.compile(r"[.!?…:;。！？।॥།။៕។؟۔”\"»)]\s*$")
#: A line with such a share of links is nothing but one; one of a card's with such a share leads to its story.
LINKED, _LEADS = 0.8, 0.5
#: Links in a row before an article's first or after its last words that are the site's, whoever takes them for text.
_MANY = 3
#: Cards of one kind that make a list, the boxes around a line that may be one, and the characters it may have.
_CARDS, _NEAR, _LONGEST_CARD = 3, 4, 500
_BOXES = frozenset(("div", "li", "article", "section", "figure", "a"))


def other_stories(
    found: Sequence[Line], held: Sequence[int], sure: Sequence[bool], container: Element, most: float
) -> set[int]:
    """Return the numbers of an article's lines that are other stories'.

    Args:
        found: The page's lines.
        held: The numbers of those that are taken for the article's, in order.
        sure: Of each line, whether a strict reading has it too.
        container: The element that holds the article.
        most: Letters that may go: where lists or cards have more, they are what the article consists of.
    """
    lists, cards = _lists_of_links(found, held, sure), _cards(found, held, container)
    few = (some for some in (lists, cards) if sum(len(found[n].key) for n in some) < most)
    return set().union(*few)


def _lists_of_links(found: Sequence[Line], held: Sequence[int], sure: Sequence[bool]) -> set[int]:
    """Return lines that are nothing but links, two or more in a row, and the label above them."""
    dropped: set[int] = set()
    run: list[int] = []
    label: int | None = None
    for number in [*held, -1]:
        if number >= 0 and found[number].links >= LINKED:
            run.append(number)
            continue
        if number >= 0 and _names_another(found[number]):
            dropped.add(number)
        if run:
            above = None if label is None else found[label]
            is_edge = len(run) >= _MANY and (label is None or number < 0) and not _any_prose(found, run)
            if is_edge or (above is not None and is_related(above)):
                dropped.update(run if label is None or not _is_label(found[label]) else [label, *run])
            elif len(run) > 1 and not any(sure[n] for n in run):
                dropped.update([label, *run] if label is not None and _is_label(found[label]) else run)
        run, label = [], number
    if held and is_related(found[held[-1]]):
        dropped.add(held[-1])  # its list was left out before
    if held and _is_headline(found[held[-1]]):
        dropped.add(held[-1])
    return dropped


def _any_prose(found: Sequence[Line], run: Sequence[int]) -> bool:
    return any(PROSE.search(found[n].text) for n in run)


def _is_headline(line: Line) -> bool:
    """Tell whether an article's last line is the headline of another story, in a list of its own."""
    return line.links >= LINKED and line.element.tag == "li" and not PROSE.search(line.text)


def _cards(found: Sequence[Line], held: Sequence[int], container: Element) -> set[int]:
    """Return the lines of boxes of one kind that each have a headline leading elsewhere, and the label above them."""
    kinds: defaultdict[tuple[str, str], dict[Element, None]] = defaultdict(dict)
    for number in held:
        line = found[number]
        if line.links >= _LEADS and len(line.key) >= 10:
            for box in _likely(line.element, container):
                kinds[str(box.tag), (box.get("class") or "").split()[0]][box] = None
    cards = {box: kind for kind, boxes in kinds.items() if len(boxes) >= _CARDS for box in boxes}
    inside: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number in held:
        for kind in {cards[box] for box in upwards(found[number].element) if box in cards}:
            inside[kind].append(number)
    labels = (above[numbers[0]] for numbers in inside.values()) if (above := _above(held)) else ()
    named = {label for label in labels if label is not None and _is_label(found[label])}
    return named.union(*inside.values())


def _above(held: Sequence[int]) -> dict[int, int | None]:
    """Return the number of the line before each."""
    return dict(zip(held, [None, *held], strict=False))


def _likely(element: Element, container: Element) -> Iterator[Element]:
    """Yield the boxes around a line that may be a card: with a class, and not much text."""
    for box, _ in zip(upwards(element), range(_NEAR), strict=False):
        if box is container:
            return
        if box.tag in _BOXES and (box.get("class") or "").strip() and _is_short(box):
            yield box


def _is_short(box: Element) -> bool:
    length = 0
    for text in box.itertext():
        length += len(str(text).strip())
        if length > _LONGEST_CARD:
            return False
    return True


def _is_label(line: Line) -> bool:
    return len(line.text) <= 60 and (line.heading or line.text.endswith((":", "：")))


def _names_another(line: Line) -> bool:
    """Tell whether a line names another story beside the words for it: "Read also: …"."""
    return 0.4 <= line.links < LINKED and len(line.text) <= 200 and bool(RELATED.match(line.text))


def is_related(line: Line) -> bool:
    """Tell whether a line is what stands above a list of other stories."""
    return len(line.text) <= 60 and bool(RELATED.match(line.text))
