"""Times told from the present: "2 hours ago", "yesterday at 5:30 PM", "Monday at 14:30"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.sites.hours import clock_in


@dataclass(frozen=True, slots=True)
class Ago:
    """What a relative word names: an instant, or a day of the "
    "site's calendar and perhaps its hour."""

    at: datetime | None
    day: date
    clock: tuple[int, int, int] | None
    how: str


def _by_value(table: Mapping[int, str]) -> dict[str, int]:
    return {
        unicodedata.normalize("NFC", word.replace("_", " ")): value
        for value, words in table.items()
        for word in words.split()
    }


#: Words for the present day and the days before it → how many days ago.
_DAYS = _by_value(
    {
        0: "today heute aujourd'hui aujourd’hui hoy oggi hoje vandaag "
        "idag i_dag dzisiaj dziś dnes danes tänään сегодня "
        "сьогодні bugün hari_ini hôm_nay leo yau ថ្ងៃនេះ วันนี้ "
        "ມື້ນີ້ ယနေ့ ဒီနေ့ بۈگۈن اليوم امروز آج आज আজ ዛሬ དེ་རིང 今天 今日 "
        "오늘",
        1: "yesterday gestern hier ayer ieri ontem gisteren igår i_går "
        "wczoraj včera včeraj eilen вчера вчора dün hôm_qua "
        "ngày_hôm_qua kemarin semalam jana jiya ម្សិលមិញ เมื่อวานนี้ "
        "เมื่อวาน ມື້ວານນີ້ ມື້ວານ မနေ့က تۈنۈگۈن أمس دیروز پرون গতকাল "
        "ትናንት "
        "ཁ་སང 昨天 昨日 尋日 寻日 琴日 어제",
        2: "vorgestern avant-hier anteayer позавчера позавчора hôm_kia 前天 前日 一昨日 그저께 그제",
    }
)
#: Words for a unit of time → its length in seconds (months and years are means).
_UNITS = _by_value(
    {
        1: "s sec secs second seconds sekunde sekunden seconde secondes "
        "segundo segundos secondi секунд секунды секунду saniye "
        "giây detik saat_lalu វិនាទី วินาที ວິນາທີ စက္ကန့် سېكۇنت "
        "ثانية ثوان ثانیه سیکنڈ सेकंड সেকেন্ড sekunde sakan 秒 초",
        60: "m min mins minute minutes minuten minuto minutos minuti "
        "минут минуты минуту хвилин хвилини хвилину dakika minuta "
        "minut minuter phút menit minit នាទី นาที ນາທີ မိနစ် مىنۇت "
        "دقيقة دقائق دقيقه دقیقه منٹ मिनट মিনিট ደቂቃ ደቂቃዎች minti སྐར་མ "
        "分 分钟 分鐘 분",
        3600: "h hr hrs hour hours stunde stunden heure heures hora horas "
        "ora ore uur uren час часа часов година години годину "
        "годин saat godz timer time timmar tunteja sata sati giờ "
        "tiếng jam saa awa ម៉ោង ชั่วโมง ชม ຊົ່ວໂມງ နာရီ سائەت ساعة "
        "ساعات ساعت "
        "گھنٹے گھنٹہ گھنٹا घंटे घंटा घण्टे ঘণ্টা ঘন্টা ሰዓት ሰዓታት "
        "ཆུ་ཚོད 小时 小時 个小时 個小時 个钟 個鐘 時間 시간",
        86400: "d day days tag tage tagen jour jours día días giorno giorni "
        "dia dias dag dagen dage dagar день дня дней дні днів "
        "gün dni dana ngày hari siku kwana ថ្ងៃ วัน ມື້ ວັນ ရက် كۈن "
        "يوم أيام روز دن दिन দিন ቀን ቀናት ཉིན 天 日 일",
        604800: "w wk week weeks woche wochen semaine semaines semana semanas "
        "settimana settimane weken недели недель неделю тижні "
        "hafta tuần minggu wiki mako សប្តាហ៍ សប្ដាហ៍ สัปดาห์ ອາທິດ "
        "ပတ် ھەپتە أسبوع أسابيع هفته ہفتے ہفتہ हफ्ते सप्ताह সপ্তাহ "
        "ሳምንት 周 週 个星期 個星期 星期 週間 주",
        2629746: "mo mon month months monat monate monaten mois mes meses mês "
        "mese mesi maand maanden месяц месяца месяцев ay tháng bulan "
        "mwezi miezi wata ខែ เดือน ເດືອນ လ ئاي شهر أشهر ماه ماہ महीने "
        "মাস ወር 个月 個月 か月 ヶ月 カ月 개월",
        31556952: "y yr yrs year years jahr jahre jahren an ans año años anno "
        "anni ano anos jaar jaren год года лет рік роки років yıl "
        "năm tahun mwaka miaka shekara ឆ្នាំ ปี ປີ နှစ် يىل سنة سنوات سال साल বছর ዓመት 年 년",
    }
)
#: Words for two of a unit, and halves.
_WHOLE = _by_value(
    {
        120: "دقيقتين",
        7200: "ساعتين",
        172800: "يومين",
        1209600: "أسبوعين",
        5259492: "شهرين",
        63113904: "سنتين عامين",
        1800: "半小时 半小時 半个小时 半個小時 half_an_hour пол_часа полчаса",
    }
)
#: What stands beside a number and a unit and makes them "ago".
_AGO = _by_value(
    {
        0: "ago vor il_y_a hace há fa atrás geleden sedan siden temu "
        "назад тому önce trước lalu yang_lalu prije sitten nakalipas "
        "zilizopita iliyopita da_suka_wuce da_ta_wuce មុន ที่แล้ว "
        "ก่อน ที่ผ่านมา ກ່ອນ ຜ່ານມາ ທີ່ແລ້ວ အကြာ လွန်ခဲ့ ئىلگىرى "
        "بۇرۇن منذ قبل پیش مخکې "
        "پہلے قبل पहले আগে በፊት སྔོན 前 之前 전"
    }
)
_NOW = frozenset(
    "just now|a moment ago|moments ago|a few seconds ago|gerade "
    "eben|à l’instant|ahora mismo|agora mesmo|только что|"
    "az önce|baru saja|vừa xong|刚刚|剛剛|刚才|剛才|방금|방금 전|たった今|الآن|همین الان|ابھی|अभी|এইমাত্র|เมื่อสักครู่|អម្បាញ់មិញ".split(
        "|"
    )
)
_WEEKDAYS = (
    "monday montag lundi lunes lunedì segunda-feira maandag "
    "понедельник pazartesi thứ_hai 星期一 周一 월요일 月曜日",
    "tuesday dienstag mardi martes martedì terça-feira dinsdag вторник salı thứ_ba 星期二 周二 화요일 火曜日",
    "wednesday mittwoch mercredi miércoles mercoledì quarta-feira "
    "woensdag среда среду çarşamba thứ_tư 星期三 周三 수요일 水曜日",
    "thursday donnerstag jeudi jueves giovedì quinta-feira "
    "donderdag четверг perşembe thứ_năm 星期四 周四 목요일 木曜日",
    "friday freitag vendredi viernes venerdì sexta-feira vrijdag "
    "пятница пятницу cuma thứ_sáu 星期五 周五 금요일 金曜日",
    "saturday samstag samedi sábado sabato zaterdag суббота "
    "субботу cumartesi thứ_bảy 星期六 周六 토요일 土曜日",
    "sunday sonntag dimanche domingo domenica zondag воскресенье "
    "pazar chủ_nhật 星期日 星期天 周日 일요일 日曜日",
)
_UNSPACED = "\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of some words: whole ones where "
    "words are set apart, parts of a text elsewhere."""
    longest = sorted(words, key=len, reverse=True)
    apart = "|".join(re.escape(word) for word in longest if not re.search(f"[{_UNSPACED}]", word))
    joined = "|".join(re.escape(word) for word in longest if re.search(f"[{_UNSPACED}]", word))
    return rf"(?:(?<![^\W\d])(?:{apart})(?!\w)" + (f"|{joined})" if joined else ")")


