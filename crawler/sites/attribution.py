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
    | (?:责编|責編|责任编辑|責任編輯|编辑|編輯|网编|網編|网络编辑|記者|记者|撰稿|採訪|采访|主编|翻译|翻譯)\s*[：:︰].{1,120}
    | (?:기자|에디터|웹팀|번역|편집)\s*[:：]?\s\S.{0,80}
    | (?:រាយការណ៍ដោយ|អត្ថបទដោយ)\s*.{1,120}
    )\s*[)\]）】]?\s*$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
#: Lines at the end that may be one: two or three are printed at most.
_MOST = 3


def is_attribution(text: str) -> bool:
    """Tell whether a paragraph only says who wrote, translated or edited the text."""
    return len(text) <= _LONGEST and bool(_LINE.match(text))


def split_attribution(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], str | None]:
    """Return the sections without the attribution lines at their end, and those lines."""
    if not sections:
        return sections, None
    *before, last = sections
    kept = list(last.paragraphs)
    found: list[str] = []
    while kept and len(found) < _MOST and is_attribution(kept[-1]):
        found.insert(0, kept.pop())
    if not found:
        return sections, None
    rest = Section(last.heading, tuple(kept))
    return (*before, *((rest,) if rest.heading or rest.paragraphs else ())), " ".join(found)
