"""For channels that others may read: claim, severity, id and link; no name, no quote, no headline."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.notify.blocks import Block
from crawler.notify.lines import acknowledge, id_line
from crawler.notify.told import Reader, Told


def discreet_blocks(items: Sequence[Told], reader: Reader) -> list[Block]:
    """Return the whole message about one article's notices."""
    words = reader.words
    blocks = []
    for told in items:
        parts = [
            words.severity(told.notice.severity),
            words.word("notice_alone", told.notice.kind.value),
            words.claim(told.notice.claim),
        ]
        blocks.append(Block(" · ".join(part for part in parts if part), style="lead"))
    return [*blocks, *acknowledge([told.alert.id for told in items], reader), id_line(items)]
