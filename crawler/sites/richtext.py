"""A text as editors keep it in JSON → HTML: lists of typed blocks, trees of them, or markup in a string.

Read by what all of them share, not by product: an object names its kind
(``type``, ``nodeType``, ``_type``, ``blockName`` …) and holds its words or its
parts under one of a few names.  So do Arc, Contentful, Editor.js, Gutenberg,
Portable Text, ProseMirror, Slate and Draft.js.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from crawler.sites.words import clean

_KINDS = ("type", "_type", "nodeType", "blockType", "blockName", "kind", "tag", "name", "__typename")
_INNER = (
    "content", "text", "html", "value", "children", "innerHTML", "paragraph", "model", "data", "blocks", "items", "nodes",
    "content_elements", "paragraphs", "attrs", "attributes", "body", "rendered",
)  # fmt: skip
_HEADING = re.compile(r"head(?:er|ing|line)|^h[1-6]$|title|cross-?head", re.IGNORECASE)
_PICTURE = re.compile(r"image|photo|picture|figure|^img$", re.IGNORECASE)
_INLINE = re.compile(
    r"^(?:text|span|link|a|strong|b|em|i|u|bold|italic|underline|mark|fragment|hyperlink|inline|urllink)$",
    re.IGNORECASE,
)
#: Blocks that are not the article's own words.
_LEFT_OUT = re.compile(
    r"embed|video|audio|iframe|script|advert|^ads?$|related|interstitial|newsletter|promo|pull-?quote|raw_?html|tweet|social|"
    r"divider|break|button|^code$|poll|quiz",
    re.IGNORECASE,
)
_CAPTIONS = ("caption", "description", "legend")
_CREDITS = ("credit", "credits", "copyright", "photographer", "source", "copyrightHolder")
_MARKUP = re.compile(r"<[a-zA-Z/][^<>]{0,2000}>")
_DEEPEST = 16
#: Parts taken of one object.
_MOST = 5000


def markup_of(value: Any) -> str:
    """Return the HTML of a text in JSON; "" if there is none."""
    return _rendered(value, _DEEPEST, inline=False)


def figure_of(item: dict[str, Any]) -> str:
    """Return the HTML of a picture with its caption and credit, "" if it has no caption."""
    told = [item, *(part for part in item.values() if isinstance(part, dict))]
    caption = next((text for box in told for name in _CAPTIONS if (text := _words(box.get(name)))), "")
    credit = next((text for box in told for name in _CREDITS if (text := _words(box.get(name)))), "")
    address = next(
        (box[name] for box in told for name in ("url", "src") if isinstance(box.get(name), str)), ""
    )
    if not caption:
        return ""
    written = f'<span class="credit">{escape(credit)}</span>' if credit and credit != caption else ""
    box = f'<figcaption><span class="caption">{escape(caption)}</span> {written}</figcaption>'
    return f'<figure><img src="{escape(address, quote=True)}">{box}</figure>'


def _words(value: Any) -> str:
    """Return the words of a small text, alone, in an object or in a list of them."""
    if isinstance(value, str):
        return clean(re.sub(_MARKUP, " ", value))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value[:5])))
    names = ("name", "text", "html", "plain", "byline", "value", "by")
    return (
        next((_words(value[name]) for name in names if value.get(name)), "")
        if isinstance(value, dict)
        else ""
    )


def _rendered(value: Any, depth: int, *, inline: bool) -> str:
    if isinstance(value, str):
        return _text(value, inline=inline)
    if depth and isinstance(value, list):
        as_words = inline or _is_run(value)
        return "".join(_rendered(part, depth - 1, inline=as_words) for part in value[:_MOST])
    return _block(value, depth, inline=inline) if depth and isinstance(value, dict) else ""


def _text(text: str, *, inline: bool) -> str:
    if _MARKUP.search(text):
        return text
    if inline:
        return escape(text)
    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n+", text) if part.strip())


def _is_run(parts: list[Any]) -> bool:
    """Tell whether a list is a paragraph's words in pieces: one at least is marked as such, and none is a block."""
    kinds = [_kind(part) if isinstance(part, dict) else "" for part in parts]
    leaves = [isinstance(part, dict) and isinstance(part.get("text"), str) for part in parts]
    if any(kinds):
        return all(_INLINE.match(kind) for kind in kinds if kind) and not any(map(_is_markup, parts))
    return len(parts) > 1 and any(leaves) and not any(map(_ends, parts))


def _is_markup(part: Any) -> bool:
    """Tell whether a part that calls itself text is a paragraph all the same: it has markup, or ends a sentence."""
    if not isinstance(part, dict):
        return False
    text = next((part[name] for name in ("content", "text", "value") if isinstance(part.get(name), str)), "")
    return text.lstrip().startswith("<p") or (part.get("type") == "text" and "content" in part)


def _ends(part: Any) -> bool:
    text = part.get("text") if isinstance(part, dict) else part
    return isinstance(text, str) and len(text) > 80 and text.rstrip().endswith((".", "?", "!", "”", "。"))


def _kind(item: dict[str, Any]) -> str:
    return next((told for name in _KINDS if isinstance(told := item.get(name), str) and told), "")


def _block(item: dict[str, Any], depth: int, *, inline: bool) -> str:
    kind = _kind(item)
    if _LEFT_OUT.search(kind):
        return ""
    if _PICTURE.search(kind):
        return figure_of(item)
    style = item.get("style")
    inner = next((item[name] for name in _INNER if item.get(name) not in (None, "", [], {})), None)
    if inline or (_INLINE.match(kind) and not _is_markup(item)):
        return _rendered(inner, depth - 1, inline=True)
    is_heading = _HEADING.search(kind) or (isinstance(style, str) and _HEADING.search(style))
    words = _rendered(
        inner, depth - 1, inline=not isinstance(inner, dict) and not _holds_blocks(inner, bool(kind))
    )
    if not words:
        return ""
    if is_heading and words.count("<p>") <= 1:
        return words if "<h" in words else f"<h2>{words.replace('<p>', '').replace('</p>', '')}</h2>"
    return words if words.lstrip().startswith(("<p", "<h2", "<div", "<figure")) else f"<p>{words}</p>"


def _holds_blocks(inner: Any, typed: bool) -> bool:
    """Tell whether what a block holds are blocks again, or lines of its own; a typed one's untyped parts are words."""
    if isinstance(inner, str):
        return "\n\n" in inner
    if not isinstance(inner, list) or _is_run(inner):
        return False
    parts = [part for part in inner if isinstance(part, dict)]
    return any(_kind(part) or "text" not in part for part in parts) if typed else bool(parts)
