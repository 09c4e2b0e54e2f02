"""Readers given broken input end in a reading or in an error that says why."""

from __future__ import annotations

import pytest

from tests.fuzz.readers import READERS
from tests.fuzz.run import CASES, fuzz, limited

INPUTS = 2000
MINUTES = 10


def _told(failures: dict[str, tuple[bytes, str]]) -> str:
    return "\n\n".join(f"{place}\n{body[:400]!r}\n{trace}" for place, (body, trace) in failures.items())


@pytest.mark.parametrize("name", READERS)
def test_broken_input_is_read_or_refused(name: str) -> None:
    report = fuzz(READERS[name], inputs=INPUTS, traced=8)
    assert not report.failures, _told(report.failures)
    assert report.kept > 1


@pytest.mark.long
@pytest.mark.parametrize("name", READERS)
def test_broken_input_is_read_or_refused_at_length(name: str) -> None:
    report = fuzz(READERS[name], seconds=MINUTES * 60, seed=1)
    print(f"{name}: {report.inputs} inputs, {report.kept} reached new lines, {report.lines} lines seen")
    assert not report.failures, _told(report.failures)


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_what_once_broke_a_reader_breaks_none(case) -> None:
    limited(READERS[case.name.partition("-")[0]], case.read_bytes())
