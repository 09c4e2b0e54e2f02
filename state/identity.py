"""Canonical addresses and article keys: when two addresses are one article.

The rules follow how each family builds its addresses (Radio Free Asia's
14-digit stamp, Voice of America's global number, a forum's topic number); what
no family claims is told apart by its canonical address.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import urlunsplit
from zoneinfo import ZoneInfo

from state.address import Address, host_of_parts, read_address, split

_RFA_HOST = re.compile(r"(^|\.)(rfa\.org|rfaweb\.org|rfa15\.org)$|^radiofreeasia-.*\.arc-cdn\.net$")
#: On Radio Free Asia's hosts: the 14-digit stamp, or the date of what was brought over in 2008.
_RFA_STAMP = re.compile(r".*-(?:\d{14}(?:-\d{1,3})?|(?:19|20)\d{6})")
#: The stamp as month, day, year, hour, minute, second: on any host it is Radio Free Asia's.
_STAMP = re.compile(
    r".*-((?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])20[0-4]\d(?:[01]\d|2[0-3])[0-5]\d[0-5]\d)(?:-\d{1,3})?"
)
_RFA_ARC = re.compile(r"^/([a-z-]+)/(?:[^/]+/)*?(\d{4})/(\d{2})/(\d{2})/([^/]+)$")
_VOA_HOSTS = re.compile(
    r"(^|\.)(voanews\.com|voanews\.eu|voacambodia\.com|voatibetan\.com|voatibetanenglish\.com|voakorea\.com|"
    r"voachinese\.com|voacantonese\.com|voatiengviet\.com|voaindonesia\.com|voathai\.com|voalaos\.com|voaburmese\.com|"
    r"voabangla\.com|voaurdu\.com|voadeewaradio\.com|voaturkce\.com|amerikaninsesi\.org|amerikaovozi\.com|"
    r"golos-ameriki\.ru|golosameriki\.com|holosameryky\.com|voaafrique\.com|voahausa\.com|voaswahili\.com|voashona\.com|"
    r"voandebele\.com|voazimbabwe\.com|voasomali\.com|dandalinvoa\.com|vozdeamerica\.com|voanoticias\.com|"
    r"voaportugues\.com|voanouvel\.com|pashtovoa\.com|darivoa\.com|zeriamerikes\.com|glasamerike\.net|"
    r"amerikiskhma\.com|amerikayidzayn\.com|voabambara\.com|voalingala\.com|radiyoyacuvoa\.com|voa\.pangea-cms\.com)$"
)
_VOA_ID = re.compile(r"^(?!/z/).*/(\d{5,})(?:\.html?)?$|^/a/(?:[^/]+/)?(\d+)\.html?$")
#: The same system's addresses on the sites of its other owners; the accelerated ones have lost their ``/a``.
_PANGEA = re.compile(r"^/a/(?:[^/]+/)?(\d{6,})(?:\.html?)?$")
_RFERL = re.compile(
    r"(^|\.)(rferl|svoboda|radiosvoboda|currenttime|azattyq|azattyk|azatliq|ozodi|ozodlik|radiofarda)\.[a-z]+$"
)
_RFERL_ID = re.compile(r"/(\d{6,})(?:\.html?)?$")
#: How forums name a topic: each pattern goes on to the end, so that a section called /topic/2024-election
#: with stories below it is no topic.
_FORUM_TOPIC = re.compile(
    r"[/?]topic/(\d+)(?:-[^/?]*)?(?:/(?:page/\d+/?)?)?(?:[?&].*)?$|"  # Invision
    r"[/?]topic/(?!(?:19|20)\d\d/)(\d+)/[^/?]+(?:/\d+)?(?:\?.*)?$|"  # NodeBB
    r"[/?]threads/(?:[^/?]*\.)?(\d+)(?:-[^/?]*)?(?:/(?:page-?\d+|post-\d+|latest|unread|reply)?)?(?:[?&].*)?$|"  # XenForo
    r"/t/(?:(?!\d+/)[^/?]+/)?(\d+)(?:/\d+|/print)?(?:\.json|\.rss)?(?:\?.*)?$|"  # Discourse
    r"/(?:show)?threads?[/-](\d+)(?:-[^/?]*)?(?:/page-?\d+)?(?:\.html?)?(?:\?.*)?$|"  # vBulletin, MyBB, WoltLab
    r"/(?:d|discussion)/(\d+)(?:-[^/?]*|/[^/?]+)?(?:/\d+|/p\d+)?(?:\?.*)?$|"  # Flarum, Vanilla
    r"/(?:viewtopic|printview)\.php\?(?:[^#]*&)?t=(\d+)|"  # phpBB
    r"/(?:show|print)thread\.php\?(?:[^#]*&)?(?:t|tid)=(\d+)|/(?:show|print)thread\.php[/?](\d+)|"
    r"/index\.php[/?]+topic[=/,](\d+)|[?&]showtopic=(\d+)|/viewtopic/(\d+)|"  # Invision, Simple Machines
    r"/index\.php/t-?(\d+)(?:-p-\d+)?\.html$|"  # archives of vBulletin and Invision 2
    r"/read\.php\?\d+,(\d+)|"  # Phorum
    r"-t(\d+)(?:-\d+|-s\d+)?\.html$"
)
_CONTENT_NETWORK = re.compile(r"\.cloudfront\.net$")
_MIRROR = re.compile(r"(^|\.)(voanews\.eu|cloudfront\.net|rfaweb\.org|rfa15\.org)$")
_SCRIPTS = frozenset({"traditional", "simplified", "hant", "hans"})
_ENDING = re.compile(r"\.html?$", re.IGNORECASE)
_LONGEST_KEY = 1000
_EASTERN = ZoneInfo("America/New_York")
_WORDS = re.compile(r"[-_+ ]")
_NUMBERED = re.compile(r"\d{5}")
_NUMBER = re.compile(r"\d{3}")
_SHORTEST_NAME = 6
_SLUG_WORDS = 3


def canonical_url(url: str) -> str:
    """Return the address without tracking, session and view parameters.

    The scheme becomes https, the host loses ``www.`` and its default port, the
    fragment and trailing slash go; accelerated, print and cached spellings
    become the page's own.  ``encoding=`` stays: a script variant is another
    article.
    """
    address = read_address(url)
    return urlunsplit(("https", address.host, address.quoted_path, address.quoted_query, ""))


def article_key(url: str, *, topic: str | None = None) -> str:
    """Return ``family:id``, the same for every address of one article.

    Args:
        url: Any address of the article.
        topic: The topic number, where the page itself names one (forums).
    """
    return _key(read_address(url), topic)


def page_identity(url: str, named: str | None) -> tuple[str, str]:
    """Return the canonical address and the key of a page, by its address and by the one that it names itself.

    What a page names is believed where it is an address of the same site that
    can be one article's: some sites name their front page or a section on
    every page, and articles would swallow each other.
    """
    address = read_address(url)
    key = _key(address)
    if not named:
        return canonical_url(url), key
    other = read_address(named)
    other_key = _key(other)
    if other_key == key:
        return canonical_url(named), key
    may_be = other.home == address.home and _is_plain(key) and not _is_further_page(address)
    if may_be and _names_one_article(other, other_key, address):
        return canonical_url(named), other_key
    return canonical_url(url), key


def is_alternate(url: str) -> bool:
    """Tell whether an address is an accelerated, print, cached or mirrored rendering of a page."""
    address = read_address(url)
    return address.is_alternate or bool(_MIRROR.search(address.name))


def host_of(url: str) -> str:
    """Return an address's host without ``www.``, with its port unless that is the default one."""
    return host_of_parts(split(url))


