"""Events as a table: no formula, and nobody named of whom only a refusal is told."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.event_exports import EventExport, write
from state.article import Article, Section
from state.records import Claim, Event, Span
from state.store.store import Store

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


def event(claim: Claim, actor: str, **more: Any) -> Event:
    return Event(
        kind=more.pop("kind", "defection"),
        subkind="person",
        claim=claim,
        quote=f"={actor} spoke.",
        quote_at=Span("/sections/0/paragraphs/0", 0, 3, "abc"),
        actor=actor,
        **more,
    )


def store(folder: Path, *told: tuple[str, Event]) -> Store:
    opened = Store.open(f"sqlite:///{folder / 'state.db'}", create=True)
    with opened.begin() as tx:
        for number, (language, one) in enumerate(told):
            article = Article(
                title=f"Story {number}",
                key=f"a:{number}",
                language=language,
                sections=(Section(None, (one.quote,)),),
            )
            put = tx.articles.put(article, now=NOW)
            tx.events.put(put.key, put.version, [one], NOW)
    return opened


def exported(opened: Store, **choice: Any) -> tuple[list[dict[str, Any]], int]:
    out = io.StringIO()
    with opened.read() as tx:
        told = EventExport(tx, **choice)
        assert write(told, "jsonl", out) == len(out.getvalue().splitlines())
    opened.close()
    return [json.loads(line) for line in out.getvalue().splitlines()], told.withheld


def test_people_who_only_refused_are_left_out_and_counted(tmp_path: Path) -> None:
    opened = store(
        tmp_path,
        ("en", event(Claim.REFUSED, "Lina Hart")),
        ("en", event(Claim.DENIED, "Pol Reed")),
        ("en", event(Claim.REPORTED, "Pol  Reed")),
        ("en", event(Claim.REFUSED, "the Court", kind="dissolution")),
    )

    rows, withheld = exported(opened)

    assert ([row["actor"] for row in rows], withheld) == (["Pol Reed", "Pol  Reed", "the Court"], 1)


def test_all_names_are_kept_on_request(tmp_path: Path) -> None:
    rows, withheld = exported(store(tmp_path, ("en", event(Claim.REFUSED, "Lina Hart"))), with_names=True)

    assert ([row["actor"] for row in rows], withheld) == (["Lina Hart"], 0)


def test_a_choice_narrows_by_kind_language_and_time(tmp_path: Path) -> None:
    told = (
        ("zh-Hant", event(Claim.REPORTED, "one")),
        ("en", event(Claim.REPORTED, "two")),
        ("zh", event(Claim.REPORTED, "three", kind="dissolution")),
    )

    by_language, _ = exported(store(tmp_path, *told), language="zh")
    (tmp_path / "state.db").unlink()
    by_kind, _ = exported(store(tmp_path, *told), kind="dissolution", since=NOW)
    (tmp_path / "state.db").unlink()
    later, _ = exported(store(tmp_path, *told), since=NOW.replace(hour=10))

    assert [row["actor"] for row in by_language] == ["one", "three"]
    assert [row["actor"] for row in by_kind] == ["three"]
    assert later == []


def test_a_table_holds_no_formula(tmp_path: Path) -> None:
    opened = store(tmp_path, ("en", event(Claim.REPORTED, "@SUM(A1)", pressure=("arrest", "bail"))))
    out = io.StringIO()
    with opened.read() as tx:
        write(EventExport(tx), "csv", out)
    opened.close()

    head, row = out.getvalue().splitlines()
    assert head.startswith("id,claim,kind")
    assert "'@SUM(A1)" in row
    assert "'=@SUM(A1) spoke." in row
    assert "arrest; bail" in row