_DAY_OF = {word.replace("_", " "): number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_DAY_WORD = re.compile(_alternatives(_DAYS))
_AGO_WORD = re.compile(_alternatives(_AGO))
_WHOLE_WORD = re.compile(_alternatives(_WHOLE))
_UNIT_WORD = re.compile(_alternatives(_UNITS))
_WEEKDAY = re.compile(_alternatives(_DAY_OF))
_COUNTED = re.compile(rf"(?<![\d.,:])(\d{{1,4}})[ +]*({_UNIT_WORD.pattern})")
_COUNTED_AFTER = re.compile(rf"({_UNIT_WORD.pattern}) ?(\d{{1,3}})(?!\d)")
_TOKEN = re.compile(r"[^\s\d.,:;!?()]+")
_TOLD = [*_DAYS, *_AGO, *_DAY_OF, *_NOW]
#: The first word of each phrase: without one of them, or of the others, a text tells nothing from the present.
_FIRST_WORDS = frozenset(_TOKEN.findall(word)[0] for word in _TOLD if not re.search(f"[{_UNSPACED}]", word))
_JOINED_WORD = re.compile(
    "|".join(
        re.escape(word) for word in sorted(_TOLD, key=len, reverse=True) if re.search(f"[{_UNSPACED}]", word)
    )
)
#: Words for days that are names elsewhere: only in their own languages.
_NAMES_TOO = {"leo": "sw", "jana": "sw", "yau": "ha", "jiya": "ha"}
_LONGEST = 60
_DATE_LIKE = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}")
_ROUNDED = 2_000_000


