"""Articles in languages read by word lists: one act is one event, with the names and the claim of its telling."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.events import extract
from state.article import Article, Section
from state.records import Claim, Event

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


def read(language: str, title: str, *paragraphs: str) -> list[Event]:
    article = Article(title=title, sections=(Section(None, paragraphs),), language=language, published_at=NOW)
    return extract(article, [])


def only(events: list[Event]) -> Event:
    assert len(events) == 1, events
    return events[0]


def test_headline_lead_and_paraphrase_are_one_event() -> None:
    event = only(
        read(
            "vi",
            "Nghị sĩ Đỗ Thế Vinh rời đảng Sao Mai",
            "Nghị sĩ Đỗ Thế Vinh tuyên bố rời đảng Sao Mai và gia nhập đảng Ánh Dương.",
            "Ông Vinh nói ông rời bỏ đảng Sao Mai vì bất đồng.",
        )
    )
    assert (event.actor, event.from_, event.to) == ("Đỗ Thế Vinh", "đảng Sao Mai", "đảng Ánh Dương")


def test_two_acts_in_one_sentence_are_one_change_of_side() -> None:
    event = only(read("th", "", "นายสมหมาย ใจงาม ลาออกจากพรรคฟ้าใหม่ ก่อนเปิดตัวเป็นสมาชิกพรรคไทยร่มเย็น"))
    assert (event.subkind, event.from_, event.to) == ("switch", "พรรคฟ้าใหม่", "พรรคไทยร่มเย็น")


def test_a_merger_names_the_party_that_is_joined_and_moves_nobody() -> None:
    event = only(
        read(
            "ms",
            "Parti Fajar mahu bergabung",
            "Parti Fajar membubarkan diri dan bergabung dengan Parti Samudera.",
        )
    )
    assert (event.kind, event.actor, event.to) == ("dissolution", "Parti Fajar", "Parti Samudera")


def test_a_name_in_the_next_sentence_is_the_actors() -> None:
    event = only(
        read(
            "ko",
            "",
            "라오스 주재 북한 무역참사가 한국으로 귀순했다.",
            "리명학 참사는 지난달 서울에 도착했다.",
        )
    )
    assert event.actor == "리명학"


def test_the_party_named_beside_the_actor_is_the_one_left() -> None:
    event = only(read("ko", "", "새벽당 박세훈 의원이 바다당에 입당했다."))
    assert (event.actor, event.from_, event.to) == ("박세훈", "새벽당", "바다당")


def test_a_chinese_name_begins_with_a_family_name_that_is_also_another_word() -> None:
    event = only(read("zh", "", "晨光党立法委员周子衡将转投海风党。"))
    assert (event.actor, event.from_, event.to) == ("周子衡", "晨光党", "海风党")


def test_what_the_outlet_could_not_check_is_claimed() -> None:
    event = only(
        read(
            "vi",
            "19 binh sĩ đào ngũ",
            "19 binh sĩ đã đào ngũ hôm Chủ nhật.",
            "Chúng tôi chưa thể kiểm chứng con số này.",
        )
    )
    assert event.claim is Claim.CLAIMED


def test_a_request_that_is_only_planned_is_planned() -> None:
    assert only(read("zh", "", "内政部表示，将向宪法法庭声请解散晨光党。")).claim is Claim.PLANNED


def test_a_date_that_tells_since_when_ages_nothing() -> None:
    event = only(read("vi", "", "Ông Đỗ Thế Vinh rời đảng Sao Mai, nơi ông hoạt động từ năm 1990."))
    assert event.claim is Claim.REPORTED


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("zh", "历史上的今天：晨光党宣布解散", "1951年，晨光党宣布解散。"),
        ("lo", "ປະຫວັດສາດ: ການຍຸບພັກດາວທອງ", "ໃນປີ 1950 ພັກດາວທອງ ໄດ້ປະກາດຍຸບຕົນເອງ."),
        ("vi", "Ngày này năm xưa: đảng Sao Mai tự giải tán", "Năm 1948, đảng Sao Mai tuyên bố tự giải tán."),
    ],
)
def test_a_headline_about_the_past_tells_no_news(language: str, title: str, text: str) -> None:
    assert {event.claim for event in read(language, title, text)} == {Claim.BACKGROUND}


def test_a_headline_about_a_snake_tells_of_no_defector() -> None:
    assert read("th", "กู้ภัยจับงูเห่าในบ้าน สส.พรรคฟ้าใหม่", 'เจ้าของบ้านติดตลกว่า "งูเห่าตัวนี้ไม่ได้ย้ายพรรค"') == []
