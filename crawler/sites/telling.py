"""Letters and words that tell one language from another of the same script.

Sources: the alphabets of Unicode CLDR's exemplar characters, and function
words of news prose.  Each function answers for a text of one script; None
where nothing tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+")
_MARKED_WORD = re.compile(r"[^\s\d.,:;!?()«»“”\"'،؛؟।-]+")

_ARABIC_LETTERS = {
    "ug": "ۈۇۋڭ",
    "ckb": "ێڕڵ",
    "ps": "ښځڅۍړګټډڼږ",
    "ur": "ٹڈڑےںہھ",
}
_ARABIC_WORDS = {
    "ps": "د کې ته چې شو دي سره له یې وایي ویلي نه",
    "ur": "کی کے کا میں نے ہے اور سے کو پر کہ",
    "fa": "شد کرد است این از که را در با برای بود شده می خود آن گفت کرده",
    "ckb": "لە بۆ و کە بە کورد کوردستان ئەو",
    "ar": "في من على إلى عن التي الذي أن هذا هذه بعد قال ما لا",
}
_PERSIAN = frozenset("پچژگیک")
_CYRILLIC_LETTERS = (
    ("be", "ў"),
    ("tg", "ҳҷӣӯ"),
    ("mk", "ѓќѕ"),
    ("sr", "јљњћђџ"),
    ("kk", "ұә"),
)
_MONGOLIAN = re.compile(r"аа|оо|уу|өө|үү|ээ|\b(?:монгол|улсын|хурал|байна|болно)\b")
_BULGARIAN = re.compile(r"ъ(?![еёюя])|\bе\b")
_BULGARIAN_ARTICLE = re.compile(r"\w(?:ите|ията|ата|ът|ият|нето)\b")
_SHAN, _MON, _KAREN = re.compile("[ၵၶၸၼၽႁႃႄႅႆႇႈႉႊ]"), re.compile("[ၚၛၜၝဳဴ]"), re.compile("[ၡၢၣၤ]|ုာ်")
_CANTONESE = frozenset("佢哋嘅咗喺冇嘢唔啲嗰㗎嚟咁噉咩")
_NEPALI = frozenset("छ छन् छैन भयो गर्ने हुने गरेको भएको थियो र पनि".split())
_LATIN_LETTERS = {
    "pl": "ąćęłńśźż",
    "tr": "ğşı",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "de": "ß",
    "cs": "řěů",
    "ro": "țș",
    "hu": "őű",
    "vi": "ăđơư",
}
_LATIN_WORDS = {
    "es": "la y a lo le corte partido diputados noche tribunal gobierno país suprema elecciones dejan leyes",
    "fr": "la à un il elle ne parti députés cour gouvernement suprême élections tribunal quitte ont leur",
    "it": "la è il un partito corte governo elezioni deputati dopo hanno stato sciolto",
    "pt": "o a e em partido governo deputados tribunal eleições supremo foram dissolvido",
    "tr": "parti partisi mahkemesi anayasa milletvekili hükümet seçim istifa kararı",
    "pl": "z i w po partii partia sąd rząd posłowie wybory najwyższy partię",
    "id": "partai mahkamah pemerintah anggota rakyat negara pengadilan konstitusi",
    "de": "wurde partei gericht regierung nach bei hat sind wird abgeordnete aus",
    "en": "a it he they party court by be not this after who quit",
}
_LATIN_SETS = {code: frozenset(words.split()) for code, words in _LATIN_WORDS.items()}


def arabic(sample: str) -> str:
    """Return the language of a text in Arabic letters; Arabic where nothing tells."""
    counts = Counter(sample)
    letters = max(1, sum(number for char, number in counts.items() if char.isalpha()))
    words = Counter(_MARKED_WORD.findall(sample))
    scores = {
        code: 3 * sum(counts[char] for char in telling) / letters for code, telling in _ARABIC_LETTERS.items()
    }
    spoken = max(1, words.total())
    for code, listed in _ARABIC_WORDS.items():
        scores[code] = scores.get(code, 0) + sum(words[word] for word in listed.split()) / spoken
    if counts["ې"]:  # of Pashto, which writes ی, and of Uyghur, which writes ى
        scores["ps" if counts["ی"] or counts["ک"] else "ug"] += 0.2
    if counts["ە"] or counts["ۆ"]:
        scores["ckb" if counts["ی"] or counts["ک"] or counts["ێ"] else "ug"] += 0.2
    if sum(counts[char] for char in _PERSIAN) / letters > 0.015:
        scores["fa"] += 0.05
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > 0.02 else "ar"


def cyrillic(sample: str) -> str:
    """Return the language of a text in Cyrillic letters; Russian where nothing tells."""
    low = sample.lower()
    letters = set(low)
    for code, telling in _CYRILLIC_LETTERS:
        if letters & set(telling):
            return code
    if letters & set("қғңөү"):
        if letters & set("іқғ"):
            return "kk"
        return "ky" if "ң" in letters or not _MONGOLIAN.search(low) else "mn"
    if letters & set("іїєґ"):
        return "be" if "ы" in letters else "uk"
    if letters & set("ыэё"):
        return "mn" if len(_MONGOLIAN.findall(low)) > len(low) / 25 else "ru"
    if _MONGOLIAN.search(low):
        return "mn"
    articles = len(_BULGARIAN_ARTICLE.findall(low))
    return "bg" if _BULGARIAN.search(low) or articles * 4 > len(_WORD.findall(low)) else "ru"


def myanmar(sample: str) -> str:
    """Return the language of a text in Burmese letters; letters of Shan, Mon and Karen are glyphs in Zawgyi."""
    others = (("ksw", _KAREN), ("mnw", _MON), ("shn", _SHAN))
    found = {code: len(telling.findall(sample)) for code, telling in others}
    best = max(found, key=lambda code: found[code])
    if found[best] * 25 < len(sample):
        return "my"
    from crawler.sites.zawgyi import is_zawgyi

    return "my" if is_zawgyi(sample) else best


def is_cantonese(sample: str) -> bool:
    """Tell whether a Chinese text is written as Cantonese is spoken."""
    told = sum(char in _CANTONESE for char in sample)
    return told * 30 >= sum("\u3400" <= char <= "\u9fff" for char in sample) > 0


def is_nepali(sample: str) -> bool:
    """Tell whether a text in Devanagari is Nepali rather than Hindi."""
    return not _NEPALI.isdisjoint(_MARKED_WORD.findall(sample))


def latin(sample: str, frequent: Mapping[str, frozenset[str]]) -> str | None:
    """Return the language whose frequent words and own letters the text has most of."""
    low = sample.lower()
    words = _WORD.findall(low)
    counts = Counter(low)
    scores = {
        code: sum(word in frequent.get(code, ()) or word in _LATIN_SETS.get(code, ()) for word in words)
        + 2 * sum(counts[char] for char in _LATIN_LETTERS.get(code, ""))
        for code in {**frequent, **_LATIN_SETS}
    }
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] else None
