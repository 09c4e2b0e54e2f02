"""Which addresses belong to one publisher."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

import tldextract

from state.identity import article_key

#: Families whose articles are known by a number or stamp over all their domains.
_FAMILIES = frozenset({"rfa", "voa"})


def registered_domain(url: str) -> str:
    """Return the part of the host that somebody registered; an address or bare name stands for itself."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    return _extract()(host).top_domain_under_public_suffix or host


def is_same_house(url: str, other: str) -> bool:
    """Tell whether two addresses are one publisher's: one registered domain, or one article of one family."""
    if registered_domain(url) == registered_domain(other):
        return True
    key = article_key(url)
    return key.partition(":")[0] in _FAMILIES and key == article_key(other)


@cache
def _extract() -> tldextract.TLDExtract:
    # No list is fetched: the shipped snapshot is used, so that nothing is asked of the network.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
