"""The line that names reporters, translators and editors: kept apart, for it must never match a rule."""

from __future__ import annotations

import re

from state.article import Section

_LONGEST = 400
_LINE = re.compile(
    r"""^[(\[（【]?\s*(?:
      (?:reported|translated|written|edited|compiled|produced|photographed|filmed|narrated)
        (?:\s(?:in|from|and|with|for|into|additionally)\b[^.]{0,60})?\s+by\s.+
    | (?:with\s)?(?:additional|further|contributing)\s(?:reporting|writing|research)\s(?:by|from)\s.+
    | (?:reporting|writing|editing|compiled|translation)\s+by\s.+
    | (?:by\s)?rfa[’']s\s[\w\s]{2,40}\sservice\.?
    | (?:自由亚洲电台|自由亞洲電台|자유아시아방송|radio\sfree\sasia|rfa)\s?[.。]?
    | (?:责编|責編|责任编辑|責任編輯|编辑|編輯|网编|網編|网络编辑|記者|记者|撰稿|採訪|采访|主编|翻译|翻譯)\s*[：:︰].{1,120}
    | \S.{0,30}\s(?:기자|특파원|記者|记者)\s*[=(|]?\s*\S{1,60}@\S{1,60}
    | (?:기자|에디터|웹팀|번역|편집)\s*[:：]?\s\S.{0,80}
    | (?:រាយការណ៍ដោយ|អត្ថបទដោយ|អត្ថបទ\s?[៖:])\s*.{1,120}
    )\s*[)\]）】]?\s*$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
#: Lines at the end that may be one: two or three are printed at most.
_MOST = 3


def is_attribution(text: str) -> bool:
    """Tell whether a paragraph only says who wrote, translated or edited the text."""
    return len(text) <= _LONGEST and bool(_LINE.match(text))


def split_attribution(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], str | None]:
    """Return the sections without the attribution lines at their end, and those lines.

    A bold line alone is a heading to whoever reads the page; one that names the desk is none.
    """
    kept = list(sections)
    found: list[str] = []
    while kept and len(found) < _MOST:
        last = kept[-1]
        if last.paragraphs and is_attribution(last.paragraphs[-1]):
            found.insert(0, last.paragraphs[-1])
            kept[-1] = Section(last.heading, last.paragraphs[:-1])
        elif not last.paragraphs and last.heading and is_attribution(last.heading):
            found.insert(0, last.heading)
            kept.pop()
        else:
            break
        if kept and not (kept[-1].heading or kept[-1].paragraphs):
            kept.pop()
    return (tuple(kept), " ".join(found)) if found else (sections, None)
