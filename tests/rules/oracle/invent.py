"""Random rules and articles over several scripts, close enough to each other that many match."""

from __future__ import annotations

import datetime as dt
from random import Random

from rules.condition import All, AnyOf, AtLeast, Leaf, Near, Node, Not, Scoped, Score, Within
from rules.rule import Rule, UnlessNear
from rules.terms import Term
from state.article import Article, Caption, Comment, Section
from state.errors import Place
from state.records import Severity

WORDS = {
    "latin": (
        "party party's Party defect defected defection defective defects birth US us U.S. CPP CNRP cnrp Hun Sen "
        "the of court dissolved 10,000 2.5 o'clock café İstanbul istanbul Straße đảng hóa hoá O‘zbek partiya"
    ).split(),
    "cyrillic": "партия партии распущена суд СССР КПРФ pаrtiya вышел".split(),
    "arabic": "حزب الحزب حُلّ المحكمة كتلة انشقاق می‌شود".split(),
    "khmer": "គណបក្ស ភ្លើងទៀន រំលាយ កម្ពុជា កម តុលាការ សង្គ្រោះជាតិ ជាតិ សញ្ជាតិ ចុះចូល ៥".split(),
    "thai": "พรรค ยุบพรรค ยุบ ก้าวไกล ศาล น้ำ ลาออก ที่ เข้า ข้า".split(),
    "lao": "ພັກ ຍຸບພັກ ຍຸບ ສານ ກຳປູເຈຍ ໜ້າ".split(),
    "burmese": "ပါတီ ဖျက်သိမ်း ပြည်သူ လက် လ ကို ဝန်ကြီး ၂၀၂၃".split(),
    "tibetan": "ཚོགས་པ ཚོགས་པའི རྩ་མེད བཏང".split(),
    "chinese": "香港眾志 香港众志 解散 政党 民主黨 退党 法院 了解 散步".split(),
    "korean": "정당 해산 정당해산 탈당 탈당을 국민의힘 위해 산업 정당을".split(),
}
JOINTS = {
    "latin": (" ", " ", " ", ", ", ". ", "’s ", " — ", "\u00a0", "-", "! "),
    "cyrillic": (" ", " ", ", ", ". "),
    "arabic": (" ", " ", "، ", "؟ ", ". "),
    "khmer": ("", "", "\u200b", " ", "។ ", "CPP"),
    "thai": ("", "", "\u200b", " ", " ฯ ", "CPP"),
    "lao": ("", "", "\u200b", " "),
    "burmese": ("", "", " ", "။ ", "၊ "),
    "tibetan": ("་", "་", "། ", " "),
    "chinese": ("", "", "，", "。", " ", "CPP", "\u200b"),
    "korean": (" ", " ", "", ". ", "CPP "),
}
SCRIPTS = tuple(WORDS)


def article(random: Random) -> Article:
    """Return an article of a few paragraphs, with or without caption, subtitle and comments."""
    return Article(
        title=_text(random, 4),
        subtitle=_text(random, 4) if random.random() < 0.3 else None,
        sections=(
            Section(
                None, tuple(_text(random, random.randrange(3, 30)) for _ in range(random.randrange(1, 4)))
            ),
            Section(_text(random, 2), (_text(random, 12),)),
        ),
        captions=(Caption(_text(random, 5)),) if random.random() < 0.4 else (),
        comments=tuple(Comment(text=_comment(random)) for _ in range(random.choice((0, 0, 1, 2)))),
    )


def _comment(random: Random) -> str:
    return "\n\n".join(_text(random, 6).replace(" ", "\n", 1) for _ in range(random.randrange(1, 3)))


def _text(random: Random, size: int) -> str:
    parts: list[str] = []
    script = random.choice(SCRIPTS)
    for _ in range(size):
        if random.random() < 0.08:
            script = random.choice(SCRIPTS)
        parts += (random.choice(WORDS[script]), random.choice(JOINTS[script]))
    return "".join(parts).strip() or "x"


