"""What one line of a saved page can be, read the same way when loading and when printing.

A line has an ordered list of *readings* for the place where it stands; the
first is what a reader would take it for.  Each leading backslash denies one:
``\\Sign in`` is no toolbar line but a sub-heading, ``\\\\Sign in`` a paragraph.
A text that begins with a backslash of its own has one more, and a space, before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from state.article import tidy
from state.text.chrome import chrome_name
from state.text.posts import is_post_head

Reading = Literal[
    "chrome", "comments", "post", "date", "dateline", "byline", "caption", "subtitle", "attribution",
    "quotation", "heading", "paragraph",
]  # fmt: skip
Slot = Literal["title", "header", "body", "last"]

_MOST_HEADING_WORDS = 8
_MOST_HEADING_LETTERS = 60
_MOST_CREDIT_WORDS = 8
#: In scripts without spaces between words a sub-heading is short in letters.
_MOST_UNSPACED_LETTERS = 36
_UNSPACED = re.compile("[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WITHOUT_STOPS = re.compile("[\u0e00-\u0eff]")
_STOPS = ".!…。！？?。．｡។៕။၊།༎؟۔،,;；:：」”"
_CLOSERS = "\"'’”»)]）」』"
_COMMENT_WORDS = (
    "Comments?|评论|評論|留言|Bình luận|Ý kiến|មតិ|មតិយោបល់|ความคิดเห็น|ຄຳເຫັນ|မှတ်ချက်|댓글|コメント|བསམ་ཚུལ།?|ئىنكاس|"
    "تعليقات|التعليقات|نظرات|تبصرے|Commentaires|Comentarios|Comentários|Kommentare|Комментарии|Komentar|Yorumlar"
)
_COMMENTS = re.compile(
    rf"(?:{_COMMENT_WORDS}) ?[(（](\d{{1,6}})[)）]|(?:{_COMMENT_WORDS}): ?(\d{{1,6}})|"
    rf"(\d{{1,6}}) comments?:",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{}>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{{0,6}})\.?"
_DAY = re.compile(
    r"(?:(?:published|posted|date|published on|posted on|updated|"
    r"last updated)(?: on)? ?:? ?)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|"
    r"Sun)[a-z]{0,6}\.?,? )?"
    r"(?:(?P<y>(?:19|20)\d{2})[./-](?P<m>\d{2})[./-](?P<d>\d{2})"
    rf"|{_MONTH.format('month')} (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>(?:19|20)\d{{2}})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH.format('month3')},? (?P<y3>(?:19|20)\d{{2}}))"
    r"(?:,? (?:at )?\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?[,.]?",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"\(?(?:Reported|Written|Translated|Edited|Compiled|Produced|"
    r"Additional reporting|With reporting|"
    r"With additional reporting|Reporting|Editing|Story|Text) (?:by|in \w+ by|and|for)\b.{0,400}"
    r"|(?:RFA|VOA|Radio Free Asia|Voice of America)[’']s [\w ]{3,40}\.?|"
    r"VOA[’']s .{3,80} (?:contributed|has|filed|reported).{0,60}"
    r"|\S+(?: \S+){1,6} contributed to this (?:report|story|article)\.?"
    r"|(?:Some|Certain) (?:information|material) (?:in|for) this (?:report|"
    r"story|article) (?:came|comes|was provided).{0,120}"
    r"|The Associated Press|Agence France-Presse|Associated Press|"
    r"Source: .{2,300}|Copyright © ?\d.{1,300}"
    r"|[（(]?(?:特[约約](?:记者|記者)|责任编辑|責任編輯|责编|責編|编辑|編輯|網編|网编|記者|记者|撰稿|"
    r"采访|採訪|翻译|翻譯|作者|来源|來源)[:：].{1,120}"
    r"|(?:自由[亚亞]洲[电電][台臺]|美国之音|美國之音)(?:特[约約])?(?:记者|記者).{1,80}(?:报道|報道|報導|报导)[。.]?.{0,40}"
    r"|\(?(?:Tường trình|Biên dịch|Biên tập|Biên soạn|Dịch|Thực hiện)(?: bởi)?:? .{2,120}|"
    r"\(?Theo (?:RFA|VOA|RFI|BBC|AFP|Reuters|AP)\b.{0,60}|Nguồn ?: ?.{2,120}"
    r"|(?:រាយការណ៍|ប្រែសម្រួល|បកប្រែ|កែសម្រួល|សរសេរ|រៀបរៀង|ចុះផ្សាយ)(?:ជា\S{2,30})? ?ដោយ.{2,160}|"
    r"ប្រភព ?[៖:].{2,120}"
    r"|(?:รายงาน|แปล|เรียบเรียง|เขียน|ตรวจแก้)โดย.{2,120}|ที่มา ?[:：].{2,120}|"
    r"(?:ລາຍງານ|ແປ|ຮຽບຮຽງ|ຂຽນ)ໂດຍ.{2,120}"
    r"|(?:သတင်းရေးသားသူ|ရေးသားသူ|သတင်းပေးပို့သူ|ဘာသာပြန်သူ|တည်းဖြတ်သူ|တင်ဆက်သူ) ?[-:–၊].{2,120}"
    r"|(?:기자|취재|편집|번역|에디터|웹팀|글) ?[:：] ?.{2,80}|RFA .{2,20} ?기자|에디터 .{2,60}"
    r"|(?:གསར་འགོད་པ|རྩོམ་སྒྲིག་པ|ཡིག་སྒྱུར|བསྒྱུར་མཁན)(?:་|།)? ?[:：]? .{2,80}|"
    r"(?:مۇخبىر|تەرجىمە قىلغۇچى|تەھرىر|تەييارلىغۇچى) ?[:：].{2,80}"
    r"|(?:إعداد|ترجمة|تحرير|المصدر|المحرر|گزارش از|ترجمه از|منبع|رپورٹ|ماخذ) ?[:：] ?.{2,120}"
    r"|(?:Traduit|Rédigé|Édité|Reportage|Avec (?:AFP|Reuters|AP)|"
    r"Redactado|Traducido|Editado|Con información|Redigiert|Übersetzt|"
    r"Mit Material|Перевод|Перевел|"
    r"Редактор|Подготовил|Dilaporkan|Diterjemahkan|Disunting|Disusun)(?:a|"
    r"e|o)?\b(?: par| por| de| von| oleh|:)? ?.{0,120}",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{3,30}(?:, [A-Z][A-Za-z .]{2,30}){0,2}(?:, (?:\d{1,2} [A-Z][a-z]{2,8}\.?|"
    r"[A-Z][a-z]{2,8}\.? \d{1,2}))?"
    r"|[A-Z][A-Za-z'’-]{2,20}(?: [A-Z][a-z]{2,20})?, \d{1,2} (?:January|"
    r"February|March|April|May|June|July|August|September|October|"
    r"November|December)"
)
_BYLINE = re.compile(
    r"(?:By|Par|Por|Von|Oleh|Автор:?|Tác giả:?|Bởi) [A-ZÀ-ỸА-Я]\S{0,30}(?:,? (?:and|"
    r"et|y|e|und|dan|và|[A-ZÀ-ỸА-Я]\S{0,30})){0,6}"
)
#: The same where letters have no capitals: only above a printed day is it surely a name.
_BYLINE_ABOVE_DAY = re.compile(
    r"(?:ដោយ|โดย|ໂດຍ|作者 ?[:：]?|记者 ?[:：]?|記者 ?[:：]?|撰文 ?[:：]?|بقلم|"
    r"از|تحریر:?|မှ|အောင် ?-) ?\S.{1,60}|.{2,30} ?기자"
)
_PICTURE = re.compile(
    r"FILE ?[-–—] ?\S.{10,}|(?:In this|This) .{0,60}(?:photo|picture|"
    r"image|frame grab|screenshot).{10,}"
    r"|.{15,}[(（](?:Photo|File photo|Picture|Image|Courtesy|[^()（）]{2,60}[/／|"
    r"] ?[^()（）]{2,30}|[^()（）]{0,40}\b(?:AP|AFP|Reuters|REUTERS|VOA|"
    r"RFA|EPA|Getty))[^()（）]{0,60}[)）]\.?",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One tidied line: its text without the backslashes, and how many there were."""

    text: str
    denied: int = 0


