"""The hour and the zone in a printed date."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: Abbreviations with one meaning in print.  IST, CST, BST, AST have several: they are read by language or not at all.
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "TRT": 3, "EAT": 3, "CAT": 2, "SAST": 2, "WAT": 1, "PKT": 5, "NPT": 5.75, "MMT": 6.5, "ICT": 7, "WIB": 7,
    "WITA": 8, "WIT": 9, "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_AMERICAN = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
_BY_LANGUAGE = {
    ("IST", "hi"): 5.5, ("IST", "ta"): 5.5, ("IST", "he"): 2, ("CST", "zh"): 8, ("CST", "en"): -6, ("CST", "es"): -6,
    ("BST", "bn"): 6, ("BST", "en"): 1,
}  # fmt: skip
_PHRASES = {
    "北京时间": 8, "北京時間": 8, "台北时间": 8, "台北時間": 8, "臺北時間": 8, "香港时间": 8, "香港時間": 8, "日本時間": 9,
    "일본시간": 9, "한국시간": 9, "한국 시간": 9, "мск": 3, "московск": 3,
    "giờ việt nam": 7, "giờ hà nội": 7, "غرينتش": 0, "ت.غ": 0,
}  # fmt: skip
_PLAIN_TIME = re.compile(
    r"(?<![\d:.+-])(?P<H>\d{1,2})(?:[:h](?P<M>\d{2})(?::(?P<S>\d{2}))?| ?(?=[ap]\.? ?m\b))(?![\d:])(?: ?(?P<ampm>[ap]\.? ?m\b))?"
)
#: Hours whose own word makes them hours: 14.30 น., 14 Uhr 30, 2시 30분, 14 giờ 30, 1430 GMT.
_MARKED_TIMES = (
    re.compile(r"(?<![\d:.])(?P<H>\d{1,2}) ?[点點時时시](?![间間]) ?(?:(?P<M>\d{1,2}) ?[分분]?)?"),
    re.compile(r"(?<![\d:.])(?P<H>\d{1,2}) ?(?:giờ|uhr|h)(?: ?(?P<M>\d{2}))?(?![^\W_])"),
    re.compile(
        r"(?<![\d:.])(?P<H>\d{1,2})\.(?P<M>\d{2}) ?(?:น|gmt|utc|bst|wib|wita|wit|uhr|hrs|pagi|siang|sore|malam|petang|[ap]\.?m\b)"
    ),
    re.compile(r"(?:เวลา|kl|klo|ore|pukul|jam|lúc|saat|um|at) ?\.? ?(?P<H>\d{1,2})\.(?P<M>\d{2})(?![\d.])"),
    re.compile(r"(?<![\d:.])(?P<H>[01]\d|2[0-3])(?P<M>[0-5]\d) ?(?:gmt|utc|hrs|hours|ict)\b"),
    re.compile(r"(?<!\d)(?P<H>12) ?(?:noon)\b"),
)
#: Words that put an hour into the second half of the day, or keep it in the first.
_PM = (
    "下午|晚上|夜晚|傍晚|午後|夜|下晝|下昼|오후|저녁|밤|chiều|tối|ល្ងាច|យប់|រសៀល|ညနေ|ညပိုင်း|မွန်းလွဲ|ບ່າຍ|ຕອນແລງ|บ่าย|مساء|"
    r"رات|شام|ب\.ظ|بعد از ظهر|بعدازظهر|(?<!\w)م(?!\w)|petang|malam|(?<!\w)sore(?!\w)|de la tarde|de la noche|da tarde|"
    r"da noite|öğleden sonra|вечера|शाम|বিকাল|রাত|(?<!\w)p\.? ?m(?!\w)|(?<!\w)nm(?!\w)"
)
_AM = (
    "上午|早上|凌晨|清晨|午前|오전|새벽|sáng|ព្រឹក|နံနက်|မနက်|ເຊົ້າ|صباح|صبح|(?<!\\w)ص(?!\\w)|ق\\.ظ|(?<!\\w)pagi(?!\\w)|"
    "de la mañana|da manhã|утра|सुबह|সকাল|(?<!\\w)a\\.? ?m(?!\\w)|(?<!\\w)vm(?!\\w)"
)
_HALF = re.compile(f"(?P<pm>{_PM})|(?P<am>{_AM})")
_OFFSET = re.compile(
    r"(?:(?:utc|gmt) ?(?P<sign0>[+\u2212-]) ?|(?P<sign>(?<!\d)[+\u2212-]|\+))(?P<h>\d{2}):?(?P<m>\d{2})(?!\d)"
    r"|(?:utc|gmt) ?(?P<sign2>[+\u2212-]) ?(?P<h2>\d{1,2})(?!\d)|(?<=\d) (?P<sign3>[+-])(?P<h3>\d{2})(?![\d:])"
)
_ABBREVIATION = re.compile(r"(?<![^\W_])[A-Z]{1,4}(?![^\W_])")
_PLACE = re.compile(
    r"\b(?:Asia|Europe|America|Africa|Australia|Pacific|Atlantic|Indian)/[A-Z][A-Za-z_]{2,20}"
)
_WINDOW = 16
_LETTER = re.compile(r"[^\W\d_]")


def clock_in(text: str) -> tuple[int, int, int] | None:
    """Return hour, minute and second that a text names, None if it names no hour."""
    low = text.lower()
    found = next((hit for pattern in (_PLAIN_TIME, *_MARKED_TIMES) if (hit := pattern.search(low))), None)
    if not found:
        return None
    given = found.groupdict()
    hour, minute, second = int(given["H"]), int(given.get("M") or 0), int(given.get("S") or 0)
    half = (given.get("ampm") or "")[:1] or _half(low, found)
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _half(low: str, clock: re.Match[str]) -> str:
    """Return "a" or "p" if a word beside the hour tells the half of the day, else nothing."""
    around = low[max(0, clock.start() - _WINDOW) : clock.end() + _WINDOW]
    if not _LETTER.search(around):
        return ""
    after = _HALF.search(low[clock.end() : clock.end() + _WINDOW])
    before = list(_HALF.finditer(low[max(0, clock.start() - _WINDOW) : clock.start()]))
    inside = _HALF.search(clock.group())
    found = inside or after or (before[-1] if before else None)
    if not found:
        return ""
    return "p" if found["pm"] else "a"


def zone_in(text: str | None, language: str | None = None) -> tzinfo | None:
    """Return the zone that a text names by offset, abbreviation or place, None if it names none."""
    if not text:
        return None
    low = text.lower()
    if (found := _OFFSET.search(low)) and (offset := _offset(found)):
        return offset
    if (place := _PLACE.search(text)) and (zone := _known(place.group())):
        return zone
    for word in _ABBREVIATION.findall(text):
        if word in _AMERICAN:
            return _known(_AMERICAN[word])
        hours = _ZONES.get(word, _BY_LANGUAGE.get((word, (language or "").split("-")[0])))
        if hours is not None:
            return timezone(timedelta(hours=hours))
    if "美东" in text or "美東" in text:
        return _known(_AMERICAN["ET"])
    return next((timezone(timedelta(hours=hours)) for name, hours in _PHRASES.items() if name in low), None)


def _offset(found: re.Match[str]) -> tzinfo | None:
    sign = found["sign0"] or found["sign"] or found["sign2"] or found["sign3"]
    hours, minutes = int(found["h"] or found["h2"] or found["h3"]), int(found["m"] or 0)
    if hours > (14 if sign == "+" else 12) or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if sign == "+" else -offset)


def _known(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
