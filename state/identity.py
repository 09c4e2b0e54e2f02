"""Canonical addresses and article keys: when two addresses are one article.

The rules follow how each family builds its addresses (Radio Free Asia's
14-digit stamp, Voice of America's global number, a forum's topic number); what
no family claims is told apart by its canonical address.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|ref|ref_src|cmpid|ocid|_ga|spm|"
    r"s|sid|phpsessid|jsessionid|sessionid|searchterm.*|do|comment|view|highlight|share|amp|print|outputType|nocache)$",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_RFA_HOST = re.compile(r"(^|\.)(rfa\.org|rfaweb\.org|rfa15\.org)$|^radiofreeasia-.*\.arc-cdn\.net$")
_RFA_STAMP = re.compile(r"([^/]*-(?:\d{14}(?:-\d+)?|(?:19|20)\d{6}))(?:\.html?)?(?=/|$)")
_RFA_ARC = re.compile(r"^/([a-z-]+)/(?:.+/)?(\d{4})/(\d{2})/(\d{2})/([^/]+)/?$")
_VOA_HOSTS = re.compile(
    r"(^|\.)(voanews\.com|voanews\.eu|voacambodia\.com|voatibetan\.com|voatibetanenglish\.com|voakorea\.com|"
    r"voachinese\.com|voacantonese\.com|voatiengviet\.com|voaindonesia\.com|voathai\.com|voalaos\.com|voaburmese\.com|"
    r"voabangla\.com|voaurdu\.com|voadeewaradio\.com|voaturkce\.com|amerikaninsesi\.org|amerikaovozi\.com|"
    r"golos-ameriki\.ru|golosameriki\.com|holosameryky\.com|voaafrique\.com|voahausa\.com|voaswahili\.com|voashona\.com|"
    r"voandebele\.com|voazimbabwe\.com|voasomali\.com|dandalinvoa\.com|vozdeamerica\.com|voanoticias\.com|"
    r"voaportugues\.com|voa\.pangea-cms\.com)$"
)
_VOA_ID = re.compile(r"/(\d{5,})(?:\.html?)?/?$")
_FORUM_TOPIC = re.compile(
    r"(?:/topic/(\d+)|/threads/(?:[^/]*\.)?(\d+)|/t/(?:[^/]+/)?(\d+)|/(?:show)?threads?/(\d+)|viewtopic\.php.*?[?&]t=(\d+)|"
    r"showthread\.php.*?[?&]t=(\d+)|showthread\.php\?(\d+)|index\.php\?/?topic[=/,](\d+))"
)
_CONTENT_NETWORKS = re.compile(r"\.cloudfront\.net$")


def canonical_url(url: str) -> str:
    """Return the address without tracking, session and view parameters.

    The scheme becomes https, the host loses ``www.`` and its default port, the
    fragment and trailing slash go, ``/amp/`` is removed.  ``encoding=`` stays:
    a script variant is another article.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    if parts.port and parts.port not in (80, 443):
        host = f"{host}:{parts.port}"
    path = _SESSION_PATH.sub("", parts.path)
    path = re.sub(r"^/amp/|/amp(?:RFA)?/?$", lambda m: "/" if m.group().startswith("/amp/") else "", path)
    path = re.sub(r"/{2,}", "/", path).rstrip("/") or "/"
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)))
    return urlunsplit(("https", host, path, query, ""))


def article_key(url: str, *, topic: str | None = None) -> str:
    """Return ``family:id``, the same for every address of one article.

    Args:
        url: Any address of the article.
        topic: The topic number, where the page itself names one (forums).
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    script = dict(parse_qsl(parts.query)).get("encoding", "")
    suffix = f"?encoding={script}" if script else ""
    if _RFA_HOST.search(host) or _CONTENT_NETWORKS.search(host):
        if stamp := _RFA_STAMP.search(parts.path):
            return f"rfa:{stamp.group(1)}{suffix}"
        if arc := _RFA_ARC.match(parts.path):
            return f"rfa:{arc.group(1)}:{''.join(arc.groups()[1:4])}:{arc.group(5)}{suffix}"
    if (_VOA_HOSTS.search(host) or _CONTENT_NETWORKS.search(host)) and (number := _VOA_ID.search(parts.path)):
        return f"voa:{number.group(1)}{suffix}"
    found = topic or _first_group(
        _FORUM_TOPIC.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    )
    if found:
        return f"{host}:{found}"
    return canonical_url(url)


def _first_group(match: re.Match[str] | None) -> str | None:
    return next((group for group in match.groups() if group), None) if match else None
