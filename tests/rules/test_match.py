import datetime as dt

import pytest

from rules.compile import Ruleset, load_rules
from rules.match import match
from state.article import Article, text_at
from state.records import Claim, Severity
from tests.rules.rulebook import article, rule, rules


def quotes(ruleset: Ruleset, text: Article | str) -> list[str] | None:
    found = match(article(text) if isinstance(text, str) else text, ruleset)
    return [span.quote for span in found[0].spans] if found else None


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        ("CNRP", "The CNRP’s leaders met the cnrp.", ["CNRP", "cnrp"]),
        ("CNRP", "CNRPs and XCNRP met.", None),
        ("defect*", "Defectors defected; it was defective.", ["Defectors", "defected", "defective"]),
        ("'*tion'", "A defection, a national one.", ["defection"]),
        ("{substring: fect}", "Defectors", ["fect"]),
        ("{word: US, case: exact}", "It let us see the US and Us.", ["US"]),
        (
            "Cambodian People's Party",
            "the Cambodian People’s\u00a0Party won",
            ["Cambodian People’s\u00a0Party"],
        ),
        ("hun sen", "HUN SEN, Hun-Sen and “Hun” Sen.", ["HUN SEN", "Hun-Sen", "Hun” Sen"]),
        ("{regex: 'quit(s|ting)?'}", "He QUIT while quitting.", ["QUIT", "quitting"]),
        ("'@kh_parties'", "Candlelight Party and CNRP", ["Candlelight Party", "CNRP"]),
        ("istifa", "İSTİFA etti", ["İSTİFA"]),
        ("đảng", "Đảng dáng dâng", ["Đảng"]),
        ("គណបក្សភ្លើងទៀន", "នៃគណបក្ស\u200bភ្លើងទៀន។", ["គណបក្ស\u200bភ្លើងទៀន"]),
        ("សង្គ្រោះជាតិ", "គណបក្សសង្រ្គោះជាតិបាន", ["សង្រ្គោះជាតិ"]),
        ("កម", "ប្រទេសកម្ពុជា", None),
        ("ជាតិ", "សញ្ជាតិ", None),
        ("ยุบพรรค", "ศาลสั่งยุบพรรคก้าวไกล", ["ยุบพรรค"]),
        ("ข้า", "เข้าพรรค", None),
        ("น้ำ", "ด\u0e37\u0e48มน\u0e4d\u0e49\u0e32", ["น\u0e4d\u0e49\u0e32"]),
        ("ຍຸບພັກ", "ສານສັ່ງຍຸ ບ ພັ ກແລ້ວ", ["ຍຸ ບ ພັ ກ"]),
        ("ဖျက်သိမ်း", "ပါတီ ဖျက် သိမ်းခြင်း", ["ဖျက် သိမ်း"]),
        ("လ", "လက်", None),
        ("ཚོགས་པ", "ཚོགས་པའི་", ["ཚོགས་པ"]),
        ("香港众志", "《香港眾志》宣布", ["香港眾志"]),
        ("CPP", "他加入CPP並", ["CPP"]),
        ("解散", "了解 散步", None),
        ("정당해산", "정당 해산을 결정했다", ["정당 해산"]),
        ("정당 해산", "위헌정당해산심판", ["정당해산"]),
        ("해산", "위해 산업을", None),
        ("حزب", "الحزب حِزْبٌ", ["حِزْبٌ"]),
        ("партия", "ПАРТИЯ распущена", ["ПАРТИЯ"]),
        ("oʻzbek", "O‘ZBEK va o'zbek", ["O‘ZBEK", "o'zbek"]),
    ],
)
def test_a_term_is_found_as_a_reader_reads_it(terms: str, text: str, expected: list[str] | None) -> None:
    assert (
        quotes(
            rule(
                f"slow: true\nterms: {{t: [{terms}]}}\nwhen: t"
                if terms[0] in "{'"
                else f'slow: true\nterms:\n  t: ["{terms}"]\nwhen: t'
            ),
            text,
        )
        == expected
    )


GROUPS = "terms: {a: [alpha, alef], b: [beta], c: [gamma]}\n"


