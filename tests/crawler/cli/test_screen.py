"""Tables on a terminal: what fits stands in columns, what does not stands below, whole."""

from __future__ import annotations

from crawler.cli.screen import laid_out

ADDRESS = "https://news.example/2026/03/10/a-rather-long-address-of-an-article-that-nobody-can-remember.html"
HEADINGS = ["alert", "claim", "headline", "address"]
ROWS = [
    ["A-1", "CALLED FOR, NOT DONE", "Two councillors are asked to leave", ADDRESS],
    ["A-22", "DENIED", "ក្រុមប្រឹក្សា", "–"],
]


def test_a_wide_terminal_gets_columns() -> None:
    head, first, second = laid_out(HEADINGS, ROWS, 200)

    assert head.index("headline") == first.index("Two councillors") == second.index("ក្រុម")
    assert first.endswith(ADDRESS)


def test_a_narrow_terminal_gets_every_word_and_address_whole() -> None:
    lines = laid_out(HEADINGS, ROWS, 60)

    assert lines == [
        "alert  claim",
        "    headline · address",
        "A-1    CALLED FOR, NOT DONE",
        f"    Two councillors are asked to leave · {ADDRESS}",
        "A-22   DENIED",
        "    ក្រុមប្រឹក្សា",
    ]


def test_one_column_is_never_moved_below() -> None:
    assert laid_out(["address"], [[ADDRESS]], 20) == ["address", ADDRESS]
