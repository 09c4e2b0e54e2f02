"""Burmese typed in Zawgyi → Unicode.

Zawgyi puts font glyphs where Unicode has letters, in visual order.  Each code
point has one meaning (``_GLYPHS``); after that only the order within a syllable
is wrong, and ``_RANK`` gives the order of the Unicode standard (chapter 16.3).
Whether a text is Zawgyi is decided by Google's ``myanmartools`` model.
"""

from __future__ import annotations

import re
import warnings
from functools import cache

from myanmartools import ZawgyiDetector

#: Probability from which a paragraph is taken for Zawgyi (the model's own advice).
THRESHOLD = 0.95

_KINZI = "\ue000"
_KINZI_OUT = "\u1004\u103a\u1039"
_GLYPHS = str.maketrans(
    {
        "\u1033": "\u102f",
        "\u1034": "\u1030",
        "\u1039": "\u103a",
        "\u103a": "\u103b",
        "\u103b": "\u103c",
        "\u103c": "\u103d",
        "\u103d": "\u103e",
        "\u104e": "\u104e\u1004\u103a\u1038",
        "\u105a": "\u102b\u103a",
        "\u1060": "\u1039\u1000",
        "\u1061": "\u1039\u1001",
        "\u1062": "\u1039\u1002",
        "\u1063": "\u1039\u1003",
        "\u1064": _KINZI,
        "\u1065": "\u1039\u1005",
        "\u1066": "\u1039\u1006",
        "\u1067": "\u1039\u1006",
        "\u1068": "\u1039\u1007",
        "\u1069": "\u1039\u1008",
        "\u106a": "\u1009",
        "\u106b": "\u100a",
        "\u106c": "\u1039\u100b",
        "\u106d": "\u1039\u100c",
        "\u106e": "\u100d\u1039\u100d",
        "\u106f": "\u100d\u1039\u100e",
        "\u1070": "\u1039\u100f",
        "\u1071": "\u1039\u1010",
        "\u1072": "\u1039\u1010",
        "\u1073": "\u1039\u1011",
        "\u1074": "\u1039\u1011",
        "\u1075": "\u1039\u1012",
        "\u1076": "\u1039\u1013",
        "\u1077": "\u1039\u1014",
        "\u1078": "\u1039\u1015",
        "\u1079": "\u1039\u1016",
        "\u107a": "\u1039\u1017",
        "\u107b": "\u1039\u1018",
        "\u107c": "\u1039\u1019",
        "\u107d": "\u103b",
        **dict.fromkeys("\u107e\u107f\u1080\u1081\u1082\u1083\u1084", "\u103c"),
        "\u1085": "\u1039\u101c",
        "\u1086": "\u103f",
        "\u1087": "\u103e",
        "\u1088": "\u103e\u102f",
        "\u1089": "\u103e\u1030",
        "\u108a": "\u103d\u103e",
        "\u108b": _KINZI + "\u102d",
        "\u108c": _KINZI + "\u102e",
        "\u108d": _KINZI + "\u1036",
        "\u108e": "\u102d\u1036",
        "\u108f": "\u1014",
        "\u1090": "\u101b",
        "\u1091": "\u100f\u1039\u100d",
        "\u1092": "\u100b\u1039\u100c",
        "\u1093": "\u1039\u1018",
        "\u1094": "\u1037",
        "\u1095": "\u1037",
        "\u1096": "\u1039\u1010\u103d",
        "\u1097": "\u100b\u1039\u100b",
    }
)
#: Signs after their letter; the medial ra (U+103C) is typed before it.
_MARKS = "\u102b-\u1030\u1032\u1036-\u1038\u103a\u103b\u103d\u103e"
_LETTERS = "\u1000-\u1021\u1023-\u102a\u103f\u104e"
#: Order of signs after the consonant: subscript, medials, e, vowels above, below, aa, asat, dots.
_RANK = {
    char: rank
    for rank, char in enumerate("\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u1032\u102f\u1030\u102b\u102c")
} | {"\u103a": 20, "\u1036": 15, "\u1037": 19, "\u1038": 30}
_SYLLABLE = re.compile(
    rf"(?P<before>[\u1031\u103c]*)(?P<letter>[{_LETTERS}])"
    rf"(?P<after>(?:[{_MARKS}{_KINZI}]|\u1039[\u1000-\u1021])*)"
)
_UNIT = re.compile(r"\u1039[\u1000-\u1021]|.", re.DOTALL)
_DIGIT_WA = re.compile(
    rf"(?<![\u1040-\u1049.,])\u1040(?=[{_MARKS}{_KINZI}{_LETTERS}])|(?<=[\u1031\u103c])\u1040(?![\u1040-\u1049])"
)
_DIGIT_RA = re.compile(
    rf"(?<![\u1040-\u1049.,])\u1047(?=[{_MARKS}{_KINZI}])|(?<=[\u1031\u103c])\u1047(?![\u1040-\u1049])"
)
_MYANMAR = re.compile("[\u1000-\u109f]")
_END = re.compile("(?<=\u104b)|(?<=[\n\u104b] )")
#: Signs that stand so in Zawgyi only, among Burmese letters.
_SUSPECT = re.compile(
    "(?<![\u1000-\u102a\u103b-\u103f\u1050-\u109f])\u1031|[\u1060-\u1097]|\u1039(?![\u1000-\u1021])"
)
#: A sentence of fewer letters is not judged by itself.
_FEWEST = 12


