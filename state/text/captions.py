"""Captions: in our own print, and as browsers save them."""

from __future__ import annotations

import re

from state.article import Caption
from state.text.lines import Line, is_credit

#: A picture's file name before its caption, with or without its ending.
_IMAGE_NAME = re.compile(
    r"^(?:(?i:[^\s/\\]{3,80}\.(?:jpe?g|png|gif|webp))\b|(?=\S*-)[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*[-_]?\d{2,4}(?= \S))\s*"
)


def image_name(text: str) -> str | None:
    """Return the file name of a picture that a line begins with, before its caption; else None."""
    found = _IMAGE_NAME.match(text)
    return found.group() if found and found.end() < len(text) else None


def halved(text: str) -> str:
    """Return a caption that was saved twice on one line, glued together or not, once."""
    middle = len(text) // 2
    if len(text) > 16 and text[:middle].rstrip() == text[-middle:].lstrip():
        return text[:middle].rstrip()
    return text


def own_block(block: list[Line]) -> list[Caption] | None:
    """Read our own caption block: caption and credit, or the caption twice; None if it is no such block."""
    lines = block[len(block) % 2 :]
    captions = []
    for caption, credit in zip(lines[::2], lines[1::2], strict=True):
        if caption.text == credit.text:
            captions.append(Caption(caption.text))
        elif credit.denied or is_credit(credit.text):
            captions.append(Caption(_bare(caption), credit.text))
        else:
            return None
    return captions


def saved_block(lines: list[Line]) -> tuple[list[Caption], list[Line]]:
    """Read captions as browsers save them: often twice, the second time sometimes with the credit glued on."""
    captions: list[Caption] = []
    while lines:
        text, glued = _bare(lines[0]), lines[0].text != halved(lines[0].text)
        copies, credit = 1, None
        while copies < len(lines) and halved(_bare(lines[copies])) == text:
            copies += 1
        if copies == 1 and len(lines) > 1 and (more := _more_of(text, lines[1].text)) is not None:
            credit, copies = more, 2
        elif copies == 1 and captions and not glued:
            return captions, lines
        lines = lines[copies:]
        if credit is None and lines and is_credit(lines[0].text):
            credit, lines = lines[0].text, lines[1:]
        captions.append(Caption(text, credit))
    return captions, []


def _bare(line: Line) -> str:
    text = line.text if line.denied else line.text[len(image_name(line.text) or "") :]
    return text if line.denied else halved(text)


def _more_of(text: str, longer: str) -> str | None:
    """Return the credit by which the second copy of a caption is longer, None if it is no copy."""
    if not longer.startswith(text):
        return None
    credit = longer[len(text) :].strip(" ()（）–—-")
    return credit if credit and is_credit(credit) else None
