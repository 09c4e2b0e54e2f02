"""The page to read first in a bundle: for somebody who knows nothing of us, without any program of ours."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any

from state.article_json import instant_to_json

FIRST_PAGE = "READ-ME-FIRST.html"

_STYLE = "body{font:1em/1.5 serif;max-width:45em;margin:2em auto;padding:0 1em}pre{white-space:pre-wrap}"
_HOW = (
    "Each time a page was read, its answer was kept as it came, as a WARC record (an international standard, "
    "ISO 28500). Its SHA-256, and that of the text taken from it, were entered in a ledger. The ledger is sealed "
    "from time to time: each seal is a hash over its entries and over the seal before. The newest seal was "
    "printed in each digest that was sent, so whoever kept one of those messages can tell whether anything "
    "older was changed since.",
    "To check without our program: compute the SHA-256 of each file and compare it with manifest.json. To check "
    "with it: tocsin evidence verify THIS-FILE.",
)
_CANNOT = (
    "Whether what the page said is true.",
    "Whether the publisher's server showed others the same page at that time.",
    "Who changed a page, or why; only between which two readings it changed.",
    "That our clock was right; the times are those of the machine that read the page.",
)


def first_page(alert: str, facts: dict[str, Any], now: datetime) -> str:
    """Return the page as HTML that loads nothing.

    Args:
        alert: The alert's id.
        facts: The bundle's JSON members by name.
        now: When the bundle is made.
    """
    body = [
        f"<h1>Evidence for alert {escape(alert)}</h1>",
        f"<p>Made {escape(instant_to_json(now) or '')}. It says what pages said and when; "
        "it does not say that a thing is true.</p>",
        "<h2>What the page said, and when we saw it</h2>",
    ]
    for name in sorted(facts):
        if name.endswith("/article.json"):
            body += _article(facts[name], name.removesuffix("article.json"), facts)
    body += ["<h2>What was sent</h2>", *(_message(one) for one in facts.get("messages.json", []))]
    body += ["<h2>How we know</h2>", *(f"<p>{escape(text)}</p>" for text in _HOW)]
    body += [
        "<h2>What we cannot know</h2>",
        "<ul>",
        *(f"<li>{escape(text)}</li>" for text in _CANNOT),
        "</ul>",
    ]
    head = f'<meta charset="utf-8"><title>Evidence for alert {escape(alert)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(body)}</body></html>'


def _article(article: dict[str, Any], place: str, facts: dict[str, Any]) -> list[str]:
    found = [f"<h3>{escape(article['url'] or article['key'])}</h3>"]
    for version in article["versions"]:
        seen = f"Version {version['number']}, first seen {escape(version['seen_at'])}"
        form = facts.get(f"{place}version-{version['number']}.json")
        if form is None:
            found.append(
                f"<p>{seen}: the text is withheld or was erased. Its digest is {escape(version['version'])}.</p>"
            )
            continue
        found.append(f"<p>{seen}. Digest of the text: {escape(version['version'])}</p>")
        paragraphs = [form["title"], *(text for part in form["sections"] for text in part["paragraphs"])]
        found.append(
            "<blockquote>" + "".join(f"<p>{escape(text)}</p>" for text in paragraphs) + "</blockquote>"
        )
    return found


def _message(message: dict[str, Any]) -> str:
    when = f", {escape(message['settled_at'])}" if message["settled_at"] else ""
    text = escape(message["body"] or "not composed yet")
    return f"<p>{escape(message['id'])}: {escape(message['state'])}{when}</p><pre>{text}</pre>"
