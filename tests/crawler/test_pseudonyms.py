"""A forum name leaves the house only under a key that is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawler.pseudonyms import Pseudonyms
from state.errors import InputError
from state.records import Candidate


def test_a_name_is_the_same_pseudonym_on_one_installation_only(tmp_path: Path) -> None:
    here, there = tmp_path / "a", tmp_path / "b"
    here.mkdir()
    there.mkdir()

    name = Pseudonyms(here).name("Marlow\ud800")

    assert name == Pseudonyms(here).name("Marlow\ud800")
    assert name != Pseudonyms(there).name("Marlow\ud800")
    assert (here / "pseudonym.key").stat().st_mode & 0o777 == 0o600
    assert os.listdir(here) == ["pseudonym.key"]


def test_what_a_forums_feed_tells_of_a_writer_is_hidden_before_it_waits(tmp_path: Path) -> None:
    found = [Candidate(url="https://a.example/1", key="a:1", source="a", channel="feed", author="Marlow")]
    names = Pseudonyms(tmp_path)

    assert [item.author for item in names.candidates(found, "phpbb")] == [names.name("Marlow")]
    assert [item.author for item in names.candidates(found, "rfa")] == ["Marlow"]


@pytest.mark.parametrize("damaged", ["", "ab\n", "no key", "ff" * 31])
def test_a_key_that_is_not_whole_hides_nothing_and_says_so(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "pseudonym.key").write_text(damaged)

    with pytest.raises(InputError, match="no whole key"):
        Pseudonyms(tmp_path)

    assert (tmp_path / "pseudonym.key").read_text() == damaged
