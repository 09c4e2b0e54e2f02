"""A comparison as one page that stands alone: no script, no other address, good on paper and in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from crawler.cli.screen import local
from crawler.difference.article import Change
from crawler.difference.record import Difference, Turn, shown, shown_part
from crawler.difference.words import Part
from state.store.article_rows import VersionRow

_TAGS = {"-": "del", "+": "ins"}
_STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1f;--soft:#5d5f66;--paper:#fff;--line:#d9dbe0;--out:#8f1020;--outbg:#fde7e9;
--in:#0b5a2b;--inbg:#dff5e5;--hot:#8f1020;--warm:#7a5200}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8ea;--soft:#a4a7b0;--paper:#16171a;--line:#363942;--out:#ffb3ba;
--outbg:#4a1a20;--in:#a9ecbf;--inbg:#14391f;--hot:#ff9aa5;--warm:#f0c060}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.65;
font-family:system-ui,"Noto Sans","Noto Sans Khmer","Noto Sans Thai","Noto Sans Lao","Noto Sans Myanmar",
"Noto Serif Tibetan","Noto Sans CJK SC","Noto Sans Arabic",sans-serif}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.4;margin:0 0 .25rem}
.address{color:var(--soft);overflow-wrap:anywhere;margin:0 0 1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .75rem;margin:0 0 1rem}
dt{color:var(--soft)}dd{margin:0}
.verdict{font-weight:600;border-inline-start:4px solid var(--hot);padding:.35rem .75rem;margin:0 0 1rem}
.verdict.calm{border-color:var(--line)}
table{border-collapse:collapse;width:100%;margin:0 0 1.25rem}
th,td{border:1px solid var(--line);padding:.4rem .6rem;text-align:start;vertical-align:top;width:50%}
section{border-top:1px solid var(--line);padding:.75rem 0;break-inside:avoid}
h2{font-size:.85rem;font-weight:600;margin:0 0 .3rem;color:var(--soft)}
h2 b{font-weight:600}.meaning b{color:var(--hot)}.wording b{color:var(--warm)}
p.text{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;text-align:start}
del{color:var(--out);background:var(--outbg);text-decoration:line-through;text-decoration-thickness:1px}
ins{color:var(--in);background:var(--inbg);text-decoration:underline;text-decoration-thickness:2px;
text-underline-offset:.2em;font-weight:600}
del,ins{border-radius:2px;padding:0 .1em;unicode-bidi:isolate;-webkit-box-decoration-break:clone;box-decoration-break:clone;
-webkit-print-color-adjust:exact;print-color-adjust:exact}
del+ins{margin-inline-start:.2em}
.same{color:var(--soft);font-size:.85rem;border-top:1px solid var(--line);margin:0;padding:.5rem 0}
footer{color:var(--soft);font-size:.85rem;border-top:1px solid var(--line);padding-top:.75rem}
@media print{:root{--ink:#000;--paper:#fff;--soft:#444;--line:#bbb;--out:#000;--outbg:#fff;--in:#000;--inbg:#fff;
--hot:#000;--warm:#000}main{max-width:none;padding:0}ins{font-weight:700}}
"""


def page(difference: Difference, zone: str) -> str:
    """Return the whole page; times are of ``zone``."""
    title = escape(shown(difference.now.title))
    language = escape(difference.now.language or "", quote=True)
    rows = "".join(_section(change, language) for change in difference.changes)
    calm = "" if difference.has_meaning else " calm"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>What changed: {title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1 dir="auto"{_lang(language)}>{title}</h1>\n'
        f'<p class="address" dir="ltr">{escape(shown(difference.now.url or difference.key))}</p>\n'
        f"<dl>{_version('Was', difference.first, zone)}{_version('Now', difference.last, zone)}</dl>\n"
        f'<p class="verdict{calm}">{escape(difference.verdict)}</p>\n{_turns(difference.turns)}{rows}'
        f"<footer>{_foot(difference, zone)}</footer>\n</main>\n</body>\n</html>\n"
    )


def _lang(language: str) -> str:
    return f' lang="{language}"' if language else ""


def _version(name: str, row: VersionRow, zone: str) -> str:
    why = (
        f", a better rendering of the page ({escape(row.rendering)}), no edit of the publisher"
        if row.replaced
        else ""
    )
    seen = escape(f"{local(row.seen_at, zone)} ({zone})")
    return f"<dt>{name}</dt><dd>version {row.number}, first seen {seen}{why}</dd>"


def _turns(turns: tuple[Turn, ...]) -> str:
    if not turns:
        return ""
    rows = "".join(
        f'<tr><td dir="auto">{escape(shown(turn.was)) or "nothing of it"}</td>'
        f'<td dir="auto">{escape(shown(turn.now)) or "no longer said"}</td></tr>'
        for turn in turns
    )
    return f"<table><thead><tr><th>It was told</th><th>It is told now</th></tr></thead><tbody>{rows}</tbody></table>\n"


def _section(change: Change, language: str) -> str:
    field = escape(change.field)
    if change.kind == "unchanged":
        plural = "s" if change.number != 1 else ""
        return f'<p class="same">{change.number} {field}{plural} unchanged</p>\n'
    done = f" {change.kind}" if change.kind != "edited" else ""
    text = "".join(_parts(change.parts))
    return (
        f'<section class="{change.weight}"><h2>{field[:1].upper()}{field[1:]}{done} · <b>{change.weight}</b></h2>'
        f'<p class="text" dir="auto"{_lang(language)}>{text}</p></section>\n'
    )


def _parts(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        text = escape(shown_part(part))
        tag = _TAGS.get(part.sign)
        yield f"<{tag}>{text}</{tag}>" if tag else text


def _foot(difference: Difference, zone: str) -> str:
    return (
        f"{difference.kept} versions are kept. Struck out: what went. Underlined: what came. "
        "<b>meaning</b>: a fact, name, number, denial or passage; <b>wording</b>: other words for it; "
        "<b>cosmetic</b>: spelling, spaces, signs, times. "
        f"Versions: {escape(difference.first.version[:16])}, {escape(difference.last.version[:16])}."
    )