def is_zawgyi(text: str) -> bool:
    """Tell whether a text, or one sentence of it, holds Burmese letters in Zawgyi order.

    Shan, Mon and Karen, whose letters are glyphs in Zawgyi, are none.
    """
    if not _MYANMAR.search(text):
        return False
    return _probability(text) >= THRESHOLD or (
        _SUSPECT.search(text) is not None and any(map(_is_zawgyi_sentence, _sentences(text)))
    )


def to_unicode(text: str) -> str:
    """Return a Zawgyi text in Unicode; letters of other scripts, and sentences that are Unicode already, stay."""
    sentences = _sentences(text)
    return "".join(
        sentence if len(sentences) > 1 and _is_unicode_sentence(sentence) else _converted(sentence)
        for sentence in sentences
    )


def _converted(text: str) -> str:
    mapped = text.translate(_GLYPHS)
    mapped = _DIGIT_RA.sub("\u101b", _DIGIT_WA.sub("\u101d", mapped))
    ordered = _SYLLABLE.sub(_reorder, mapped).replace(_KINZI, _KINZI_OUT)
    return ordered.replace("\u1025\u103a", "\u1009\u103a").replace("\u1025\u102e", "\u1026")


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _END.split(text) if sentence]


def _is_zawgyi_sentence(text: str) -> bool:
    return len(_MYANMAR.findall(text)) >= _FEWEST and _probability(text) >= 0.99


def _is_unicode_sentence(text: str) -> bool:
    return len(_MYANMAR.findall(text)) >= _FEWEST and _probability(text) <= 1 - THRESHOLD


def _probability(text: str) -> float:
    return float(_detector().get_zawgyi_probability(text))


def _reorder(syllable: re.Match[str]) -> str:
    units = _UNIT.findall(syllable["before"] + syllable["after"])
    kinzi = _KINZI * (_KINZI in units)
    subscripts = "".join(unit for unit in units if len(unit) == 2)
    signs = dict.fromkeys(unit for unit in units if len(unit) == 1 and unit != _KINZI)
    return (
        kinzi + syllable["letter"] + subscripts + "".join(sorted(signs, key=lambda sign: _RANK.get(sign, 25)))
    )


@cache
def _detector() -> ZawgyiDetector:
    with warnings.catch_warnings():
        # the package opens its model by a function that Python 3.11 and 3.12 call deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        return ZawgyiDetector()
