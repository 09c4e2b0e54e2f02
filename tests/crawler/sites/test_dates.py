from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.sites.dates import Dated, from_epoch, parse_date

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
EASTERN = ZoneInfo("America/New_York")


def read(text: str, **how: object) -> str | None:
    found = parse_date(text, now=NOW, **how)  # type: ignore[arg-type]
    if found is None:
        return None
    return f"{found.at:%Y-%m-%d}" if found.day_only else f"{found.at:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-04-28T03:00:00-04:00", "2024-04-28 07:00"),
        ("2024-04-28 07:00:00Z", "2024-04-28 07:00"),
        ("2018-09-27T14:51:09+0200", "2018-09-27 12:51"),
        ("20171116T053300Z", "2017-11-16 05:33"),
        ("Mon, 14 Apr 2025 16:00:00 +0000", "2025-04-14 16:00"),
        ("Thu, 16 Nov 2017 05:33:00 EST", "2017-11-16 10:33"),
        ("November 16, 2017 5:33 AM", "2017-11-16 05:33"),
        ("Posted October. 13, 2016 07:30,", "2016-10-13 07:30"),
        ("PUBLISHED : Monday, 11 September, 2017, 7:59pm", "2017-09-11 19:59"),
        ("Fri. Jun 2nd, 2023", "2023-06-02"),
        ("Fri Dec 21, 2018 6:11 pm", "2018-12-21 18:11"),
        ("Last edited by r23 on Fri Dec 21, 2018 7:00 pm, edited 1 time", "2018-12-21 19:00"),
        ("Sun Mar 04, 07 3:15 pm", "2007-03-04 15:15"),
        ("von r23 » 21.01.2009, 05:42", "2009-01-21 05:42"),
        ("par lampe » Mar 04 Mar 2008, 15:15", "2008-03-04 15:15"),
        ("Di 4. Mär 2008, 15:15", "2008-03-04 15:15"),
        ("Mié Ago 04, 2010 3:15 pm", "2010-08-04 15:15"),
        ("2008年 3月 4日 15:15", "2008-03-04 15:15"),
        ("2012.06.29", "2012-06-29"),
        ("02-15-2011, 11:23 PM", "2011-02-15 23:23"),
        ("12:15 AM, Jan 5, 2020", "2020-01-05 00:15"),
        ("søndag 16. juni 2019", "2019-06-16"),
        ("donderdag 5 december 2013", "2013-12-05"),
        ("30 Giugno 2024_", "2024-06-30"),
        ("18 ноября 2017 в 14:05", "2017-11-18 14:05"),
        ("le 5 mars 2019 à 14h32", "2019-03-05 14:32"),
        ("ថ្ងៃទី១៦ ខែវិច្ឆិកា ឆ្នាំ២០១៧", "2017-11-16"),
        ("16 พฤศจิกายน 2560", "2017-11-16"),
        ("๑๖ พ.ย. ๒๕๖๐", "2017-11-16"),
        ("໑໖ ພະຈິກ ໒໐໑໗", "2017-11-16"),
        ("၂၀၁၇ ခုနှစ်၊ နိုဝင်ဘာလ ၁၆ ရက်", "2017-11-16"),
        ("༢༠༡༧-༡༡-༡༦", "2017-11-16"),
        ("2017-يىلى 16-نويابىر", "2017-11-16"),
        ("2017年11月16日 下午3:05", "2017-11-16 15:05"),
        ("2017년 11월 16일", "2017-11-16"),
        ("16 tháng 11 năm 2017", "2017-11-16"),
        ("Gestern, 14:03", "2026-11-20 14:03"),
        ("yesterday at 5:33 PM", "2026-11-20 17:33"),
        ("2 hours ago", "2026-11-21 10:00"),
        ("vor 3 Stunden", "2026-11-21 09:00"),
        ("prije 28 minuta", "2026-11-21 11:32"),
        ("6 days ago", "2026-11-15"),
        ("Oct 21", "2026-10-21"),
    ],
)
def test_the_dates_these_sites_print_are_read(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "May", "118", "12", "Comments (2)", "5 councillors", "0001-01-01 00:00:00Z", "1899-12-31", "2031-01-01",
        "31 February 2017", "12/11/2017", "", "x" * 400, "25:61", "99999999-99-99",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert read(text) is None


def test_an_ambiguous_date_is_read_only_when_the_order_is_known() -> None:
    assert read("12/11/2017", day_first=True) == "2017-11-12"
    assert read("12/11/2017", day_first=False) == "2017-12-11"


def test_a_printed_hour_is_on_the_sites_clock_in_summer_and_winter() -> None:
    assert read("Nov 12, 2017 04:36 PM", zone=EASTERN) == "2017-11-12 21:36"
    assert read("Jul 12, 2017 04:36 PM", zone=EASTERN) == "2017-07-12 20:36"


def test_an_assumed_zone_is_said() -> None:
    assumed = parse_date("Nov 12, 2017 04:36 PM", now=NOW)
    told = parse_date("Nov 12, 2017 04:36 PM", now=NOW, zone=EASTERN)
    assert assumed is not None
    assert told is not None
    assert "zone assumed UTC" in assumed.how
    assert "assumed" not in told.how


@pytest.mark.parametrize("value", ["99999999999999999999", "x", None, "-1", "nan", "inf", 0])
def test_an_epoch_that_is_none_is_none(value: object) -> None:
    assert from_epoch(value, now=NOW) is None


def test_an_epoch_may_be_in_milliseconds() -> None:
    assert from_epoch("1538052669", now=NOW) == from_epoch(1538052669000, now=NOW)


#: A clock that no text names: a time comes out on it only where the text told no zone.
ODD = timezone(timedelta(minutes=37))
TABLE = Path(__file__).parent / "data" / "dates.tsv"


def told(found: Dated | None) -> str:
    if found is None:
        return "-"
    local = found.at.astimezone(ODD)
    return f"{local:%Y-%m-%d}" if found.day_only else f"{local:%Y-%m-%dT%H:%M}"


def as_labelled(found: Dated | None, label: str) -> bool:
    if label.startswith("~"):
        return found is None or (told(found) == label[1:] and "assumed" in found.how)
    if label[16:]:  # an instant with its zone
        return (
            found is not None
            and not found.day_only
            and found.at.replace(second=0) == datetime.fromisoformat(label)
        )
    return told(found) == label


def test_the_labelled_dates_of_forty_languages_are_read_as_labelled() -> None:
    now = datetime(2024, 3, 15, 10, 30, tzinfo=UTC)
    rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    mistakes = []
    for language, text, label in rows:
        found = parse_date(text, now=now, zone=ODD, language=language)
        if not as_labelled(found, label):
            mistakes.append((language, text, label, told(found)))
    assert len(rows) > 600
    assert mistakes == []


@pytest.mark.parametrize(
    ("text", "language", "assumed"),
    [
        ("03/04/2018", "vi", "order of day and month assumed"),
        ("Mar 4", "en", "year assumed"),
        ("Mar 04, 07 3:15 pm", "en", "century assumed"),
        ("2018-03-04 10:15", "en", "zone assumed UTC"),
        ("2 months ago", "en", "day assumed"),
    ],
)
def test_what_a_date_leaves_open_is_said(text: str, language: str, assumed: str) -> None:
    found = parse_date(text, now=NOW, language=language)
    assert found is not None
    assert assumed in found.how


def test_yesterday_is_of_the_calendar_of_the_site() -> None:
    late = datetime(2026, 11, 21, 23, tzinfo=UTC)  # the 22nd in Phnom Penh
    found = parse_date("Yesterday at 5:30 PM", now=late, zone=timezone(timedelta(hours=7)))
    assert found is not None
    assert found.at == datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def test_two_figures_are_no_year_among_figures() -> None:
    assert read("05/06/07", language="vi") is None
    assert read("17.11.16", language="ko") is None
