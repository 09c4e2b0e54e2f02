"""Words beside which a name stands, in scripts whose letters do not show a name.

Titles of persons, kinds of places, the word for party, and what a court counts
its cases by.  Those of English are here for case numbers alone: capitals tell
the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.stories.words import is_unspaced, tokens_of

#: Words that come before a name.
_BEFORE = """
    លោក លោកស្រី ឯកឧត្តម អ្នកស្រី កញ្ញា ខេត្ត ស្រុក ឃុំ ភូមិ ក្រុង ខណ្ឌ សង្កាត់ គណបក្ស
    นาย นาง นางสาว จังหวัด อำเภอ ตำบล พรรค ທ່ານ ນາງ ທ້າວ ແຂວງ ເມືອງ ບ້ານ ພັກ ဦး ဒေါ်
    السيد محافظة مدينة حزب آقای استان شهر ضلع صوبہ ناھىيە ۋىلايەت श्री जिला জনাব
""".split()
#: Words that come after a name.
_AFTER = """
    မြို့ မြို့နယ် ပြည်နယ် ရွာ ပါတီ 省 市 县 縣 区 區 州 镇 鎮 村 党 黨 先生 女士 議員 议员 県 町
    의원 씨 대표 당 시 군 도 پارٹی پارتىيىسى पार्टी জেলা উপজেলা পার্টি ཤོག་ཁག
""".split()
#: Words that count a court's or ministry's cases.
_CASES = """
    case no number docket petition file № дело справа esas dosya perkara nomor vụ án số expediente processo
    សំណុំរឿង លេខ ដីកា คดี หมายเลข ที่ အမှု အမှတ် 案 号 號 第 字 사건 호 مقدمہ قضية
""".split()

_REACH_CHARS, _REACH_WORDS = 10, 2


def announced(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether a name is to be expected between these two rows of tokens."""
    return _ends_near(before, _BEFORE) or _begins(after, _AFTER)


def counts_cases(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether the figure between these rows is the number of a case."""
    return _ends_near(before, _CASES) or _begins(after, _CASES)


def _ends_near(row: Sequence[str], words: Sequence[str]) -> bool:
    unspaced = bool(row) and is_unspaced(row[-1])
    near = tuple(row[-(_REACH_CHARS if unspaced else _REACH_WORDS) :])
    return any(_holds(near, tuple(tokens_of(word))) for word in words)


def _begins(row: Sequence[str], words: Sequence[str]) -> bool:
    return any(tuple(row[: len(tokens := tuple(tokens_of(word)))]) == tokens for word in words)


def _holds(row: tuple[str, ...], run: tuple[str, ...]) -> bool:
    return any(row[at : at + len(run)] == run for at in range(len(row) - len(run) + 1))
