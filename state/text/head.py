"""The head of a saved page: what stands before the text.

Headline, dek, who wrote it, the printed day, pictures and their credits come
in nine orders on one site alone.  A line is taken for one of them only by a
mark of its own (a toolbar, a day, a file name, a second copy, a credit); what
has none is left to the body.
"""

from __future__ import annotations

import re

from state.article import Caption
from state.text.captions import halved, image_name, own_block, saved_block
from state.text.chrome import chrome_name
from state.text.draft import Block, Draft
from state.text.lines import (
    Line,
    byline_names,
    ends_sentence,
    is_heading,
    printed_day,
    reading,
)

_MOST_TITLE_WORDS = 40
#: A headline does not end in a full stop when it is as long as a sentence.
_SENTENCE_WORDS, _SENTENCE_LETTERS = 12, 40
_UNSPACED = re.compile("[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_CRUMB = re.compile(r"[^/.!?]{2,40}(?: [/»›] [^/.!?]{2,40}){1,4}")
_SHELL_LINES = 40
_SHELL_LETTERS = 45
_FEWEST_BUTTONS, _CAPTION_LETTERS = 3, 30
_PUBLISHERS = {
    "radio free asia": "Radio Free Asia", "rfa": "Radio Free Asia", "voice of america": "Voice of America",
    "voa": "Voice of America", "voa news": "Voice of America", "reuters": "Reuters", "afp": "AFP",
    "the associated press": "The Associated Press", "bbc": "BBC", "rfi": "RFI", "自由亚洲电台": "Radio Free Asia",
    "自由亞洲電台": "Radio Free Asia", "美国之音": "Voice of America", "美國之音": "Voice of America", "阿波罗网": "阿波罗网",
}  # fmt: skip
#: "Sok Dara, VOA, 23/01/2021", as collections of other sites' texts write it.
_SOURCE_LINE = re.compile(
    r"(?:(?P<who>[^,.]{3,40}), )?(?P<name>RFA|VOA|RFI|BBC|AFP|AP|Reuters), "
    r"(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<year>(?:19|20)\d{2})"
)
_FIELD = re.compile(r"([A-Z]{4,9}) ?= ?(.{0,200})")
_SHORT_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(9\d)")


def is_chrome(line: Line) -> bool:
    """Tell whether the line is page furniture, and is not said to be none."""
    return not line.denied and chrome_name(line.text) is not None


def drop_chrome(block: Block, draft: Draft) -> Block:
    """Return a block without the lines that are page furniture."""
    for line in block:
        if is_chrome(line):
            draft.note(line.text, f"page furniture: {chrome_name(line.text)}")
    return [line for line in block if not is_chrome(line)]


def read_head(blocks: list[Block], draft: Draft) -> list[Block]:
    """Read everything up to the body; return the blocks of the body."""
    blocks = _before_title(_without_shell(blocks, draft), draft)
    if not blocks:
        return []
    first = drop_chrome(blocks[0], draft)
    headed = not draft.title  # else a wire's field has told it
    if headed:
        if is_no_title(first[0], alone=len(blocks) == 1 and len(first) == 1):
            return [first, *blocks[1:]]
        draft.title = first[0].text
        draft.note(draft.title, "title")
        first = first[1:]
    rest = _facts(_without_title_again(first, draft), draft)
    blocks = blocks[1:]
    if headed and len(rest) == 1 and blocks:
        _take_subtitle(rest, draft)
        rest = []
    if rest and not _has_head_marks(rest):
        return [rest, *blocks]
    return _after_title([rest, *blocks] if rest else blocks, draft)


def _without_shell(blocks: list[Block], draft: Draft) -> list[Block]:
    """Leave out the frame of an app ("To install this app …"), whatever stands between its lines."""
    seen = 0
    last = -1
    for number, block in enumerate(blocks):
        if any(chrome_name(line.text) == "app" and not line.denied for line in block):
            last = number
        seen += len(block)
        if seen > _SHELL_LINES:
            break
    left = []
    for number, block in enumerate(blocks[: last + 1]):
        at = max((n for n, line in enumerate(block) if chrome_name(line.text) == "app"), default=-1)
        for line in block if number < last else block[: at + 1]:
            draft.note(line.text, "page furniture: app")
        if number == last and block[at + 1 :]:
            left = [block[at + 1 :]]
    return left + blocks[last + 1 :]


def _before_title(blocks: list[Block], draft: Draft) -> list[Block]:
    """Read past furniture, crumbs and the name of a publisher above the headline."""
    while blocks:
        if all(is_chrome(line) for line in blocks[0]):
            drop_chrome(blocks[0], draft)
            blocks = blocks[1:]
        elif _is_crumb(blocks):
            draft.note(blocks[0][0].text, "page furniture: crumb")
            blocks = blocks[1:]
        elif _is_unknown_shell(blocks):
            for block in blocks[:2]:
                draft.note(block[0].text, "page furniture: above the headline")
            blocks = blocks[2:]
        elif len(left := _facts(blocks[0], draft, above=True)) < len(blocks[0]):
            blocks = [left, *blocks[1:]] if left else blocks[1:]
        else:
            return blocks
    return blocks


def _is_crumb(blocks: list[Block]) -> bool:
    if len(blocks) < 3 or len(blocks[0]) > 1 or blocks[0][0].denied or len(blocks[1]) > 1:
        return False
    text = blocks[0][0].text
    return _is_crumb_text(text) and len(blocks[1][0].text) > len(text) / 2


def _is_unknown_shell(blocks: list[Block]) -> bool:
    """Tell whether two short lines stand above headline and doubled picture, in words we do not know."""
    if len(blocks) < 4 or any(len(block) > 1 or block[0].denied for block in blocks[:3]):
        return False
    first, second, title = (block[0].text for block in blocks[:3])
    short = all(len(text) < _SHELL_LETTERS and not ends_sentence(text) for text in (first, second))
    return short and len(title) > max(len(first), len(second)) and _is_doubled(blocks[3])


def _is_doubled(block: Block) -> bool:
    return len(block) > 1 and block[0].text == block[1].text and not block[0].denied


def _without_unknown_toolbar(block: Block, draft: Draft) -> Block:
    """Leave out three or more short lines over a caption that comes twice: a toolbar in words we do not know."""
    at = next((n for n in range(len(block) - 1) if block[n].text == block[n + 1].text), 0)
    first = at
    while first and _is_button(block[first - 1]):
        first -= 1
    if at - first < _FEWEST_BUTTONS or len(block[at].text) < _CAPTION_LETTERS:
        return block
    for line in block[first:at]:
        draft.note(line.text, "page furniture: toolbar")
    if first and draft.subtitle is None:
        _take_subtitle(block[:first], draft)
    return block[at:]


def _is_button(line: Line) -> bool:
    return (
        not line.denied
        and len(line.text) <= 25
        and len(line.text.split()) <= 4
        and not ends_sentence(line.text)
    )


def _is_crumb_text(text: str) -> bool:
    crumb = _CRUMB.fullmatch(text) is not None and len(text.split()) <= 10
    stray = len(text) >= 8 and text.isascii() and text.isalpha() and text.islower()
    return crumb or stray


def is_no_title(line: Line, *, alone: bool) -> bool:
    """Tell whether a text that begins with this line was saved without its headline: it is a whole sentence.

    Headlines in Tibetan end as sentences do, and are not told apart.
    """
    words = len(line.text.split())
    if words > _MOST_TITLE_WORDS:
        return True
    if line.denied or alone or line.text[-1:] not in ".。។။":
        return False
    unspaced = len(_UNSPACED.findall(line.text)) > len(line.text) / 2
    return len(line.text) > _SENTENCE_LETTERS if unspaced else words > _SENTENCE_WORDS


def is_plain_title(text: str) -> bool:
    """Tell whether a text on the first line is read as the headline, whatever follows."""
    line = Line(text)
    return not (
        is_no_title(line, alone=False)
        or _is_crumb_text(text)
        or printed_day(text)
        or _FIELD.fullmatch(text)
        or text.partition(":")[0].strip().lower() in _PUBLISHERS
    )


def _without_title_again(lines: Block, draft: Draft) -> Block:
    while lines and lines[0].text == draft.title and not lines[0].denied:
        draft.note(lines[0].text, "title again")
        lines = lines[1:]
    return lines


def _facts(lines: Block, draft: Draft, *, above: bool = False) -> Block:
    """Take a printed day, a publisher, a by-line or a wire's fields at the beginning of a block."""
    while lines and not lines[0].denied:
        text = lines[0].text
        below = lines[1].text if len(lines) > 1 else ""
        if field := _FIELD.fullmatch(text):
            _take_field(field[1], field[2], draft)
        elif day := printed_day(text):
            draft.day = draft.day or day
            draft.note(text, "date")
        elif publisher := _publisher(text, draft):
            draft.publisher = publisher
            draft.note(text, "publisher")
        elif not above and (names := byline_names(text, above_day=printed_day(below) is not None)):
            draft.byline = names
            draft.note(text, "byline")
        else:
            break
        lines = lines[1:]
    return lines


def _publisher(text: str, draft: Draft) -> str | None:
    """Return who is named alone on a line, as "Radio Free Asia: 02 November 2017" at the head of a copy."""
    if found := _SOURCE_LINE.fullmatch(text):
        one, two, year = int(found["one"]), int(found["two"]), int(found["year"])
        if one > 12 >= two:  # else either could be the month
            draft.day = draft.day or (year, two, one)
        if found["who"] and not draft.byline:
            draft.byline = (found["who"],)
        return _PUBLISHERS.get(found["name"].lower(), found["name"])
    name, _, said = text.partition(":")
    publisher = _PUBLISHERS.get(name.strip().lower())
    if not publisher or not said.strip():
        return publisher
    day = printed_day(said.strip())
    draft.day = draft.day or day
    return publisher if day else None


def _take_field(name: str, value: str, draft: Draft) -> None:
    """Take one line of the head of a wire report of the 1990s: ``TITLE=``, ``DATELINE=``, ``DATE=5/1/98``."""
    draft.note(f"{name}={value}", "wire field")
    if name == "TITLE" and value:
        draft.title = value
    elif name == "BYLINE" and value:
        draft.byline = (value,)
    elif name == "DATELINE" and value:
        draft.dateline = value
    elif name == "DATE" and (found := _SHORT_DAY.fullmatch(value)):
        draft.day = (1900 + int(found[3]), int(found[1]), int(found[2]))


def _has_head_marks(block: Block) -> bool:
    """Tell whether a block surely belongs to the head: a toolbar, a day, a picture's name, a caption twice."""
    first = block[0]
    if any(is_chrome(line) for line in block):
        return True
    if first.denied:
        return False
    doubled = len(block) > 1 and (
        block[1].text == first.text or (block[1].text.startswith(first.text) and not is_heading(first.text))
    )
    return bool(
        printed_day(first.text)
        or image_name(first.text)
        or doubled
        or (len(block) > 1 and byline_names(first.text, above_day=printed_day(block[1].text) is not None))
    )


def _take_subtitle(lines: Block, draft: Draft) -> None:
    draft.subtitle = " ".join(line.text for line in lines)
    draft.note(draft.subtitle, "subtitle")


def _after_title(blocks: list[Block], draft: Draft) -> list[Block]:
    """Read dek, day and captions in the order in which they come."""
    while blocks:
        block = blocks[0]
        if all(is_chrome(line) for line in block):
            drop_chrome(block, draft)
        elif not (left := _without_title_again(block, draft)):
            pass
        elif len(left) == 1 and _is_dek(left[0], blocks[1:], draft):
            _take_subtitle(left, draft)
        else:
            return _read_header_block([left, *blocks[1:]], draft)
        blocks = blocks[1:]
    return []


def _is_dek(line: Line, after: list[Block], draft: Draft) -> bool:
    """Tell whether a sentence under the headline is its dek: the head goes on after it, or it comes again."""
    if draft.subtitle or not after or line.denied or is_chrome(line) or _has_head_marks([line]):
        return False
    if reading(line, "header") not in ("subtitle", "paragraph"):
        return False
    again = after[0][0].text == line.text and len(after[0]) == 1
    return again or (_has_head_marks(after[0]) and not all(is_chrome(one) for one in after[0]))


def _read_header_block(blocks: list[Block], draft: Draft) -> list[Block]:
    block = blocks[0]
    bar = next((n for n, line in enumerate(block) if is_chrome(line)), None)
    if bar is not None:
        drop_chrome(block, draft)
        before = _facts(block[:bar], draft)
        after = _facts([line for line in block[bar:] if not is_chrome(line)], draft)
        copies = {line.text for line in after}
        if before and draft.subtitle is None and halved(before[0].text) not in copies:
            _take_subtitle(before, draft)
            before = []
        return _take_captions([*before, *after], blocks[1:], draft)
    left = _facts(block, draft)
    if len(left) < len(block):
        return _take_captions(left, blocks[1:], draft)
    if len(block) == 1:
        return _read_single(block[0], blocks, draft)
    if len(bare := _without_unknown_toolbar(block, draft)) < len(block):
        return _take_captions(bare, blocks[1:], draft)
    if len(block) % 2 and _is_doubled(block):
        return _take_captions(block, blocks[1:], draft)
    if (pairs := own_block(block)) is not None:
        if len(block) % 2:
            _take_subtitle(block[:1], draft)
        draft.add_captions(pairs)
        return blocks[1:]
    if _has_head_marks(block):
        return _take_captions(block, blocks[1:], draft)
    return blocks


def _take_captions(lines: Block, after: list[Block], draft: Draft) -> list[Block]:
    """Take the captions under a toolbar or a day; a long first line that comes once there is the text."""
    if lines and not after and len(lines) > 1 and not _has_head_marks(lines):
        return [lines]
    captions, left = saved_block(lines)
    draft.add_captions(captions)
    left = _facts(left, draft)
    return [left, *after] if left else after


def _read_single(line: Line, blocks: list[Block], draft: Draft) -> list[Block]:
    after = blocks[1:]
    name = None if line.denied else image_name(line.text)
    if name:
        draft.add_captions([Caption(line.text[len(name) :])])
        return after
    match reading(line, "header"):
        case "caption" if after:
            draft.add_captions([Caption(line.text)])
        case "dateline" if after:
            draft.dateline = line.text.rstrip(" —–•-")
            draft.note(line.text, "dateline")
        case "byline":
            draft.byline = byline_names(line.text)
            draft.note(line.text, "byline")
        case "subtitle" if draft.subtitle is None and after:
            _take_subtitle([line], draft)
            return (
                _after_title(after, draft)
                if after and _has_head_marks(after[0]) and not line.denied
                else after
            )
        case "heading":
            draft.start_section(line.text)
        case _:
            return [[Line(line.text, _as_paragraph(line.text))], *after] if line.denied else blocks
    return after


def _as_paragraph(text: str) -> int:
    """Return how often a body line must be denied to be read as a paragraph."""
    probe = 0
    while reading(Line(text, probe), "body") != "paragraph":
        probe += 1
    return probe
