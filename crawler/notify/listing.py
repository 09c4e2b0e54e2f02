"""Several stories in one message: a line each with severity, claim, headline, address and id."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.notify.blocks import LIMIT, Block, html_of, text_of
from crawler.notify.lines import address
from crawler.notify.plain import one_line, shorten
from crawler.notify.sense import claim_label, matched_words, side
from crawler.notify.told import Composed, Reader, Told
from state.records import NoticeKind

#: Room for the head, the part's number and the id line.
_AROUND = 160


def item_blocks(told: Told, reader: Reader) -> list[Block]:
    """Return the two lines of one notice in a list or digest."""
    words = reader.words
    before = side(told, "was") if told.notice.kind == NoticeKind.CORRECTION else None
    event = (side(told, "now") if before else None) or told.lead
    label = claim_label(event, told.outlet, words) if event else words.claim(told.notice.claim)
    if before is not None:
        label += f" {words.text('was_label', label=claim_label(before, told.outlet, words))}"
    if event is None and (matched := matched_words(told)):
        label += f": {matched[0]}"
    notice = words.word("notice_alone", told.notice.kind.value)
    parts = [words.severity(told.notice.severity), *([notice] if notice else []), shorten(label, 160)]
    url = address(told.url) if told.url else None
    second = " ".join(part for part in (one_line(told.headline), url, told.id) if part)
    return [Block("· " + " · ".join(parts), style="lead"), Block(f"  {second}", url=url)]


def discreet_item(told: Told, reader: Reader) -> list[Block]:
    """Return the line of one notice with no name, quote, headline or address of the article."""
    words = reader.words
    parts = [
        words.severity(told.notice.severity),
        words.word("notice_alone", told.notice.kind.value),
        words.claim(told.notice.claim),
    ]
    link = reader.link(told.alert.id)
    said = " · ".join(part for part in parts if part)
    return [Block(f"· {said} {link or ''} {told.id}".replace("  ", " "), url=link)]


def parts(
    items: Sequence[tuple[Sequence[Block], tuple[str, int] | None]], *, around: int = _AROUND
) -> list[list[tuple[Sequence[Block], tuple[str, int] | None]]]:
    """Return items dealt out over as few messages as hold them, in order, none left out."""
    dealt: list[list[tuple[Sequence[Block], tuple[str, int] | None]]] = [[]]
    used = 0
    for blocks, notice in items:
        size = len(text_of(blocks)) + 1
        if dealt[-1] and used + size > LIMIT - around:
            dealt.append([])
            used = 0
        dealt[-1].append((blocks, notice))
        used += size
    return dealt


def compose_list(items: Sequence[Told], reader: Reader, *, head: str = "") -> list[Composed]:
    """Return a list of notices as messages; the id line is the sender's to add.

    Args:
        items: Notices, loudest first.
        reader: Who reads it.
        head: Why a list, where that needs saying: an overflow, a storm.
    """
    words = reader.words
    line = discreet_item if reader.content == "discreet" else item_blocks
    dealt = parts([(line(told, reader), (told.alert.id, told.notice.number)) for told in items])
    loudest = words.severity(max(told.notice.severity for told in items))
    composed = []
    for number, part in enumerate(dealt, 1):
        numbered = words.text("part", number=number, total=len(dealt)) if len(dealt) > 1 else ""
        first = f"{loudest} · {words.text('list_head', count=len(items), part=numbered)}"
        blocks = [Block(first, style="lead")]
        if head and number == 1:
            blocks.append(Block(head))
        blocks += [block for lines, _ in part for block in lines]
        notices = tuple(notice for _, notice in part if notice)
        composed.append(
            Composed(title=first, body=text_of(blocks), html=html_of(blocks), notices=notices, own_id=True)
        )
    return composed
