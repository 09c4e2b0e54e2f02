"""In which language a text is written: what is known beforehand, unless its script says otherwise.

Scripts and their telling letters decide; statistical identifiers fail on
Khmer, Lao, Burmese, Tibetan and Uyghur.  Within the Latin and Cyrillic scripts
the prior (source, address, ``html lang``) is believed, else a few very
frequent words decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from crawler.sites import telling

_SAMPLE = 1500
#: (first, last code point, script).
_RANGES = (
    (0x0041, 0x024F, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0A80, 0x0AFF, "Gujr"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Laoo"),
    (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1200, 0x139F, "Ethi"),
    (0x1780, 0x17FF, "Khmr"),
    (0x1800, 0x18AF, "Mong"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x3040, 0x30FF, "Kana"),
    (0x3400, 0x9FFF, "Hani"),
    (0xA9E0, 0xA9FF, "Mymr"),
    (0xAA60, 0xAA7F, "Mymr"),
    (0xAC00, 0xD7AF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB50, 0xFEFC, "Arab"),
)
#: Languages written in a script; the first is taken where the prior names none of them.
_SPOKEN = {
    "Grek": ("el",),
    "Cyrl": ("ru", "uk", "kk", "ky", "mn", "bg", "sr", "tg", "be", "mk", "uz", "tt", "ug", "az"),
    "Armn": ("hy",),
    "Hebr": ("he", "yi"),
    "Arab": ("ar", "ug", "fa", "prs", "ur", "ps", "ku", "ckb", "sd", "ks", "az", "ms"),
    "Deva": ("hi", "ne", "mr", "sa", "mai"),
    "Beng": ("bn", "as"),
    "Guru": ("pa",),
    "Gujr": ("gu",),
    "Taml": ("ta",),
    "Telu": ("te",),
    "Knda": ("kn",),
    "Mlym": ("ml",),
    "Sinh": ("si",),
    "Thai": ("th",),
    "Laoo": ("lo",),
    "Tibt": ("bo", "dz", "lad"),
    "Mymr": ("my", "shn", "mnw", "ksw", "blk", "rki", "kac"),
    "Geor": ("ka",),
    "Hang": ("ko",),
    "Ethi": ("am", "ti"),
    "Khmr": ("km",),
    "Mong": ("mn",),
    "Kana": ("ja",),
    "Hani": ("zh", "yue", "wuu", "cmn", "ja"),
}
_NOT_LATIN = {code for codes in _SPOKEN.values() for code in codes} - {
    "ms",
    "uz",
    "az",
    "sr",
    "ku",
    "kac",
    "tt",
}
_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_SIMPLIFIED = frozenset(
    "们国这党团讼弹诚缅萨兰归尽来为说时会个对学过还发动进东长门问间见现车马书买卖专业丝两严丧丰临丽举义乌乐习乡云亚产亲亿仅从仓仪价众优伟"
    "传伤伦伪体侠侦侧关兴养军农冲决况冻净凉减凤凭凯击创别刘则刚剧劝办务劳势匀区医华协单卢卫却厂厅历厉压厌县参双变叶号"
    "叹听员呜咏响哗唤围园图圆圣场坏块坚坛坟坠垄垒垦垫堕塑处备够头夹夺奋奖妇妈娱孙宁宝实审宪宫宽宾寻导寿将尔尘尝层届属"
    "岁岂岗岛岭币帅师帐帮带广庄庆库应庙废开异弃张弥弯录彻忆忧怀态怜总恋恳恶恼悬惊惩惭惯愿战户执扩扫扬扰抚抛抢护报担拟拥拦"
    "择挂挡挣挤挥损换据掷揽摄摆摇撑敌数斗断无旧旷显晋晓晒晕暂机杀杂权条极构枪柜标栋栏树样桥检楼横欢欧岁残毁毕毙气汇汉汤沟没"
    "泪泽洁浅测济浏浓涂润涨渊渐渔温湾湿溃满滚滞滥滨滩灭灯灵灾炉点炼烂烛烟烦烧热爱爷牵牺状犹狭狮独狱猎献环玛琐电画畅疗疯痒监盖"
    "盘着矿码砖确础硕离种积称稳穷窃窜竞笔筑签简篮类粮紧纠红约级纪纯纲纳纷纸练组细织终绍经结绕给络绝统继绩续维绿编缘缩缴网罗罚"
    "罢职联聪肃肠肤胜胁脉脏脑腊脱脸舰艺节芦苏范荐荡荣药莱获营萧蓝虑虚虽蚀补袭装见观规视览觉触誉计订认讨让训议讯记讲许论设访证评识诉"
    "词译试诗话该详语误请诸读课谁调谈谊谋谓谢谣谨谱贝负贡财责贤败货质贩贪贫贯贵贷贸费贺贼资赋赌赏赔赖赛赞赢赵赶趋跃践"
    "踪轨转轮软轰轻载较辅辆辈辉辑输辖辞边达迁迈运违连迟适选递逻遗邓邮邻郑释里钟钢钱铁银锁错键镇镜闭闯闲闻阅阔队阳阴阵阶际陆陈险随隐难"
    "雾静韩页顶项顺须顾顿预领颁频颗题颜额风飞饭饮馆驱驶驻骂骄验骗骤鱼鲁鲜鸟鸡鸣鸿麦黄齐龄龙"
)
_TRADITIONAL = frozenset(
    "們國這黨團訟彈誠緬薩蘭歸盡來為說時會個對學過還發動進東長門問間見現車馬書買賣專業絲兩嚴喪豐臨麗舉義烏樂習鄉雲亞產親億僅從倉儀價眾優偉"
    "傳傷倫偽體俠偵側關興養軍農衝決況凍淨涼減鳳憑凱擊創別劉則剛劇勸辦務勞勢區醫華協單盧衛卻廠廳歷厲壓厭縣參雙變葉號"
    "嘆聽員嗚詠響嘩喚圍園圖圓聖場壞塊堅壇墳墜壟壘墾墊墮處備夠頭夾奪奮獎婦媽娛孫寧寶實審憲宮寬賓尋導壽將爾塵嘗層屆屬"
    "歲豈崗島嶺幣帥師帳幫帶廣莊慶庫應廟廢開異棄張彌彎錄徹憶憂懷態憐總戀懇惡惱懸驚懲慚慣願戰戶執擴掃揚擾撫拋搶護報擔擬擁攔"
    "擇掛擋掙擠揮損換據擲攬攝擺搖撐敵數鬥斷無舊曠顯晉曉曬暈暫機殺雜權條極構槍櫃標棟欄樹樣橋檢樓橫歡歐殘毀畢斃氣匯漢湯溝沒"
    "淚澤潔淺測濟瀏濃塗潤漲淵漸漁溫灣濕潰滿滾滯濫濱灘滅燈靈災爐點煉爛燭煙煩燒熱愛爺牽犧狀猶狹獅獨獄獵獻環瑪瑣電畫暢療瘋癢監蓋"
    "盤著礦碼磚確礎碩離種積稱穩窮竊竄競筆築簽簡籃類糧緊糾紅約級紀純綱納紛紙練組細織終紹經結繞給絡絕統繼績續維綠編緣縮繳網羅罰"
    "罷職聯聰肅腸膚勝脅脈臟腦臘脫臉艦藝節蘆蘇範薦蕩榮藥萊獲營蕭藍慮虛雖蝕補襲裝觀規視覽覺觸譽計訂認討讓訓議訊記講許論設訪證評識訴"
    "詞譯試詩話該詳語誤請諸讀課誰調談誼謀謂謝謠謹譜貝負貢財責賢敗貨質販貪貧貫貴貸貿費賀賊資賦賭賞賠賴賽贊贏趙趕趨躍踐"
    "蹤軌轉輪軟轟輕載較輔輛輩輝輯輸轄辭邊達遷邁運違連遲適選遞邏遺鄧郵鄰鄭釋裡鐘鋼錢鐵銀鎖錯鍵鎮鏡閉闖閒聞閱闊隊陽陰陣階際陸陳險隨隱難"
    "霧靜韓頁頂項順須顧頓預領頒頻顆題顏額風飛飯飲館驅駛駐罵驕驗騙驟魚魯鮮鳥雞鳴鴻麥黃齊齡龍"
)
_FREQUENT = {
    "en": "the of and to in that is was for on with said by as from has were",
    "id": "yang dan di dari untuk dengan pada ini itu tidak akan telah oleh juga adalah",
    "de": "der die und das ist nicht mit von dem den auf ich ein eine auch sich für",
    "fr": "le la les des et est dans que une pour qui pas sur du par au avec",
    "es": "el los las que en una por con del para es se su como más pero",
    "pt": "os não uma que com para por mais dos das como ao seu foi pelo",
    "it": "il che di per non una con del della sono gli anche più dei è",
    "nl": "het een van de en niet dat met voor zijn op aan ook door maar",
    "tr": "ve bir bu için ile olarak daha olan gibi çok kadar sonra değil dedi",
    "pl": "nie się jest na że do to jak ale przez był oraz także ich",
    "sv": "och att det som är på av för med till inte den har ett om",
    "vi": "cua la va cho khong duoc nguoi trong mot nhung voi cac khi nay",
}
_FREQUENT_SETS = {code: frozenset(words.split()) for code, words in _FREQUENT.items()}
_TAG = re.compile(r"^([A-Za-z]{2,3})([-_][A-Za-z0-9-]+)?$")
_ASCII = re.compile(r"[\x00-\x7f]+")
_NO_ASCII_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_LOWER_WORD = re.compile(r"[a-z]{3}")
#: Written beside Russian on one site, with letters of their own.
_NEIGHBOURS = frozenset(("uk", "be", "kk"))


def detect(texts: Iterable[str], prior: str | None) -> str:
    """Return the BCP 47 tag of the language that ``texts`` are written in.

    Args:
        texts: Title and paragraphs; the first few thousand letters count.
        prior: What source, address or page say; kept unless the script contradicts.
    """
    sample = _sample(texts)
    beyond = Counter(_ASCII.sub("", sample))
    tag = normalised(prior)
    base = tag.split("-")[0]
    script = _script(sample, beyond)
    if script is None:
        return tag or "und"
    if script == "Latn":
        return _latin(sample, beyond, tag, base)
    if script == "Hani":
        return _chinese(sample, tag, base)
    if script == "Arab":
        return _arabic(sample, tag, base)
    if script == "Cyrl":
        told = telling.cyrillic(sample)
        return tag if base in _SPOKEN[script] and not (base == "ru" and told in _NEIGHBOURS) else told
    if base in _SPOKEN[script]:
        return tag
    if script == "Mymr":
        return telling.myanmar(sample)
    if script == "Deva":
        return "ne" if telling.is_nepali(sample) else "hi"
    return _SPOKEN[script][0]


def normalised(tag: str | None) -> str:
    """Return a language tag as BCP 47 writes it (``zh_CN`` → ``zh-Hans``), "" if it is none."""
    found = _TAG.match((tag or "").strip())
    if not found:
        return ""
    base, rest = found.group(1).lower(), (found.group(2) or "")[1:]
    if base == "zh":
        low = rest.lower().replace("_", "-")
        if low.startswith("hant") or low in ("tw", "hk", "mo"):
            return "zh-Hant"
        return "zh-Hans" if low.startswith("hans") or low in ("cn", "sg") else "zh"
    return {"kr": "ko", "vn": "vi", "kh": "km", "mm": "my"}.get(base, base)


def _sample(texts: Iterable[str]) -> str:
    taken: list[str] = []
    length = 0
    for text in texts:
        taken.append(text[:_SAMPLE])
        length += len(text)
        if length >= _SAMPLE:
            break
    return " ".join(taken)


def _script(sample: str, beyond: Counter[str]) -> str | None:
    """Return the script of most letters; Latin names among other letters weigh half.

    Args:
        sample: The text.
        beyond: Its characters that are not ASCII.
    """
    counts: Counter[str] = Counter()
    for char, number in beyond.items():
        script = _script_of(char)
        if script:
            counts[script] += number if script == "Latn" else 2 * number
    if latin := len(sample.encode("ascii", "ignore").translate(None, _NO_ASCII_LETTERS)):
        counts["Latn"] += latin
    if counts["Kana"] * 8 > counts["Hani"] and counts["Kana"]:
        counts["Kana"] += counts.pop("Hani", 0)
    return counts.most_common(1)[0][0] if counts else None


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str | None:
    point = ord(char)
    script = next((script for start, end, script in _RANGES if start <= point <= end), None)
    return None if script == "Latn" and not char.isalpha() else script


def _latin(sample: str, beyond: Counter[str], tag: str, base: str) -> str:
    vietnamese = sum(number for char, number in beyond.items() if char.lower() in _VIETNAMESE)
    if base != "vi" and vietnamese * 15 > len(sample):
        return "vi"
    if tag and (base not in _NOT_LATIN or not _LOWER_WORD.search(sample)):
        return tag  # capitals alone are a party's letters, in any language
    return telling.latin(sample, _FREQUENT_SETS) or "en"


def _chinese(sample: str, tag: str, base: str) -> str:
    letters = set(sample)
    simple, full = len(letters & _SIMPLIFIED), len(letters & _TRADITIONAL)
    if base in ("", "zh", "cmn") and telling.is_cantonese(sample):
        return "yue"
    if (
        base in ("yue", "wuu", "ja")
        or (tag == "zh-Hant" and full >= simple)
        or (tag == "zh-Hans" and simple >= full)
    ):
        return tag
    if simple == full:
        return tag if base == "zh" else "zh"
    return "zh-Hans" if simple > full else "zh-Hant"


def _arabic(sample: str, tag: str, base: str) -> str:
    told = telling.arabic(sample)
    return tag if base in _SPOKEN["Arab"] and (told != "ug" or base in ("ug", "ku", "ckb")) else told
