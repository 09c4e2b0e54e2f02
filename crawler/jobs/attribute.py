"""To which configured source a page belongs, by its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from crawler.fetch.domains import registered_domain
from crawler.settings import SourceTable
from state.article import Article
from state.identity import canonical_url

Fit = tuple[bool, int]


class Attribution:
    """Finds the source of a page among the configured ones."""

    def __init__(self, sources: Mapping[str, SourceTable]) -> None:
        self._sources = sources
        self._channels = {name: _channels(table) for name, table in sources.items()}
        self._by_domain: dict[str, list[str]] = {}
        for name, channels in self._channels.items():
            for domain in dict.fromkeys(registered_domain(url) for url in channels):
                self._by_domain.setdefault(domain, []).append(name)
        self._lists = {
            canonical_url(url)
            for table in sources.values()
            for url in (*table.feeds, *table.sitemaps, *table.listings)
        }

    def fitting(self, url: str) -> tuple[str, ...]:
        """Return the sources that fit an address equally well; none where no source is of its domain.

        The same host goes before the same registered domain, then counts how
        many parts of the path (a section, a service) a source's own addresses share.
        """
        names = self._by_domain.get(registered_domain(url), [])
        if len(names) < 2:
            return tuple(names)
        fits = {name: max(_fit(url, channel) for channel in self._channels[name]) for name in names}
        best = max(fits.values())
        return tuple(name for name in names if fits[name] == best)

    def chosen(self, fitting: Iterable[str], article: Article) -> str | None:
        """Return the one of several sources that is in the article's language; the first where none tells."""
        names = list(fitting)
        spoken = (article.language or "").partition("-")[0]
        told = [name for name in names if _language(self._sources[name]) == spoken]
        return next(iter(told or names), None)

    def is_list(self, url: str) -> bool:
        """Tell whether an address is a front page, or one of the lists that sources are read from."""
        return urlsplit(url).path.strip("/") == "" or canonical_url(url) in self._lists


def _channels(table: SourceTable) -> tuple[str, ...]:
    return (*table.feeds, *table.sitemaps, *table.listings, *table.topics)


def _fit(url: str, channel: str) -> Fit:
    one, other = urlsplit(url), urlsplit(channel)
    shared = set(one.path.lower().split("/")) & set(other.path.lower().split("/")) - {""}
    return one.hostname == other.hostname, len(shared)


def _language(table: SourceTable) -> str:
    return (table.language or "").partition("-")[0].lower()
