"""What an answer says besides its body: moved away, refused, gone."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from crawler.fetch.retry_after import retry_after
from state.errors import FetchError
from state.records import Page


class MovedError(FetchError):
    """The address sends us to another registered domain."""

    def __init__(self, url: str, target: str) -> None:
        super().__init__(
            f"it now sends us to another domain: {target}",
            url=url,
            retryable=False,
            hint="if that is the same publisher, write the new address into the configuration",
        )
        #: Where it sends us.
        self.target = target


def refusal(page: Page, *, source: str, now: datetime) -> FetchError | None:
    """Return the error that an answer's status means, None for one that is usable."""
    status = page.status
    if status in (200, 203, 304):
        return _front_page(page, source)
    problem, hint = _MEANINGS.get(status, (f"it answered {status}", ""))
    if status >= 500:
        problem, hint = f"the server is in trouble ({status})", "the next look tries again"
    wait = retry_after(page.headers.get("retry-after"), now)
    return FetchError(
        problem,
        source=source,
        url=page.requested_url or page.url,
        hint=hint,
        status=status,
        retryable=status not in (401, 402, 403, 404, 410, 451),
        retry_after=wait,
    )


def _front_page(page: Page, source: str) -> FetchError | None:
    """A removed article that is answered with the site's front page is a page that is not there."""
    asked, got = urlsplit(page.requested_url or page.url), urlsplit(page.url)
    if asked.path.strip("/") and not got.path.strip("/") and not got.query:
        return FetchError(
            "it sends us to the site's front page",
            source=source,
            url=page.requested_url,
            hint="the page was probably removed",
            status=302,
            retryable=False,
        )
    return None


_HONEST = "we say who we are and do not pose as a browser; use a sitemap, a mirror, or ask the publisher"
_MEANINGS = {
    401: ("it asks for a password (401)", _HONEST),
    403: ("it refuses us (403)", _HONEST),
    429: ("it finds us too frequent (429)", "raise the delay of this source"),
    404: ("there is no such page (404)", "look for the new address on the site"),
    410: ("the page is gone (410)", "look for the new address on the site"),
    451: ("it may not be shown here for legal reasons (451)", "reach it from another network"),
}