def read_line(raw: str) -> Line:
    """Return a line tidied, its leading backslashes counted and removed."""
    text = tidy(raw)
    bare = text.lstrip("\\")
    denied = len(text) - len(bare)
    if denied and bare.startswith(" \\"):  # a text that itself begins with a backslash
        return Line(bare[1:], denied - 1)
    return Line(bare.lstrip(), denied)


def write_line(text: str, wanted: Reading, slot: Slot) -> str:
    """Return the line with as many backslashes as make ``wanted`` its reading in this slot."""
    return deny(text, readings(text, slot).index(wanted))


def deny(text: str, times: int) -> str:
    """Return the line with that many backslashes before it."""
    return "\\" * (times + 1) + " " + text if text.startswith("\\") else "\\" * times + text


def reading(line: Line, slot: Slot) -> Reading:
    """Return what this line is taken for where it stands."""
    options = readings(line.text, slot)
    return options[min(line.denied, len(options) - 1)]


def readings(text: str, slot: Slot) -> list[Reading]:
    """Return everything the line can be in this slot, the likeliest first."""
    found: list[Reading] = []
    if chrome_name(text):
        found.append("chrome")
    if comment_count(text) is not None:
        found.append("comments")
    if is_post_head(text):
        found.append("post")
    if slot == "title":
        return [*found, "paragraph"]
    if slot == "header":
        tests: tuple[tuple[Reading, object], ...] = (
            ("date", printed_day(text)), ("dateline", is_dateline(text)), ("byline", byline_names(text)),
            ("caption", is_picture(text)),
        )  # fmt: skip
        found += [name for name, met in tests if met]
    if text.startswith("> "):
        found.append("quotation")
    if slot == "last" and is_attribution(text):
        found.append("attribution")
    likely: list[Reading] = (
        ["heading", "paragraph"] if is_heading(text) and slot != "last" else ["paragraph", "heading"]
    )
    if slot == "header":
        likely.insert(1 if ends_sentence(text) or _is_unpunctuated(text) else 0, "subtitle")
    if slot == "last" and "attribution" not in found:
        likely.append("attribution")
    return found + likely