def rule(random: Random, number: int) -> Rule:
    """Return a rule with two to four term groups and a condition over them."""
    groups = {f"g{n}": _terms(random) for n in range(random.randrange(2, 5))}
    leaves = [Leaf(name, terms) for name, terms in groups.items()]
    node = _condition(random, leaves, 3)
    while not _finds(node):
        node = _condition(random, leaves, 3)
    return Rule(
        id=f"r{number}",
        title="",
        severity=Severity.CRITICAL,
        when=node,
        written="",
        version=str(number),
        place=Place("invented"),
        terms=groups,
        exceptions=_terms(random) if random.random() < 0.25 else (),
        unless_near=_unless(random) if random.random() < 0.25 else (),
        fields=_fields(random),
        until=dt.date(2030, 1, 1),
    )


def _fields(random: Random) -> dict:
    fields = {"title": 1.0, "subtitle": 1.0, "body": 1.0, "caption": 1.0, "comment": 0.0}
    if random.random() < 0.3:
        fields["title"] = random.choice((0.0, 2.0, 3.0))
    if random.random() < 0.2:
        fields["comment"] = 1.0
    return fields


def _unless(random: Random) -> tuple[UnlessNear, ...]:
    words = random.choice((None, 1, 3, 6))
    return (UnlessNear(terms=_terms(random), words=words, groups=random.choice(((), ("g0",)))),)


def _terms(random: Random) -> tuple[Term, ...]:
    script = random.choice(SCRIPTS)
    return tuple(dict.fromkeys(_term(random, script) for _ in range(random.randrange(1, 4))))


def _term(random: Random, script: str) -> Term:
    if random.random() < 0.05:
        return Term(
            random.choice(("defect(ed|ions?)", "cn?[rp]+", "part(y|iya)", "гп|суд", "(the )?court")), "regex"
        )
    words = [random.choice(WORDS[script]) for _ in range(random.choice((1, 1, 1, 2)))]
    text = random.choice(JOINTS[script][:2]).join(words)
    if random.random() < 0.2 and len(text) > 3:
        text = text[: random.randrange(2, len(text))].rstrip()
    operator = "substring" if random.random() < 0.1 else "word"
    return Term(
        text,
        operator,
        open_start=operator == "word" and random.random() < 0.08,
        open_end=operator == "word" and random.random() < 0.25,
        exact=random.random() < 0.15,
    )


def _condition(random: Random, leaves: list[Leaf], depth: int) -> Node:
    kind = random.choice(
        ("leaf", "leaf", "near", "near", "all", "any", "not", "within", "of", "field", "score")
    )
    if depth == 0 or kind == "leaf":
        return random.choice(leaves)

    def below() -> Node:
        return _condition(random, leaves, depth - 1)

    if kind == "near":
        return _near(random, leaves, 2)
    if kind == "all":
        return All(tuple(below() for _ in range(random.choice((2, 2, 3)))))
    if kind == "any":
        return AnyOf((below(), below()))
    if kind == "not":
        return All((random.choice(leaves), Not(below())))
    if kind == "within":
        return Within(below(), random.choice(("sentence", "sentence", "paragraph", "post")))
    if kind == "of":
        parts = tuple(below() for _ in range(3))
        return AtLeast(random.choice((1, 2, 3)), parts)
    if kind == "field":
        return Scoped(random.choice(("title", "body", "body", "caption", "comment")), below())
    weights = tuple((leaf, float(random.choice((-2, 1, 2, 3)))) for leaf in leaves)
    return Score(float(random.choice((1, 2, 3))), weights)


def _near(random: Random, leaves: list[Leaf], depth: int) -> Node:
    def side() -> Node:
        choice = random.random()
        if depth and choice < 0.2:
            return _near(random, leaves, depth - 1)
        if choice < 0.4:
            return AnyOf((random.choice(leaves), random.choice(leaves)))
        return random.choice(leaves)

    return Near(side(), side(), random.choice((1, 2, 3, 5, 15)), ordered=random.random() < 0.3)


def _finds(node: Node) -> bool:
    from rules.resolve import must_find

    return must_find(node)
