"""From what was promised to what goes out: one message, or as many as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.notify.alert import alert_blocks
from crawler.notify.blocks import Block, fit, html_of, text_of
from crawler.notify.correction import correction_blocks, ending_blocks
from crawler.notify.discreet import discreet_blocks
from crawler.notify.lines import acknowledge
from crawler.notify.listing import compose_list
from crawler.notify.plain import one_line
from crawler.notify.told import Composed, Reader, Told
from state.records import Notice, NoticeKind


def compose(items: Sequence[Told], reader: Reader) -> list[Composed]:
    """Return the messages that tell these notices, loudest first, none left out.

    Notices about one article share a message; several stories become a list.
    The last line is the id: the alerts' own; under a list ``signed`` puts the
    message's.
    """
    ordered = sorted(items, key=lambda told: (-told.notice.severity, told.notice.created_at, told.id))
    if len({told.alert.story for told in ordered}) > 1:
        return compose_list(ordered, reader)
    return [composed for group in _together(ordered) for composed in _about_one(group, reader)]


def bare(notices: Sequence[Notice], reader: Reader) -> list[Composed]:
    """Return the least that must be said, from the notices alone: for when composing itself failed."""
    made = []
    for notice in notices:
        words = reader.words
        head = f"{words.severity(notice.severity)} · {words.claim(notice.claim)}"
        id = notice.alert if notice.number == 1 else f"{notice.alert}/{notice.number}"
        full = reader.content == "full"
        said = [one_line(str(notice.told[key])) for key in ("title", "url") if full and notice.told.get(key)]
        body = "\n".join([head, *said, *(block.text for block in acknowledge([notice.alert], reader)), id])
        made.append(Composed(title=head, body=body, notices=((notice.alert, notice.number),)))
    return made or [Composed(title="TOCSIN", body=reader.words.word("digest", "failed"), own_id=True)]


def signed(composed: Composed, message: str) -> Composed:
    """Return a list or digest with the message's id as its last line; others bear their alerts' already."""
    if not composed.own_id:
        return composed
    html = composed.html.replace("</body>", f"<p>{message}</p></body>") if composed.html else None
    return replace(composed, body=f"{composed.body}\n{message}", html=html, own_id=False)


def _together(items: Sequence[Told]) -> list[list[Told]]:
    """Return notices in groups that one message can tell: news of one version of one article."""
    groups: dict[tuple[object, ...], list[Told]] = {}
    for told in items:
        news = told.notice.kind in (NoticeKind.ALERT, NoticeKind.UPDATE)
        alone = () if news else (told.alert.id, told.notice.number)
        groups.setdefault((told.notice.article, told.notice.version, *alone), []).append(told)
    return list(groups.values())


def _about_one(group: Sequence[Told], reader: Reader) -> list[Composed]:
    """Return one message, or one per alert where together they would lose their quotes."""
    blocks = _blocks(group, reader)
    fitted = fit(blocks)
    quotes = sum(block.style == "quote" for block in blocks)
    if len(group) > 1 and quotes and not any(block.style == "quote" for block in fitted):
        return [composed for told in group for composed in _about_one([told], reader)]
    return [_made(fitted, group, reader)]


def _blocks(group: Sequence[Told], reader: Reader) -> list[Block]:
    if reader.content == "discreet":
        return discreet_blocks(group, reader)
    match group[0].notice.kind:
        case NoticeKind.ALERT | NoticeKind.UPDATE:
            return alert_blocks(group, reader)
        case NoticeKind.CORRECTION:
            return correction_blocks(group[0], reader)
        case _:
            return ending_blocks(group[0], reader)


def _made(blocks: Sequence[Block], group: Sequence[Told], reader: Reader) -> Composed:
    notices = tuple((told.alert.id, told.notice.number) for told in group)
    ids = " ".join(dict.fromkeys(told.id for told in group))
    # The subject of a discreet mail says as little as its text; the id tells two of them apart.
    title = f"{blocks[0].text} · {ids}" if reader.content == "discreet" else blocks[0].text
    return Composed(title=title, body=text_of(blocks), html=html_of(blocks), notices=notices)
