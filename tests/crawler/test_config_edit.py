"""Sources are appended to the configuration: comments stay, and a file is never made unacceptable."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.config import load
from crawler.config_edit import append_sources
from state.errors import ConfigError

TEXT = '# mine\n[sources.old]  # kept\nfeeds = ["https://example.org/old"]\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tocsin.toml"
    path.write_text(TEXT)
    path.chmod(0o640)
    return path


def test_a_source_is_appended_and_the_rest_stays_as_it_was(path: Path) -> None:
    table = {"feeds": ["https://example.org/n"], "language": None, "note": "why"}

    added = append_sources(path, {"new": table, "old": table})

    assert added == ["new"]
    assert path.read_text() == f'{TEXT}\n# why\n[sources.new]\nfeeds = ["https://example.org/n"]\n'
    assert path.stat().st_mode & 0o777 == 0o640
    assert set(load(path).settings.sources) == {"old", "new"}


def test_a_source_that_would_spoil_the_file_is_refused_with_the_line_it_would_have(path: Path) -> None:
    with pytest.raises(ConfigError, match=r"tocsin.toml line 7"):
        append_sources(path, {"new": {"site": "rfa", "feeds": ["nonsense"]}})

    assert path.read_text() == TEXT
    assert list(path.parent.iterdir()) == [path]
