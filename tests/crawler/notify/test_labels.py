"""One catalogue: complete in English, exact in Khmer where we have it."""

from __future__ import annotations

import pytest

from crawler.notify.labels import labels
from state.records import Claim, NoticeKind, Severity

EN, KM = labels("en"), labels("km")


def test_every_claim_notice_and_severity_has_a_word() -> None:
    assert all(EN.claim(claim) for claim in Claim)
    assert [EN.severity(severity) for severity in Severity] == ["LOW", "MEDIUM", "HIGH", "CRITICAL"]
    assert [EN.notice(kind) for kind in NoticeKind] == [
        "",
        "NEWS ON",
        "CORRECTION to",
        "WITHDRAWN",
        "RETRACTED BY US",
    ]


@pytest.mark.parametrize(
    ("claim", "who", "date", "said"),
    [
        (Claim.REPORTED, "VOA", None, "REPORTED AS FACT by VOA"),
        (Claim.CLAIMED, None, None, "CLAIMED"),
        (Claim.DENIED, "the official", None, "DENIED by the official"),
        (Claim.PLANNED, "X", "16 November", "ANNOUNCED FOR 16 November"),
        (Claim.PLANNED, "X", None, "ANNOUNCED"),
        (Claim.REFUSED, "X", None, "REFUSED TO"),
        (None, "X", None, "WORDS MATCHED"),
    ],
)
def test_a_label_names_whose_claim_it_is_if_that_is_known(
    claim: Claim | None, who: str | None, date: str | None, said: str
) -> None:
    assert EN.claim(claim, who=who, date=date) == said


def test_what_khmer_lacks_is_shown_in_english() -> None:
    assert KM.claim(Claim.DENIED) == "ប្រកែក"
    assert KM.claim(Claim.UNCLEAR) == "MENTIONED, UNCLEAR WHO DID WHAT"
    assert KM.severity(Severity.HIGH) == "HIGH"
    assert labels("xx").claim(Claim.DENIED) == "DENIED"


def test_a_name_cannot_fill_a_blank_of_its_own() -> None:
    assert EN.claim(Claim.CLAIMED, who="{date} {who.__class__}") == "CLAIMED by {date} {who.__class__}"


def test_a_missing_word_is_an_error_and_no_silence() -> None:
    with pytest.raises(KeyError, match="nonesuch"):
        EN.text("nonesuch")
