"""Downloader middleware: what went wrong, in our words, with whether trying again makes sense."""

from __future__ import annotations

import re
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.fetch.heads import LongHeadError
from crawler.fetch.visit import Visit, visit_of
from state.errors import FetchError, TocsinError, TooLargeError, UnsafeAddressError

_CERTIFICATE = re.compile(r"certificate verify failed|VerificationError|certificate has expired")


class FailureMiddleware:
    """Turns the engine's exceptions into ``FetchError`` and its kin."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the crawl's visit."""
        return cls(visit_of(crawler))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raise our error for the engine's."""
        if not isinstance(exception, TocsinError):
            raise fetch_error(exception, request.url, self._visit) from exception


def fetch_error(exception: BaseException, url: str, visit: Visit) -> FetchError:
    """Return what an exception of the engine means for this address."""
    if isinstance(exception, FetchError):
        return exception
    source = visit.source
    if isinstance(exception, (DownloadCancelledError, IgnoreRequest)):
        return TooLargeError(
            f"the body is larger than {visit.app.settings.fetch.max_body / 1e6:g} MB",
            source=source,
            url=url,
            retryable=False,
            hint="raise [fetch] max_body if this page is meant to be that large",
        )
    if isinstance(exception, (NotSupported, UnsupportedURLSchemeError)):
        return UnsafeAddressError("only http and https are fetched", source=source, url=url, retryable=False)
    if _CERTIFICATE.search(str(exception)):
        return FetchError(
            "its certificate is not to be trusted",
            source=source,
            url=url,
            hint="its chain is broken, or somebody stands in between; use another address of the publisher",
        )
    if LongHeadError.__name__ in str(exception):
        return TooLargeError(str(LongHeadError()), source=source, url=url, hint="the next look tries again")
    way = "" if visit.via is None else " (by way of the proxy)"
    for kind, problem, hint in _PLAIN:
        if isinstance(exception, kind):
            return FetchError(f"{problem}{way}", source=source, url=url, hint=hint)
    text = " ".join(str(exception).split())[:200]
    return FetchError(
        f"no usable answer{way} ({type(exception).__name__}: {text})",
        source=source,
        url=url,
        hint="the next look tries again",
    )


_PLAIN: tuple[tuple[type[Exception], str, str], ...] = (
    (CannotResolveHostError, "no such host", "check the address, and whether this machine is online"),
    (
        DownloadTimeoutError,
        "no complete answer in time",
        "the site may be slow; [fetch] timeout is the limit",
    ),
    (DownloadConnectionRefusedError, "the connection was refused", "the server may be down"),
    (ResponseDataLossError, "the answer broke off", "the next look tries again"),
    (DownloadFailedError, "the connection was closed without an answer", "the next look tries again"),
)
