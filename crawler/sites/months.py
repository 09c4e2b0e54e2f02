"""Names of months, in the languages of the sites we read.

Sources: Unicode CLDR's calendars (wide and abbreviated names), and the forms
that Radio Free Asia, Voice of America and forum engines print.  Names are
stored case-folded, without full stops.
"""

from __future__ import annotations

import re
import unicodedata

_NAMES = {
    "en": "january february march april may june july august september october november december",
    "en2": "jan feb mar apr may jun jul aug sep oct nov dec",
    "en3": "jany febr - - - june july augt sept - novr decr",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "de2": "jän feber mär apr mai jun jul aug sep okt nov dez",
    "de3": "jänner - mrz - - - - - - - - -",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "fr2": "janv févr - avr - - juil aoû - - - déc",
    "fr3": "- fevrier - - - - - aout - - - decembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "es2": "ene - - abr - - - ago setiembre - - dic",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "it2": "gen - - - mag giu lug ago set ott - dic",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pt2": "- fev - - mai - - - set out - dez",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "nl2": "- - mrt - - - - - - - - -",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
    "lokakuuta marraskuuta joulukuuta",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia",
    "pl2": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru2": "янв фев мар апр май июн июл авг сен окт ноя дек",
    "ru3": "январь февраль март апрель - июнь июль август сентябрь октябрь ноябрь декабрь",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "ru4": "- февр - - - - - - сент - нояб -",
    "uk2": "січ лют бер квіт трав черв лип серп вер жовт лист груд",
    "tr2": "oca şub - nis - haz tem ağu eyl eki kas ara",
    "id2": "- - - - - - - agu - okt - des",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna - studenoga prosinca",
    "sr": "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου "
    "νοεμβρίου δεκεμβρίου",
    "ug": "يانۋار فېۋرال مارت ئاپرېل ماي ئىيۇن ئىيۇل ئاۋغۇست سېنتەبىر ئۆكتەبىر نويابىر دېكابىر",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ar3": "جانفي فيفري - أفريل ماي جوان جويلية أوت - - - -",
    "ar4": "- شباط آذار نيسان أيار حزيران تموز آب أيلول - - -",
    "ar5": "- - اذار - ايار - - اب ايلول - - -",
    "ckb": "- شوبات ئازار نیسان ئایار حوزەیران تەممووز ئاب ئەیلوول - - -",
    "ar2": "- - - ابريل - يونيه يوليه اغسطس - اكتوبر - -",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "fa2": "ژانویۀ - - اپریل می جون جولای اگست - اکتوبر - دسمبر",
    "ps": "جنوري فبروري - - مۍ - جولای - سپټمبر اکټوبر - ډسمبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "hi2": "- फरवरी - - - - - - सितम्बर अक्तूबर नवम्बर दिसम्बर",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "bn": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "bn2": "জানুয়ারী ফেব্রুয়ারী - - - - - অগাস্ট - - - -",
    "ta": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "sw": "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    "ha": "janairu faburairu maris afrilu mayu yuni yuli agusta satumba oktoba nuwamba disamba",
    "am": "ጃንዩወሪ ፌብሩወሪ ማርች ኤፕሪል ሜይ ጁን ጁላይ ኦገስት ሴፕቴምበር ኦክቶበር ኖቬምበር ዲሴምበር",
    "am2": "ጃንዋሪ ፌብሩዋሪ ማርቸ ኤፕረል - - - ኦጎስት ሴፕተምበር ኦክተውበር ኖቨምበር ዲሰምበር",
    "so": "janaayo febraayo maarso abriil maajo juun luulyo agoosto sebtembar oktoobar nofembar diseembar",
}
#: Names that run into their neighbours, in scripts without spaces between words.
_UNSPACED_NAMES = {
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "km2": "- កុម្ភះ - - - - - - - - វិច្ចិកា -",
    "km3": "- កុម្ភ - - - - - - - - វិច្ឆកា -",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "th2": "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    "lo": "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    "lo2": "- - - - - ມີຖຸນາ ກໍລະກົດ - - - - -",
    "my": "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ",
    "my2": "ဇန္နဝါရီ - မတ်လ ဧပရယ် မေလ - - သြဂုတ် - - - -",
}


def _numbered(table: dict[str, str]) -> dict[str, int]:
    return {
        unicodedata.normalize("NFC", name).casefold(): number
        for names in table.values()
        for number, name in enumerate(names.split(), 1)
        if name != "-"
    }


#: Case-folded name → number of the month, for scripts that set words apart.
MONTHS: dict[str, int] = _numbered(_NAMES)
#: Names that mean another month in another language: name → language → number.
CONTESTED: dict[str, dict[str, int]] = {"listopada": {"pl": 11, "hr": 10, "bs": 10}}
#: Names of two words → the one-word name of the same month.
TWO_WORDS: dict[str, str] = {
    "كانون الثاني": "يناير", "كانون ثاني": "يناير", "تشرين الأول": "أكتوبر", "تشرين أول": "أكتوبر",
    "تشرين الثاني": "نوفمبر", "تشرين ثاني": "نوفمبر", "كانون الأول": "ديسمبر", "كانون أول": "ديسمبر",
    "کانوونی دووەم": "يناير", "تشرینی یەکەم": "أكتوبر", "تشرینی دووەم": "نوفمبر", "کانوونی یەکەم": "ديسمبر",
}  # fmt: skip
#: Vietnamese month words after "tháng", the longest first.
VIETNAMESE_MONTHS: dict[str, int] = {
    "mười hai": 12, "mười một": 11, "mười": 10, "chín": 9, "tám": 8, "bảy": 7, "sáu": 6, "năm": 5, "tư": 4,
    "bốn": 4, "ba": 3, "hai": 2, "giêng": 1, "một": 1, "chạp": 12,
}  # fmt: skip
#: Months of the Persian calendar in Iran, Afghanistan (Dari) and Pashto.
PERSIAN_MONTHS: dict[str, int] = _numbered(
    {
        "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
        "fa2": "فروردين ارديبهشت - تير امرداد شهريور - ابان اذر دي - -",
        "prs": "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
        "ps": "وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
    }
)
#: Months of the Ethiopian calendar, with their common spellings.
ETHIOPIAN_MONTHS: dict[str, int] = _numbered(
    {
        "am": "መስከረም ጥቅምት ኅዳር ታኅሣሥ ጥር የካቲት መጋቢት ሚያዝያ ግንቦት ሰኔ ሐምሌ ነሐሴ ጳጉሜን",
        "am2": "- - ህዳር ታኅሳስ - - - ሚያዚያ - - ሀምሌ ነሀሴ ጳጉሜ",
        "am3": "- - ሕዳር ታህሳስ - - - - - - - - ጷጉሜን",
        "am4": "- - - ታህሣሥ - - - - - - - - -",
    }
)
_UNSPACED = _numbered(_UNSPACED_NAMES)
_UNSPACED_PATTERN = re.compile(
    "|".join(
        re.escape(name).replace(r"\.", r"\. ?").removesuffix(" ?") + ("?" if name.endswith(".") else "")
        for name in sorted(_UNSPACED, key=len, reverse=True)
    )
)


def unspaced_months(text: str) -> list[tuple[int, int, int]]:
    """Return start, end and number of each month named in Khmer, Thai, Lao or Burmese."""
    return [
        (found.start(), found.end(), _UNSPACED.get(name) or _UNSPACED[f"{name}."])
        for found in _UNSPACED_PATTERN.finditer(text)
        if (name := found.group().replace(" ", ""))
    ]