@pytest.mark.parametrize(
    ("condition", "text", "holds"),
    [
        ("a NEAR/3 b", "alpha one two beta", True),
        ("a NEAR/2 b", "alpha one two beta", False),
        ("a NEAR/1 b", "beta alpha", True),
        ("a NEAR/3 b", "alpha one don’t beta", True),
        ("a NEAR/2 b", "alpha 10,000 beta", True),
        ("a BEFORE/3 b", "alpha beta", True),
        ("a BEFORE/3 b", "beta alpha", False),
        ("a NEAR/9 b NEAR/2 c", "alpha one two beta gamma", True),
        ("a NEAR/9 b NEAR/2 c", "alpha one two beta three four gamma", False),
        ("a NEAR/5 a", "alpha", False),
        ("a NEAR/5 a", "alpha alef", True),
        ("a AND b", "alpha. And far away: beta.", True),
        ("a AND b IN sentence", "alpha. And far away: beta.", False),
        ("a AND b IN sentence", "alpha in the U.S. and beta.", True),
        ("a AND NOT b IN sentence", "alpha here. But beta there.", True),
        ("a AND NOT b", "alpha here. But beta there.", False),
        ("2 OF (a, b, c)", "gamma, alef", True),
        ("2 OF (a, b, c)", "alpha, alef", False),
        ("2 OF a", "alpha, alef", True),
        ("2 OF a", "alpha, alpha", False),
        ("a OR b", "beta", True),
        ("SCORE>=3 (a^2, b^1)", "alpha alpha", False),
        ("SCORE>=3 (a^2, b^1)", "alpha beta", True),
        ("SCORE>=3 (a^2, b^1, c^-1)", "alpha beta gamma", False),
    ],
)
def test_operators_hold_where_their_meaning_says(condition: str, text: str, holds: bool) -> None:
    assert (quotes(rule(f"{GROUPS}when: {condition}"), text) is not None) == holds


def test_near_and_phrases_never_cross_a_paragraph_a_field_or_a_post() -> None:
    near = rule(f"{GROUPS}when: a NEAR/50 b")
    phrase = rule("query: '\"alpha beta\"'")
    for text in (
        article("alpha", "beta"),
        article("beta", title="alpha"),
        article("x", captions=("alpha", "beta")),
        article("x", comments=("alpha\n\nbeta",)),
        article("x", comments=("alpha", "beta")),
    ):
        assert match(text, near) == match(text, phrase) == []
    assert match(article("x", comments=("alpha\nbeta",)), near)


def test_all_places_that_satisfy_are_told_and_no_others() -> None:
    found = rule(f"{GROUPS}when: a NEAR/3 b OR c")
    text = article("alpha x beta", "alpha and much, much, much further on beta", "alef beta gamma")
    spans = match(text, found)[0].spans
    assert [(span.field[-1], span.quote) for span in spans] == [
        ("0", "alpha"),
        ("0", "beta"),
        ("2", "alef"),
        ("2", "beta"),
        ("2", "gamma"),
    ]
    assert all(text_at(text, span.field)[span.start : span.end] == span.quote for span in spans)


def test_except_removes_what_overlaps_and_unless_near_what_is_close() -> None:
    plain = "terms: {a: [defect*], b: [party]}\nwhen: a NEAR/10 b\n"
    assert quotes(rule(plain + "except: [birth defect]"), "the party and a birth defect") is None
    assert quotes(rule(plain + "except: [birth defect]"), "party members defect, birth defect") == [
        "party",
        "defect",
    ]
    assert quotes(rule(plain + "unless_near: [film]"), "The film party defected. The party defected.") == [
        "party",
        "defected",
    ]
    near = rule(plain + "unless_near: {terms: [film], within: 2, of: a}")
    assert quotes(near, "party defected from the film") == ["party", "defected"]
    assert quotes(near, "party defected, a film") is None


def test_fields_decide_where_a_rule_reads() -> None:
    text = article("beta", title="alpha", subtitle="gamma", captions=("delta",))
    assert quotes(rule("query: title:alpha AND body:beta"), text) == ["alpha", "beta"]
    assert quotes(rule("query: body:alpha"), text) is None
    assert quotes(rule("query: alpha\nfields: {title: 0}"), text) is None
    assert quotes(rule("query: subtitle:gamma AND caption:delta"), text) == ["gamma", "delta"]


def test_what_only_comments_say_is_low_and_says_so() -> None:
    ruleset = rule(f"severity: critical\n{GROUPS}when: a AND b")
    text = article("alpha", comments=("beta",))
    (found,) = match(text, ruleset)
    assert (found.severity, found.outside) == (Severity.LOW, "comment")
    assert [span.field for span in found.spans] == ["/sections/0/paragraphs/0", "/comments/0/text"]
    (found,) = match(text, ruleset, replies="ring")
    assert (found.severity, found.outside) == (Severity.CRITICAL, "")
    (found,) = match(text, rule(f"severity: critical\n{GROUPS}when: a AND b\nfields: {{comment: 1}}"))
    assert (found.severity, found.outside) == (Severity.CRITICAL, "")


def test_a_not_in_a_comment_does_not_silence_the_article() -> None:
    assert match(article("alpha", comments=("beta",)), rule(f"{GROUPS}when: a AND NOT b"))