def comment_count(text: str) -> int | None:
    """Return N of a line ``Comments (N)``, else None."""
    found = _COMMENTS.fullmatch(text)
    return int(found.group(1) or found.group(2) or found.group(3)) if found else None


def printed_day(text: str) -> tuple[int, int, int] | None:
    """Return year, month, day of a line that is only a date: ``2012.06.29``, ``Posted Nov 4, 2017``; else None."""
    found = _DAY.fullmatch(text) if len(text) < 80 else None
    if not found:
        return None
    if found["y"]:
        return int(found["y"]), int(found["m"]), int(found["d"])
    name = (found["month"] or found["month3"])[:3].lower()
    return int(found["y2"] or found["y3"]), _MONTHS.index(name) + 1, int(found["d2"] or found["d3"])


def is_dateline(text: str) -> bool:
    """Tell whether the line is only the place, and perhaps the day, that a report was sent from."""
    bare = text.rstrip(" —–•-")
    marked = bare != text or "," in text  # capitals alone may be anything
    return marked and len(text) < 80 and _DATELINE.fullmatch(bare) is not None


def byline_names(text: str, *, above_day: bool = False) -> tuple[str, ...]:
    """Return the names of a line like ``By Sok Dara and Chan Vy``; none if it is no such line."""
    found = len(text) < 120 and (_BYLINE.fullmatch(text) or (above_day and _BYLINE_ABOVE_DAY.fullmatch(text)))
    if not found:
        return ()
    bare = re.sub(
        r"^(?:By|Par|Por|Von|Oleh|Автор:?|Tác giả:?|Bởi|ដោយ|โดย|ໂດຍ|作者|"
        r"记者|記者|撰文|بقلم|از|تحریر|မှ)[ :：]*",
        "",
        text,
    )
    return tuple(name.strip() for name in re.split(r",| and | et | và | dan | und ", bare) if name.strip())


def is_picture(text: str) -> bool:
    """Tell whether the line describes a picture: it says so, or ends in a photographer's name and agency."""
    return len(text) < 600 and _PICTURE.fullmatch(text) is not None


def is_attribution(text: str) -> bool:
    """Tell whether the line names who reported, translated or edited."""
    return len(text) < 600 and _ATTRIBUTION.fullmatch(text) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether the line ends as a sentence does, in any script."""
    bare = text.rstrip(_CLOSERS)
    return text[-1:] in _STOPS or bare[-1:] in _STOPS


def _is_unpunctuated(text: str) -> bool:
    """Tell whether a line of some length is in Thai or Lao, where no stop ends a sentence."""
    return len(text) > _MOST_UNSPACED_LETTERS and len(_WITHOUT_STOPS.findall(text)) * 2 > len(text)


def is_heading(text: str) -> bool:
    """Tell whether the line is short and unfinished, as sub-headings are.

    A short question without quotation marks counts ("Loudspeaker role?").
    """
    words = text.split()
    if len(_UNSPACED.findall(text)) * 2 > len(text) and len(text) > _MOST_UNSPACED_LETTERS:
        return False
    if not words or len(text) > _MOST_HEADING_LETTERS + 20 or len(words) > _MOST_HEADING_WORDS:
        return False
    if len(words) <= 4 and text.endswith("?") and text[0] not in "“\"'‘":
        return True
    return not ends_sentence(text)


def is_credit(text: str) -> bool:
    """Tell whether the line under a caption names a photographer or an agency."""
    return 0 < len(text.split()) <= _MOST_CREDIT_WORDS and len(text) <= 80 and not ends_sentence(text)
