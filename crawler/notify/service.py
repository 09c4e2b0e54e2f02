"""How a service address is read and reached: what every kind of channel shares.

Apprise's own time limit and its shared pool of threads are turned off: with
them eight hanging recipients delay a healthy one by seconds.  Its retries,
redirects, templates and whatever would read our text as markup are off as well.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import apprise
from apprise import NotifyBase

from crawler.fetch.guard import Allow, check_host
from state.errors import ConfigError, DeliveryError, FailureReason, FetchError, UnsafeAddressError

_SCHEME = re.compile(r"^\s*([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


def load(name: str, url: str) -> NotifyBase:
    """Return Apprise's object for an address.

    Raises:
        ConfigError: Apprise does not understand it, or a library it needs is not installed.
    """
    quieten_logs()
    asset = apprise.AppriseAsset(
        app_id="Tocsin",
        app_desc="Tocsin",
        app_url="",
        # No picture from elsewhere: each reader's chat would fetch it.
        image_url_mask="",
        image_url_logo="",
        image_path_mask="",
        async_mode=False,
        interpret_emojis=False,
        interpret_escapes=False,
        secure_logging=True,
        http_redirects=False,
        service_timeout=0,
        allow_templates=False,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )
    plugin = apprise.Apprise.instantiate(url, asset=asset)
    if plugin is None:
        raise _not_understood(name, url)
    # Our text is shorter than every limit that matters; the net is for services with smaller ones.
    plugin.overflow_mode = apprise.OverflowMode.SPLIT
    return plugin


@cache
def quieten_logs() -> None:
    """Keep the libraries' logs to themselves: they hold addresses, tokens and bodies.

    Many services have their token in the path, which urllib3 logs as well.
    """
    logger = logging.getLogger("apprise")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    logging.getLogger("urllib3").setLevel(logging.ERROR)


def _not_understood(name: str, url: str) -> ConfigError:
    what = f"channels.{name}.url"
    found = _SCHEME.match(url)
    if not found:
        return ConfigError(f"{what} is no address of the form scheme://…")
    scheme = found.group(1).lower()
    known = next((item for item in _services() if scheme in item["protocols"]), None)
    if known is None and scheme in ("http", "https"):
        return ConfigError(
            f'{what}: {scheme}:// alone names no service; add format = "webhook", or write json:// or jsons://'
        )
    if known is None:
        return ConfigError(f'{what}: "{scheme}://" is no service that Apprise knows')
    missing = [package for package in known["packages"] if not _installed(package)]
    if missing:
        return ConfigError(
            f'{what}: "{scheme}://" needs {", ".join(missing)}, which is not installed',
            hint="install it into the environment that Tocsin lives in",
        )
    return ConfigError(
        f'{what}: the "{scheme}://" address lacks a part that this service needs, or one is wrong'
    )


def _services() -> list[dict[str, list[str]]]:
    """Return every service with its schemes and the packages it needs, those without them included."""
    details = apprise.Apprise().details(show_requirements=True, show_disabled=True)
    return [
        {
            "protocols": [*(item.get("protocols") or ()), *(item.get("secure_protocols") or ())],
            "packages": [str(p) for p in item.get("requirements", {}).get("packages_required") or ()],
        }
        for item in details["schemas"]
    ]


def _installed(package: str) -> bool:
    try:
        version(re.split(r"[\s<>=!~\[]", package, maxsplit=1)[0])
    except PackageNotFoundError:
        return False
    return True


def check_endpoint(channel: str, host: str, port: int, allow: Allow) -> None:
    """Check the host that is about to be connected to.

    Raises:
        DeliveryError: It is private and not allowed, or has no address.
    """
    try:
        check_host(host, port, allow)
    except UnsafeAddressError as error:
        raise private(channel, error.hint) from None
    except FetchError:
        raise DeliveryError(
            "its host has no address", channel=channel, reason="unreachable", retryable=True
        ) from None


def private(channel: str, hint: str = "") -> DeliveryError:
    """Return the error about an address inside our own network."""
    return DeliveryError(
        "its host is no address on the open internet",
        channel=channel,
        reason="rejected",
        retryable=False,
        hint=hint or "if you mean it, add host:port to [network] allow_private",
    )


def status_failure(channel: str, status: int) -> DeliveryError:
    """Return what an HTTP status other than 2xx means for a message."""
    reason: FailureReason
    match status:
        case 401 | 403 | 407:
            reason, retryable = "auth", False
        case 408 | 504:
            reason, retryable = "timeout", True
        case 413:
            reason, retryable = "too_long", False
        case 429:
            reason, retryable = "rate_limited", True
        case _ if 300 <= status < 500:
            reason, retryable = "rejected", False
        case _:
            reason, retryable = "unreachable", True
    return DeliveryError(f"answered {status}", channel=channel, reason=reason, retryable=retryable)