def stamp_time(url: str) -> datetime | None:
    """Return when the story at a Radio Free Asia address was drafted, None if it bears no stamp.

    The stamp is ``MMDDYYYYHHMMSS`` in US Eastern time; editors publish from two
    hours before to half an hour after it.
    """
    if (found := _last_segment(read_address(url).path, _STAMP)) is None:
        return None
    try:
        drafted = datetime.strptime(found.group(1), "%m%d%Y%H%M%S").replace(tzinfo=_EASTERN)
    except ValueError:
        return None
    return drafted.astimezone(UTC)


def _key(address: Address, topic: str | None = None) -> str:
    if family := _family_key(address):
        return family + _script(address)
    if found := topic or _topic(address):
        return f"{address.home}:{found}"
    query = f"?{address.quoted_query}" if address.query else ""
    key = f"https://{address.home}{_ENDING.sub('', address.quoted_path)}{query}"
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key[: _LONGEST_KEY - 65]}#{hashlib.sha256(key.encode()).hexdigest()}"


def _family_key(address: Address) -> str | None:
    """Return the key of an article known by a stamp or number over several hosts."""
    mirror = bool(_CONTENT_NETWORK.search(address.name))
    rfa = mirror or bool(_RFA_HOST.search(address.name))
    if stamp := _last_segment(address.path, _RFA_STAMP if rfa else _STAMP):
        return f"rfa:{stamp.group()}"
    if rfa and (arc := _RFA_ARC.match(address.path)):
        return f"rfa:{arc[1]}:{arc[2]}{arc[3]}{arc[4]}:{_ENDING.sub('', arc[5])}"
    if (mirror or _VOA_HOSTS.search(address.name)) and (number := _VOA_ID.match(address.path)):
        return f"voa:{number[1] or number[2]}"
    if number := _PANGEA.match(address.path):
        return f"{address.home}:{number[1]}"
    if _RFERL.search(address.name) and (number := _RFERL_ID.search(address.path)):
        return f"{address.home}:{number[1]}"
    return None


def _last_segment(path: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return the match of the last part of a path that fits as a whole, whatever view stands behind it."""
    for segment in reversed(path.split("/")):
        if found := pattern.fullmatch(_ENDING.sub("", segment)):
            return found
    return None


def _script(address: Address) -> str:
    script = dict(address.query).get("encoding", "").lower()
    return f"?encoding={script}" if script in _SCRIPTS else ""


def _topic(address: Address) -> str | None:
    query = "&".join(f"{name}={value}" if value else name for name, value in address.query)
    match = _FORUM_TOPIC.search(f"{address.path}?{query}" if query else address.path)
    return next((group for group in match.groups() if group), None) if match else None


def _is_plain(key: str) -> bool:
    return key.startswith("https://")


def _names_one_article(named: Address, key: str, asked: Address) -> bool:
    """Tell whether an address is built like one article's: a family's, numbered, a long slug, or as the page's ends."""
    if not _is_plain(key):
        return True
    last, own = (_ENDING.sub("", address.path.rpartition("/")[2]) for address in (named, asked))
    if _NUMBERED.search(last) or len(_WORDS.findall(last)) >= _SLUG_WORDS:
        return True
    if any(_NUMBER.search(value) for _, value in named.query):
        return True
    # A page that is told apart by its parameters alone may name the bare address of all of them.
    dropped = set(asked.query) - set(named.query)
    return last == own and len(last) >= _SHORTEST_NAME and (not dropped or bool(_WORDS.search(last)))


def _is_further_page(address: Address) -> bool:
    paged = {"page", "paged", "start", "offset"} & {name.lower() for name, _ in address.query}
    return bool(paged) or bool(re.search(r"/page[/-]?\d+$", address.path))
