"""The dead man's switch: an address elsewhere that is asked while all is well; its silence rings there."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.fetch.guard import check_host, check_url
from crawler.secrets import resolve
from state.errors import FetchError

if TYPE_CHECKING:
    from crawler.app import App

_TIMEOUT_S = 10


def beat(app: App) -> None:
    """Ask the configured address once (blocking); do nothing where none is configured.

    Raises:
        FetchError: It did not answer; the error never names the address, which is a secret.
    """
    written = app.settings.heartbeat.url
    if written is None:
        return
    url = resolve(written, base_dir=app.base_dir, what="heartbeat.url")
    parts = urlsplit(url)
    host, is_tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    check_url(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/", app.allow)
    check_host(host, port, app.allow)
    door = (HTTPSConnection if is_tls else HTTPConnection)(host, port, timeout=_TIMEOUT_S)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        door.request("GET", target, headers={"User-Agent": app.settings.fetch.user_agent or "tocsin"})
        status = door.getresponse().status
    except (OSError, HTTPException, ValueError) as error:
        raise FetchError(f"the heartbeat address does not answer: {type(error).__name__}") from None
    finally:
        door.close()
    if not 200 <= status < 300:
        raise FetchError(f"the heartbeat address answers {status}", status=status)
