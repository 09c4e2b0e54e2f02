"""The files of ``[feeds]``: written anew when something rang, each in one step."""

from __future__ import annotations

from pathlib import Path

from crawler.app import App
from crawler.jobs.digest import sites_of
from crawler.jobs.outbox import reader_of
from crawler.notify.compose import compose
from crawler.notify.feeds import Entry, atom, json_feed
from crawler.notify.gather import told
from state.records import Notice, Severity
from state.store.tx import Tx

#: A feed tells the newest; older ones are in the store.
_MOST = 100
#: No channel has this name: its reader gets everything in full, in English.
_READER = ""


def write_feeds(app: App) -> bool:
    """Bring alerts.atom and alerts.json up to date; tell whether anything changed.

    Raises:
        OSError: The folder refuses.
    """
    if app.settings.feeds.folder is None:
        return False
    folder = app.base_dir / app.settings.feeds.folder
    with app.store.read() as tx:
        notices = [one for one in tx.notices.newest(_MOST) if one.severity > Severity.LOW]
        entries = [_entry(tx, app, notice) for notice in notices]
    made = json_feed(entries)
    if (folder / "alerts.json").is_file() and (folder / "alerts.json").read_bytes() == made:
        return False
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / "alerts.atom", atom(entries, notices[0].created_at if notices else app.clock.now()))
    _write(folder / "alerts.json", made)
    return True


def _entry(tx: Tx, app: App, notice: Notice) -> Entry:
    item = told(tx, notice, reader_of(app, _READER, notice.created_at), sites=sites_of(app))
    [composed, *_] = compose([item], reader_of(app, _READER, notice.created_at))
    return Entry(
        id=f"{notice.alert}/{notice.number}",
        title=composed.title,
        body=composed.body,
        url=item.url,
        at=notice.created_at,
        language=item.language,
    )


def _write(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(data)
    draft.replace(path)
