"""Canonical addresses and article keys: when two addresses are one article.

The rules follow how each family builds its addresses (Radio Free Asia's
14-digit stamp, Voice of America's global number, a forum's topic number); what
no family claims is told apart by its canonical address.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|gclsrc|dclid|msclkid|mc_[ce]id|igshid|yclid|twclid|wbraid|gbraid|ref|ref_src|cmpid|ocid|_ga|spm|"
    r"s|sid|phpsessid|jsessionid|sessionid|searchterm.*|do|comment|view|highlight|hilit|share|amp|print|outputType|"
    r"nocache|tab|sortby|_fromlogin)$",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*|(?<=/)sid-[0-9a-f]{20,}/", re.IGNORECASE)
_AMP = re.compile(r"^/amp/|/amp(?:RFA)?/?$")
_RFA_HOST = re.compile(r"(^|\.)(rfa\.org|rfaweb\.org|rfa15\.org)$|^radiofreeasia-.*\.arc-cdn\.net$")
_RFA_STAMP = re.compile(r"([^/]*-(?:\d{14}(?:-\d+)?|(?:19|20)\d{6}))(?:\.html?)?(?=/|$)")
#: The stamp as month, day, year, hour, minute, second: on any host it is Radio Free Asia's.
_STAMP = re.compile(
    r"([^/]*-((?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])20[0-4]\d[0-2]\d[0-5]\d[0-5]\d)(?:-\d+)?)(?:\.html?)?(?=/|$)"
)
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
#: The same system's addresses on the sites of its other owners.
_PANGEA = re.compile(r"^/a/(?:[^/]+/)?(\d{6,})\.html?$")
_FORUM_TOPIC = re.compile(
    r"/topic/(\d+)|/threads/(?:[^/]*\.)?(\d+)(?=[/?#-]|$)|/t/(?:[^/]+/)?(\d+)(?=[/.?]|$)|/(?:show)?threads?/(\d+)|"
    r"viewtopic\.php.*?[?&]t=(\d+)|showthread\.php.*?[?&](?:t|tid)=(\d+)|showthread\.php[/?](\d+)|"
    r"index\.php\?/?topic[=/,](\d+)|[?&]showtopic=(\d+)|/viewtopic/(\d+)|-t(\d+)(?:-\d+|-s\d+)?\.html$"
)
_CONTENT_NETWORKS = re.compile(r"\.cloudfront\.net$")
_EASTERN = ZoneInfo("America/New_York")


def canonical_url(url: str) -> str:
    """Return the address without tracking, session and view parameters.

    The scheme becomes https, the host loses ``www.`` and its default port, the
    fragment and trailing slash go, ``/amp/`` is removed.  ``encoding=`` stays:
    a script variant is another article.
    """
    parts = _split(url)
    path = _SESSION_PATH.sub("", parts.path)
    path = _AMP.sub(lambda found: "/" if found.group().startswith("/amp/") else "", path)
    path = re.sub(r"/{2,}", "/", path).rstrip("/") or "/"
    path = quote(unquote(path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape")
    query = urlencode(sorted((k, v) for k, v in _query(parts) if not _TRACKING.match(k)))
    return urlunsplit(("https", _host(parts), path, query, ""))


def article_key(url: str, *, topic: str | None = None) -> str:
    """Return ``family:id``, the same for every address of one article.

    Args:
        url: Any address of the article.
        topic: The topic number, where the page itself names one (forums).
    """
    parts = _split(url)
    name, host = parts.hostname or "", _host(parts)
    script = dict(_query(parts)).get("encoding", "")
    suffix = f"?encoding={script}" if script else ""
    mirror = bool(_CONTENT_NETWORKS.search(name))
    rfa = mirror or bool(_RFA_HOST.search(name))
    if stamp := (_RFA_STAMP if rfa else _STAMP).search(parts.path):
        return f"rfa:{stamp.group(1)}{suffix}"
    if rfa and (arc := _RFA_ARC.match(parts.path)):
        return f"rfa:{arc.group(1)}:{''.join(arc.groups()[1:4])}:{arc.group(5)}{suffix}"
    if (mirror or _VOA_HOSTS.search(name)) and (number := _VOA_ID.search(parts.path)):
        return f"voa:{number.group(1)}{suffix}"
    if number := _PANGEA.match(parts.path.removeprefix("/amp")):
        return f"{host}:{number.group(1)}{suffix}"
    found = topic or _first_group(
        _FORUM_TOPIC.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    )
    if found:
        return f"{host}:{found}"
    return canonical_url(url)


def host_of(url: str) -> str:
    """Return an address's host without ``www.``, with its port unless that is the default one."""
    return _host(_split(url))


def stamp_time(url: str) -> datetime | None:
    """Return when the story at a Radio Free Asia address was drafted, None if it bears no stamp.

    The stamp is ``MMDDYYYYHHMMSS`` in US Eastern time; editors publish from two
    hours before to half an hour after it.
    """
    if not (found := _STAMP.search(_split(url).path)):
        return None
    try:
        drafted = datetime.strptime(found.group(2), "%m%d%Y%H%M%S").replace(tzinfo=_EASTERN)
    except ValueError:
        return None
    return drafted.astimezone(UTC)


def _split(url: str) -> SplitResult:
    """Split an address; one that is none at all becomes a path."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return SplitResult("", "", quote(url.strip(), safe="/"), "", "")
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return f"{host}:{parts.port}" if parts.port and parts.port not in (80, 443) else host


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    try:
        return parse_qsl(parts.query, keep_blank_values=False, max_num_fields=100)
    except ValueError:
        return []


def _first_group(match: re.Match[str] | None) -> str | None:
    return next((group for group in match.groups() if group), None) if match else None
