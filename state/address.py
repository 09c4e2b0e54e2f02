"""A web address without what changes between two links to one page.

Tracking, session and view parameters, mobile and print spellings, caches that
pass on somebody else's page: none of these says which article is meant.  What
might be an article's number is never taken away: two articles under one
address would lose one of them, one article under two costs a copy.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, unquote_plus, urlsplit

#: Names of parameters that say who sends the reader, in which session, in which view: never which article.
_NOISE = re.compile(
    # Campaigns and click numbers.
    r"^(?:utm(?:_.*)?|[a-z]{1,6}clid|mc_[ce]id|igshid?|wbraid|gbraid|gad(?:_.*)?|gclsrc|srsltid|_g[al]|usqp|amp_[a-z_]+|"
    r"pk_.*|mtm_.*|piwik_.*|matomo_.*|hsa_.*|_?_hs.*|mkt_tok|vero_(?:id|conv)|oly_(?:enc|anon)_id|trk(?:_.*)?|xtor|spm|"
    r"s_cid|cmp(?:id)?|ncid|icid|intcid|int_cmp|ocid|wt\.[a-z_.]+|at_(?:medium|campaign|link.*|bbc.*|custom.*|format)|"
    r"_openstat|mibextid|__(?:cft|tn|twitter).*|rdt_cid|epik|dicbo|tblci|soc_(?:src|trk)|smid|smtyp|guccounter|guce_.*|"
    r"_branch_.*|ref|referr?er|ref_?(?:src|url)|shared?|share_.*|"
    # Sessions.
    r"s|_?sid|phpsessid|jsessionid|session_?id|sess(?:ion)?|aspsessionid.*|aspxautodetectcookiesupport|cf(?:id|token)|"
    r"oscsid|zenid|"
    # Views of a page and places in it.
    r"searchterm.*|do|comment|highlight|hilit|print(?:page|able|er|view)?|(?:non)?amp|outputtype|no_?cache|tab|sortby|"
    r"_fromlogin|tmpl)$",
    re.IGNORECASE,
)
#: The same, unless the value has a number in it.
_NOISE_WITHOUT_NUMBER = re.compile(
    r"^(?:view|src|source|from|feature|mobile|simple|via|cache|_|cb)$", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{2}")
#: Parameters that are noise with one of these values only.
_NOISE_VALUES = {
    "page": ("0", "1"),
    "paged": ("0", "1"),
    "start": ("0",),
    "format": ("amp", "print"),
    "mode": ("amp", "print"),
    "output": ("amp", "print"),
    "layout": ("amp", "print"),
    "action": ("amp", "print", "printpage"),
    "type": ("amp", "print"),
}
_VIEWS = re.compile(r"^(?:print.*|amp|outputtype|tmpl)$", re.IGNORECASE)
_SESSION_PATH = re.compile(
    r";(?:jsessionid|sid|phpsessid)=[^/]*|/\(S\([0-9a-z]{20,30}\)\)|(?<=/)sid-[0-9a-f]{20,}/", re.IGNORECASE
)
_AMP = re.compile(r"^/amp(?=/.)|/amp(?:RFA|\.html?)?/?$|\.amp(?=\.html?$|/?$)", re.IGNORECASE)
_PRINT = re.compile(
    r"^/print(?:er|view|able)?(?=/.)|/print(?:er|page|view|able|-view|_view)?(?:\.html?|\.php)?/?$",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_WWW = re.compile(r"^www\d?\.(?=[^.]+\.)")
_MOBILE = re.compile(r"^(?:m|mobile|amp|wap)\.(?=[^.]+\.)")
#: Caches of accelerated pages: …/c/s/HOST/PATH, and a search engine's viewer: /amp/s/HOST/PATH.
_CACHED = (
    (re.compile(r"(?:^|\.)cdn\.ampproject\.org$"), re.compile(r"^/(?:[a-z]|wp)/(s/)?([^/]+\.[^/]+)(/.*)?$")),
    (re.compile(r"^(?:www\.)?google\.[a-z.]{2,6}$"), re.compile(r"^/amp/(s/)?([^/]+\.[^/]+)(/.*)?$")),
)
_ARCHIVED = re.compile(r"^/web/\d{4,14}(?:[a-z]{2}_)?/(https?):/{1,2}(.+)$", re.IGNORECASE)
_MOST_FIELDS = 100
_SAFE_PATH = "/:@!$&'()*+,;=~-._"
_SAFE_QUERY = "/:@!$'()*,;~-._"


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart and cleaned.

    ``name`` is the host in lower-case ASCII, ``host`` the same without ``www.``
    and with a port that is not the default one; ``path`` is decoded, without
    trailing slash; ``is_alternate`` tells that an accelerated, print or cached
    rendering was named.
    """

    name: str
    host: str
    path: str
    query: tuple[tuple[str, str], ...]
    is_alternate: bool = False

    @property
    def home(self) -> str:
        """Return the host without the names under which one site serves telephones."""
        return _MOBILE.sub("", self.host)

    @property
    def quoted_path(self) -> str:
        """Return the path with every byte that needs it percent-encoded."""
        return _quoted(self.path, _SAFE_PATH)

    @property
    def quoted_query(self) -> str:
        """Return the parameters in the order of their names; one without a value has no ``=``."""
        return "&".join(
            f"{_quoted(name)}={_quoted(value)}" if value else _quoted(name)
            for name, value in sorted(self.query)
        )


