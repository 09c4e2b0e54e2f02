"""Which fields changed, and how much each change weighs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.difference.article import Change, compare
from state.article import Article, Caption, Comment, Section

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
TEXTS = (
    "Twelve councillors of the Lotus Party left it on Friday.",
    "They had served since 2022.",
    "The party said nothing.",
    'It was "no surprise", others said.',
)
BASE = Article(
    title="Twelve councillors leave the Lotus Party",
    sections=(Section(None, TEXTS),),
    captions=(Caption("Voters queue", "AFP", "https://example.org/a.jpg?auth=1"),),
    comments=(
        Comment(id="1", author="One", text="I doubt it."),
        Comment(id="2", author="Two", text="Old news."),
    ),
    published_at=AT,
)


def with_text(number: int, text: str | None) -> Article:
    texts = [text if at == number else old for at, old in enumerate(TEXTS)]
    return replace(BASE, sections=(Section(None, tuple(t for t in texts if t is not None)),))


def changes(now: Article) -> list[tuple[str, str, str]]:
    return [(c.field, c.kind, c.weight) for c in compare(BASE, now) if c.kind != "unchanged"]


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (BASE, []),
        (replace(BASE, captions=(replace(BASE.captions[0], image_url="https://example.org/a.jpg?auth=2"),)), []),
        (replace(BASE, title="Twelve Councillors Leave the Lotus Party"), [("title", "edited", "cosmetic")]),
        (replace(BASE, title="Councillors may leave the Lotus Party"), [("title", "edited", "meaning")]),
        (replace(BASE, subtitle="One stays"), [("subtitle", "added", "meaning")]),
        (replace(BASE, byline=("Dara",)), [("author", "added", "wording")]),
        (replace(BASE, modified_at=AT), [("time of last change", "added", "cosmetic")]),
        (with_text(3, TEXTS[3].replace('"', "\u201d")), [("paragraph 4", "edited", "cosmetic")]),
        (with_text(2, "The party has said nothing so far."), [("paragraph 3", "edited", "wording")]),
        (with_text(1, "They had served since 2017."), [("paragraph 2", "edited", "meaning")]),
        (with_text(0, TEXTS[0].replace("Twelve", "Four")), [("paragraph 1", "edited", "meaning")]),
        (with_text(0, TEXTS[0].replace("Lotus", "Reed")), [("paragraph 1", "edited", "meaning")]),
        (with_text(0, TEXTS[0].replace("left it", "did not leave it")), [("paragraph 1", "edited", "meaning")]),
        (with_text(1, None), [("paragraph 2", "removed", "meaning")]),
        (with_text(2, "Wholly other words stand here now"), [("paragraph 3", "removed", "meaning"), ("paragraph 3", "added", "meaning")]),
        (replace(BASE, captions=()), [("caption 1", "removed", "meaning")]),
        (replace(BASE, comments=BASE.comments[:1]), [("comment 2", "removed", "meaning")]),
        (replace(BASE, comments=BASE.comments[::-1]), []),
        (replace(BASE, comments=(*BASE.comments, Comment(id="3", author="Three", text="When?"))), [("comment 3", "added", "meaning")]),
        (replace(BASE, comments=(replace(BASE.comments[0], text="I do not doubt it."), BASE.comments[1])), [("comment 1", "edited", "meaning")]),
    ],
)  # fmt: skip
def test_every_change_is_found_named_and_weighed(now: Article, found: list[tuple[str, str, str]]) -> None:
    assert changes(now) == found


@pytest.mark.parametrize(
    ("was", "now", "weight"),
    [
        ("ពួកគេមកពីខេត្តកំពត។", "ពួកគេមកពីខេត្តតាកែវ។", "meaning"),
        ("ពួកគេបានចុះចូល។", "ពួកគេមិនបានចុះចូល។", "meaning"),
        ("法院周四解散救国党。", "法院周四解散人民党。", "meaning"),
        ("พวกเขาลาออก", "พวกเขา\u200bลาออก", "cosmetic"),
    ],
)
def test_in_a_script_without_capitals_an_exchange_counts_as_meaning(was: str, now: str, weight: str) -> None:
    old = replace(BASE, sections=(Section(None, (was,)),))
    new = replace(BASE, sections=(Section(None, (now,)),))

    [change] = compare(old, new)

    assert change.weight == weight


def test_what_stayed_is_counted_not_repeated() -> None:
    found = compare(BASE, with_text(1, "They had served since 2017."))

    assert [(change.field, change.number) for change in found if change.kind == "unchanged"] == [
        ("paragraph", 1),
        ("paragraph", 2),
    ]


def test_a_page_of_countless_equal_paragraphs_is_compared() -> None:
    many = replace(BASE, sections=(Section(None, ("again",) * 20_000),))

    assert isinstance(compare(many, BASE)[0], Change)
