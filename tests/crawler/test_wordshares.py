"""The archive is measured when it has doubled; what was measured decides how rules are compiled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crawler import wordshares
from crawler.rulefiles import load_configured
from crawler.settings import Settings
from crawler.wordshares import kept, measure_if_due
from state.article import Article, Section
from state.store.store import Store

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
RULE = "id: a\nseverity: low\nquery: harbour AND orchard\n"


def grown(store: Store, start: int, end: int) -> None:
    with store.begin() as tx:
        for number in range(start, end):
            sections = (Section(None, (f"The orchard of day {number}.",)),)
            tx.articles.put(Article(title="News", key=f"a:{number}", sections=sections), now=NOW)


def test_it_is_measured_from_two_hundred_on_and_again_when_doubled(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(RULE)
    settings = Settings.model_validate({"rules": {"packs": [], "files": ["*.yaml"]}})
    store = Store.open(f"sqlite:///{tmp_path / 'state.db'}", create=True)
    before = load_configured(settings, tmp_path).ruleset
    measured = []
    for start, end in ((0, 199), (199, 200), (200, 399), (399, 400)):
        grown(store, start, end)
        measured.append(measure_if_due(store, before, tmp_path))
    store.close()
    after = load_configured(settings, tmp_path).ruleset

    assert measured == [0, 200, 0, 400]
    assert kept(tmp_path)[1][" orchard "] == 1.0
    assert [anchors(ruleset) for ruleset in (before, after)] == [" orchard ", " harbour "]
    assert before.hash == after.hash


def anchors(ruleset: object) -> str:
    engine = ruleset.engine  # type: ignore[attr-defined]
    [number] = engine.prepared[0].anchor.first
    return str(engine.needles[number].text)


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    for body in ("", "[", "[]", '{"shares": []}', '{"shares": {"a": "b"}}'):
        (tmp_path / wordshares.NAME).write_text(body)

        assert kept(tmp_path) == (b"", {})
