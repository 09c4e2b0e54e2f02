"""What `tocsin sources probe` prints: each address with what it gives, what refused, and the source to paste."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import click

from crawler.cli.frame import Invocation, emit
from crawler.cli.screen import local, safe, show
from crawler.config_edit import source_table
from crawler.discover.probe import Offer
from crawler.discover.proposal import agreeing
from crawler.jobs.probe import Probed

_COLUMNS = {
    "kind": "kind",
    "items": "items",
    "newest": "newest",
    "span": "span",
    "agree": "also elsewhere",
    "url": "address",
}


def print_probed(invocation: Invocation, found: Probed, zone: str, now: datetime) -> None:
    """Print the offers and the proposal; what refused and what a person should know goes to stderr."""
    rows = [_row(offer, found, zone) for offer in found.offers]
    proposal = found.proposal
    text = source_table(proposal.name, {**proposal.table, "note": _note(found, now)})
    if invocation.as_json:
        table = {
            "kind": "proposal",
            "name": proposal.name,
            "family": found.family.name,
            "table": proposal.table,
        }
        show(invocation, [*rows, *([] if proposal.is_empty else [{**table, "toml": text}])], _COLUMNS)
    else:
        if not found.unread:
            click.echo(f"{safe(found.url)}: {_FAMILIES.get(found.family.name, found.family.name)}")
        show(invocation, rows, _COLUMNS)
    for offer in found.offers:
        for note in offer.notes:
            click.echo(f"note: {safe(offer.url)}: {safe(note)}", err=True)
    for remark in proposal.remarks:
        click.echo(f"note: {safe(remark)}", err=True)
    for address, why in found.refused:
        click.echo(f"refused: {safe(address)}: {safe(why)}", err=True)
    if found.absent:
        click.echo(f"nothing stands at {found.absent} other usual places", err=True)
    if not invocation.as_json and not proposal.is_empty:
        emit(f"\n{text}".rstrip("\n"))


_FAMILIES = {
    "rfa-plone": "Radio Free Asia, older layout (Plone)",
    "rfa-arc": "Radio Free Asia, newer layout (Arc)",
    "pangea": "Voice of America or a sister station (Pangea)",
    "invision": "a forum of Invision Community",
    "phpbb": "a forum of phpBB",
    "xenforo": "a forum of XenForo",
    "vbulletin": "a forum of vBulletin",
    "discourse": "a forum of Discourse",
    "wordpress": "a WordPress site",
    "unknown": "a site of no system we know",
}


def way_out(found: Probed) -> str:
    """Return what to do where nothing can be watched."""
    reasons = " ".join(why for _, why in found.refused)
    if "no address on the open internet" in reasons:
        place = urlsplit(found.url).netloc.rpartition("@")[2]
        return (
            f'if it is yours, name it in tocsin.toml, [network] allow_private = ["{place}"], and probe again'
        )
    if found.unread:
        return "check the address and the network (tocsin doctor), then probe again"
    if "robots.txt asks" in reasons:
        return "its robots.txt asks not to be read: ask the publisher, or probe a site that carries its text"
    if "refuses us" in reasons or "too frequent" in reasons or "a challenge page" in reasons:
        return (
            "the site refuses who we say we are: ask the publisher, probe a site that carries its text, or reach it "
            'with via = "tor"'
        )
    return "open it in a browser and probe the page that lists the news, or a site that carries its text"


def _row(offer: Offer, found: Probed, zone: str) -> dict[str, object]:
    return {
        "kind": offer.kind,
        "url": offer.url,
        "items": offer.items,
        "parts": offer.parts,
        "newest": local(offer.newest_at, zone),
        "newest_at": offer.newest_at,
        "oldest_at": offer.oldest_at,
        "span": _span(offer),
        "agree": agreeing(offer, found.offers),
        "language": offer.language,
        "notes": list(offer.notes),
        "sample": list(offer.sample[:2]),
    }


def _span(offer: Offer) -> str | None:
    if offer.newest_at is None or offer.oldest_at is None or offer.newest_at == offer.oldest_at:
        return None
    length = offer.newest_at - offer.oldest_at
    return f"{length.days} d" if length >= timedelta(days=2) else f"{length.total_seconds() / 3600:.0f} h"


def _note(found: Probed, now: datetime) -> str:
    newest = max((o.newest_at for o in found.offers if o.newest_at is not None), default=None)
    age = f"newest item of {newest:%d %b %Y}" if newest else "no item bears a date"
    return f"probed {now:%d %b %Y}: {age}"
