"""When a page counts as gone, and what a person's retraction says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.alerts.withdraw import Absence, Recheck, believed, retraction, withdrawal
from state.records import NoticeKind
from tests.rules.alerts.made import NOW, nothing_yet
from tests.rules.alerts.test_decide import FIRST, told

WELL = Recheck(read=10, gone=1)


@pytest.mark.parametrize(
    ("times", "hours", "meant", "recheck", "is_gone"),
    [
        (3, 2, 0, WELL, True),
        (2, 9, 0, WELL, False),
        (9, 1, 0, WELL, False),
        (2, 0, 2, WELL, True),
        (1, 0, 1, WELL, False),
        (3, 2, 0, Recheck(read=1, gone=1), False),
        (3, 2, 0, Recheck(read=10, gone=4), False),
        (2, 0, 2, Recheck(read=10, gone=4), False),
        (3, 2, 0, Recheck(read=10, gone=3), True),
        (3, 2, 0, Recheck(read=100, gone=20), True),
        (3, 2, 0, Recheck(read=100, gone=21), False),
    ],
)
def test_a_page_is_gone_when_it_was_missed_often_long_and_alone(
    times: int, hours: float, meant: int, recheck: Recheck, is_gone: bool
) -> None:
    absence = Absence(times=times, since=NOW - timedelta(hours=hours), meant=meant)
    assert believed(absence, recheck, NOW) is is_gone


def test_a_withdrawal_says_what_was_told() -> None:
    decision = withdrawal(told(FIRST), "news:one", "v1", NOW, "the last page that told it is gone")
    assert decision.notice is not None
    assert decision.alert is not None
    assert (decision.notice.kind, decision.notice.number) == (NoticeKind.WITHDRAWAL, 2)
    assert decision.notice.told["pages_gone"] is True
    assert decision.notice.events == FIRST.assessments[0].events
    assert decision.alert.state == "withdrawn"


def test_a_retraction_carries_the_reason_and_the_name() -> None:
    decision = retraction(told(FIRST), NOW, because="It was a drill.", by="Chenda")
    assert decision.notice is not None
    assert decision.notice.kind is NoticeKind.RETRACTION
    assert (decision.notice.told["because"], decision.notice.told["by"]) == ("It was a drill.", "Chenda")
    assert decision.alert is not None
    assert decision.alert.state == "retracted"


def test_what_was_never_told_is_not_taken_back() -> None:
    assert withdrawal(nothing_yet(), "news:one", "v1", NOW, "gone").notice is None