def read_ago(text: str, now: datetime, language: str | None = None) -> Ago | None:
    """Return what a text tells from the present, None if it does not.

    Args:
        text: As printed, digits in ASCII.
        now: The present instant on the clock of the site: "yesterday" is of its calendar.
        language: Of the page, for words that mean this in one language only.
    """
    low = text.casefold()
    if not low.isascii():
        low = unicodedata.normalize("NFC", low)
    if len(low) > _LONGEST or not _may_tell(low):
        return None
    if low.strip(" .…") in _NOW:
        return Ago(now, now.date(), None, "relative")
    if _DATE_LIKE.search(low):
        return None
    if (found := _DAY_WORD.search(low)) and _NAMES_TOO.get(found.group(), language) == language:
        return _on(now.date() - timedelta(days=_DAYS[found.group()]), low, "relative")
    if _AGO_WORD.search(low):
        return _since(low, now)
    if (found := _WEEKDAY.search(low)) and (clock := clock_in(low)):
        back = (now.weekday() - _DAY_OF[found.group()]) % 7 or 7
        return Ago(None, now.date() - timedelta(days=back), clock, "relative, week assumed")
    return None


def _may_tell(low: str) -> bool:
    if not _FIRST_WORDS.isdisjoint(_TOKEN.findall(low)):
        return True
    return not low.isascii() and _JOINED_WORD.search(low) is not None


def _on(day: date, low: str, how: str) -> Ago:
    return Ago(None, day, clock_in(low), how)


def _since(low: str, now: datetime) -> Ago | None:
    seconds = _seconds(low)
    if seconds is None:
        return None
    then = now - timedelta(seconds=seconds)
    if seconds >= _ROUNDED:
        return Ago(None, then.date(), None, "relative, day assumed")
    if seconds >= 86400 and seconds % 86400 == 0:
        return Ago(None, then.date(), None, "relative")
    return Ago(then, then.date(), None, "relative")


def _seconds(low: str) -> int | None:
    if found := _WHOLE_WORD.search(low):
        return _WHOLE[found.group()]
    if found := _COUNTED.search(low):
        return int(found[1]) * _UNITS[found[2]]
    if found := _COUNTED_AFTER.search(low):
        return int(found[2]) * _UNITS[found[1]]
    if not re.search(r"\d", low) and (named := _UNIT_WORD.findall(low)):
        return _UNITS[named[-1]]  # the last: "an" is a year in French
    return None
