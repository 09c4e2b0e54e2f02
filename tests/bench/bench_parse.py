"""Page → article by each site's parser, against an lxml parse of the same page.

The pages are the golden ones, made as large and as full of furniture as real
ones are: about 190 KB, six elements to a kilobyte (menus, teasers, scripts),
forum topics with twenty posts.
"""

from __future__ import annotations

import copy
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import html

from crawler.sites import parse_page
from state.records import Page

GOLDEN = Path(__file__).parents[1] / "pages" / "golden"
SIZE = 190_000
POSTS = 20
ROUNDS = 40
BAR = 2.5
_PAGES = {
    "rfa plone": "rfa-plone1-english.html",
    "rfa arc": "rfa-arc-english.html",
    "voa": "voa-news.html",
    "invision 4": "invision4-topic.html",
    "phpbb 3": "phpbb3-topic.html",
    "discourse": "discourse-crawler.html",
    "xenforo 2": "xenforo2-topic.html",
    "vbulletin 4": "vbulletin4-topic.html",
}
#: The last post of a golden topic, and its message.
_POST = {
    "invision 4": ('//article[@id="elComment_9002"][1]', './/div[@data-role="commentContent"]'),
    "phpbb 3": ('//div[@id="p454"]', './/div[@class="content"]'),
    "discourse": ('//div[@id="post_2"]', './/div[@class="post"]'),
    "xenforo 2": ('//article[@id="js-post-70002"]', './/div[@class="bbWrapper"]'),
    "vbulletin 4": ('//li[@id="post_991"]', ".//blockquote"),
}
#: Where an article of ordinary length is let into the golden one.
_FIRST = {
    "rfa plone": "<h3>Cards and promises</h3>",
    "rfa arc": '<h2 class="c-heading">',
    "voa": "<p><strong>What his voters say</strong></p>",
}
_TEXT = " ".join(
    f"The council of the harbour met again and heard member {n} on matter {{n}}." for n in range(4)
)
_PARAGRAPHS = "".join(f'<p class="c-paragraph">{_TEXT.format(n=n)}</p>\n' for n in range(24))
_SCRIPT = (
    '<script>window.dataLayer=window.dataLayer||[];(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({"gtm.start":'
    "new Date().getTime(),event:\"gtm.js\"});var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;"
    + "var settings={" + ",".join(f'"option{n}":"value of option {n} as the site sets it"' for n in range(40))
    + "};})(window,document,'script','dataLayer','GTM-EXAMPLE');</script>"
)  # fmt: skip
_TEASER = (
    '<li class="col-xs-12 col-sm-6 mb-grid"><div class="media-block"><a href="/a/another-story-of-the-day-{n}/80{n:05}.html" '
    'class="img-wrap img-wrap--size-4" title="Another story of the day, number {n}"><div class="thumb thumb16_9"><img '
    'data-src="https://cdn.example/0100-0aff-0242-ce71-{n:05}_w33_r1.jpg" src="" alt="Another story of the day"></div></a>'
    '<div class="media-block__content"><a href="/a/{n}.html"><h4 class="media-block__title">Another story of the day, number '
    "{n}</h4></a></div></div></li>"
)
_DIGITS = re.compile(r"\d+")
_MENU = '<li class="menu__item"><a class="menu__link" href="/section/{n}">Section {n}</a></li>'


def run() -> list[dict[str, Any]]:
    """Return one row for each parser."""
    return [_row(name, _page(name)) for name in _PAGES]


def _row(name: str, body: bytes) -> dict[str, Any]:
    page = Page(
        url="",
        status=200,
        headers={"content-type": "text/html"},
        body=body,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    ours, floor = _fastest(lambda: parse_page(page), lambda: html.document_fromstring(body))
    return {
        "name": f"page → article, {name}, {len(body) // 1000} KB",
        "value": round(ours * 1000, 2),
        "unit": "ms",
        "against": "an lxml parse of the same page",
        "ratio": round(ours / floor, 2),
        "bar": BAR,
        "ok": ours <= BAR * floor,
    }


def _fastest(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the least CPU seconds of each, measured in turn."""
    best = [9.0, 9.0]
    for _ in range(ROUNDS):
        for index, work in enumerate((one, other)):
            started = time.process_time()
            work()
            best[index] = min(best[index], time.process_time() - started)
    return best[0], best[1]


def _page(name: str) -> bytes:
    text = (GOLDEN / _PAGES[name]).read_text(encoding="utf-8")
    text = (
        _with_posts(text, *_POST[name])
        if name in _POST
        else text.replace(_FIRST[name], _PARAGRAPHS + _FIRST[name], 1)
    )
    furniture, number = [], 0
    length = len(text.encode())
    while length < SIZE:
        number += 1
        piece = (
            _SCRIPT
            if number % 8 == 0
            else _MENU.format(n=number) * 3
            if number % 3
            else _TEASER.format(n=number)
        )
        furniture.append(piece)
        length += len(piece)
    half = len(furniture) // 2
    text = re.sub(
        r"(<body[^>]*>)", lambda found: found.group() + f"<ul>{''.join(furniture[:half])}</ul>", text, count=1
    )
    return text.replace("</body>", f"<ul>{''.join(furniture[half:])}</ul></body>").encode()


def _with_posts(text: str, post: str, message: str) -> str:
    tree = html.document_fromstring(text.encode())
    last = tree.xpath(post)[0]
    for number in range(POSTS - 2):
        copied = copy.deepcopy(last)
        for element in copied.iter():
            for name in ("id", "data-content", "data-commentid"):
                if value := element.get(name):
                    element.set(name, _DIGITS.sub(str(100_000 + number), value))
        words = html.fromstring(f"<p>{_TEXT.format(n=number)}</p>")
        copied.xpath(message)[0].append(words)
        last.addnext(copied)
    return html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")


if __name__ == "__main__":
    for row in run():
        print(row)
