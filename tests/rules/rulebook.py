"""Rules and articles for tests, written as a user writes them."""

from rules.compile import Ruleset, load_rules
from state.article import Article, Caption, Comment, Section

LISTS = {
    "defect_en": ("defect", "defected", "defection*", "defector*"),
    "kh_parties": ("CNRP", "Candlelight Party"),
}


def rules(text: str) -> Ruleset:
    loaded = load_rules([("rules.yaml", text.encode())], lists=LISTS)
    assert loaded.errors == ()
    return loaded.ruleset


def rule(text: str) -> Ruleset:
    """Return a rule set of one rule named ``r``, given its other keys."""
    return rules(f"id: r\n{text}")


def article(
    *body: str,
    title: str = "",
    subtitle: str | None = None,
    captions: tuple[str, ...] = (),
    comments: tuple[str, ...] = (),
) -> Article:
    return Article(
        title=title,
        subtitle=subtitle,
        sections=(Section(None, body),),
        captions=tuple(map(Caption, captions)),
        comments=tuple(Comment(text=text) for text in comments),
    )
