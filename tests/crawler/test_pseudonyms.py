"""A forum name leaves the house only under a key that is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawler.pseudonyms import Pseudonyms
from state.errors import InputError


def test_a_name_is_the_same_pseudonym_on_one_installation_only(tmp_path: Path) -> None:
    here, there = tmp_path / "a", tmp_path / "b"
    here.mkdir()
    there.mkdir()

    name = Pseudonyms(here).name("Marlow\ud800")

    assert name == Pseudonyms(here).name("Marlow\ud800")
    assert name != Pseudonyms(there).name("Marlow\ud800")
    assert (here / "pseudonym.key").stat().st_mode & 0o777 == 0o600
    assert os.listdir(here) == ["pseudonym.key"]


@pytest.mark.parametrize("damaged", ["", "ab\n", "no key", "ff" * 31])
def test_a_key_that_is_not_whole_hides_nothing_and_says_so(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "pseudonym.key").write_text(damaged)

    with pytest.raises(InputError, match="no whole key"):
        Pseudonyms(tmp_path)

    assert (tmp_path / "pseudonym.key").read_text() == damaged
