"""Everything that can go wrong, as one tree.

::

    TocsinError
      ConfigError               a configuration file or option is wrong        exit 2
      RuleError                 a rule file is wrong; carries its place
        RuleSyntaxError         YAML or condition does not parse
        RuleReferenceError      names a term, macro, list or rule that is not there
      InputError                an article, page or document given to us cannot be read
      SourceError               one source, one address
        DiscoverError           feed, listing or sitemap unreadable
        FetchError              no usable answer; ``retryable``, ``retry_after``
          RobotsError           refused by robots.txt
          UnsafeAddressError    private address, scheme or redirect
          TooLargeError         body over the limit
        ParseError
          LayoutError           the site's parser found no title or no body
          NotArticleError       the page is something else: video, login, challenge, 404 in disguise
      StoreError
        StoreBusyError          another process holds the database; retryable
        StoreFullError          the disk is full
        SchemaError             the database is older or newer than this program
        LeaseLostError          somebody else took over what we had claimed
      ArchiveError
      DeliveryError             a channel did not take a message; ``reason``, ``retryable``

Every error says what happened, where, and what to do next (``hint``).  Subject
attributes are documented with ``#:`` comments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

FailureReason = Literal["auth", "rejected", "rate_limited", "unreachable", "timeout", "too_long", "unknown"]


class TocsinError(Exception):
    """The root: nothing else is raised on purpose."""

    #: Whether the same call may succeed later without anybody changing anything.
    retryable: bool = False

    def __init__(self, problem: str, *, hint: str = "") -> None:
        super().__init__(problem)
        #: What happened and where, lower case, no full stop.
        self.problem = problem
        #: What the reader can do next; may be empty.
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.problem}\n  hint: {self.hint}" if self.hint else self.problem


class ConfigError(TocsinError):
    """The configuration cannot be used; ``problems`` lists every mistake found."""

    def __init__(self, problem: str, *, hint: str = "", problems: tuple[str, ...] = ()) -> None:
        super().__init__(problem, hint=hint)
        #: One line per mistake, each with file, place and remedy.
        self.problems = problems or (problem,)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: 1-based line and column, as editors count."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"


class RuleError(TocsinError):
    """A rule file is wrong."""

    def __init__(self, place: Place, problem: str, *, hint: str = "") -> None:
        super().__init__(f"{place}: {problem}", hint=hint)
        #: File, line and column of the mistake.
        self.place = place


class RuleSyntaxError(RuleError):
    """YAML or a condition does not parse."""


class RuleReferenceError(RuleError):
    """A rule names a term, macro, list or rule that does not exist."""


class InputError(TocsinError):
    """A document handed to us cannot be read as an article."""


class SourceError(TocsinError):
    """Something about one source."""

    def __init__(self, problem: str, *, source: str = "", url: str = "", hint: str = "") -> None:
        where = ": ".join(part for part in (source, url) if part)
        super().__init__(f"{where}: {problem}" if where else problem, hint=hint)
        #: Name of the source in the configuration; empty if none is concerned.
        self.source = source
        #: Address concerned; empty if none.
        self.url = url


class DiscoverError(SourceError):
    """A feed, listing or sitemap cannot be read."""


class FetchError(SourceError):
    """No usable answer."""

    def __init__(
        self,
        problem: str,
        *,
        source: str = "",
        url: str = "",
        hint: str = "",
        status: int | None = None,
        retryable: bool = True,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(problem, source=source, url=url, hint=hint)
        #: HTTP status, or None if there was no answer at all.
        self.status = status
        self.retryable = retryable
        #: How long the server asked us to stay away, if it did.
        self.retry_after = retry_after


class RobotsError(FetchError):
    """The site's robots.txt asks us not to fetch this address."""


class UnsafeAddressError(FetchError):
    """The address, or one it redirects to, is private or has a scheme we do not fetch."""


class TooLargeError(FetchError):
    """The body is larger than the limit."""


class ParseError(SourceError):
    """A page was fetched but could not become an article."""


class LayoutError(ParseError):
    """The site's parser found no title or no body: its layout may have changed."""


class NotArticleError(ParseError):
    """The page is no article: a video, a login, a challenge, a 404 in disguise."""


class StoreError(TocsinError):
    """The database refused."""


class StoreBusyError(StoreError):
    """Another process holds the database."""

    retryable = True


class StoreFullError(StoreError):
    """The disk is full; nothing of the transaction was kept."""

    retryable = True


class SchemaError(StoreError):
    """The database was written by another version of this program."""


class LeaseLostError(StoreError):
    """Somebody else took over what this process had claimed."""


class ArchiveError(TocsinError):
    """Evidence cannot be written or does not verify."""


class DeliveryError(TocsinError):
    """A channel did not take a message.

    The channel decides whether trying again makes sense; the retry loop obeys.
    """

    def __init__(
        self, problem: str, *, channel: str, reason: FailureReason, retryable: bool, hint: str = ""
    ) -> None:
        super().__init__(f"{channel}: {problem}", hint=hint)
        #: Name of the channel in the configuration; never its address.
        self.channel = channel
        #: Closed list, also a metric label.
        self.reason = reason
        self.retryable = retryable
