"""Pages that stand in an article's place: challenges, login walls, "not found" answered with 200, lists."""

from __future__ import annotations

import re

from crawler.sites.tree import Document, text_of, visible_length

#: A page with more words than this is no refusal, whatever its title.
_LONGEST = 3000

_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|ddos-guard|verify(?:ing)? you are (?:a )?human|"
    r"are you a robot|access denied|request unsuccessful|enable javascript and cookies|security check|"
    r"one more step|pardon our interruption|you have been blocked|bot verification",
    re.IGNORECASE,
)
_CHALLENGE_MARKUP = re.compile(
    rb"cf-browser-verification|challenge-platform|cf-chl-|_Incapsula_Resource|ddos-guard|sucuri_cloudproxy|"
    rb"px-captcha|g-recaptcha-response|hcaptcha\.com/1/api|captcha-delivery"
)
_LOGIN = re.compile(
    r"do not have permission|not authori[sz]ed to (?:read|view|access)|must (?:be )?log(?:ged)?[ -]?in|"
    r"requires? you to be (?:registered|logged)|you are not logged in|please (?:log|sign) in|login required|"
    r"members only|private and|log ?in\b.{0,20}$|sign in\b.{0,20}$|anmelden|nicht (?:angemeldet|berechtigt)|"
    r"keine berechtigung|авторизац|недостаточно прав|subscribe to (?:read|continue)",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:404|410)\b|not (?:be )?found|does(?:n['’]t| not)(?: seem to)? exist|"
    r"no longer (?:exists|available)|nicht gefunden|introuvable|"
    r"no encontrad|не найден|找不到|不存在|ບໍ່ພົບ|ไม่พบ|មិន​?ឃើញ|không tìm thấy|specified (?:thread|topic)|"
    r"oops! (?:that page|the requested)|page not available",
    re.IGNORECASE,
)


_NOTHING = "a page that says there is nothing here"
_LIST_CLASSES = (
    "section-viewforum", "section-index", "section-search", "topic-list", "threadbit", "topic-list-container",
    "structItem--thread", "discussionListItem", "sectionteaser", "cTopicList", "forumlist", "node-list",
)  # fmt: skip
_LIST_CONTROLLERS = frozenset(("forums", "index", "activity", "search", "streams"))
_LIST_TEMPLATES = ("forum_", "category_view", "whats_new", "search_", "member_", "tag_")


def refusal(document: Document) -> str | None:
    """Return what stands in the article's place, None if the page may be an article."""
    if _is_list(document):
        return "a list of articles or topics, not one of them"
    if visible_length(document.root) > _LONGEST:
        return None
    told = " | ".join(text_of(element) for element in document.root.iter("title", "h1"))[:400]
    if _CHALLENGE.search(told) or _CHALLENGE_MARKUP.search(document.data):
        return "a challenge for browsers"
    shown = text_of(document.root.find("body"))[:_LONGEST] if document.root.find("body") is not None else ""
    if _MISSING.search(told):
        return _NOTHING
    if _LOGIN.search(told) or (
        len(shown) < 1200 and _LOGIN.search(shown) and b"password" in document.data.lower()
    ):
        return "a login or permission wall"
    if len(shown) < 600:
        return (
            "a login or permission wall"
            if _LOGIN.search(shown)
            else _NOTHING
            if _MISSING.search(shown)
            else None
        )
    return None


def _is_list(document: Document) -> bool:
    body = document.root.find("body")
    controller = body.get("data-pagecontroller") if body is not None else None
    template = document.root.get("data-template") or ""
    if controller in _LIST_CONTROLLERS or template.startswith(_LIST_TEMPLATES):
        return True
    listed = any(name in document.index.all.classes for name in _LIST_CLASSES)
    return listed and document.first("article.post", "#storytext") is None