@lru_cache(maxsize=256)
def read_address(url: str) -> Address:
    """Take an address apart; text that is none becomes the path of an address without host."""
    parts, is_cached = _uncached(split(url))
    path = _SESSION_PATH.sub("", parts.path)
    if "%" in path or not path.isascii():
        path = unicodedata.normalize("NFC", unquote(path, errors="surrogateescape"))
    path = re.sub(r"/{2,}", "/", path)
    plain = _PRINT.sub("", _AMP.sub("", path))
    fields = _fields(parts.query)
    kept = tuple(field for field in fields if not _is_noise(*field))
    host = host_of_parts(parts)
    named = plain != path or any(_is_view(*field) for field in fields) or host.startswith("amp.")
    if not kept:
        plain = _INDEX.sub("", plain)
    return Address(
        name=_ascii(parts.hostname or ""),
        host=host,
        path=plain.rstrip("/") or "/",
        query=kept,
        is_alternate=is_cached or named,
    )


def split(url: str) -> SplitResult:
    """Split an address; one that is none at all becomes a path."""
    text = url.strip().replace("&amp;", "&")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return SplitResult("", "", quote(text, safe="/"), "", "")
    return parts


def host_of_parts(parts: SplitResult) -> str:
    """Return a host without ``www.``, with its port unless that is the default one."""
    host = _WWW.sub("", _ascii(parts.hostname or "").rstrip("."))
    if ":" in host:
        host = f"[{host}]"
    return f"{host}:{parts.port}" if parts.port and parts.port not in (80, 443) else host


def _ascii(host: str) -> str:
    """Return a host as the network spells it (RFC 3490); what cannot be spelt so stays."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return quote(host, safe="")


def _uncached(parts: SplitResult) -> tuple[SplitResult, bool]:
    """Return the address that a cache or web archive passes on, and whether it was one."""
    name = parts.hostname or ""
    query = f"?{parts.query}" if parts.query else ""
    if name in ("web.archive.org", "archive.org") and (kept := _ARCHIVED.match(parts.path)):
        return split(f"{kept[1]}://{kept[2]}{query}"), True
    for host, path in _CACHED:
        if host.search(name) and (kept := path.match(parts.path)):
            return split(f"{'https' if kept[1] else 'http'}://{kept[2]}{kept[3] or '/'}{query}"), True
    return parts, False


def _fields(query: str) -> list[tuple[str, str]]:
    """Return the parameters; those with ``=`` and no value say nothing, those without are a value themselves."""
    found = []
    for field in query.split("&")[:_MOST_FIELDS]:
        name, sign, value = field.partition("=")
        if name and (value or not sign):
            found.append((_decoded(name), _decoded(value)))
    return found


def _decoded(text: str) -> str:
    return unicodedata.normalize("NFC", unquote_plus(text, errors="surrogateescape"))


def _is_noise(name: str, value: str) -> bool:
    if _NOISE.match(name) or value in _NOISE_VALUES.get(name.lower(), ()):
        return True
    return bool(_NOISE_WITHOUT_NUMBER.match(name)) and not _NUMBER.search(value)


def _is_view(name: str, value: str) -> bool:
    return bool(_VIEWS.match(name)) or value in ("amp", "print", "printpage")


def _quoted(text: str, safe: str = _SAFE_QUERY) -> str:
    return quote(text, safe=safe, errors="surrogateescape")
