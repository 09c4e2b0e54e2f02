"""A language the rule says it is for, and no term in that language's script."""

from __future__ import annotations

from collections.abc import Iterator

from rules.lint.issue import Issue, groups_of
from rules.rule import Rule

_SCRIPTS = {
    "am": ("\u1200", "\u137f"),
    "ar": ("\u0600", "\u06ff"),
    "bn": ("\u0980", "\u09ff"),
    "bo": ("\u0f00", "\u0fff"),
    "fa": ("\u0600", "\u06ff"),
    "km": ("\u1780", "\u17ff"),
    "ko": ("\uac00", "\ud7a3"),
    "lo": ("\u0e80", "\u0eff"),
    "my": ("\u1000", "\u109f"),
    "ru": ("\u0400", "\u04ff"),
    "th": ("\u0e00", "\u0e7f"),
    "ug": ("\u0600", "\u06ff"),
    "uk": ("\u0400", "\u04ff"),
    "ur": ("\u0600", "\u06ff"),
    "yue": ("\u3400", "\u9fff"),
    "zh": ("\u3400", "\u9fff"),
}


def check(rule: Rule) -> Iterator[Issue]:
    """Yield each language of the rule in whose script no term is written."""
    letters = {char for _, terms in groups_of(rule) for term in terms for char in term.text}
    for language in rule.languages:
        script = _SCRIPTS.get(language.partition("-")[0].lower())
        if script and not any(script[0] <= char <= script[1] for char in letters):
            problem = f"languages: names {language!r}, but no term is written in its script"
            yield Issue(
                "missing-language", rule.id, rule.place, problem, "add terms, or leave the language out"
            )
