"""Names of months and other words of dates, in the languages of the sites we read.

Sources: Unicode CLDR's calendars (wide and abbreviated names), and the forms
that Radio Free Asia, Voice of America and forum engines print.  Names are
stored case-folded, without full stops.
"""

from __future__ import annotations

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
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "pl2": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru2": "янв фев мар апр май июн июл авг сен окт ноя дек",
    "ru3": "январь февраль март апрель - июнь июль август сентябрь октябрь ноябрь декабрь",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "id2": "- - - - - - - agu - okt - des",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
    "sr": "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου "
    "νοεμβρίου δεκεμβρίου",
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "km2": "- កុម្ភះ - - - - - - - - វិច្ចិកា -",
    "km3": "- កុម្ភ - - - - - - - - វិច្ឆកា -",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "th2": "มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค",
    "lo": "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    "my": "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ",
    "my2": "ဇန်နဝါရီလ ဖေဖော်ဝါရီလ မတ်လ ဧပြီလ မေလ ဇွန်လ ဇူလိုင်လ သြဂုတ် စက်တင်ဘာလ အောက်တိုဘာလ နိုဝင်ဘာလ ဒီဇင်ဘာလ",
    "ug": "يانۋار فېۋرال مارت ئاپرېل ماي ئىيۇن ئىيۇل ئاۋغۇست سېنتەبىر ئۆكتەبىر نويابىر دېكابىر",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ar2": "- - - ابريل - يونيه يوليه اغسطس - اكتوبر - -",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "bn": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
}
#: Case-folded name → number of the month.
MONTHS: dict[str, int] = {
    name.casefold(): number
    for names in _NAMES.values()
    for number, name in enumerate(names.split(), 1)
    if name != "-"
}

#: Words for the present day and the days before it → how many days ago.
DAYS_AGO: dict[str, int] = {
    **dict.fromkeys(
        "today heute aujourd'hui aujourd’hui hoy oggi hoje vandaag idag dzisiaj dziś dnes сегодня сьогодні bugün "
        "ថ្ងៃនេះ วันนี้ ມື້ນີ້ ယနေ့ ဒီနေ့ بۈگۈن اليوم امروز 今天 今日 오늘 tänään i\u00a0dag danes".split(" "),
        0,
    ),
    "hôm nay": 0,
    "hari ini": 0,
    **dict.fromkeys(
        "yesterday gestern hier ayer ieri ontem gisteren igår wczoraj včera вчера вчора dün ម្សិលមិញ เมื่อวาน ມື້ວານ "
        "မနေ့က تۈنۈگۈن أمس دیروز 昨天 昨日 어제 kemarin semalam eilen".split(),
        1,
    ),
    "hôm qua": 1,
    "i går": 1,
    "ngày hôm qua": 1,
    **dict.fromkeys("vorgestern avant-hier anteayer позавчера 前天 一昨日 그저께".split(), 2),
}

#: Words for a unit of time → its length in seconds (months and years are means).
UNITS: dict[str, int] = {
    **dict.fromkeys(
        "s sec secs second seconds sekunde sekunden seconde secondes segundos secondi секунд 秒 초".split(), 1
    ),
    **dict.fromkeys(
        "m min mins minute minutes minuten minutos minuti минут минуты минуту хвилин dakika minuta minut minuter នាទី "
        "นาที ນາທີ မိနစ် مىنۇت دقيقة دقائق phút menit 分 分钟 分鐘 분".split(),
        60,
    ),
    **dict.fromkeys(
        "h hr hrs hour hours stunde stunden heure heures hora horas ora ore uur час часа часов годин saat godz timmar "
        "ម៉ោង ชั่วโมง ຊົ່ວໂມງ နာရီ سائەت ساعة ساعات giờ tiếng jam 小时 小時 时 시간 sata sati".split(),
        3600,
    ),
    **dict.fromkeys(
        "d day days tag tage tagen jour jours día días giorno giorni dia dias dag dagen дня дней день gün dni dagar "
        "ថ្ងៃ วัน ມື້ ရက် كۈن يوم أيام ngày hari 天 日 일 dana".split(),
        86400,
    ),
    **dict.fromkeys(
        "w wk week weeks woche wochen semaine semaines semana semanas settimana settimane weken недели недель hafta "
        "សប្តាហ៍ สัปดาห์ ອາທິດ tuần minggu 周 週 주".split(),
        604800,
    ),
    **dict.fromkeys(
        "mo mon month months monat monate monaten mois mes meses mese mesi maand maanden месяца месяцев ay ខែ เดือน "
        "ເດືອນ လ tháng bulan 个月 個月 개월".split(),
        2629746,
    ),
    **dict.fromkeys(
        "y yr yrs year years jahr jahre jahren an ans año años anno anni ano anos jaar года лет yıl ឆ្នាំ ปี ປີ နှစ် "
        "năm tahun 年 년".split(),
        31556952,
    ),
}

#: What stands beside a number and a unit and makes them "ago".
AGO = frozenset(
    "ago vor il y a hace fa atrás geleden sedan siden temu назад тому önce មុន ที่แล้ว ก่อน ກ່ອນ အကြာ ئىلگىرى منذ قبل "
    "trước lalu 前 之前 전 prije".split()
)
#: Words that put an hour into the second half of the day, or keep it in the first.
PM = frozenset("pm p.m p.m. nm 下午 晚上 午後 오후 chiều tối ល្ងាច យប់ رات م".split())
AM = frozenset("am a.m a.m. vm 上午 早上 凌晨 午前 오전 sáng ព្រឹក ص".split())
