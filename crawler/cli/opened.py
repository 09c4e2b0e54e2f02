"""The store of the configuration, opened for a verb that looks or changes a row by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from crawler.app import store_url
from crawler.cli.frame import Invocation
from crawler.config import Loaded
from state.clock import Clock, SystemClock
from state.store.store import Store


@dataclass(frozen=True, slots=True)
class Opened:
    """A configuration, its store and the clock."""

    loaded: Loaded
    store: Store
    clock: Clock

    @property
    def zone(self) -> str:
        """Return the zone in which times are shown."""
        return self.loaded.settings.display.timezone


@contextmanager
def open_store(invocation: Invocation, *, create: bool = False) -> Iterator[Opened]:
    """Open the configured database.

    Raises:
        StoreError: There is none, or it cannot be opened.
    """
    loaded = invocation.load()
    store = Store.open(store_url(loaded.settings, loaded.base_dir), create=create)
    try:
        yield Opened(loaded, store, SystemClock())
    finally:
        store.close()
