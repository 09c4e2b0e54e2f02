"""A story of Arc's content interface (ANS) → the HTML that the site's theme makes of it.

Embeds, links to other stories, pull quotes and copyright lines are left out.
"""

from __future__ import annotations

from html import escape
from typing import Any

from crawler.sites.jsonld import objects, string, strings
from crawler.sites.tree import Document
from state.article import Caption

#: Elements deeper than this are not followed.
_DEEPEST = 8


def story_markup(story: dict[str, Any]) -> str | None:
    """Return the HTML of a story's ``content_elements``, None if it has no list of them."""
    elements = story.get("content_elements")
    if not isinstance(elements, list):
        return None
    return "\n".join(_rendered(item, 0) for item in elements if isinstance(item, dict))


def promo_caption(document: Document, story: dict[str, Any]) -> Caption | None:
    """Return the caption of the story's lead picture."""
    promo = story.get("promo_items")
    basic = promo.get("basic") if isinstance(promo, dict) else None
    if not isinstance(basic, dict) or basic.get("type") not in ("image", None):
        return None
    text = string(basic, "caption")
    return Caption(text, _credit(basic) or None, document.join(string(basic, "url"))) if text else None


def _credit(image: dict[str, Any]) -> str:
    if vanity := string(image, "vanity_credits", "by", "name"):
        return vanity
    named = [
        name
        for credits in objects(image, "credits")
        for kind in ("by", "affiliation")
        for name in strings(credits, kind)
    ]
    return ", ".join(dict.fromkeys(named))


def _rendered(item: dict[str, Any], depth: int) -> str:
    """Return one element of a story as HTML; embeds, links to other stories and pull quotes are left out."""
    kind = item.get("type")
    words = next((text for name in ("content", "text") if isinstance(text := item.get(name), str)), "")
    if kind in ("text", "paragraph", "endorsement"):
        return f"<p>{words}</p>"
    if kind == "correction":
        label = escape(string(item, "correction_type") or "Correction").capitalize()
        return f'<section class="correction"><h6>{label}</h6><p>{words}</p></section>'
    if kind == "header":
        return f"<h2>{words}</h2>"
    if kind == "image":
        return _figure(item, string(item, "caption"))
    if kind == "video":
        return _figure(item, string(item, "description", "basic"))
    if depth >= _DEEPEST or (kind == "quote" and item.get("subtype") == "pullquote"):
        return ""
    if kind in ("quote", "list", "gallery"):
        inner = objects(item, "content_elements") or objects(item, "items")
        return "".join(_rendered(part, depth + 1) for part in inner)
    return _rows(item) if kind == "table" else ""


def _figure(item: dict[str, Any], caption: str) -> str:
    if not caption:
        return ""
    credit = _credit(item)
    written = f'<span class="credit">{escape(credit)}</span>' if credit else ""
    box = f'<figcaption><span class="caption">{escape(caption)}</span>{written}</figcaption>'
    return f'<figure><img src="{escape(string(item, "url"), quote=True)}">{box}</figure>'


def _rows(table: dict[str, Any]) -> str:
    rows = table.get("rows")
    listed = [table.get("header"), *(rows if isinstance(rows, list) else [])]
    cells = [cell for row in listed if isinstance(row, list) for cell in row]
    return "".join(f"<p>{string(cell, 'content')}</p>" for cell in cells)