def test_attribution_and_quotations_are_not_read() -> None:
    text = Article(
        title="x", sections=(), attribution="Reported by alpha", quoted=("alpha",), byline=("alpha",)
    )
    assert match(text, rule("query: alpha")) == []


def test_weights_multiply_with_the_field_that_counts_most() -> None:
    ruleset = rule("score: {threshold: 6, weights: {alpha: 2, beta: 1}}\nfields: {title: 3}")
    (found,) = match(article("alpha", title="alpha"), ruleset)
    assert found.score == 6
    assert match(article("alpha beta"), ruleset) == []


def test_a_match_carries_what_the_rule_says_of_it() -> None:
    ruleset = rules(
        "id: b\nquery: alpha\nevents: [dissolution]\nclaims: {unclear: none}\n---\nid: a\nquery: alpha\nkind: names\n"
        "---\nid: c\nquery: alpha\n"
    )
    found = match(article("alpha"), ruleset)
    assert [(one.rule, one.kind, one.expects, one.claims) for one in found] == [
        ("a", "names", (), {}),
        ("b", "dissolution", ("dissolution",), {Claim.UNCLEAR: None}),
        ("c", "c", (), {}),
    ]
    assert [one.rule_version for one in found] == [ruleset.rules[id_].version for id_ in "abc"]


def test_retired_rules_and_rules_past_their_end_rest() -> None:
    ruleset = rules("id: a\nquery: alpha\nstatus: retired\n---\nid: b\nquery: alpha\nuntil: 2024-01-01\n")
    assert [one.rule for one in match(article("alpha"), ruleset)] == ["b"]
    assert [one.rule for one in match(article("alpha"), ruleset, today=dt.date(2024, 1, 1))] == ["b"]
    assert match(article("alpha"), ruleset, today=dt.date(2024, 1, 2)) == []


def test_an_expression_reads_folded_text_one_paragraph_at_a_time() -> None:
    ruleset = rule("terms: {t: [{regex: 'beta .*gamma'}]}\nwhen: t")
    assert quotes(ruleset, "BETA, then Gamma!") == ["BETA, then Gamma"]
    assert match(article("beta", "gamma"), ruleset) == []


def test_an_expression_without_a_literal_is_refused_unless_slow() -> None:
    text = "id: r\nterms: {t: [{regex: '[a-z]+ite'}]}\nwhen: t\n"
    refused = load_rules([("rules.yaml", text.replace("ite", "i").encode())])
    assert "no word without which it cannot match" in str(refused.errors[0])
    assert match(article("despite"), rules(text)) != []
    assert match(article("despi"), rules(text.replace("ite", "i") + "slow: true\n")) != []


def test_two_rules_of_one_id_are_a_mistake_and_the_first_stays() -> None:
    loaded = load_rules([("a.yaml", b"id: x\nquery: alpha"), ("b.yaml", b"id: x\nquery: beta")])
    assert "already at a.yaml:1:1" in str(loaded.errors[0])
    assert match(article("alpha"), loaded.ruleset)


def test_order_of_files_changes_neither_hash_nor_matches() -> None:
    files = [("a.yaml", b"id: x\nquery: alpha OR beta"), ("b.yaml", b"id: a\nquery: beta NEAR/2 alpha")]
    one, other = (load_rules(order).ruleset for order in (files, files[::-1]))
    assert one.hash == other.hash
    assert match(article("alpha beta"), one) == match(article("alpha beta"), other)


def test_an_article_without_a_word_matches_nothing() -> None:
    assert match(Article(title="", sections=()), rule("query: alpha")) == []


def test_hostile_text_is_just_text() -> None:
    text = article("\x1e alpha \x1e \ud800 beta \x00", title="\x1e" * 50)
    assert quotes(rule("query: alpha AND beta"), text) == ["alpha", "beta"]


@pytest.mark.parametrize(
    "when",
    [
        "query: the NEAR/9 party",
        "query: 2 OF (the, of, said)",
        "query: (the AND of) IN sentence OR title:was",
    ],
)
def test_a_rule_of_common_words_alone_is_refused_unless_its_author_accepts_the_cost(when: str) -> None:
    beside = "id: good\nquery: orchard\n---\nid: bad\n"
    refused = load_rules([("r.yaml", f"{beside}{when}\n".encode())])
    accepted = load_rules([("r.yaml", f"{beside}{when}\nslow: true\n".encode())])

    assert set(refused.ruleset.rules) == {"good"}
    assert "r.yaml:4:1: rule bad would be asked about most articles, because of" in str(refused.errors[0])
    assert (set(accepted.ruleset.rules), accepted.errors) == ({"good", "bad"}, ())
