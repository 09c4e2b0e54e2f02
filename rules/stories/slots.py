"""Words beside which a name stands, in scripts whose letters do not show a name.

Titles of persons, kinds of places, the word for party, and what a court counts
its cases by.  Those of English are here for case numbers alone: capitals tell
the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from rules.stories.words import is_unspaced, row_of, tokens_of

#: Words that come before a name.
_BEFORE = """
    លោក លោកស្រី ឯកឧត្តម អ្នកស្រី កញ្ញា ខេត្ត ស្រុក ឃុំ ភូមិ ក្រុង ខណ្ឌ សង្កាត់ គណបក្ស
    นาย นาง นางสาว ส.ส. จังหวัด อำเภอ ตำบล พรรค ທ່ານ ນາງ ທ້າວ ແຂວງ ເມືອງ ບ້ານ ພັກ ဦး ဒေါ် ဗိုလ်ကြီး ဗိုလ်မှူး
    议员 議員 主席 总理 總理 部长 部長 发言人 發言人 律师 律師 党员 黨員 委员 委員 书记 書記 法官 将军 將軍 上校
    السيد النائب العقيد العميد الوزير الرئيس المتحدث محافظة مدينة بلدة قرية حزب
    آقای خانم نماینده وزیر استان شهر حزب ضلع صوبہ جناب رکن ناھىيە ۋىلايەت
    श्री नेता विधायक सांसद जिला জনাব নেতা জেলা አቶ ወይዘሮ
""".split()
#: Words that come after a name.
_AFTER = """
    မြို့ မြို့နယ် ပြည်နယ် ရွာ ပါတီ 省 市 县 縣 区 區 州 镇 鎮 村 党 黨 先生 女士 議員 议员 県 町 氏
    의원 씨 대표 당 시 군 도 پارٹی پارتىيىسى पार्टी জেলা উপজেলা পার্টি ཤོག་ཁག
""".split()
#: Words that count a court's or ministry's cases.
_CASES = """
    case no number docket petition file № дело справа esas dosya perkara nomor vụ án số expediente processo
    សំណុំរឿង លេខ ដីកា คดี หมายเลข ดำที่ แดงที่ အမှု အမှတ် 案 号 號 第 字 사건 호 مقدمہ قضية
""".split()
#: Words that follow such a number; most of the others after a figure say how many cases there are.
_CASES_AFTER = ("号", "號", "호")
#: The most frequent Chinese family names, in both spellings: what begins two exchanged names.
_FAMILIES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭"
    "吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵"
    "孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文区區麦麥关關"
)

_TAKEN_CHARS = 6
#: How far behind the announcing word a difference may begin: two names can begin alike.
_REACH_CHARS, _REACH_WORDS = 3, 1


def announced(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether a name is to be expected between these two rows of tokens."""
    return _ends_near(before, _BEFORE) or _begins(after, _AFTER)


def names_announced(tokens: Sequence[str]) -> frozenset[str]:
    """Return the rows of tokens that stand where a name stands, each as ``row_of`` writes it.

    A name's end is not known: a few tokens are taken, enough to find it again.
    """
    found = set()
    for at in [at for at, token in enumerate(tokens) if token in _BEGINNINGS]:
        token = tokens[at]
        for word in _BY_FIRST.get(token, ()):
            if tuple(tokens[at : at + len(word)]) == word:
                name = tokens[at + len(word) : at + len(word) + (_TAKEN_CHARS if is_unspaced(token) else 2)]
                found.add(row_of(name))
        if token in _FAMILIES and at + 2 < len(tokens):
            found.add(row_of(tokens[at : at + 3]))
    return frozenset(found)


@lru_cache(maxsize=64)
def chinese_names(tokens: tuple[str, ...]) -> frozenset[str]:
    """Return the rows of three characters that begin with a family name and come at least twice."""
    rows = Counter(row_of(tokens[at : at + 3]) for at, token in enumerate(tokens[:-2]) if token in _FAMILIES)
    return frozenset(row for row, count in rows.items() if count > 1)


def are_persons(one: Sequence[str], two: Sequence[str]) -> bool:
    """Tell whether two exchanged rows of characters both read as a Chinese person's name."""
    return all(2 <= len(row) <= 4 and row[0] in _FAMILIES for row in (one, two))


def counts_cases(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether the figure between these rows is the number of a case."""
    return _ends_near(before, _CASES) or _begins(after, _CASES_AFTER)


def _ends_near(row: Sequence[str], words: Sequence[str]) -> bool:
    reach = _REACH_CHARS if row and is_unspaced(row[-1]) else _REACH_WORDS
    return any(
        tuple(row[max(0, end - len(run)) : end]) == run
        for run in map(_tokens, words)
        for end in range(len(row), max(0, len(row) - reach - 1), -1)
    )


def _begins(row: Sequence[str], words: Sequence[str]) -> bool:
    if row and not is_unspaced(row[0]):
        return any(not is_unspaced(word[0]) and row[0].startswith(word) for word in words)
    return any(tuple(row[: len(tokens := _tokens(word))]) == tokens for word in words)


def _by_first() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for word in _BEFORE:
        tokens = tuple(tokens_of(word))
        found.setdefault(tokens[0], []).append(tokens)
    return {first: tuple(words) for first, words in found.items()}


_BY_FIRST = _by_first()
_BEGINNINGS = _FAMILIES.union(_BY_FIRST)


@cache
def _tokens(word: str) -> tuple[str, ...]:
    return tuple(tokens_of(word))
