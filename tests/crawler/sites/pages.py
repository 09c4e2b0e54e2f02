"""Pages for the parsers' tests: bytes in, as the fetcher would hand them over."""

from __future__ import annotations

from datetime import UTC, datetime

from state.records import Page

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def page(
    body: bytes | str, url: str = "", *, content_type: str = "text/html", truncated: bool = False
) -> Page:
    """Return an answer with this body."""
    return Page(
        url=url,
        status=200,
        headers={"content-type": content_type} if content_type else {},
        body=body.encode() if isinstance(body, str) else body,
        fetched_at=NOW,
        truncated=truncated,
    )


def html(body: str, head: str = "", lang: str = "en") -> str:
    """Return a whole document."""
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
