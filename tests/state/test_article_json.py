"""The JSON form loses nothing, forgives what may be absent, and names what is wrong."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from state.article import Article, Caption, Comment, Origin, Section
from state.article_json import from_json, to_json
from state.errors import InputError

FULL = Article(
    title="Ten councillors change sides",
    sections=(Section(None, ("One.",)), Section("Loss of trust", ("Two.", "សូម\u200bទោស។"))),
    url="https://news.example/a?x=1",
    canonical_url="https://news.example/a",
    key="https://news.example/a",
    source="example",
    site="generic",
    language="km",
    subtitle="A dek",
    byline=("Sok Dara",),
    dateline="TAKEO —",
    section="Politics",
    tags=("party",),
    captions=(Caption("A rally.", "AFP", "https://img.example/1.jpg"),),
    attribution="Reported by the desk.",
    quoted=("what another said",),
    comments=(
        Comment(
            id="7",
            author="A",
            place="Takeo",
            text="line one\nline two",
            quoted=("q",),
            posted_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            parent="6",
            edited_at=datetime(2026, 1, 3, tzinfo=UTC),
        ),
    ),
    published_at=datetime(2026, 1, 1, 12, tzinfo=UTC),
    modified_at=datetime(2026, 1, 1, 13, tzinfo=UTC),
    fetched_at=datetime(2026, 1, 1, 14, tzinfo=UTC),
    origin=Origin("VOA", "https://voa.example/1"),
    provenance={"title": "h1"},
)


def test_every_field_survives():
    back = from_json(json.loads(json.dumps(to_json(FULL))))

    assert back == FULL
    assert dict(back.provenance) == {"title": "h1"}
    assert back.version == FULL.version


def test_every_field_of_the_article_is_in_the_published_schema():
    schema = json.loads(files("state").joinpath("article.schema.json").read_text("utf-8"))

    assert set(schema["properties"]) == {field.name for field in fields(Article)} | {"format", "version"}
    assert set(schema["properties"]) == set(to_json(FULL))


def test_null_equals_absent():
    bare = from_json({"title": "T", "sections": [{"paragraphs": ["P."]}]})

    assert bare == from_json(
        dict.fromkeys(to_json(FULL))
        | {"format": "tocsin-article/1", "title": "T", "sections": [{"heading": None, "paragraphs": ["P."]}]}
    )


def test_input_text_is_tidied_as_ingest_does():
    article = from_json(
        {"title": " Cafe\u0301\u00a0 bar ", "sections": [{"paragraphs": ["a\n b", "> said before"]}]}
    )

    assert article.title == "Café bar"
    assert article.paragraphs == ("a b",)
    assert article.quoted == ("said before",)


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ([], "JSON object"),
        ({"sections": []}, "title"),
        ({"title": "T"}, "sections"),
        ({"title": 7, "sections": []}, "title"),
        ({"title": "T", "sections": {}}, "sections"),
        ({"title": "T", "sections": [{"paragraphs": "P"}]}, "paragraphs"),
        ({"title": "T", "sections": [], "published_at": "2026-01-01T00:00:00"}, "time zone"),
        ({"title": "T", "sections": [], "published_at": "yesterday"}, "published_at"),
        ({"title": "T", "sections": [], "comments": [{}]}, "comment"),
        ({"title": "T", "sections": [], "format": "tocsin-article/9"}, "tocsin-article/1"),
    ],
)
def test_what_is_wrong_is_named(form, named):
    with pytest.raises(InputError, match=named):
        from_json(form)


def test_the_version_ignores_addresses_and_fetch_times():
    other = from_json(to_json(FULL) | {"fetched_at": None, "url": "https://mirror.example/a", "tags": []})

    assert other.version == FULL.version
    assert from_json(to_json(FULL) | {"title": "Nine councillors change sides"}).version != FULL.version


def test_half_a_surrogate_pair_is_replaced_not_fatal():
    article = from_json(json.loads('{"title": "T", "sections": [{"paragraphs": ["a\\ud800b"]}]}'))

    assert article.paragraphs == ("a\ufffdb",)
