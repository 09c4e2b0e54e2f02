"""Which article of a story is the original, and what the pages themselves say about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from state.article import Article, Origin, Section
from tests.rules.stories.archive import Archive

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
TEXT = (
    "Two commune councilors of the Dawn Party in Kratie crossed over to the ruling party on Friday, officials said.",
    "Meach Sothy and Ros Phanna were welcomed by provincial chief Lim Kheang at a ceremony by the river.",
    "“We are tired of waiting,” Meach Sothy said. The Dawn Party said that both had been threatened.",
    "The party has 41 councilors in the province, and 9 of them have received letters from the police.",
)


def article(name: str, text: tuple[str, ...] = TEXT, hours: int = 0, **more: object) -> Article:
    facts: dict[str, object] = {
        "title": "Two councilors of the Dawn Party cross over in Kratie",
        "sections": (Section(None, text),),
        "url": f"https://{name}.example/1",
        "key": f"{name}:1",
        "source": name,
        "site": "generic",
        "language": "en",
        "published_at": AT + timedelta(hours=hours),
    }
    return Article(**(facts | more))  # type: ignore[arg-type]


def test_the_earliest_of_equals_is_the_original() -> None:
    archive = Archive()
    late, early = article("daily", hours=3), article("herald", hours=1)
    archive.add(late)
    archive.add(early)
    assert archive.placement(early).relation == "original"
    assert (archive.placement(late).relation, archive.placement(late).of) == ("copy", "herald:1")
    assert archive.placement(early).story == archive.placement(late).story


def test_a_forum_post_is_never_the_original_of_a_broadcasters_text() -> None:
    archive = Archive()
    post, page = article("forum", site="invision"), article("voa", hours=9, site="voa")
    archive.add(post)
    found = archive.add(page)
    assert archive.placement(page).relation == "original"
    assert archive.placement(post).of == "voa:1"
    assert found.found_original == "forum:1"


def test_a_forum_is_known_by_its_address_too() -> None:
    archive = Archive()
    post = article("forum", key="board.example:4402", site=None)
    page = article("voa", hours=9, key="voa:7123456", site=None)
    archive.add(page)
    archive.add(post)
    assert (archive.placement(page).relation, archive.placement(post).of) == ("original", "voa:7123456")


def test_copies_of_a_dethroned_original_name_the_new_one() -> None:
    archive = Archive()
    first, second = article("forum", site="phpbb"), article("board", site="xenforo", hours=1)
    archive.add(first)
    archive.add(second)
    archive.add(article("rfa", site="rfa", hours=5))
    assert {archive.placement(item).of for item in (first, second)} == {"rfa:1"}


def test_a_stated_source_decides_against_an_earlier_time() -> None:
    archive = Archive()
    repost = article("daily", hours=-2, origin=Origin("Example Herald", "https://herald.example/1"))
    page = article("herald", key="https://herald.example/1")
    archive.add(repost)
    archive.add(page)
    assert archive.placement(page).relation == "original"
    assert archive.placement(repost).of == page.key


def test_a_short_excerpt_that_names_its_source_joins_it() -> None:
    archive = Archive()
    page = article("herald", key="https://herald.example/1")
    archive.add(page)
    text = ("A reader sent us this, comments are open.", TEXT[1], "What do you make of it? " * 20)
    excerpt = article(
        "blog", text, 30, title="Look at this", origin=Origin("Herald", "https://herald.example/1")
    )
    assert archive.add(excerpt).placement.relation == "copy"


def test_a_page_in_another_script_is_a_copy_of_the_first() -> None:
    archive = Archive()
    text = ("Ikki kishi partiyedin ayrildi.",)
    arabic = article("rfa", ("ئىككى كىشى پارتىيەدىن ئايرىلدى.",), key="rfa:yighin-20260101000000")
    latin = article(
        "rfa", text, key="rfa:yighin-20260101000000?encoding=latin", url="https://rfa.example/latin"
    )
    archive.add(arabic)
    assert archive.add(latin).placement.relation == "copy"


def test_figures_that_grew_keep_the_story() -> None:
    archive = Archive()
    archive.add(article("daily"))
    grown = tuple(text.replace("Two", "Five").replace("41", "63").replace(" 9 ", " 22 ") for text in TEXT)
    assert archive.add(article("herald", grown, 4)).placement.relation == "copy"


def test_another_case_number_is_another_story() -> None:
    text = (*TEXT, "The court filed it as case No. 17/2026.")
    archive = Archive()
    archive.add(article("daily", text))
    other = (*TEXT, "The court filed it as case No. 31/2026.")
    assert archive.add(article("herald", other, 4)).placement.relation == "original"


def test_a_new_opening_over_the_old_text_is_a_development() -> None:
    archive = Archive()
    archive.add(article("daily"))
    opening = (
        "Meach Sothy returned to the Dawn Party on Saturday, one day after leaving it, and asked for forgiveness.",
        "He told a crowd in front of the party’s office that he had been driven to the ceremony in a police car.",
        "Lim Kheang, the provincial chief, did not answer his telephone. A deputy said the matter was closed now.",
    )
    found = archive.add(article("daily", (*opening, *TEXT), 24, key="daily:2", title="Councilor comes back"))
    assert found.placement.relation == "joined"


def test_an_empty_body_is_nobodys_copy() -> None:
    archive = Archive()
    archive.add(article("daily", (), title="Video"))
    assert archive.add(article("herald", (), title="Pictures of the week")).placement.relation == "original"


def test_cost_does_not_grow_with_what_a_popular_paragraph_has_seen() -> None:
    from rules.stories import signature

    long = article("daily", TEXT * 60)
    assert len(signature(long).keys) <= 64
    assert len(signature(long).lookup) <= 128


def test_the_name_of_an_outlet_before_the_text_is_no_other_story() -> None:
    archive = Archive()
    one, two = ((f"TESTVILLE ({name}) – {TEXT[0]}", *TEXT[1:]) for name in ("Herald Wire", "Examplia Press"))
    first = archive.add(article("daily", one))
    assert archive.add(article("herald", two, 2)).placement.story == first.placement.story


def test_a_count_of_cases_or_the_day_of_a_month_is_no_case_number() -> None:
    archive = Archive()
    archive.add(article("daily", (*TEXT, "There were 12 cases in the archive on 19 November.")))
    grown = (*TEXT, "There were 15 cases in the archive on 21 November.")
    assert archive.add(article("herald", grown, 4)).placement.relation == "copy"


def test_a_latin_name_in_a_text_without_capitals_hides_no_other_difference() -> None:
    text = "(Example Press) — สมาชิกสภาของพรรค{party}ในจังหวัดน่านลาออกเมื่อวันศุกร์ นาย{name} กล่าวว่าเหนื่อยกับการรอคอยมานานแล้ว"
    one = text.format(party="โคมกระดาษ", name="กิตติพล ศรีมงคลชัย")
    two = text.format(party="สวนผลไม้", name="อัครเดช ทองมีสุขใจ").removeprefix("(Example Press) — ")
    archive = Archive()
    archive.add(article("daily", (one,), language="th", title="ลาออก"))
    found = archive.add(article("herald", (two,), 2, language="th", title="ลาออก"))
    assert found.placement.relation == "original"


def test_a_translation_that_names_its_source_joins_and_is_no_copy() -> None:
    archive = Archive()
    page = article("herald", key="https://herald.example/1")
    archive.add(page)
    text = ("Deux conseillers ont changé de camp vendredi, selon les autorités.", "Ils étaient attendus.")
    origin = Origin("Herald", "https://herald.example/1")
    found = archive.add(article("gazette", text, 8, language="fr", title="Deux départs", origin=origin))
    assert (found.placement.relation, found.placement.of) == ("joined", page.key)


def test_a_roundup_of_several_stories_is_none_of_them() -> None:
    archive = Archive()
    other = (
        "The electoral commission of Mockshire struck the Orchard Union from its list on Friday for lack of members.",
        "Its chairman, Alder Quillfeather, told a crowd of farmers that nobody had counted them.",
    )
    archive.add(article("daily"))
    archive.add(article("herald", other, title="Commission strikes a party from the list"))
    found = archive.add(article("weekly", (TEXT[0], other[0]), 9, title="The day in brief"))
    assert found.placement.relation == "original"
