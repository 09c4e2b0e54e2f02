"""Documents handed in: each form is told, each failure is one line, nothing stops the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.documents import complete, read_articles, read_document, read_documents
from state.article import Article, Section
from state.errors import InputError


def form(title: str = "A title", *paragraphs: str, **more: object) -> dict[str, object]:
    return {
        "title": title,
        "sections": [{"heading": None, "paragraphs": list(paragraphs or ["Words."])}],
        **more,
    }


def test_every_article_gives_one_document_in_order_also_the_unreadable(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(form("One")))
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "many.jsonl").write_text(
        f"{json.dumps(form('Two'))}\n\nnot json\n{json.dumps(form('Three'))}\n"
    )
    (tmp_path / "plain.txt").write_text("Four\n\nSome words of an article.\n")
    names = [
        str(tmp_path / name) for name in ("one.json", "broken.json", "many.jsonl", "absent.txt", "plain.txt")
    ]

    read = list(read_documents(names))

    assert [d.article.title if d.article else None for d in read] == [
        "One",
        None,
        "Two",
        None,
        "Three",
        None,
        "Four",
    ]
    assert [d.name.rpartition("/")[2] for d in read if not d.article] == [
        "broken.json",
        "many.jsonl:3",
        "absent.txt",
    ]
    assert all(d.error for d in read if not d.article)


def test_a_json_list_is_as_many_articles(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps([form("One"), {"title": 5}, form("Two")]))

    read = list(read_documents([str(tmp_path / "list.json")]))

    assert [d.article.title if d.article else "" for d in read] == ["One", "", "Two"]


@pytest.mark.parametrize(
    ("name", "body", "title"),
    [
        (
            "page",
            b"<!doctype html><title>x</title><h1>Saved page</h1><p>" + b"Words of it. " * 40,
            "Saved page",
        ),
        ("article", json.dumps(form("Some JSON")).encode(), "Some JSON"),
        ("text", b"Only text\n\nA paragraph of it.\n", "Only text"),
        ("bom.txt", "\ufeffWith a mark\n\nA paragraph of it.\n".encode(), "With a mark"),
    ],
)
def test_a_form_is_told_by_how_the_content_begins(name: str, body: bytes, title: str) -> None:
    assert read_document(name, body).title == title


def test_one_item_of_a_feed_is_an_article_and_several_must_be_chosen_from() -> None:
    item = "<item><title>{0}</title><link>https://example.org/{0}</link><description>Words of {0}.</description></item>"
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>f</title>{}</channel></rss>'
    one = feed.format(item.format("one")).encode()
    two = feed.format(item.format("one") + item.format("two")).encode()

    assert read_document("f.xml", one).title == "one"
    assert read_document("f.xml", two, url="https://example.org/two").title == "two"
    with pytest.raises(InputError, match="one is read at a time"):
        read_document("f.xml", two)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"title": ' + b"9" * 10_000 + b"}", b"\xff\xfe{}", b"5"])
def test_hostile_json_is_an_input_error(body: bytes) -> None:
    with pytest.raises(InputError):
        read_document("a.json", body)


def test_what_a_bare_article_lacks_is_filled_in() -> None:
    bare = Article(
        title="ចំណងជើង", sections=(Section(None, ("អត្ថបទ",)),), url="https://www.voanews.com/a/x/7123456.html"
    )

    done = complete(bare)

    assert done.language == "km"
    assert done.key == "voa:7123456"
    assert done.canonical_url == "https://voanews.com/a/x/7123456.html"


def test_a_key_and_a_language_of_its_own_stay() -> None:
    own = Article(title="Title", sections=(Section(None, ("Words.",)),), key="mine:1", language="en-GB")

    done = complete(own)

    assert (done.key, done.language) == ("mine:1", "en-GB")


RECORD = {
    "@id": "https://viewer.rfaweb.org/lao/news/a-01142021143304.html",
    "title": "ພັກທົດລອງ",
    "effective": "2021-01-14T19:33:08Z",
    "text": {"data": "<p>ສະມາຊິກ<b>ສອງ</b>ຄົນລາອອກ</p>"},
}


def test_a_list_of_a_sites_own_records_is_read_one_by_one() -> None:
    body = json.dumps(
        [
            RECORD,
            form("Ours"),
            {**RECORD, "title": "Two", "@id": "https://www.rfa.org/english/b-01142021143305.html"},
        ]
    )

    read = read_articles("records.json", body.encode())

    assert [article.title for article in read] == ["ພັກທົດລອງ", "Ours", "Two"]
    assert [article.language for article in read] == ["lo", "en", "lo"]
    assert read[0].paragraphs == ("ສະມາຊິກສອງຄົນລາອອກ",)


def test_an_address_picks_one_record_out_of_a_list() -> None:
    other = {**RECORD, "title": "Two", "@id": "https://www.rfa.org/english/b-01142021143305.html"}
    body = json.dumps([RECORD, other]).encode()

    read = read_articles("r.json", body, url="https://www.rfa.org/english/news/b-01142021143305.html")

    assert [article.title for article in read] == ["Two"]


def test_an_item_of_a_list_that_cannot_be_read_is_named_by_its_place() -> None:
    with pytest.raises(InputError, match="article 2 of 2"):
        read_articles("r.json", json.dumps([RECORD, {"title": 5}]).encode())


def test_a_sites_own_record_alone_is_an_article_wherever_documents_are_read(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(RECORD))
    (tmp_path / "many.jsonl").write_text(json.dumps(RECORD) + "\n")

    read = list(read_documents([str(tmp_path / "one.json"), str(tmp_path / "many.jsonl")]))

    assert [d.article.key if d.article else d.error for d in read] == ["rfa:a-01142021143304"] * 2
